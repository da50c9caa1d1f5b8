import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import { migrate, type MigrationSource } from './db/migrate.ts';
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

/** Brings the database to the state of the code. @returns names of the migrations run now */
export async function migrateAll(owner: PoolConfig, appRole: string): Promise<string[]> {
	await installQueue(owner, appRole);
	return migrate(owner, appRole, migrationSources());
}
