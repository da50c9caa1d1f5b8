import type pg from 'pg';
import type { Config } from '../config.ts';
import { prepareDataFolder } from '../data-folder.ts';
import { openEmbedded } from './embedded.ts';
import { openExternal } from './external.ts';

export interface Database {
	/** How requests connect: a role that is neither owner nor superuser. `user` is always set. */
	app: pg.PoolConfig;
	/** How migrations connect: the owner of the database. `user` is always set. */
	owner: pg.PoolConfig;
	/** Only of the embedded server: for making and dropping databases (tests). */
	superuser?: pg.PoolConfig;
	embedded: boolean;
	/** Whether the embedded server was already in use by another Mitrat process. */
	joined: boolean;
	/** Leaves the embedded server (the last one stops it). Close all pools before. */
	close(): Promise<void>;
}

export interface DatabaseOptions {
	log?: (line: string) => void;
	/** The embedded server died and could not be started again. */
	onLost?: (error: Error) => void;
}

/**
 * Opens the database of the configuration: the existing server of DATABASE_URL, else the embedded one of the data folder.
 * @throws UserError with one sentence for everything a person can put right
 */
export async function openDatabase(config: Config, options: DatabaseOptions = {}): Promise<Database> {
	prepareDataFolder(config.dataDir);
	if (config.databaseUrl && config.databaseOwnerUrl) {
		const external = await openExternal(config.databaseUrl, config.databaseOwnerUrl);
		return { ...external, embedded: false, joined: false, close: async () => undefined };
	}
	const durable = config.mode !== 'test';
	return { embedded: true, ...(await openEmbedded(config.dataDir, { ...options, fsync: durable })) };
}
