/**
 * Numbers of papers, however typed: A0193/22, a 0193 / 22, A193/2022, A-193-22 are one; so are DS 0123/23-1 and ds123/23/1.
 */
export interface PaperNumber {
	start: number;
	end: number;
	/** The number alone and, if it has letters before it, with them. */
	digits: string;
	lettered: string | undefined;
	/** Letters and digits stand apart: the "letters" may be an ordinary word ("zum 12/22"). */
	apart: boolean;
}

const NUMBER =
	/(?<![\p{L}\p{N}/])(?:(\p{L}{1,4})([\s-]?[\s/]?)(?=[\d\s]))?(\d{1,7}(?:\s?\/\s?\d{1,7})+(?:-\d{1,3})?|(?<=(?<!\p{L})(?!(?:von|bis|vom|seit|und|oder|ab|am|im|zum|nr|haus)[\s/-])\p{L}{1,4}[\s/-]{0,2})\d{1,7}-(?:(?:19|20)\d\d|\d\d))(?![\p{L}\p{N}/-])/giu;

export function paperNumbers(text: string): PaperNumber[] {
	return [...text.matchAll(NUMBER)].map((match) => {
		const [all, letters, between = '', number = ''] = match;
		const digits = canonicalDigits(number);
		const lettered = letters ? `${letters.toLowerCase()}${digits}` : undefined;
		return { start: match.index, end: match.index + all.length, digits, lettered, apart: /\s/.test(between) };
	});
}

/** Without spaces and leading zeros; a year at the end has two digits. */
function canonicalDigits(number: string): string {
	const groups = number.split(/[\s/-]+/).map((group) => group.replace(/^0+(?=\d)/, ''));
	const yearAt = groups.length === 1 ? -1 : 1;
	return groups
		.map((group, index) =>
			index === yearAt && /^(?:19|20)\d\d$/.test(group) ? group.slice(2).replace(/^0/, '') : group,
		)
		.join('/');
}

/** Lexeme of a number in the index; the prefix keeps it apart from words. */
export function numberLexeme(number: string): string {
	return `nr:${number}`;
}
