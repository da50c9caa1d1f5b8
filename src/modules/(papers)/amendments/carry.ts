/** Proposals that were written on an older version. Pure. */
import { documentHash } from '#kernel/text/hash.ts';
import { decide, freeChanges, mergedText, openMerge } from '#kernel/text/amend/merge.ts';
import { keepIds } from '#kernel/text/keep-ids.ts';
import type { TextDocument } from '#kernel/text/schema.ts';

/**
 * What a proposal on `old` proposes for `current`, the version that came after it: what both changed alike or at different
 * places is in it; what the new version says otherwise at the same place is lost.
 * @returns the proposal on `current`, and how many of its changes are lost
 */
export function carryOver(
	old: TextDocument,
	current: TextDocument,
	proposed: TextDocument,
): { proposed: TextDocument; lost: number } {
	const hash = documentHash(old);
	if (hash === documentHash(current)) return { proposed, lost: 0 };
	const who = { by: '', at: '' };
	let merge = openMerge(old, [
		{ id: 'current', base: hash, text: current },
		{ id: 'proposed', base: hash, text: proposed },
	]);
	const changes = (id: string) => merge.changes.filter(({ proposals }) => proposals.includes(id));
	merge = decide(merge, { kind: 'take', changes: changes('current').map(({ id }) => id), ...who });
	const inText = new Set(changes('current').map(({ id }) => id));
	const lost = changes('proposed').filter(({ collidesWith }) => collidesWith.some((id) => inText.has(id))).length;
	merge = decide(merge, { kind: 'accept', changes: freeChanges(merge, 'proposed'), ...who });
	return { proposed: keepIds(current, mergedText(merge)), lost };
}
