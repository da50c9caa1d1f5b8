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

const MARK = String.raw`[ \u00a0]?[/\-–—−.‐‑_⁄∕][ \u00a0]?`;
/** Whatever could be a number of some scheme: letters, figures, mostly a year, perhaps a suffix. */
const LOOSE = new RegExp(
	String.raw`(?<![\p{L}\p{N}])(\p{L}[\p{L}.]{0,9})(?:[ \u00a0]?(\d{1,9})${MARK}((?:19|20)?\d\d)(?:[/-](\d{1,4}))?|(\d{3,9})(?:[/-](\d{1,4}))?)(?![\p{L}\p{N}])`,
	'gu',
);
const MOST_DIGITS = 6;

/**
 * Forms in which numbers in a text may be stored, before anybody knows the town's schemes: for one look into the register. More
 * than there are; `numbersIn` says which of them stand there. A number without a year counts where nothing stands between letters
 * and figures: a month and its year are none.
 */
export function candidates(text: string): string[] {
	const found = new Set<string>();
	for (const [, letters = '', figures = '', year = '', behind = '', bare = '', other = ''] of text.matchAll(LOOSE)) {
		const suffix = behind || other;
		const number = String(Number(bare || figures));
		const years = bare ? [''] : [...new Set([year, year.slice(-2), year.length === 2 ? `20${year}` : year])];
		for (let digits = number.length; digits <= Math.max(MOST_DIGITS, number.length); digits++) {
			const begin = letters + number.padStart(digits, '0');
			for (const one of years) {
				for (const mark of one ? ['/', '-', '.'] : ['']) {
					found.add(begin + mark + one + (suffix && `/${suffix}`));
					if (suffix) found.add(`${begin}${mark}${one}-${suffix}`);
				}
			}
		}
	}
	return [...found];
}
