import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../src/kernel/config.ts';
import { openDatabase } from '../../src/kernel/db/database.ts';
import { compileMessages } from '../../scripts/messages.ts';
import { watchOver } from './watchdog.ts';

export interface TestServer {
	superuser: pg.PoolConfig;
	owner: pg.PoolConfig;
	app: pg.PoolConfig;
	template: string;
	/** What the run keeps on disk lies in here and goes with it. */
	folder: string;
	/** Whose server it is: 'embedded 18' or the version of MITRAT_TEST_SERVER. */
	name: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		server: TestServer;
	}
}

const TEMPLATE = 'mitrat';

/**
 * Runs once before all test files: texts are compiled, one database server is started (the embedded one, or the one of
 * MITRAT_TEST_SERVER, a superuser's URL) and migrated; every file that asks gets a clone of it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await compileMessages();
	const dataDir = await mkdtemp(join(tmpdir(), 'mitrat-test-'));
	const endWatch = watchOver(dataDir);
	const { server, close } = process.env.MITRAT_TEST_SERVER
		? await ownServer(process.env.MITRAT_TEST_SERVER, dataDir)
		: await embedded(dataDir);
	// Loaded here and not above: modules need the compiled messages.
	await import('../../src/modules.server.ts');
	const { migrateAll } = await import('../../src/kernel/migrations.ts');
	await migrateAll(server.owner, server.app.user!);
	project.provide('server', server);
	return async () => {
		await close();
		await endWatch();
		await rm(dataDir, { recursive: true, force: true });
	};
}

type Opened = { server: TestServer; close: () => Promise<void> };

async function embedded(dataDir: string): Promise<Opened> {
	const database = await openDatabase(readConfig({ MITRAT_DATA: dataDir, MITRAT_MODE: 'test' }));
	const { app, owner, superuser } = database;
	return {
		server: { app, owner, superuser: superuser!, template: TEMPLATE, folder: dataDir, name: 'embedded 18' },
		close: () => database.close(),
	};
}

async function ownServer(url: string, folder: string): Promise<Opened> {
	const { hostname, port, username, password } = new URL(url);
	const base = {
		host: decodeURIComponent(hostname) || new URL(url).searchParams.get('host')!,
		port: Number(port || 5432),
	};
	const superuser = { ...base, user: username, password, database: 'postgres' };
	const client = new pg.Client(superuser);
	await client.connect();
	await client.query(`drop database if exists ${TEMPLATE}`);
	for (const role of ['mitrat_owner', 'mitrat_app']) {
		await client.query(`do $$ begin if not exists (select from pg_roles where rolname = '${role}') then
			create role ${role} login password 'test'; end if; end $$`);
	}
	await client.query(`create database ${TEMPLATE} owner mitrat_owner`);
	const version = (await client.query<{ server_version: string }>('show server_version')).rows[0]!.server_version;
	await client.end();
	const inside = new pg.Client({ ...superuser, database: TEMPLATE });
	await inside.connect();
	for (const name of ['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch', 'pgcrypto'])
		await inside.query(`create extension ${name}`);
	await inside.end();
	const role = (user: string): pg.PoolConfig => ({ ...base, user, password: 'test', database: TEMPLATE });
	const server = {
		superuser,
		owner: role('mitrat_owner'),
		app: role('mitrat_app'),
		template: TEMPLATE,
		folder,
		name: `PostgreSQL ${version}`,
	};
	return { server, close: async () => undefined };
}
