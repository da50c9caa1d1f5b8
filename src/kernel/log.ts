import { randomBytes } from 'node:crypto';
import { count } from './observe/metrics.ts';
import { currentRequest } from './observe/watched.ts';

/**
 * Structured log without personal data: one JSON line on standard error. Messages of unknown errors may quote values,
 * so only their type, their place in the code and an id are written; the id is what the reader of the page sees.
 * @returns the id
 */
export function logError(error: unknown, where: Record<string, string | null>): string {
	const id = randomBytes(6).toString('base64url');
	const request = currentRequest();
	count('mitrat_errors_total');
	const known = error instanceof Error ? error : new Error(typeof error);
	const code = (known as NodeJS.ErrnoException).code;
	const stack = (known.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	const entry = {
		at: new Date().toISOString(),
		level: 'error',
		id,
		...where,
		request: request?.id,
		trace: request?.trace ?? undefined,
		type: known.name,
		code,
		stack: stack.slice(0, 12),
	};
	logLine(entry);
	return id;
}

/** One JSON line on standard error. Whoever writes one sees to it that it holds no personal data. */
export function logLine(entry: Record<string, unknown>): void {
	process.stderr.write(JSON.stringify(entry) + '\n');
}
