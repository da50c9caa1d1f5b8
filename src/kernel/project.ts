import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Folder of the installation, found from wherever this file runs (the sources or the built bundle): the nearest one
 * above with this program's package.json.
 */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
	if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'src/modules.ts'))) return folder;
	const parent = dirname(folder);
	if (parent === folder) throw new Error('the folder of the installation was not found');
	return findRoot(parent);
}

/** Of this program, from its package.json. */
export function version(): string {
	const { version: own } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
	return own;
}
