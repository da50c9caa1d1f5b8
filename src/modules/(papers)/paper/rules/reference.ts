/** Numbers of papers: how they are written, read and told apart (rulebook R3-01 to R3-03). Pure. */

/** How the numbers of one kind of paper look; data of the town. */
export interface Scheme {
	id: string;
	prefix: string;
	/** At least so many; a year with more papers simply gets longer numbers. */
	digits: number;
	/** 0: the number carries no year and never begins anew. */
	yearDigits: 0 | 2 | 4;
	separator: string;
	suffixSeparator: string;
}

/** The parts of a number. `year` is the full year, 0 where the scheme has none. */
export interface PaperNumber {
	schemeId: string;
	year: number;
	number: number;
	suffix: number | null;
}

/** The one form in which a number is stored and shown: A0193/22, DS0340/16/1. */
export function writeReference(scheme: Scheme, { year, number, suffix }: Omit<PaperNumber, 'schemeId'>): string {
	const figures = String(number).padStart(scheme.digits, '0');
	const yearPart = scheme.yearDigits === 0 ? '' : scheme.separator + String(year).slice(-scheme.yearDigits);
	return scheme.prefix + figures + yearPart + (suffix ? scheme.suffixSeparator + suffix : '');
}

/** Dashes and slashes as people and word processors write them. */
const MARKS = String.raw`[/\-–—−.‐‑_⁄∕]`;

/**
 * Reads a number however it was typed: small letters, spaces, en-dash, missing zeros, two or four figures of the year.
 * @returns null for what no scheme can have written; `today` tells in which century two figures lie
 */
export function readReference(
	typed: string,
	schemes: readonly Scheme[],
	today: Temporal.PlainDate,
): PaperNumber | null {
	const text = typed.normalize('NFKC').trim().toUpperCase();
	for (const scheme of schemes) {
		const match = patternOf(scheme).exec(text);
		if (!match) continue;
		const number = Number(match[1]);
		const year = scheme.yearDigits === 0 ? 0 : fullYear(match[2]!, today);
		const suffix = match[3] ? Number(match[3]) : null;
		if (number > 0 && number <= 2_147_483_647 && suffix !== 0) return { schemeId: scheme.id, year, number, suffix };
	}
	return null;
}

const patterns = new WeakMap<Scheme, RegExp>();

function patternOf(scheme: Scheme): RegExp {
	return patterns.getOrInsertComputed(scheme, makePattern);
}

function makePattern({ prefix, yearDigits }: Scheme): RegExp {
	const year = yearDigits === 0 ? '()' : String.raw`\s*${MARKS}\s*(\d{4}|\d{2})`;
	const letters = [...prefix].join(String.raw`\s?`);
	return new RegExp(String.raw`^${letters}\s*${MARKS}?\s*0*(\d{1,10})${year}(?:\s*${MARKS}\s*(\d{1,4}))?$`, 'u');
}

/** Two figures mean the year nearest to today, at most ten years ahead. */
function fullYear(figures: string, today: Temporal.PlainDate): number {
	if (figures.length === 4) return Number(figures);
	const century = Math.floor(today.year / 100) * 100;
	const year = century + Number(figures);
	return year > today.year + 10 ? year - 100 : year;
}
