/** Carries block ids from one state of a text to the next, when the next came without them. */
import { align, similarity } from './align.ts';
import { toPlainText } from './plain.ts';
import type { Block, TextDocument } from './schema.ts';

/** Below this share of common words a block counts as another block. */
const KIN = 0.4;
/** More blocks than this on both sides are matched by equal content alone. */
const MANY = 400;

/**
 * `next` with the ids that its blocks had in `previous`: first blocks of equal content, wherever they went, then
 * blocks of one kind with enough words in common, in order. So comments and differences stay with their block.
 */
export function keepIds(previous: TextDocument, next: TextDocument): TextDocument {
	return { ...next, blocks: keepAll(previous.blocks, next.blocks) };
}

function keepAll<B extends Block>(before: Block[], after: B[]): B[] {
	const origin = new Map<B, Block>();
	const free = new Map<string, Block[]>();
	for (const block of before) free.set(block.hash, [...(free.get(block.hash) ?? []), block]);
	for (const block of after) {
		const same = free.get(block.hash)?.shift();
		if (same) origin.set(block, same);
	}
	const taken = new Set(origin.values());
	const lost = before.filter((block) => !taken.has(block));
	const found = after.filter((block) => !origin.has(block));
	if (lost.length <= MANY && found.length <= MANY) {
		for (const { a = -1, b = -1 } of align(lost.length, found.length, scorer(lost, found))) {
			const old = lost[a];
			const fresh = found[b];
			if (old && fresh) origin.set(fresh, old);
		}
	}
	return after.map((block) => inherit(block, origin.get(block)));
}

function scorer(before: Block[], after: Block[]) {
	const text = (block: Block) => toPlainText({ version: 1, blocks: [block] });
	const [old, fresh] = [before.map(text), after.map(text)];
	return (i: number, j: number) => {
		if (before[i]?.kind !== after[j]?.kind) return 0;
		const kin = similarity(old[i] ?? '', fresh[j] ?? '');
		return kin >= KIN ? kin : 0;
	};
}

function inherit<B extends Block>(block: B, old: Block | undefined): B {
	if (!old) return block;
	if (block.kind !== 'wording' || old.kind !== 'wording') return { ...block, id: old.id };
	return { ...block, id: old.id, blocks: keepAll(old.blocks, block.blocks) };
}
