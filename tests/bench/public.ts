/**
 * What visitors and other programs ask for, in the two databases of towns.ts: built anew and unchanged, over 1, 8 and 32
 * connections, beside a bare server with the same bytes, one that reads a row first, and the page's own SQL.
 */
import { overwriteGetLocale } from '#messages/runtime';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { currentLocale, inLanguage } from '#kernel/i18n/current.ts';
import { runtime } from '#kernel/runtime.ts';
import { bareServer } from './bare.ts';
import { joined, record, repeat } from './bare-sql.ts';
import type { Row } from './figures.ts';
import { load, type Load } from './load.ts';
import { queriesOf } from './pages.ts';
import { databaseServer, family, memory } from './processes.ts';
import type { Server } from './program.ts';
import { fullestSession, oparlPlaces } from './town.ts';
import { withBoth, type Place, type Places } from './places.ts';
import { ask, BROWSER } from './wire.ts';

const CONNECTIONS = [1, 8, 32];
const SECONDS = 2;
/** Until code is compiled: some two thousand pages. */
const WARM_UP = 8;
/** The dearer with the large data, at most. */
const MOST_RATIO = 1.3;

type Loaded = (event: unknown) => unknown;

interface Subject {
	what: string;
	path: string;
	/** Requests a second to reach by a process with its threads. */
	least?: number;
	/** Milliseconds for nearly all, at eight connections, likewise. */
	p95?: number;
	/** What the address reads, as the program does it. */
	read: (ctx: Ctx, url: URL) => Promise<unknown>;
}

export async function benchPublic(places: Places): Promise<Row[]> {
	const anew = await withBoth(places, { MITRAT_PAGE_CACHE: 'no', MITRAT_PAGE_THREADS: '0' }, async (servers) => {
		const rows: Row[] = [];
		for (const subject of await subjects(servers.small.url))
			rows.push(...(await built(places.small, servers, subject)));
		return rows;
	});
	const rush = await withBoth(places, { MITRAT_PAGE_CACHE: 'no' }, async (servers) => {
		const rows: Row[] = [];
		for (const subject of await subjects(servers.small.url))
			if (subject.least) rows.push(...(await rushed(places, servers, subject)));
		return rows;
	});
	const kept = await withBoth(places, {}, unchanged);
	return [...anew, ...rush, ...kept, ...(await workers(places))];
}

async function subjects(origin: string): Promise<Subject[]> {
	const oparl = await oparlPlaces(origin);
	const { read } = await import('../../src/modules/(oparl)/serve/read.server.ts');
	const program = (ctx: Ctx, url: URL) =>
		read(ctx, url.pathname.slice('/oparl/v1.1/'.length), url.searchParams, origin);
	const page = (file: string, params: object) => async (ctx: Ctx, url: URL) => {
		const { load: loaded } = (await import(`../../src/modules/${file}/+page.server.ts`)) as { load: Loaded };
		overwriteGetLocale(currentLocale);
		const event = { locals: { ctx }, params, url, setHeaders: () => undefined };
		return inLanguage('de', async () => loaded(event));
	};
	const session = await fullestSession(origin);
	const [slug, paper] = [session, 'a1501-24'];
	return [
		{ what: 'OParl list of 100 papers', path: oparl.list, least: 600, p95: 25, read: program },
		{ what: 'OParl paper', path: oparl.object, read: program },
		{
			what: 'session page',
			path: `/sitzungen/${slug}`,
			least: 500,
			read: page('(council)/sitzungen/[slug]', { slug }),
		},
		{ what: 'paper page', path: `/vorlagen/${paper}`, read: page('(papers)/vorlagen/[slug]', { slug: paper }) },
		{ what: 'search', path: '/suche?q=Sprache', read: page('(shell)/suche', {}) },
		{ what: 'home', path: '/', read: page('.', {}) },
	];
}

interface Both {
	small: Server;
	large: Server;
}

async function built(place: Place, { small, large }: Both, subject: Subject): Promise<Row[]> {
	const answer = await ask(small.url + subject.path, BROWSER);
	const facts = { kb: answer.bytes.length / 1000, queries: queriesOf(answer.headers) };
	const common = { headers: BROWSER, status: 200, seconds: SECONDS };
	const ours = (server: Server) => ({ ...common, url: server.url + subject.path, server: server.pid });
	for (const server of [small, large]) await load({ ...ours(server), connections: 8, seconds: WARM_UP });
	return joined(place.data, async (ctx) => {
		const read = { app: runtime().app, text: 'select name from kernel.town where id = $1', values: [ctx.body.id] };
		const bare = await bareServer(answer);
		const reading = await bareServer(answer, read);
		const url = new URL(subject.path, small.url);
		const sent = await record({ ...ctx, actor: VISITOR }, (recorded) => subject.read(recorded, url));
		const rows: Row[] = [];
		for (const connections of CONNECTIONS) {
			const done = await load({ ...ours(small), connections, database: databaseServer(place.data) });
			const much = await load({ ...ours(large), connections });
			const least = await load({ ...common, url: bare.url, server: bare.server, connections });
			const withRead = await load({ ...common, url: reading.url, server: reading.server, connections });
			const sql = await repeat(sent, Math.min(connections, 16), SECONDS);
			const ratios = [
				{ of: 'bare', value: done.rate / least.rate },
				{ of: 'bare with a read', value: done.rate / withRead.rate },
				{ of: 'bare SQL', value: done.rate / sql.rate },
			];
			rows.push(...rowsOf(subject, connections, { done, much, ratios, facts, servers: { small, large } }));
		}
		bare.stop();
		reading.stop();
		return rows;
	});
}

interface Measured {
	done: Load;
	much: Load;
	ratios: Row['ratios'];
	facts: Pick<Row, 'kb' | 'queries'>;
	servers: Both;
}

function rowsOf({ what }: Subject, connections: number, measured: Measured): Row[] {
	const { done, much, ratios, facts, servers } = measured;
	const named = `${what}, ${connections} connection${connections > 1 ? 's' : ''}`;
	const of = ({ rate, ...times }: Load, server: Server, subject: string): Row => ({
		subject,
		what: named,
		value: rate,
		unit: '/s',
		...times,
		...facts,
		memory: memory(family(server.pid)),
	});
	const ratio = { subject: 'public', what: `${named}, cost large by small`, value: done.rate / much.rate, unit: '×' };
	return [
		{ ...of(done, servers.small, 'small'), ratios },
		of(much, servers.large, 'large'),
		{ ...ratio, target: { most: MOST_RATIO } },
	];
}

/** The process as it is: threads help the main one once there are many (src/server/page-threads.ts). */
async function rushed(places: Places, servers: Both, { what, path, least, p95 }: Subject): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [subject, { url, pid }] of Object.entries(servers)) {
		const asked = { url: url + path, headers: BROWSER, status: 200, server: pid };
		// The threads are begun by the rush itself, and load the application first.
		await load({ ...asked, connections: 8, seconds: 2 * WARM_UP });
		for (const connections of CONNECTIONS.slice(1)) {
			const database = databaseServer(places[subject as keyof Both].data);
			const { rate, ...times } = await load({ ...asked, connections, seconds: 2 * SECONDS, database });
			const row = { subject, what: `${what}, with threads, ${connections} connections`, value: rate, unit: '/s' };
			rows.push({ ...row, target: { least: least! }, ...times, memory: memory(family(pid)) });
			if (p95 && connections === 8)
				rows.push({ subject, what: `${what}, with threads, p95`, value: times.p95, unit: 'ms', target: { most: p95 } });
		}
	}
	return rows;
}

/** Whoever holds what stands there is told so. */
async function unchanged({ small, large }: Both): Promise<Row[]> {
	const { list } = await oparlPlaces(small.url);
	const bare = await bareServer(await ask(small.url + list, BROWSER));
	const rows: Row[] = [];
	for (const connections of CONNECTIONS) {
		for (const [subject, { url, pid }] of Object.entries({ small, large })) {
			const { headers } = await ask(url + list, BROWSER);
			const asked = {
				url: url + list,
				headers: { ...BROWSER, 'if-none-match': headers.etag! },
				status: 304,
				server: pid,
			};
			await load({ ...asked, connections, seconds: 1 });
			const { rate, ...times } = await load({ ...asked, connections, seconds: SECONDS });
			const promise = connections > 1 ? { target: { least: 3000 } } : {};
			const what = `OParl list, unchanged (304), ${connections} connection${connections > 1 ? 's' : ''}`;
			const least = await load({ ...asked, url: bare.url, server: bare.server, connections, seconds: SECONDS });
			const facts = { ...times, memory: memory(family(pid)), ratios: [{ of: 'bare', value: rate / least.rate }] };
			rows.push({ subject, what, value: rate, unit: '/s', ...promise, ...facts });
		}
	}
	bare.stop();
	return rows;
}

/** One process and two, in turn, without threads beside them. */
async function workers({ workshop, small, large }: Places): Promise<Row[]> {
	const env = { MITRAT_PAGE_CACHE: 'no', MITRAT_PAGE_THREADS: '0' };
	const one = await workshop.start({ ...small.env, ...env });
	const two = await workshop.start({ ...large.env, ...env, WORKERS: '2' });
	try {
		const path = `/sitzungen/${await fullestSession(one.url)}`;
		const rates = { one: 0, two: 0 };
		for (let round = 0; round < 4; round++) {
			for (const [name, { url, pid }] of Object.entries({ one, two })) {
				const asked = { url: url + path, headers: BROWSER, status: 200, server: pid, connections: 16 };
				const { rate } = await load({ ...asked, seconds: round ? SECONDS : 2 * WARM_UP });
				if (round) rates[name as 'one' | 'two'] += rate / 3;
			}
		}
		return [
			{ subject: 'workers', what: 'session page anew, one process', value: rates.one, unit: '/s' },
			{ subject: 'workers', what: 'session page anew, WORKERS=2', value: rates.two, unit: '/s' },
			{ subject: 'workers', what: 'two by one', value: rates.two / rates.one, unit: '×', target: { least: 1.6 } },
		];
	} finally {
		await one.stop();
		await two.stop();
	}
}
