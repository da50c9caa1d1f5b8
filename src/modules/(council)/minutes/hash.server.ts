import { createHash } from 'node:crypto';
import { canonical } from '#kernel/audit/canonical.ts';
import type { MinutesContent } from './rules/content.ts';

/** sha-512 (hex) over the canonical form of minutes: the same words have the same hash, whoever computes it and when. */
export function contentHash(content: MinutesContent): string {
	return createHash('sha512').update(canonical(content)).digest('hex');
}

/** The checksum of bytes, as archives state it. */
export function sha512(bytes: Uint8Array | string): string {
	return createHash('sha512').update(bytes).digest('hex');
}
