/** Where templates, fonts and the worker's source lie: the same in development and in the built server. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DocumentError } from './error.ts';

/** The folder of this room. A bundler moves this code away from its templates, so they are sought from the root. */
export function roomFolder(): string {
	const here = dirname(fileURLToPath(import.meta.url));
	if (existsSync(join(here, 'templates', 'base.typ'))) return here;
	for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
		const room = join(folder, 'src', 'kernel', 'documents');
		if (isProject(folder) && existsSync(join(room, 'templates', 'base.typ'))) return room;
	}
	throw new DocumentError('engine', 'The document templates (src/kernel/documents/templates) were not found.');
}

function isProject(folder: string): boolean {
	const file = join(folder, 'package.json');
	return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'mitrat';
}

// The names inside the packages: one folder with one TTF each. Weights as in the screen design: 400, 500, 600.
const FONTS: Record<string, string[]> = {
	'@expo-google-fonts/fira-sans': ['400Regular', '400Regular_Italic', '500Medium', '600SemiBold'],
	'@expo-google-fonts/vazirmatn': ['400Regular', '500Medium', '600SemiBold'],
	'@expo-google-fonts/amiri': ['400Regular', '700Bold'],
	'@expo-google-fonts/noto-sans-sc': ['400Regular', '500Medium', '600SemiBold'],
};

/** The folders with the fonts of all documents. No font of the system is ever used. */
export function fontFolders(): string[] {
	const require = createRequire(import.meta.url);
	return Object.entries(FONTS).flatMap(([name, cuts]) => {
		const folder = dirname(require.resolve(`${name}/package.json`));
		return cuts.map((cut) => join(folder, cut));
	});
}
