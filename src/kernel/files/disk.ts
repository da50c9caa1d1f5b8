import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './store.ts';

/**
 * Files under the data folder, named by the hash of their content: `files/ab/cd/<sha-512>`. Written beside and renamed,
 * so a crash leaves either the whole file or none.
 */
export function diskStore(folder: string): FileStore {
	const pathOf = (hash: string) => {
		if (!/^[0-9a-f]{128}$/.test(hash)) throw new Error('not a sha-512 hash');
		return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
	};
	return {
		async put(bytes) {
			const hash = createHash('sha512').update(bytes).digest('hex');
			const path = pathOf(hash);
			if (!(await exists(path))) await writeWhole(path, bytes);
			return { hash, size: bytes.length };
		},
		async read(hash) {
			const bytes = await readFile(pathOf(hash));
			if (createHash('sha512').update(bytes).digest('hex') !== hash) throw new Error('the stored file is damaged');
			return bytes;
		},
		has: (hash) => exists(pathOf(hash)),
		remove: (hash) => rm(pathOf(hash), { force: true }),
	};
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const beside = `${path}.${randomBytes(6).toString('hex')}`;
	const file = await open(beside, 'wx', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(beside, path);
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return false;
			throw error;
		},
	);
}
