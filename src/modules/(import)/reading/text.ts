// A piece of cleaned text that remembers where each of its characters stands in the original.

/** `at[i]` is the offset of character `i` in the original document; both have the same length. */
export type Text = { readonly text: string; readonly at: readonly number[] };

export const empty: Text = { text: '', at: [] };

/** The characters from `from` to `to` (exclusive), without blanks around them. */
export function slice(piece: Text, from: number, to: number = piece.text.length): Text {
	let a = Math.max(0, from);
	let b = Math.min(piece.text.length, to);
	while (a < b && isBlank(piece.text.charCodeAt(a))) a++;
	while (b > a && isBlank(piece.text.charCodeAt(b - 1))) b--;
	if (a === 0 && b === piece.text.length) return piece;
	return a >= b ? empty : { text: piece.text.slice(a, b), at: piece.at.slice(a, b) };
}

function isBlank(code: number): boolean {
	return code === 32 || code === 9 || code === 10 || code === 0x2028;
}

/** Strips characters of `set` (a regular-expression class body) from both ends. */
export function strip(piece: Text, set: RegExp): Text {
	let a = 0;
	let b = piece.text.length;
	while (a < b && set.test(piece.text[a]!)) a++;
	while (b > a && set.test(piece.text[b - 1]!)) b--;
	return slice(piece, a, b);
}

/** Pieces between the matches of a global regular expression; empty ones are left out unless `keepEmpty`. */
export function split(piece: Text, separator: RegExp, keepEmpty = false): Text[] {
	const out: Text[] = [];
	let last = 0;
	for (const match of piece.text.matchAll(separator)) {
		out.push(slice(piece, last, match.index));
		last = match.index + match[0].length;
	}
	out.push(slice(piece, last));
	return keepEmpty ? out : out.filter((part) => part.text !== '');
}

/** Where the piece stands in the original; null for an empty piece. */
export function range(piece: Text): { start: number; end: number } | null {
	if (!piece.at.length) return null;
	// A name turned round ("Surname, First name") is out of order.
	let start = piece.at[0]!;
	let end = start;
	for (const offset of piece.at) {
		if (offset < start) start = offset;
		if (offset > end) end = offset;
	}
	return { start, end: end + 1 };
}

/** Appends a run of pieces with a blank between; the blank takes the offset of the character before it. */
export function join(pieces: readonly Text[], glue = ' '): Text {
	let text = '';
	const at: number[] = [];
	for (const piece of pieces) {
		if (!piece.text) continue;
		if (text && glue) {
			text += glue;
			for (let i = 0; i < glue.length; i++) at.push(at[at.length - 1]!);
		}
		text += piece.text;
		for (const offset of piece.at) at.push(offset);
	}
	return { text, at };
}

const KEPT_HYPHEN = /^(und|oder|bzw|sowie|als|noch|wie|bis)\b/;

/**
 * Joins the lines of a paragraph. A hyphen at a line end is taken out when a small letter follows
 * ("Integra-/tion") and kept without a blank before a capital ("IQ-/Projekt").
 */
export function joinLines(pieces: readonly Text[]): Text {
	let text = '';
	const at: number[] = [];
	for (const piece of pieces) {
		if (!piece.text) continue;
		if (text) {
			const hyphen =
				/[\p{L}\d][-\u2010\u00ad]$/u.test(text) && /^\p{L}/u.test(piece.text) && !KEPT_HYPHEN.test(piece.text);
			if (hyphen && /^\p{Ll}/u.test(piece.text) && /\p{Ll}.$/u.test(text)) {
				text = text.slice(0, -1);
				at.pop();
			} else if (!hyphen) {
				text += ' ';
				at.push(at[at.length - 1]!);
			}
		}
		text += piece.text;
		for (const offset of piece.at) at.push(offset);
	}
	return { text, at };
}

/** Letters and digits only, lower case, marks folded: for comparing, never for showing. */
export function fold(text: string): string {
	if (!/[^\0-\x7f]/.test(text))
		return text
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, ' ')
			.trim();
	return text
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
