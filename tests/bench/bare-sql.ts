/** The least that the database can do for a page: its own queries, through the same driver, without anything around. */
import pg from 'pg';
import { VISITOR } from '#kernel/access/actor.ts';
import { readConfig } from '#kernel/config.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { BodyScope } from '#kernel/db/scope.ts';
import { types } from '#kernel/db/values.ts';
import { contextFor } from '#kernel/request.ts';
import { closeRuntime, installRuntime, runtime } from '#kernel/runtime.ts';
import { allTowns } from '#kernel/towns.ts';
import { percentile } from './figures.ts';

type Sent = string | pg.QueryConfig;

/** Joins the database of a running server for as long as `work` takes. */
export async function joined<T>(dataDir: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
	const config = readConfig({ MITRAT_DATA: dataDir, MITRAT_MODE: 'demo' });
	const database = await openDatabase(config);
	// Loaded late: modules need the messages that the build compiles.
	await import('../../src/modules.server.ts');
	installRuntime(config, database.app);
	try {
		const towns = await allTowns();
		const town = towns.find(({ demonstration }) => demonstration) ?? towns[0];
		return await work(contextFor(town!, VISITOR));
	} finally {
		await closeRuntime();
		await database.close();
	}
}

/** What `read` sends to the database, its transaction included. */
export async function record(ctx: Ctx, read: (ctx: Ctx) => Promise<unknown>): Promise<Sent[]> {
	const client = await runtime().pool.connect();
	const sent: Sent[] = [];
	const recorder = Object.assign(Object.create(client) as pg.PoolClient, {
		query: (query: Sent, told: (error: Error, result: pg.QueryResult) => void) => {
			sent.push(query);
			client.query(query as string, told);
		},
		release: () => undefined,
	});
	const scope = new BodyScope({ connect: async () => recorder } as unknown as pg.Pool, ctx.body.id, 'read only');
	try {
		await read({ ...ctx, scope, db: scope.db });
		await scope.commit();
		return sent;
	} finally {
		client.release();
	}
}

/** Sends the same again and again over so many connections. @returns transactions a second, median in milliseconds */
export async function repeat(
	sent: Sent[],
	connections: number,
	seconds: number,
): Promise<{ rate: number; p50: number }> {
	const pool = new pg.Pool({ ...runtime().app, max: connections, types });
	// A lost connection fails its query; without a listener it would end the whole run instead.
	pool.on('error', () => undefined);
	const times: number[] = [];
	const begun = performance.now();
	const end = begun + seconds * 1000;
	const worker = async () => {
		const client = await pool.connect();
		try {
			while (performance.now() < end) {
				const from = performance.now();
				for (const query of sent) await client.query(query as string);
				times.push(performance.now() - from);
			}
		} finally {
			client.release();
		}
	};
	// Ended whatever happens: a failing query is to be told, not the end of the database under it.
	const elapsed = await Promise.all(Array.from({ length: connections }, worker))
		.then(() => (performance.now() - begun) / 1000)
		.finally(() => pool.end());
	times.sort((a, b) => a - b);
	return { rate: times.length / elapsed, p50: percentile(times, 0.5) };
}
