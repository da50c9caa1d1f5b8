import { type Text, slice } from '../text.ts';

export function sentences(piece: Text): Text[] {
	const out: Text[] = [];
	let from = 0;
	for (const match of piece.text.matchAll(/[.!?](?:["“”)]*)(?:\s+(?=[\p{Lu}„"(–]|\d+\.\s\p{Lu})|\s*\n)|\n/gu)) {
		if (
			/(?:\b(?:Dr|Prof|Nr|Abs|Art|bzw|ca|usw|St|Str|z\.\s?B|u\.\s?a|i\.\s?V|e\.\s?V|stellv|gem|ggf|inkl|Enth|Hr|Fr|vgl|sog)|(?<!\d)\d{1,2}|\b\p{Lu})$/u.test(
				piece.text.slice(Math.max(0, match.index - 8), match.index),
			) &&
			match[0][0] === '.'
		)
			continue;
		out.push(slice(piece, from, match.index + 1));
		from = match.index + match[0].length;
	}
	out.push(slice(piece, from));
	return out.filter((sentence) => sentence.text !== '');
}
