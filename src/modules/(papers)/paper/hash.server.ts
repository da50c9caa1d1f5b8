import { createHash } from 'node:crypto';
import { documentHash } from '#kernel/text/hash.ts';
import type { TextDocument } from '#kernel/text/schema.ts';

/** sha-256 (hex) of what a paper says: equal words, equal hash. Answers and co-signatures are bound to it (R4-06). */
export function paperHash(text: { title: string; operative: TextDocument; reasons: TextDocument }): string {
	const parts = [text.title.trim(), documentHash(text.operative), documentHash(text.reasons)];
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}
