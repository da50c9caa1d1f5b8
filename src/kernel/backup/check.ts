/** Reads a whole backup and compares every sum, before anything of it is taken over. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash, storagePath } from '../files/content-hash.ts';
import { FILE_LIST } from './backup.ts';
import { damaged, readManifest, sha256, type Manifest } from './manifest.ts';
import { sumOfFile, unpacked } from './sums.ts';

export interface CheckedBackup {
	folder: string;
	manifest: Manifest;
	files: { hash: string; size: number }[];
}

/** @throws UserError naming the first file that is missing or not what was backed up */
export async function checkBackup(folder: string): Promise<CheckedBackup> {
	const manifest = await readManifest(folder);
	for (const { path, bytes, sha256: sum } of manifest.parts) {
		const found = await sumOfFile(join(folder, path)).catch(() => undefined);
		if (found?.sha256 !== sum || found.bytes !== bytes) throw damaged(path);
	}
	for (const { name, sha256: sum } of manifest.settings) {
		const found = await readFile(join(folder, 'settings', name)).catch(() => undefined);
		if (!found || sha256(found) !== sum) throw damaged(`settings/${name}`);
	}
	const files = await readList(folder);
	for (const { hash } of files) {
		const found = await readFile(fileIn(folder, hash)).catch(() => undefined);
		if (!found || contentHash(found) !== hash) throw damaged(`files/${storagePath(hash)}`);
	}
	return { folder, manifest, files };
}

export const fileIn = (folder: string, hash: string): string => join(folder, 'files', storagePath(hash));

async function readList(folder: string): Promise<CheckedBackup['files']> {
	const chunks: Buffer[] = [];
	for await (const chunk of unpacked(join(folder, FILE_LIST))) chunks.push(chunk);
	const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
	return lines.map((line) => {
		const [hash = '', size = ''] = line.split(' ');
		return { hash, size: Number(size) };
	});
}
