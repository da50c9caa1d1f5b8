import { join } from 'node:path';
import type { Config } from '../config.ts';
import { diskStore } from './disk.ts';

/** Where bytes lie, addressed by their content. The same bytes are kept once. */
export interface FileStore {
	/** @returns sha-512 in hex and the size in bytes */
	put(bytes: Uint8Array): Promise<{ hash: string; size: number }>;
	/** @throws if there is none, or if its content no longer fits its hash */
	read(hash: string): Promise<Uint8Array>;
	has(hash: string): Promise<boolean>;
	remove(hash: string): Promise<void>;
}

/** The store of the configuration. */
export function openStore(config: Config): FileStore {
	return diskStore(join(config.dataDir, 'files'));
}
