/** Hashes of blocks and documents: what a version, a signature or a seal refers to. Server only (node:crypto). */
import { createHash } from 'node:crypto';
import type { Block, DraftBlock, TextDocument } from './schema.ts';

/** sha-256 (hex) of a block's canonical content: keys in a fixed order, without ids and hashes. */
export function blockHash(block: DraftBlock): string {
	return sha256(canonical(block));
}

/**
 * sha-256 (hex) of a whole text. Ids are not part of it: the same words in the same order have the same hash, whoever
 * typed them and when.
 */
export function documentHash(document: TextDocument): string {
	return sha256(canonical({ version: document.version, blocks: document.blocks }));
}

/** Ids of the blocks whose stored hash does not fit their content: changed behind the format's back. */
export function brokenHashes(document: TextDocument): string[] {
	return document.blocks
		.flatMap(withInner)
		.filter((block) => blockHash(block) !== block.hash)
		.map((block) => block.id);
}

function withInner(block: Block): Block[] {
	return block.kind === 'wording' ? [block, ...block.blocks] : [block];
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (key, part: unknown) => {
		if (key === 'id' || key === 'hash') return undefined;
		if (!part || typeof part !== 'object' || Array.isArray(part)) return part;
		return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
	});
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
