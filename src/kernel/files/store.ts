import { join } from 'node:path';
import type { Config } from '../config.ts';
import { diskStore } from './disk.ts';
import { s3Store } from './s3.ts';

/** Where bytes lie, addressed by their content. The same bytes are kept once. Hashes are SHA-512 in lower case hex. */
export interface FileStore {
	/** Returns only when the bytes will survive a crash. Size in bytes. */
	put(bytes: Uint8Array): Promise<{ hash: string; size: number }>;
	/** @throws MissingFile, or DamagedFile if the content no longer fits its hash */
	read(hash: string): Promise<Uint8Array>;
	/**
	 * The same in pieces, for large files. The stream breaks off with `DamagedFile` at the end if the content no longer
	 * fits its hash, so whoever copies it must wait for the end.
	 * @throws MissingFile
	 */
	stream(hash: string): Promise<ReadableStream<Uint8Array>>;
	has(hash: string): Promise<boolean>;
	/** Nothing happens if there is none. */
	remove(hash: string): Promise<void>;
}

/** The store of the configuration: S3 if it names one, else the data folder. */
export function openStore(config: Pick<Config, 'dataDir' | 's3'>): FileStore {
	return config.s3 ? s3Store(config.s3) : diskStore(join(config.dataDir, 'files'));
}
