import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { contentHash, storagePath, verifying } from './content-hash.ts';
import { DamagedFile, MissingFile } from './store-errors.ts';
import type { FileStore } from './store.ts';

/**
 * Files below a folder, `ab/cd/<hash>`. Written beside under a temporary name, flushed and renamed: a crash leaves
 * the whole file or none.
 */
export function diskStore(folder: string): FileStore {
	const pathOf = (hash: string) => join(folder, storagePath(hash));
	return {
		async put(bytes) {
			const hash = contentHash(bytes);
			const path = pathOf(hash);
			// A file of another size under this name is what a failing disk left; it is replaced.
			if ((await sizeOf(path)) !== bytes.length) await writeWhole(path, bytes);
			return { hash, size: bytes.length };
		},
		async read(hash) {
			const bytes = await readFile(pathOf(hash)).catch((error: unknown) => rethrow(error, hash));
			if (contentHash(bytes) !== hash) throw new DamagedFile(hash);
			return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		},
		async stream(hash) {
			const file = await open(pathOf(hash)).catch((error: unknown) => rethrow(error, hash));
			const bytes = Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
			return bytes.pipeThrough(verifying(hash, new DamagedFile(hash)));
		},
		has: async (hash) => (await sizeOf(pathOf(hash))) !== null,
		remove: (hash) => rm(pathOf(hash), { force: true }),
	};
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
	const folder = dirname(path);
	await mkdir(folder, { recursive: true });
	const beside = `${path}.${randomBytes(6).toString('hex')}`;
	try {
		const file = await open(beside, 'wx', 0o600);
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(beside, path);
	} catch (error) {
		await rm(beside, { force: true });
		throw error;
	}
	await flushFolder(folder);
}

/** Only with its folder flushed does the new name survive a power cut. Windows cannot open folders and needs no flush. */
async function flushFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function sizeOf(path: string): Promise<number | null> {
	return stat(path).then(
		({ size }) => size,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return null;
			throw error;
		},
	);
}

function rethrow(error: unknown, hash: string): never {
	if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MissingFile(hash);
	throw error;
}
