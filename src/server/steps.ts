/** The steps of a start that need the modules. They are loaded late: some import what only the build makes. */
import { existsSync } from 'node:fs';
import pg from 'pg';
import type { Database } from '#kernel/db/database.ts';
import { ensureMessages } from './messages.ts';

/** What the database holds. */
export type Town = 'none' | 'demonstration' | 'real';

/** Installs the modules, with whatever they import. */
export async function loadModules(): Promise<void> {
	await ensureMessages();
	await import('../modules.server.ts');
}

/** Brings the database to the state of the code. @returns names of the migrations run now */
export async function migrateDatabase(database: Database): Promise<string[]> {
	await loadModules();
	const { migrateAll } = await import('#kernel/migrations.ts');
	return migrateAll(database.owner, String(database.app.user));
}

/**
 * Whether a town is there, and of which kind; asked after the migrations. A demonstration whose loading was cut off does
 * not count: nobody sees it, and the next start loads a new one.
 */
export async function townInside(database: Database): Promise<Town> {
	const client = new pg.Client(database.app);
	await client.connect();
	try {
		const { rows } = await client.query<{ demonstration: boolean }>(
			`select demonstration from kernel.town where settings->'loading' is null`,
		);
		if (rows.length === 0) return 'none';
		return rows.every((town) => town.demonstration) ? 'demonstration' : 'real';
	} finally {
		await client.end();
	}
}

interface Demonstration {
	loadDemonstration(database: Database): Promise<void>;
	/** Lines to print: who can sign in and how. */
	signIns(): Promise<string[]>;
}

/** Fills an empty database with the demonstration town. The runtime must be installed. */
export async function loadDemonstration(database: Database): Promise<void> {
	await (await demonstration())?.loadDemonstration(database);
}

export async function signIns(): Promise<string[]> {
	return (await (await demonstration())?.signIns()) ?? [];
}

async function demonstration(): Promise<Demonstration | undefined> {
	const file = new URL('./demonstration.ts', import.meta.url);
	return existsSync(file) ? ((await import(file.href)) as Demonstration) : undefined;
}
