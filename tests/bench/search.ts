/** Searching a million papers with their text in 500 towns: the first page, in one town and in all. */
import { Agent, get } from 'node:http';
import type pg from 'pg';
import { withOwner } from './council.ts';
import { percentile, type Row } from './figures.ts';
import { cpuTime, databaseServer, family } from './processes.ts';
import type { Server, Workshop } from './program.ts';
import { benchQuestions } from './questions.ts';

const TOWNS = 500;
const PER_TOWN = 2_000;
const PAPERS = TOWNS * PER_TOWN;
const READERS = 8;
/** Questions of a round; each is asked once and none is kept. */
const QUESTIONS = 400;
/** Rounds before what a server gives that has worked for a while is measured. */
const WARM_UP = 5;
/** Words of the invented language, the most frequent first: the n-th is 1/n as frequent as the first (Zipf). */
const WORDS = 60_000;
/** The first are like articles and prepositions: nobody looks for them. */
const FILLERS = 40;

export async function benchSearch(workshop: Workshop): Promise<Row[]> {
	const quality = await benchQuestions(workshop);
	const town = await withOwner(workshop, fillSearch);
	const server = await workshop.start({ MITRAT_PAGE_CACHE: 'no', MITRAT_MODE: 'demo' });
	try {
		return [...quality, ...(await measureSearch(server, databaseServer(workshop.dataDir), town))];
	} finally {
		await server.stop();
	}
}

/** @param database process of its server  @param host of the town that is asked */
export async function measureSearch(
	server: Pick<Server, 'url' | 'pid'>,
	database: number,
	host: string,
): Promise<Row[]> {
	const words = vocabulary();
	const rows: Row[] = [];
	for (const [what, more] of [
		['one town', ''],
		['all towns', '&wo=alle'],
	] as const) {
		const measured = (seed: number) => round({ server, database, host }, asked(words, seed), more);
		const first = await measured(1);
		// Code is compiled and threads begin while a few thousand pages are asked for. None of these questions is asked again.
		for (let seed = 2; seed < 2 + WARM_UP; seed++) await read(server, host, asked(words, seed), more);
		const warm = await measured(2 + WARM_UP);
		const named = `first page in ${what}, ${new Intl.NumberFormat('en').format(PAPERS)} papers, ${READERS} readers`;
		rows.push(
			{ subject: 'search', what: `${named}, right after a start: p95`, value: first.p95, unit: 'ms', ...first },
			{ subject: 'search', what: `${named}: p95`, value: warm.p95, unit: 'ms', target: { most: 50 }, ...warm },
		);
	}
	return rows;
}

/** One round of questions, and what each of them cost. */
async function round(
	{ server, database, host }: { server: Pick<Server, 'url' | 'pid'>; database: number; host: string },
	questions: readonly string[],
	more: string,
): Promise<{ p50: number; p95: number; cpuMs: number; databaseCpuMs: number }> {
	const used = () => [cpuTime([server.pid]), cpuTime(family(database))] as const;
	const before = used();
	const times = (await read(server, host, questions, more)).sort((a, b) => a - b);
	const after = used();
	return {
		p50: percentile(times, 0.5),
		p95: percentile(times, 0.95),
		cpuMs: (after[0] - before[0]) / times.length,
		databaseCpuMs: (after[1] - before[1]) / times.length,
	};
}

/** The same on every machine and in every run. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Different words of two to five syllables. */
export function vocabulary(): string[] {
	const chance = random(7);
	const pick = (text: string) => text[Math.floor(chance() * text.length)]!;
	const words = new Set<string>();
	while (words.size < WORDS) {
		const syllables = 2 + Math.floor(chance() * 3.2);
		let word = '';
		for (let n = 0; n < syllables; n++)
			word += pick('bdfghklmnprstvwz') + pick('aeiouaei') + (chance() < 0.4 ? pick('lmnrst') : '');
		words.add(word);
	}
	return [...words];
}

/** What readers type: one word or two, rarely a phrase or a number; frequent words more often than rare ones. */
export function asked(words: string[], seed: number): string[] {
	const chance = random(seed);
	const word = () => words[Math.floor(FILLERS * (WORDS / 3 / FILLERS) ** chance())]!;
	return Array.from({ length: QUESTIONS }, () => {
		const kind = chance();
		if (kind < 0.55) return word();
		if (kind < 0.85) return `${word()} ${word()}`;
		if (kind < 0.92) return `${word()} -${word()}`;
		if (kind < 0.97) return `A${1000 + Math.floor(chance() * PER_TOWN)}/${10 + Math.floor(chance() * 15)}`;
		return `"${word()} ${word()}"`;
	});
}

/** As many readers at once as the target says, each with a connection that is kept. @returns milliseconds of each page */
async function read(
	server: Pick<Server, 'url'>,
	host: string,
	questions: readonly string[],
	more: string,
): Promise<number[]> {
	const agent = new Agent({ keepAlive: true, maxSockets: READERS });
	const times: number[] = [];
	const waiting = [...questions];
	const reader = async () => {
		for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
			const from = performance.now();
			await page(`${server.url}/suche?q=${encodeURIComponent(text)}${more}`, host, agent);
			times.push(performance.now() - from);
		}
	};
	await Promise.all(Array.from({ length: READERS }, reader));
	agent.destroy();
	return times;
}

function page(url: string, host: string, agent: Agent): Promise<void> {
	return new Promise((resolve, reject) => {
		const headers = { host, accept: 'text/html', 'accept-encoding': 'gzip' };
		const request = get(url, { agent, headers }, (answer) => {
			answer.resume();
			answer.on('end', () =>
				answer.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${answer.statusCode}`)),
			);
		});
		request.on('error', reject);
	});
}

/**
 * A million papers: title of six words, text of 160, made of pieces that several papers share, as wordings do. Only what the
 * search reads is filled. @returns host name of one of the towns
 */
export async function fillSearch(client: pg.Client, towns = TOWNS, each = PER_TOWN): Promise<string> {
	const papers = towns * each;
	await client.query(
		`set maintenance_work_mem = '1GB'; set synchronous_commit = off; set max_parallel_maintenance_workers = 2`,
	);
	await client.query('create temp table word as select * from unnest($1::text[]) with ordinality as w (word, n)', [
		vocabulary(),
	]);
	await client.query(`create index on word (n); select setseed(0.5)`);
	await client.query(`update kernel.town set hosts = '{127.0.0.1,localhost}' where demonstration`);
	await client.query(`insert into kernel.town (id, name, short_name, hosts)
		select md5('town' || n)::uuid, 'Reihe ' || n, 'Reihe', array['reihe-' || n || '.localhost'] from generate_series(1, ${towns}) n`);
	const drawn = `(1 + floor(exp(random() * ln(${WORDS - 1}))))::int`;
	await client.query(`create temp table piece as select p, string_agg(word, ' ' order by place) as text,
			string_agg(format('%s:%sC', word, place + 10 + place / 32 * 10), ' ')::tsvector as vector
		from (select p, place, ${drawn} as n from generate_series(1, 6000) p, generate_series(1, 32) place offset 0) x join word using (n) group by p`);
	await client.query(`create temp table heading as select h, string_agg(word, ' ' order by place) as text,
			string_agg(format('%s:%sA', word, place), ' ')::tsvector || array_to_tsvector(array_agg('t:' || word)) as vector
		from (select h, place, ${drawn} as n from generate_series(1, 50000) h, generate_series(1, 6) place offset 0) x join word using (n) group by h`);
	await client.query(
		'create index on piece (p); create index on heading (h); analyze piece; analyze heading; analyze word',
	);
	const { rows: indexes } = await client.query<{ name: string; made: string }>(
		`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
		where indrelid in ('kernel.search_document'::regclass, 'kernel.search_match'::regclass, 'kernel.search_word'::regclass)
			and not indisprimary`,
	);
	for (const { name } of indexes) await client.query(`drop index ${name}`);
	await client.query(`insert into kernel.search_document (body_id, kind, object_id, audience, language, title, keywords, body, href, date, facets, vector)
		select md5('town' || 1 + i % ${towns})::uuid, 'papers.paper', md5('paper' || i)::uuid, 'public', 'de', h.text, array[f.number],
			concat_ws(' ', a.text, b.text, c.text, d.text, e.text), '/vorlagen/a' || i, f.day, f.facets,
			h.vector || a.vector || b.vector || c.vector || d.vector || e.vector
			|| array_to_tsvector(array['nr:' || lower(f.number), 't:nr:' || lower(f.number)])
			|| array_to_tsvector(array(select 'f:' || key || '=' || value from jsonb_each_text(f.facets)))
		from generate_series(0, ${papers - 1}) i
		cross join lateral (select date '2001-01-01' + (i::bigint * 9400 / ${papers})::int as day) day
		cross join lateral (select day.day, 'A' || 1000 + i / ${towns} || '/' || to_char(day.day, 'YY') as number,
			jsonb_build_object('kind', 'papers.paper', 'year', extract(year from day.day)::int::text, 'type', 'Typ ' || i % 7, 'body', 'Gremium ' || i / ${towns} % 9,
				'topic', 'Thema ' || i / ${towns} % 23, 'result', (array['adopted', 'rejected', 'noted', 'referred'])[1 + i % 4]) as facets) f
		join heading h on h.h = 1 + i * 7919::bigint % 50000
		join piece a on a.p = 1 + i * 31::bigint % 6000 join piece b on b.p = 1 + (i * 1009::bigint + i / 6000) % 6000
		join piece c on c.p = 1 + (i * 2003::bigint + i / 5000) % 6000 join piece d on d.p = 1 + (i * 4001::bigint + i / 700) % 6000
		join piece e on e.p = 1 + (i * 5003::bigint + i / 300) % 6000`);
	await client.query(`insert into kernel.search_match (body_id, kind, object_id, date, facets, vector)
		select body_id, kind, object_id, date, kernel.search_common_facets(facet_values), vector
		from kernel.search_document where audience = 'public' on conflict do nothing`);
	await client.query(`insert into kernel.search_word (body_id, word) select md5('town' || n)::uuid, word
		from generate_series(1, ${towns}) n cross join lateral (select word from word w where w.n <= 8000 or (w.n + n) % 8 = 0) w order by 1, 2`);
	for (const { made } of indexes) await client.query(made);
	await client.query('vacuum analyze kernel.search_document');
	await client.query('vacuum analyze kernel.search_match');
	await client.query('vacuum analyze kernel.search_word');
	return 'reihe-7.localhost';
}
