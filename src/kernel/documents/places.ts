/** Where templates, fonts and the worker's source lie: the same in development and in the built server. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project.ts';

/** The folder of this room's sources; a bundler moves the code away from it, so it is sought from the root. */
export const roomFolder = join(projectRoot, 'src', 'kernel', 'documents');

// The names inside the packages: one folder with one TTF each. Weights as in the screen design: 400, 500, 600.
// Arabic script: see `arabic` in base.typ.
const FONTS: Record<string, string[]> = {
	'@expo-google-fonts/fira-sans': ['400Regular', '400Regular_Italic', '500Medium', '600SemiBold'],
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
