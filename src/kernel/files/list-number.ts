const ROMAN: readonly [number, string][] = [
	[1000, 'm'],
	[900, 'cm'],
	[500, 'd'],
	[400, 'cd'],
	[100, 'c'],
	[90, 'xc'],
	[50, 'l'],
	[40, 'xl'],
	[10, 'x'],
	[9, 'ix'],
	[5, 'v'],
	[4, 'iv'],
	[1, 'i'],
];

/**
 * A list number as word processors show it. `format` is Word's name (`decimal`, `lowerLetter`, `upperRoman`,
 * `decimalZero`, `ordinal` …) or ODF's (`1`, `a`, `A`, `i`, `I`, `''` for none).
 */
export function formatNumber(value: number, format: string): string {
	switch (format) {
		case 'lowerLetter':
		case 'a':
			return letters(value);
		case 'upperLetter':
		case 'A':
			return letters(value).toUpperCase();
		case 'lowerRoman':
		case 'i':
			return roman(value);
		case 'upperRoman':
		case 'I':
			return roman(value).toUpperCase();
		case 'decimalZero':
			return String(value).padStart(2, '0');
		case 'ordinal':
			return `${value}.`;
		case 'none':
		case '':
			return '';
		default:
			return String(value);
	}
}

/** After z comes aa, then bb: both Word and LibreOffice repeat the letter. */
function letters(value: number): string {
	if (value < 1 || value > 780) return String(value);
	return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}

function roman(value: number): string {
	if (value < 1 || value > 3999) return String(value);
	let rest = value;
	let text = '';
	for (const [amount, digits] of ROMAN) {
		while (rest >= amount) {
			text += digits;
			rest -= amount;
		}
	}
	return text;
}
