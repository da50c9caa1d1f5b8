const LIGATURES: Record<string, string> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };

/** Characters of Symbol and Wingdings, which files store in the private use area at F000 plus their code. */
const SYMBOLS: Record<number, string> = {
	0x2d: '–',
	0x6c: '●',
	0x6e: '■',
	0x6f: '☐',
	0x71: '❑',
	0x72: '❒',
	0x76: '❖',
	0x78: '☒',
	0xa3: '☐',
	0xa7: '▪',
	0xa8: '☐',
	0xb7: '•',
	0xd7: '×',
	0xd8: '➢',
	0xde: '⇒',
	0xe0: '→',
	0xf0: '⇨',
	0xfb: '✗',
	0xfc: '✓',
	0xfd: '☒',
	0xfe: '☑',
};

/** The character that a code of Symbol or Wingdings shows; `•` for those without a counterpart here. */
export function symbolCharacter(code: number): string {
	return SYMBOLS[code & 0xff] ?? '•';
}

/**
 * Text as a reader sees it: ligatures taken apart, non-breaking and fixed-width spaces as plain spaces, invisible
 * characters (zero width space, byte order mark, control characters) removed, symbol fonts' private characters named.
 * Soft hyphens are kept: whether they show depends on where the line ends.
 */
export function cleanText(text: string): string {
	return text
		.replace(/[ﬀ-ﬆ]/g, (ligature) => LIGATURES[ligature] ?? ligature)
		.replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
		.replace(/[\u0000-\u0008\u000B\u000E-\u001F\u007F\u200B\u2060\uFEFF\uFFFE\uFFFF]/g, '')
		.replace(/[\uF000-\uF0FF]/g, (symbol) => symbolCharacter(symbol.charCodeAt(0)));
}

/** As `cleanText`, for text that carries no line ends of its own (word processor files): soft hyphens go. */
export function cleanFlowText(text: string): string {
	return cleanText(text).replaceAll('\u00AD', '');
}

const LABEL =
	/^(?:(?:zu\s+)?(?:TOP|Top|Ö|N|§)\s*\d{1,3}(?:\.\d{1,3})*[.):]?|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-z]{1,2}\)|[a-zA-Z]\.|\(?[ivxIVX]{1,6}[.)]|[•●■▪–—·*○◦➢✓❖☐☑☒o-])$/;

/** Whether a text is a list label alone: `1.`, `2.3`, `a)`, `TOP 4`, `§ 3`, a bullet. */
export function isListLabel(text: string): boolean {
	return LABEL.test(text.trim());
}

/** `1.⇥Eröffnung` is one list line, not a table row: the TAB after a label becomes a space. */
export function joinLabel(line: string): string {
	const parts = line.split('\t');
	const [label = '', title = ''] = parts;
	if (parts.length !== 2 || title.trim() === '' || !isListLabel(label)) return line;
	return `${label.trim()} ${title.trim()}`;
}
