/** Pages of papers and the desk stay cheap for people who are signed in, too; counted in the built application. */
import { describe, expect, test } from 'vitest';
import { DEMONSTRATION_ROLES, type DemonstrationRole } from '../../src/kernel/identity/accounts.ts';
import { queriesOf } from '../bench/pages.ts';
import { ask } from '../bench/wire.ts';
import { startApp } from '../support/app.ts';

const app = await startApp({ demonstration: true, workers: 0, env: { MITRAT_PAGE_CACHE: 'no' } });
const cookies = new Map<DemonstrationRole, string>();
for (const role of DEMONSTRATION_ROLES) cookies.set(role, await app.signIn(role));

/** The most queries that one of these pages may send, whoever asks: who is signed in counts as one. */
const PAGE = 3;
/** Words are looked for in steps: numbers, compounds, matches. */
const SEARCH = 8;
const DESK = 8;

const [amendment] = await app.database.sql<{ slug: string; base: string }>(`select p.slug, b.slug as base
	from papers.amendment a join papers.paper p on p.id = a.paper_id join papers.paper b on b.id = a.base_id
	where p.state = 'filed' order by p.slug limit 1`);
const [answered] = await app.database.sql<{ slug: string }>(`select p.slug from papers.statement s
	join papers.paper p on p.id = s.paper_id where s.state = 'published' order by p.slug limit 1`);
// The demonstration's matters are about drafts, which few may read.
const [matter] = await app.database.sql<{ slug: string }>(`with paper as (select p.id, p.slug from papers.paper p
		where p.state = 'filed' and p.public and not exists (select from papers.matter m where m.paper_id = p.id) order by p.slug limit 1)
	update papers.matter m set paper_id = paper.id from paper
	where m.id = (select x.id from papers.matter x where exists (select from papers.sign_request r where r.matter_id = x.id)
		order by x.id limit 1) returning paper.slug`);

const PAGES: Record<string, { path: string; most: number }> = {
	'a paper with amendments': { path: `/vorlagen/${amendment!.base}`, most: PAGE },
	'an amendment': { path: `/vorlagen/${amendment!.slug}`, most: PAGE },
	'a statement': { path: `/vorlagen/${answered!.slug}`, most: PAGE },
	'a paper others are asked about': { path: `/vorlagen/${matter!.slug}`, most: PAGE },
	'amendments of a paper': { path: `/vorlagen/${amendment!.base}/aenderungen`, most: PAGE },
	'the list': { path: '/vorlagen', most: PAGE },
	'the list, three filters': { path: '/vorlagen?jahr=2026&status=filed&betroffen=ja', most: PAGE },
	'the list, words': { path: '/vorlagen?q=Sprache', most: SEARCH },
	'overdue statements': { path: '/stellungnahmen', most: PAGE },
	'overdue reports': { path: '/berichtspflichten', most: PAGE },
	'resolution control': { path: '/beschlusskontrolle', most: PAGE },
	'the desk': { path: '/tisch', most: DESK },
};

describe.for(DEMONSTRATION_ROLES)('for the role "%s"', (role) => {
	test.for(Object.keys(PAGES))('%s stays within its budget of queries', async (name) => {
		const { path, most } = PAGES[name]!;
		const { status, headers } = await ask(app.url + path, { cookie: cookies.get(role)! });
		expect(status).toBe(200);
		expect(queriesOf(headers)).toBeGreaterThan(1);
		expect(queriesOf(headers)).toBeLessThanOrEqual(most);
	});
});
