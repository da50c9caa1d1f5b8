/** The public page of a session: rendered anew, kept, unchanged; beside the least that could be done instead. */
import { bareServer } from './bare.ts';
import { joined, record, repeat } from './bare-sql.ts';
import type { Row } from './figures.ts';
import { load, type Load } from './load.ts';
import { databaseServer } from './processes.ts';
import type { Server, Workshop } from './program.ts';
import { fullestSession } from './town.ts';
import { ask, BROWSER } from './wire.ts';

const subject = 'session page';
const CONNECTIONS = [1, 8, 32];
const SECONDS = 5;
/** Until the engine of each thread (page-threads.ts) has compiled what runs often. Seconds. */
const WARM_UP = 15;

interface Way {
	what: string;
	target: number;
	env: Record<string, string>;
	status: number;
	/** Whether visitors hold the page already. */
	holding: boolean;
}

const WAYS: Way[] = [
	{ what: 'rendered anew', target: 500, env: { MITRAT_PAGE_CACHE: 'no' }, status: 200, holding: false },
	{ what: 'from the page cache', target: 3000, env: {}, status: 200, holding: false },
	{ what: 'unchanged (304)', target: 3000, env: {}, status: 304, holding: true },
];

export async function benchSessionPage(workshop: Workshop): Promise<Row[]> {
	const rows: Row[] = [];
	for (const way of WAYS) {
		const server = await workshop.start(way.env);
		try {
			rows.push(...(await measure(workshop, server, way)));
		} finally {
			await server.stop();
		}
	}
	return rows;
}

async function measure({ dataDir }: Workshop, server: Server, way: Way): Promise<Row[]> {
	const url = `${server.url}/sitzungen/${await fullestSession(server.url)}`;
	const answer = await ask(url, BROWSER);
	const bare = await bareServer(answer);
	const headers = way.holding ? { ...BROWSER, 'if-none-match': answer.headers.etag! } : BROWSER;
	const common = { headers, status: way.status, seconds: SECONDS };
	const ours = { ...common, url, server: server.pid, database: databaseServer(dataDir) };
	const rows: Row[] = [];
	try {
		await load({ ...ours, connections: 32, seconds: WARM_UP });
		await load({ ...common, ...bare, connections: 8, seconds: 1 });
		for (const connections of CONNECTIONS) {
			const done = await load({ ...ours, connections });
			const least = await load({ ...common, ...bare, connections });
			const ratios = [{ of: 'bare node:http', value: done.rate / least.rate }];
			const sql = way.env.MITRAT_PAGE_CACHE ? await bareSql(dataDir, new URL(url).pathname, connections) : undefined;
			if (sql) ratios.push({ of: 'bare SQL', value: done.rate / sql.value });
			rows.push(rowOf(way, connections, done, ratios), ...(sql ? [sql] : []));
		}
	} finally {
		bare.stop();
	}
	return rows;
}

function rowOf({ what, target }: Way, connections: number, done: Load, ratios: Row['ratios']): Row {
	const { rate, ...times } = done;
	// What one connection can ask for is bounded by the way there and back, not by the server.
	const promise = connections === 1 ? {} : { target: { least: target } };
	const named = `${what}, ${connections} connection${connections > 1 ? 's' : ''}`;
	return { subject, what: named, value: rate, unit: '/s', ...promise, ...times, ratios };
}

/** The page's own SQL without the page: how much of the time is the database's. */
async function bareSql(dataDir: string, path: string, connections: number): Promise<Row> {
	return joined(dataDir, async (ctx) => {
		// Loaded late: the module needs the compiled messages.
		const { meetingWithLinks } = await import('../../src/modules/(council)/queries/meeting.server.ts');
		const sent = await record(ctx, (recorded) => meetingWithLinks(recorded, path.split('/').at(-1)!));
		await repeat(sent, Math.min(connections, 16), 0.5);
		const { rate, p50 } = await repeat(sent, Math.min(connections, 16), SECONDS);
		const what = `its bare SQL, ${connections} connection${connections > 1 ? 's' : ''}`;
		return { subject, what, value: rate, unit: '/s', p50 };
	});
}
