/**
 * Several processes that answer requests on one port. This one, the first, holds the data folder, the database and the jobs,
 * accepts the connections and hands them out in turn (node:cluster); it answers none itself. What the others know of each
 * other they know from the database: page caches are keyed by the number of the newest public change, live updates come by
 * NOTIFY, sign-ins and limits are rows.
 */
import cluster, { type Worker } from 'node:cluster';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from '#kernel/config.ts';
import { UserError } from '#kernel/errors.ts';
import { logError } from '#kernel/log.ts';
import { runtime } from '#kernel/runtime.ts';
import { listen } from './entry.ts';
import { figuresInFirst, isOfFigures } from './metrics-of-several.ts';
import { within } from './patience.ts';
import { GRACE, type Run } from './start.ts';

/** What a process is told first. */
export interface Part {
	config: Config;
	app: pg.PoolConfig;
}

/** What a process says of itself: it listens, or why it cannot. */
export type Report = 'ready' | { refused: string };

/** Connections that the embedded server has for all processes together, those of jobs and presences not counted. */
const CONNECTIONS = 40;
/** More processes than this would leave none enough. */
const MOST_EMBEDDED = 6;
/** Of those a process needs so many beside its requests: sign-in and listening. */
const ASIDE = 5;
/** A process that ends by itself is replaced; one that cannot live must not be begun again and again. Milliseconds. */
const PAUSE = 1000;

/** @returns the port, when all of them listen */
export async function serveInSeveral({ config, shutdown, open }: Run): Promise<number> {
	if (!config.databaseUrl && config.processes > MOST_EMBEDDED) {
		throw new UserError(
			`Mit der mitgelieferten Datenbank geht WORKERS bis ${MOST_EMBEDDED}; mehr brauchen ein eigenes PostgreSQL.`,
		);
	}
	// One number for all, for those that replace others, too.
	const port = config.port || (await freePort(config.host));
	const part: Part = { config: { ...config, port }, app: { ...runtime().app, max: connectionsEach(config) } };
	cluster.setupPrimary({ exec: join(import.meta.dirname, 'one-of-several.ts'), args: [] });
	const named = new Map<string, Worker>();
	const figures = figuresInFirst(() => named);
	open.defer(() => figures.stop());
	const fork = () => begin(part, named, figures.hear);
	let stopping = false;
	const replace = (worker: Worker, code: number) => {
		if (stopping || shutdown.begin.aborted) return;
		if (code !== 0)
			logError(new Error('a process ended'), { at: 'several', code: `${code}`, pid: `${worker.process.pid}` });
		setTimeout(() => {
			if (!stopping) fork().catch((error: unknown) => shutdown.request(error as Error));
		}, PAUSE).unref();
	};
	cluster.on('exit', replace);
	open.defer(async () => {
		stopping = true;
		cluster.off('exit', replace);
		await stopAll(shutdown.hurry);
	});
	await Promise.all(Array.from({ length: config.processes }, fork));
	return part.config.port;
}

/** An own server's limit is its administrator's affair; the embedded one has sixty. */
function connectionsEach({ processes, databaseUrl }: Config): number {
	return databaseUrl ? 16 : Math.min(16, Math.max(2, Math.floor(CONNECTIONS / processes) - ASIDE));
}

/**
 * Resolves when it listens.
 * @param named where it is known by the first number that is free: one that replaces another takes over its name
 * @throws UserError when it cannot
 */
function begin(part: Part, named: Map<string, Worker>, hear: ReturnType<typeof figuresInFirst>['hear']): Promise<void> {
	const worker = cluster.fork();
	let number = 1;
	while (named.has(`${number}`)) number++;
	named.set(`${number}`, worker);
	worker.once('exit', () => named.delete(`${number}`));
	worker.send(part);
	return new Promise((resolve, reject) => {
		worker.on('message', (message: Report) => {
			if (isOfFigures(message)) hear(worker, message);
			else if (message === 'ready') resolve();
			else reject(new UserError(message.refused));
		});
		worker.once('exit', (code) => reject(new UserError(`Ein Prozess der Anwendung endete beim Start (${code}).`)));
	});
}

async function freePort(host: string): Promise<number> {
	const server = createServer();
	const port = await listen(server, host, 0);
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** Each lets its requests finish, as one alone would. */
async function stopAll(hurry: AbortSignal): Promise<void> {
	const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
	const ended = workers.map((worker) => new Promise<void>((resolve) => void worker.once('exit', () => resolve())));
	for (const worker of workers) worker.send('stop', () => undefined);
	await within(
		Promise.all(ended).then(() => undefined),
		2 * GRACE,
		hurry,
	).catch(() => undefined);
	for (const worker of workers) if (!worker.isDead()) worker.process.kill('SIGKILL');
}
