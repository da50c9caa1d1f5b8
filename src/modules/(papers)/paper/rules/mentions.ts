import { readReference, writeReference, type PaperNumber, type Scheme } from './reference.ts';

/** A number of a paper that stands in a text. */
export interface FoundNumber extends PaperNumber {
	/** The one form in which it is stored: A0193/22. */
	reference: string;
	/** Offsets into the text, half-open. */
	start: number;
	end: number;
}

/**
 * All numbers of the town's schemes in a text, in their order, each place once (rulebook, VOR-24). Only what carries its
 * letters counts: a bare 12/22 may be anything.
 */
export function numbersIn(text: string, schemes: readonly Scheme[], today: Temporal.PlainDate): FoundNumber[] {
	const found: FoundNumber[] = [];
	for (const scheme of schemes) {
		for (const match of text.matchAll(patternOf(scheme))) {
			const [start, end] = [match.index, match.index + match[0].length];
			if (found.some((other) => start < other.end && other.start < end)) continue;
			const number = readReference(match[0], [scheme], today);
			if (number) found.push({ ...number, reference: writeReference(scheme, number), start, end });
		}
	}
	return found.sort((a, b) => a.start - b.start);
}

/** Letters as the scheme writes them, at least as many figures as usual less leading zeros, the year, a suffix. */
function patternOf({ prefix, yearDigits, digits }: Scheme): RegExp {
	const letters = prefix.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
	const mark = String.raw`[ \u00a0]?[/\-–—−.‐‑_⁄∕][ \u00a0]?`;
	const year = yearDigits === 0 ? '' : String.raw`${mark}(?:(?:19|20)\d\d|\d\d)`;
	const figures = yearDigits === 0 ? String.raw`\d{${digits},9}` : String.raw`\d{1,9}`;
	const between = prefix ? String.raw`[ \u00a0]?` : '';
	return new RegExp(
		String.raw`(?<![\p{L}\p{N}])${letters}${between}${figures}${year}(?:[/-]\d{1,4})?(?![\p{L}\p{N}])`,
		'gu',
	);
}
