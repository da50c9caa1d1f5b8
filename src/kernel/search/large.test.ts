import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { OPERATOR, VISITOR } from '../access/actor.ts';
import { MOST_COUNTED, search, type SearchRequest, type SearchResult } from './search.ts';
import { forgetStatistics, shareOf, statisticsOf } from './statistics.ts';

/** More documents than are counted, all equally long: a word that all have, one of every second, of every fourth, of every hundredth. */
const DOCUMENTS = 24_000;
const FIRST_YEAR = 2003;
const YEARS = 24;
const EACH_YEAR = DOCUMENTS / YEARS;

const database = await freshDatabase();

beforeAll(async () => {
	await database.sql(
		`insert into kernel.search_document (body_id, kind, object_id, audience, language, title, keywords, body, href, date, facets, vector)
		select $1, f.kind, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'public', 'de', 'Blatt ' || n, '{}', 'Text', '/' || n, day,
			jsonb_build_object('kind', f.kind, 'year', f.year, 'topic', jsonb_build_array(f.one, f.other)),
			(format('''blatt'':1A ''t:blatt'' ''immer'':12C ''f:kind=%s'' ''f:year=%s'' ''f:topic=%s'' ''f:topic=%s''', f.kind, f.year, f.one, f.other)
				|| case when n % 2 = 0 then ' ''halb'':13C' else ' ''ganz'':13C' end
				|| case when n % 4 = 0 then ' ''oft'':14C' else ' ''mal'':14C' end
				|| case when n % 100 = 0 then ' ''selten'':15C' else ' ''nie'':15C' end)::tsvector
		from generate_series(0, ${DOCUMENTS - 1}) n
		cross join lateral (select date '${FIRST_YEAR}-01-01' + make_interval(years => n / ${EACH_YEAR}, days => n % ${EACH_YEAR} * 364 / ${EACH_YEAR}) as day) d
		cross join lateral (select extract(year from day)::int::text as year, case when n % 3 = 0 then 'a.meeting' else 'a.paper' end as kind,
			'Thema ' || n % 5 as one, 'Thema ' || 5 + n % 7 as other) f`,
		[database.town.id],
	);
	await database.sql(`insert into kernel.search_match (body_id, kind, object_id, date, facets, vector)
		select body_id, kind, object_id, date, kernel.search_common_facets(facet_values), vector from kernel.search_document`);
});

async function find(text: string, more: Partial<SearchRequest> = {}, actor = VISITOR): Promise<SearchResult> {
	const ctx = database.ctx(actor);
	const result = await search(ctx, { text, ...more });
	await ctx.scope.commit();
	return result;
}

const numbers = ({ hits }: SearchResult) => hits.map(({ href }) => Number(href.slice(1)));
const sum = (counts: { count: number }[] = []) => counts.reduce((all, { count }) => all + count, 0);
/** How many of these documents have each topic. */
function topicsOf(documents: number[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const n of documents)
		for (const topic of [`Thema ${n % 5}`, `Thema ${5 + (n % 7)}`]) counts.set(topic, (counts.get(topic) ?? 0) + 1);
	return counts;
}
const newestDay = (documents: number[]) => documents.every((n) => n >= DOCUMENTS - 10);

describe.each([
	['as long as nobody has looked how many there are', false],
	['when the statistics are known', true],
])('%s', (_, analyzed) => {
	beforeAll(async () => {
		await database.sql(analyzed ? 'vacuum analyze kernel.search_document' : 'vacuum kernel.search_document');
		forgetStatistics();
	});

	describe.each([
		['in one town', { everywhere: false }, VISITOR],
		['for the office', { everywhere: false }, OPERATOR],
		['in all towns', { everywhere: true }, VISITOR],
	] as const)('%s', (_where, where, actor) => {
		test.each(['immer', 'halb', 'Blatt'])(
			'of the frequent "%s" the newest are found, and not all counted',
			async (word) => {
				const found = await find(word, { ...where, perPage: 5 }, actor);
				expect(found.total).toBe(MOST_COUNTED + 1);
				expect(newestDay(numbers(found)), String(numbers(found))).toBe(true);
				expect(sum(found.facets.kind)).toBe(found.counted);
				expect(found.counted).toBeGreaterThanOrEqual(249);
			},
		);

		test.each([
			['oft', 4],
			['selten', 100],
		])('"%s", of every %ith, is counted to the end, and the newest come first', async (word, every) => {
			const found = await find(word, { ...where, perPage: 40 }, actor);
			expect([found.total, found.counted]).toEqual([DOCUMENTS / every, DOCUMENTS / every]);
			expect([sum(found.facets.kind), sum(found.facets.year)]).toEqual([DOCUMENTS / every, DOCUMENTS / every]);
			expect(found.facets.year).toHaveLength(YEARS);
			expect(numbers(found).toSorted((a, b) => b - a)).toEqual(
				Array.from({ length: 40 }, (_, n) => DOCUMENTS - every * (n + 1)),
			);
		});

		test.each([
			['oft', 4],
			['selten', 100],
		])(
			'topics of "%s", of every %ith, are counted among as many of the newest as the answer says',
			async (word, every) => {
				const { facets, sampled } = await find(word, where, actor);
				expect(sampled).toBe(where.everywhere ? Math.min(500, DOCUMENTS / every) : DOCUMENTS / every);
				const expected = topicsOf(Array.from({ length: sampled }, (_, n) => DOCUMENTS - every * (n + 1)));
				expect(facets.topic).toHaveLength(expected.size);
				// two of the last day are as new as each other
				for (const { value, count } of facets.topic!)
					expect(Math.abs(count - expected.get(value)!), value).toBeLessThan(3);
				expect(sum(facets.topic)).toBe(2 * sampled);
			},
		);

		test('narrowed to a topic, all with it are there', async () => {
			const found = await find('selten', { ...where, facets: { topic: ['Thema 6'] }, perPage: 1 }, actor);
			expect(found.total).toBe(topicsOf(Array.from({ length: DOCUMENTS / 100 }, (_, n) => 100 * n)).get('Thema 6'));
		});

		test('narrowed to a year and a kind, all of them are counted, and nothing else is there', async () => {
			const facets = { year: ['2005'], kind: ['a.meeting'] };
			const found = await find('immer', { ...where, facets, perPage: 50 }, actor);
			expect(found.total).toBe(Math.floor(EACH_YEAR / 3));
			expect(new Set(found.hits.map(({ kind, date }) => `${kind} ${date?.year}`))).toEqual(new Set(['a.meeting 2005']));
		});

		test('one page follows the other, and nothing comes twice', async () => {
			for (const word of ['selten', 'immer']) {
				const seen: number[] = [];
				let after: string | null = '';
				for (let page = 0; page < 5 && after !== null; page++) {
					const found: SearchResult = await find(word, { ...where, perPage: 60, ...(after && { after }) }, actor);
					seen.push(...numbers(found));
					after = found.next;
				}
				expect(new Set(seen).size).toBe(seen.length);
				expect(seen.length).toBe(word === 'selten' ? DOCUMENTS / 100 : 300);
			}
		});

		test('by date the newest come first, and so does everything of a kind without a word', async () => {
			expect(newestDay(numbers(await find('immer', { ...where, order: 'date', perPage: 3 }, actor)))).toBe(true);
			const kind = await find('', { ...where, facets: { kind: ['a.meeting'] }, perPage: 3 }, actor);
			expect(newestDay(numbers(kind))).toBe(true);
		});

		test('several kinds at once have a few each', async () => {
			const found = await find('halb', { ...where, perPage: 60, perKind: 4 }, actor);
			expect(found.hits.map(({ kind }) => kind).sort()).toEqual([
				...Array(4).fill('a.meeting'),
				...Array(4).fill('a.paper'),
			]);
		});
	});
});

describe('what is expected before anything is read', () => {
	beforeAll(async () => {
		await database.sql('analyze kernel.search_document');
		forgetStatistics();
	});

	test.each([
		`'halb'`,
		`'nirgends'`,
		`'halb' & 'selten'`,
		`( 'oft' | 'selten' ) & !'ganz'`,
		`'blatt' <-> 'immer' | 'oft'`,
	])('of %s are as many as the planner expects, which is not asked', async (query) => {
		const ctx = database.ctx(VISITOR);
		const statistics = await statisticsOf(ctx);
		await ctx.scope.commit();
		const [row] = await database.sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
			`explain (format json) select from kernel.search_document where vector @@ $1::tsquery`,
			[query],
		);
		const planned = row!['QUERY PLAN'][0].Plan['Plan Rows'];
		const expected = statistics.documents * shareOf(statistics, query);
		expect(expected / planned).toBeGreaterThan(0.95);
		expect(expected / planned).toBeLessThan(1.05);
	});
});
