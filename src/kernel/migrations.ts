import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import { migrate, migrationFiles, type MigrationSource } from './db/migrate.ts';
import { installQueue } from './jobs/install.ts';
import { installedModules } from './module.ts';
import { projectRoot } from './project.ts';

const ROOMS = ['db', 'identity', 'audit', 'search', 'jobs', 'mail', 'live', 'privacy'];

/** The kernel's rooms first, then the modules in the order of their needs. */
export function migrationSources(): MigrationSource[] {
	const rooms = ROOMS.map((room) => ({
		name: `kernel-${room}`,
		folder: join(projectRoot, 'src/kernel', room, 'migrations'),
	}));
	return [...rooms, ...installedModules().servers.map((server) => server.migrations)];
}

/** Names of all migrations of this program. */
export async function knownMigrations(): Promise<Set<string>> {
	return new Set((await migrationFiles(migrationSources())).map(({ name }) => name));
}

/**
 * Brings the database to the state of the code.
 * @param only just these migrations: the state that an old backup was made in
 * @returns names of the migrations run now
 */
export async function migrateAll(owner: PoolConfig, appRole: string, only?: ReadonlySet<string>): Promise<string[]> {
	await installQueue(owner, appRole);
	return migrate(owner, appRole, migrationSources(), only);
}
