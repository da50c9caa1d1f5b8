import { createHash, randomBytes } from 'node:crypto';
import { toParameter } from '../db/values.ts';

/** One spelling for one value: keys in order, no spaces, Temporal values as their ISO text. What JSON drops is null. */
export function canonical(value: unknown): string {
	const known = toParameter(value);
	if (known === null || known === undefined) return 'null';
	if (typeof known === 'bigint') return known.toString();
	if (Array.isArray(known)) return `[${known.map(canonical).join(',')}]`;
	if (known instanceof Date) return JSON.stringify(known.toISOString());
	// A lone surrogate becomes U+FFFD, as it does on the way into a text column; jsonb would refuse it.
	if (typeof known === 'string') return JSON.stringify(known.toWellFormed());
	if (typeof known !== 'object') return JSON.stringify(known) ?? 'null';
	const keys = Object.keys(known).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((known as Record<string, unknown>)[key])}`).join(',')}}`;
}

export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** 128 random bits: without them a hash of a short value (a name, a phone number) could be guessed. */
export function newSalt(): string {
	return randomBytes(16).toString('base64url');
}

export function personalHash(salt: string, values: Record<string, unknown>): string {
	return sha256(`${salt}\n${canonical(values)}`);
}
