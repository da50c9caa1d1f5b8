/** A text and what is proposed for it, as a Word file with tracked changes. */
import { inOrder, LEVEL } from '../../text/amend/changes.ts';
import type { Edit } from '../../text/amend/changes.ts';
import { strandOf } from '../../text/amend/strand.ts';
import type { Opener, Token } from '../../text/amend/strand.ts';
import type { TextDocument } from '../../text/schema.ts';
import { packDocx } from './docx.ts';
import type { Outline } from './outline.ts';
import { TrackedBody } from './tracked-body.ts';

/** An edit of the text's strand, with whose it is and when it was proposed (ISO 8601). */
export type TrackedEdit = Edit & Trace;

export interface Trace {
	author: string;
	date: string;
}

/** A token as it stands in the file. `old`: what an opener was before its level, numbering or role changed. */
export interface Marked {
	token: Token;
	op: 'same' | 'insert' | 'delete';
	by?: Trace;
	old?: Opener;
}

/**
 * The text with these edits as insertions and deletions that Word and LibreOffice show, accept and refuse. The edits must not
 * collide. Moved blocks are struck at their old place and inserted at the new one. Equal input gives equal bytes.
 */
export function trackedDocx(
	text: TextDocument,
	edits: readonly TrackedEdit[],
	imprint: Pick<Outline, 'title' | 'author'>,
): Uint8Array {
	const body = new TrackedBody();
	for (const marked of marks(strandOf(text.blocks).tokens, edits)) body.add(marked);
	return packDocx({ ...imprint, ...body.end() });
}

function marks(tokens: readonly Token[], edits: readonly TrackedEdit[]): Marked[] {
	const all: Marked[] = [];
	let at = 0;
	const keep = (to: number) => {
		for (; at < to; at++) if (tokens[at]) all.push({ token: tokens[at]!, op: 'same' });
	};
	for (const { from, to, level, tokens: fresh, author, date } of inOrder(edits)) {
		const by = { author, date };
		keep(from);
		const [opener] = fresh;
		const old = tokens[from];
		if (level === LEVEL.form && opener?.open && old?.open) all.push({ token: opener, op: 'same', by, old });
		else {
			for (const token of tokens.slice(from, to)) all.push({ token, op: 'delete', by });
			for (const token of fresh) all.push({ token, op: 'insert', by });
		}
		at = Math.max(at, to);
	}
	keep(tokens.length);
	return all;
}
