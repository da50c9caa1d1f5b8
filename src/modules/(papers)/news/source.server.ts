import { sql } from 'kysely';
import * as m from '#messages';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { NewsItem, NewsSource } from '#kernel/module.ts';
import { readable } from '../paper/sight.server.ts';
import { stationShown } from '../way/queries.server.ts';
import { paperNewsOf, paperSettled, type PaperFacts, type PaperNews } from './rules.ts';

/** Papers of a topic, for who ordered news of it. */
export const topicNews: NewsSource = {
	id: 'papers.topic',
	label: () => m.papers_news_question(),
	choices: async (ctx) => ctx.db.selectFrom('registry.topic').select(['id', 'name']).orderBy('name').execute(),
	look,
	tell,
};

/** Days in which a paper that nobody was told of yet is new. */
const NEW_FOR_DAYS = 2;

async function look(tx: WriteCtx): Promise<{ item: string; what: string[] }[]> {
	const since = tx.now.subtract({ hours: 24 * NEW_FOR_DAYS }).toString();
	const found: { item: string; what: string[] }[] = [];
	for (const { paperId, now, told, seen } of await looks(tx)) {
		const still = paperSettled(seen, now);
		if (still && told && paperSettled(told, now)) continue;
		await keep(tx, paperId, still ? now : told, now);
		const what = still ? paperNewsOf(told, now, since) : [];
		if (what.length) found.push({ item: paperId, what });
	}
	return found;
}

async function keep(tx: WriteCtx, paperId: string, told: PaperFacts | null, seen: PaperFacts): Promise<void> {
	const [known, now] = [told && JSON.stringify(told), JSON.stringify(seen)];
	await sql`insert into papers.paper_told (body_id, paper_id, told, seen)
		values (${tx.body.id}, ${paperId}, ${known}::jsonb, ${now}::jsonb)
		on conflict (body_id, paper_id) do update set told = excluded.told, seen = excluded.seen`.execute(tx.db);
}

interface Look {
	paperId: string;
	now: PaperFacts;
	told: PaperFacts | null;
	seen: PaperFacts | null;
}

/**
 * Public papers with a topic, of the last year or touched in the last week: later changes of older ones reach their readers by the
 * page. Old papers that were taken over are no news. One query.
 */
async function looks(tx: WriteCtx): Promise<Look[]> {
	const { rows } = await sql<Look>`select p.id as "paperId", t.told, t.seen, json_build_object(
		'publishedAt', to_char(p.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		'withdrawn', p.state = 'withdrawn',
		'version', coalesce((select max(v.number) from papers.paper_version v
			where v.body_id = p.body_id and v.paper_id = p.id), 1),
		'answeredBy', (select a.reference from papers.paper_relation r
			join papers.paper a on a.body_id = r.body_id and a.id = r.from_paper_id
			where r.body_id = p.body_id and r.to_paper_id = p.id and r.kind = 'answers' and r.state = 'confirmed'
				and a.state = 'filed' and a.public and a.published_at is not null and a.depublished_at is null
			order by a.published_at desc, a.id limit 1),
		'result', (select c.result from papers.consultation c where c.body_id = p.body_id and c.paper_id = p.id
			and c.role = 'deciding' and c.state = 'done' and ${stationShown({ actor: VISITOR })}
			and c.result in ('adopted', 'adoptedChanged', 'rejected', 'settled')
			order by c.step desc, c.id limit 1)) as now
		from papers.paper p left join papers.paper_told t on t.body_id = p.body_id and t.paper_id = p.id
		where p.body_id = ${tx.body.id} and not p.taken_over and ${readable({ actor: VISITOR, body: tx.body, today: tx.today })}
			and (p.date >= ${tx.today.subtract({ years: 1 })}::date or p.modified_at >= ${tx.now.subtract({ hours: 24 * 7 })})
			and exists (select from papers.paper_topic x where x.body_id = p.body_id and x.paper_id = p.id)
		order by p.published_at, p.id`.execute(tx.db);
	return rows;
}

const WORDS: Record<PaperNews, () => string> = {
	new: m.papers_news_new,
	changed: m.papers_news_changed,
	withdrawn: m.papers_news_withdrawn,
	answered: m.papers_news_answered,
	decided: m.papers_news_decided,
};

interface Told {
	id: string;
	slug: string;
	reference: string;
	title: string;
	type: string;
	date: string | null;
	originators: string[];
	topics: string[];
}

/** What strangers may still read of the papers that were found. One query. */
async function tell(ctx: Ctx, found: { item: string; what: string[] }[]): Promise<NewsItem[]> {
	const { rows } = await sql<Told>`select p.id, p.slug, p.reference, p.title, y.name as type, p.date::text as date,
		coalesce((select json_agg(o.name order by r.position) from papers.originator r
			join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
			where r.body_id = p.body_id and r.paper_id = p.id and r.kind = 'originator' and r.left_on is null), '[]') as originators,
		array(select x.topic_id::text from papers.paper_topic x where x.body_id = p.body_id and x.paper_id = p.id) as topics
		from papers.paper p join papers.paper_type y on y.body_id = p.body_id and y.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.id = any (${found.map(({ item }) => item)}::uuid[])
			and ${readable({ actor: VISITOR, body: ctx.body, today: ctx.today })}`.execute(ctx.db);
	return found.flatMap(({ item, what }) => {
		const paper = rows.find(({ id }) => id === item);
		return paper ? [{ choices: paper.topics, say: (letter) => words(paper, what as PaperNews[], letter) }] : [];
	});
}

function words(paper: Told, what: PaperNews[], { locale, origin }: Parameters<NewsItem['say']>[0]) {
	const said = what.map((one) => WORDS[one]());
	const facts = [
		{ label: paper.type, value: paper.reference },
		...(paper.originators.length ? [{ label: m.papers_originators(), value: paper.originators.join(', ') }] : []),
		...(paper.date ? [{ label: m.papers_filed_on(), value: formatDay(paper.date, 'long', locale) }] : []),
	];
	return {
		subject: m.papers_news_subject({ what: said[0]!, title: paper.title }),
		blocks: [
			{ kind: 'heading' as const, text: paper.title },
			{ kind: 'paragraph' as const, text: said.join('\n') },
			{ kind: 'facts' as const, facts },
			{
				kind: 'button' as const,
				label: m.papers_news_read(),
				href: origin + inLocale(`/vorlagen/${paper.slug}`, locale),
			},
		],
	};
}
