import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import '../../src/modules.server.ts';
import { OPERATOR, type Actor } from '../../src/kernel/access/actor.ts';
import { readConfig } from '../../src/kernel/config.ts';
import type { Ctx } from '../../src/kernel/ctx.ts';
import { newId } from '../../src/kernel/ids.ts';
import { contextFor, endRequest } from '../../src/kernel/request.ts';
import { closeRuntime, installRuntime } from '../../src/kernel/runtime.ts';
import type { Town } from '../../src/kernel/town.ts';
import { forgetTowns } from '../../src/kernel/towns.ts';

export interface TestDatabase {
	owner: pg.PoolConfig;
	app: pg.PoolConfig;
	superuser: pg.PoolConfig;
	dataDir: string;
	town: Town;
	/** A context for an actor in the town (the operator if none is given); ended with the database. */
	ctx: (actor?: Actor, town?: Town) => Ctx;
	/** A further town in the same database. */
	addTown: (name: string) => Promise<Town>;
	/** SQL past all policies, for looking and for tampering. */
	sql: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>;
}

/**
 * One clone of the migrated template for a test file, with one town and the runtime installed; dropped after the file.
 * Call at the top level of the file (or in beforeAll). `pool` changes how the runtime connects.
 */
export async function freshDatabase(env: Record<string, string> = {}, pool: pg.PoolConfig = {}): Promise<TestDatabase> {
	const server = inject('server');
	const name = `t_${randomBytes(6).toString('hex')}`;
	await once(server.superuser, `create database ${name} template ${server.template} owner mitrat_owner`);
	await once(server.superuser, `grant connect on database ${name} to ${server.app.user!}`);
	const dataDir = await mkdtemp(join(server.folder, 'data-'));
	const app = { ...server.app, database: name };
	const owner = { ...server.owner, database: name };
	const superuser = { ...server.superuser, database: name };
	installRuntime(readConfig({ MITRAT_DATA: dataDir, MITRAT_MODE: 'test', ...env }), { ...app, ...pool });
	forgetTowns();
	const contexts: Ctx[] = [];
	const past = new pg.Pool({ ...superuser, max: 2 });
	// The end of a pool does not wait for its sockets: one may still be told that its database is gone, in use or idle (then
	// the pool says so, too).
	past.on('error', () => undefined);
	past.on('connect', (client) => client.on('error', () => undefined));
	const sql = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
		(await past.query<R>(text, values)).rows;
	const addTown = (townName: string) => insertTown(sql, townName);
	const town = await addTown('Elbstadt');
	afterAll(async () => {
		for (const ctx of contexts) await endRequest(ctx);
		await past.end();
		await closeRuntime();
		await once(server.superuser, `drop database ${name} with (force)`);
		await rm(dataDir, { recursive: true, force: true });
	});
	const ctx = (actor: Actor = OPERATOR, inTown: Town = town) => {
		const made = contextFor(inTown, actor);
		contexts.push(made);
		return made;
	};
	return { owner, app, superuser, dataDir, town, ctx, addTown, sql };
}

async function once(config: pg.PoolConfig, text: string): Promise<void> {
	const client = new pg.Client(config);
	await client.connect();
	try {
		await client.query(text);
	} finally {
		await client.end();
	}
}

async function insertTown(sql: TestDatabase['sql'], name: string): Promise<Town> {
	const id = newId();
	const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
	await sql('insert into kernel.town (id, name, short_name, hosts) values ($1, $2, $2, $3)', [
		id,
		name,
		[`${slug}.localhost`],
	]);
	forgetTowns();
	const hosts = [`${slug}.localhost`];
	return { id, name, shortName: name, ags: null, timeZone: 'Europe/Berlin', hosts, demonstration: false, settings: {} };
}
