/** One thread of page-threads.ts: the built application with a pool of connections of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type pg from 'pg';
import type { Config } from '#kernel/config.ts';
import { keepNoPages } from '#kernel/http/page-cache.ts';
import { logError } from '#kernel/log.ts';
import { tellingSpans, writeSpansDown, type ToldSpan } from '#kernel/observe/trace-elsewhere.ts';
import { tracePool } from '#kernel/observe/trace-queries.ts';
import { watched, type Watched } from '#kernel/observe/watched.ts';
import { closeRuntime, installRuntime, runtime } from '#kernel/runtime.ts';
import { forgetTownsBefore } from '#kernel/towns.ts';
import { handlerEnvironment } from './forwarded.ts';
import { applicationIn, askApplication, bytesOf, type Asked } from './render-whole.ts';

export interface ThreadData {
	config: Config;
	app: pg.PoolConfig;
	rehearsal: Rehearsal;
}

/** A page that is being asked for, like those to come. */
export type Rehearsal = Omit<Question, 'id'>;

export interface Question extends Asked {
	id: number;
	/** What the request is known by in the log. */
	requestId: string;
	trace: string | null;
	/** Whether its spans are wanted. */
	isTraced: boolean;
	/** By which list of towns it is asked (`forgetTownsBefore`). */
	townsReadAt: number;
	/** The main thread's clock, in milliseconds since 1970. */
	now: number;
}

/** Without a status the page could not be rendered here. */
export interface Answer {
	id: number;
	status: number;
	headers: [string, string][];
	body: Uint8Array<ArrayBuffer>;
	/** For the main thread's figures. */
	route: string | null;
	queries: number;
	spans: ToldSpan[];
}

/** What it says when it could not. */
const NOTHING = { status: 0, headers: [], body: new Uint8Array(), route: null, queries: 0, spans: [] };

/** A page needs one connection at a time; more than a few pages at once make a thread slower, not faster. */
const CONNECTIONS = 6;

const { config, app } = workerData as ThreadData;
const port = parentPort!;
installRuntime(config, { ...app, max: CONNECTIONS });
// What is rendered is kept by the main thread, for all.
keepNoPages();
Object.assign(process.env, handlerEnvironment(config));
const application = await applicationIn(config.buildDir);
await rehearse((workerData as ThreadData).rehearsal);

let [running, stopping, isWatching] = [0, false, false];

/**
 * Renders a page for nobody: what the first page of a thread loads and lets the database plan takes as long as twenty pages, and no reader
 * should wait for it while other threads have time.
 */
async function rehearse({ url, headers, address, now, townsReadAt }: Rehearsal): Promise<void> {
	try {
		setTime(now, townsReadAt);
		await whole({ url, headers, address });
	} catch (error) {
		logError(error, { at: 'page thread' });
	}
}

/** Time and towns as the main thread has them. */
function setTime(now: number, townsReadAt: number): void {
	const moment = Temporal.Instant.fromEpochMilliseconds(now);
	forgetTownsBefore(townsReadAt);
	runtime().clock = () => moment;
}

async function answer({
	id,
	url,
	headers,
	address,
	now,
	requestId,
	trace,
	isTraced,
	townsReadAt,
}: Question): Promise<void> {
	running++;
	setTime(now, townsReadAt);
	try {
		const seen: Watched = { id: requestId, trace, route: null, queries: 0 };
		const render = () => watched(seen, () => whole({ url, headers, address }));
		const { result, spans } = await (isTraced ? withSpans(render) : render().then((result) => ({ result, spans: [] })));
		const { route, queries } = seen;
		const given: Answer = { id, ...result, route, queries, spans };
		port.postMessage(given, [given.body.buffer]);
	} catch (error) {
		logError(error, { at: 'page thread' });
		port.postMessage({ id, ...NOTHING } satisfies Answer);
	}
	running--;
	if (stopping && running === 0) await end();
}

async function whole(asked: Asked): Promise<Pick<Answer, 'status' | 'headers' | 'body'>> {
	const response = await askApplication(application, asked);
	// A copy, because it is handed over with its memory, of which small buffers share a piece.
	const body = Uint8Array.from(bytesOf(response) ?? new Uint8Array(await response.arrayBuffer()));
	return { status: response.status, headers: [...response.headers], body };
}

/** Spans are written down from the first request on that wants them: where no collector is named nothing is watched. */
function withSpans<T>(work: () => Promise<T>): Promise<{ result: T; spans: ToldSpan[] }> {
	if (!isWatching) {
		isWatching = true;
		writeSpansDown();
		tracePool(runtime().pool);
	}
	return tellingSpans(work);
}

async function end(): Promise<void> {
	await closeRuntime();
	port.close();
}

port.on('message', (message: Question | 'stop') => {
	if (message !== 'stop') return void answer(message);
	stopping = true;
	if (running === 0) void end();
});
port.postMessage('ready');
