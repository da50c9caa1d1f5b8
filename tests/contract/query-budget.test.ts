/** The main public pages stay cheap: each has a budget of queries, counted in the built application. */
import { expect, test } from 'vitest';
import { BUDGETS, publicPages, queriesOf, type PublicPage } from '../bench/pages.ts';
import { ask } from '../bench/wire.ts';
import { startApp } from '../support/app.ts';

const app = await startApp({ demonstration: true, workers: 0, env: { MITRAT_PAGE_CACHE: 'no' } });
const pages = await publicPages(app.url);

test.for(Object.keys(BUDGETS) as PublicPage[])('the page "%s" stays within its budget of queries', async (name) => {
	const { status, headers } = await ask(app.url + pages[name]);
	expect(status).toBe(200);
	expect(queriesOf(headers)).toBeGreaterThan(0);
	expect(queriesOf(headers)).toBeLessThanOrEqual(BUDGETS[name]);
});

test('a page that is not found asks no more than one that is', async () => {
	const { status, headers } = await ask(`${app.url}/sitzungen/gibt-es-nicht`);
	expect(status).toBe(404);
	// what modules put at its items is not asked for
	expect(queriesOf(headers)).toBe(1);
});
