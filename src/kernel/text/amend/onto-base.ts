/** A text that came back from outside, set onto the text that it was made from. */
import { keepIds } from '../keep-ids.ts';
import type { TextDocument } from '../schema.ts';
import { applyEdits, changesBetween } from './changes.ts';
import { documentOf, strandOf } from './strand.ts';
import type { Token } from './strand.ts';

/**
 * What `before` → `after` makes of `base`. Where `before` has the same words in the same blocks, just its changes are made in
 * the base, which keeps what a word processor lost on the way (languages of words, say): `exact`. Else somebody
 * worked on another version, and everything in which `after` differs from the base counts as proposed.
 */
export function ontoBase(
	base: TextDocument,
	before: TextDocument,
	after: TextDocument,
): { proposed: TextDocument; exact: boolean } {
	const [own, theirs] = [strandOf(base.blocks).tokens, strandOf(before.blocks).tokens];
	if (own.length !== theirs.length || !own.every((token, at) => alike(token, theirs[at])))
		return { proposed: keepIds(base, after), exact: false };
	const edits = changesBetween(before, after).flatMap((change) => change.edits);
	return { proposed: documentOf(applyEdits(own, edits), 'n'), exact: true };
}

function alike(token: Token, other: Token | undefined): boolean {
	if (!other || token.open !== other.open) return false;
	if (token.open === 'block') return other.open === 'block' && token.kind === other.kind && token.inner === other.inner;
	return Boolean(token.open) || (!token.open && !other.open && token.run.text === other.run.text);
}
