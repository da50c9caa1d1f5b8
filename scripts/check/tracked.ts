import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';
import type { Outcome } from './outcome.ts';

/** Written so that this file does not hold what it looks for. */
const MACHINE = /(?<![\w.~-])\/(?:work|tmp|root|home\/[a-z][\w-]*)\/(?=[\w.])/;
const REGISTRY = /\/\/(?:registry|npm)\.[a-z0-9.-]+|registry\.npmj[s]|artifactor[y]/i;
const BINARY = /\.(png|jpe?g|webp|ico|woff2?|ttf|otf|pdf|docx|odt|zip|gz)$/i;
const LARGEST = 2_000_000;

/** Nothing that git keeps may speak of the machine it was written on, or of where packages came from. */
export function tracked(): Outcome {
	return { faults: trackedFiles().flatMap((file) => inspect(file, read(file))) };
}

/** @returns what is wrong with one file */
export function inspect(file: string, text: string): string[] {
	if (file === 'package-lock.json') {
		const resolved = text.split('\n').filter((line) => line.includes('"resolved":')).length;
		return resolved ? [`${file}: ${resolved} entries with "resolved" (npm run lock takes them out)`] : [];
	}
	return text.split('\n').flatMap((line, i) => {
		const at = `${file}:${i + 1}`;
		const machine = MACHINE.exec(line);
		const registry = REGISTRY.exec(line);
		return [
			...(machine ? [`${at}: a path of one machine (${machine[0]}…)`] : []),
			...(registry ? [`${at}: the host of a package registry (${registry[0]})`] : []),
		];
	});
}

/** Files that git knows, and new ones that it would take. */
export function trackedFiles(): string[] {
	// In CI the files often belong to somebody else than who runs this.
	const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const names = execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8', maxBuffer: LARGEST * 8 });
	return names.split('\0').filter((name) => name && !BINARY.test(name));
}

/** @returns nothing for a file that was deleted, but not yet committed */
function read(file: string): string {
	try {
		const text = readFileSync(join(projectRoot, file), 'utf8');
		return text.length > LARGEST && file !== 'package-lock.json' ? '' : text;
	} catch {
		return '';
	}
}
