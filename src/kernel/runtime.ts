import pg from 'pg';
import type { Config } from './config.ts';
import { surviveLosses } from './db/survive-losses.ts';
import { types } from './db/values.ts';

/** What a process holds open: its configuration and the pool of the request role. */
export interface Runtime {
	config: Config;
	/** Connections of the role of requests (neither owner nor superuser). */
	pool: pg.Pool;
	/** How to connect as that role, for rooms that need a connection of their own (LISTEN, graphile-worker, sign-in). */
	app: pg.PoolConfig;
	/** Opened when first needed, closed with the process: see `onClose`. */
	closers: (() => Promise<void>)[];
	/** Aborted when the process begins to stop: what would go on for ever (live streams) ends now. */
	stopping: AbortController;
	/**
	 * What records take for now. A test that plays a year moves it; sign-in (sessions, links, limits) and the audit log
	 * keep to the real time.
	 */
	clock: () => Temporal.Instant;
}

// The launcher and the built application are two bundles in one process: what they share hangs on the global object.
const KEY = Symbol.for('mitrat.runtime');
const store = globalThis as unknown as Record<symbol, Runtime | undefined>;

/**
 * Milliseconds a request waits for a connection: a server that hangs, or one whose 16 are all busy for this long, is as good
 * as away, and requests that wait for ever only make it worse.
 */
const PATIENCE = 15_000;
/** Milliseconds after which an idle connection is closed: a new one plans every statement anew, for a search twenty milliseconds. */
const IDLE = 60_000;

export function installRuntime(config: Config, app: pg.PoolConfig): Runtime {
	const pool = new pg.Pool({
		max: 16,
		connectionTimeoutMillis: PATIENCE,
		idleTimeoutMillis: IDLE,
		...app,
		types,
		pipeline: true,
	} as pg.PoolConfig);
	surviveLosses(pool);
	pool.on('connect', (client) => {
		// Statements are named and planned once a connection (see db/scope.ts). Left to itself PostgreSQL plans each of them anew
		// for the first five times, and some for ever: longer than they run. All name their town, so one plan fits every town.
		// Nothing here runs long enough to be worth compiling; the estimates of a page's one statement say otherwise.
		client.query('set plan_cache_mode = force_generic_plan; set jit = off').catch(() => undefined);
	});
	const clock = () => Temporal.Now.instant();
	const installed: Runtime = { config, pool, app, closers: [], stopping: new AbortController(), clock };
	store[KEY] = installed;
	return installed;
}

/** @throws Error before `installRuntime`: a program that forgot its entry point */
export function runtime(): Runtime {
	const installed = store[KEY];
	if (!installed) throw new Error('no runtime is installed: start through bin/mitrat.ts');
	return installed;
}

/** Registers something to close when the process ends; the last opened is closed first. */
export function onClose(close: () => Promise<void>): void {
	runtime().closers.push(close);
}

/** Call before waiting for running requests to end. */
export function announceStop(): void {
	runtime().stopping.abort();
}

export async function closeRuntime(): Promise<void> {
	const { closers, pool, stopping } = runtime();
	stopping.abort();
	for (const close of closers.splice(0).reverse()) await close();
	await pool.end();
	store[KEY] = undefined;
}
