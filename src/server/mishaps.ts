/** Errors nobody foresaw: a short id for the person, everything else for the log. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the error with its stack to `log/errors.log` in the data folder.
 * @returns the id under which it stands there, and the file, if it could be written
 */
export function recordMishap(error: unknown, dataDir: string): { id: string; file: string | undefined } {
	const id = randomBytes(4).toString('hex');
	const file = join(dataDir, 'log', 'errors.log');
	try {
		mkdirSync(join(dataDir, 'log'), { recursive: true });
		const entry = `${new Date().toISOString()} ${id} ${process.argv.slice(2, 3).join('')}\n${stacks(error)}\n\n`;
		appendFileSync(file, entry, { mode: 0o600 });
		return { id, file };
	} catch {
		return { id, file: undefined };
	}
}

/** The one sentence for the person. */
export function mishapSentence(error: unknown, dataDir: string): string {
	const { id, file } = recordMishap(error, dataDir);
	const [what = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
	return `Unerwarteter Fehler ${id}: ${what || 'ohne Beschreibung'}${file ? ` (Einzelheiten in ${file})` : ''}`;
}

/** Stacks only: other properties of an error (a row that was refused, for example) may hold personal data. */
function stacks(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const own = error.stack ?? error.message;
	return error.cause === undefined ? own : `${own}\ncaused by ${stacks(error.cause)}`;
}
