import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import { readConfig } from '#kernel/config.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { generateDbTypes } from '../generate-db-types.ts';
import type { Outcome } from './outcome.ts';

/** Whether src/generated/db.ts still describes what the migrations make; tried on a database that lives for seconds. */
export async function databaseTypes(): Promise<Outcome> {
	const same = await onFreshDatabase((owner) => generateDbTypes(owner, true));
	const how = 'npm run check -- --fix writes it anew';
	return { faults: same ? [] : [`src/generated/db.ts: differs from the migrated database (${how})`] };
}

/** Writes the types anew. */
export async function writeDatabaseTypes(): Promise<void> {
	await onFreshDatabase((owner) => generateDbTypes(owner));
}

async function onFreshDatabase<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
	const dataDir = await mkdtemp(join(tmpdir(), 'mitrat-check-'));
	const database = await openDatabase(readConfig({ MITRAT_DATA: dataDir, MITRAT_MODE: 'test' }));
	try {
		// Modules need the compiled messages, which are there only now.
		await import('../../src/modules.server.ts');
		const { migrateAll } = await import('#kernel/migrations.ts');
		await migrateAll(database.owner, String(database.app.user));
		return await work(urlOf(database.owner));
	} finally {
		await database.close();
		await rm(dataDir, { recursive: true, force: true });
	}
}

function urlOf({ host, port, user, password, database }: PoolConfig): string {
	const url = new URL('postgres://localhost');
	url.username = encodeURIComponent(user ?? '');
	url.password = encodeURIComponent(typeof password === 'string' ? password : '');
	url.pathname = `/${database}`;
	// A folder (unix socket) cannot stand where the host stands.
	if (host?.startsWith('/')) url.searchParams.set('host', host);
	else if (host) url.hostname = host;
	url.port = String(port ?? '');
	return url.href;
}
