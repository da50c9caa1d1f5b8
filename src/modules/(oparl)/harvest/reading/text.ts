/** Text as other systems send it, made plain. Pure. */

export interface PlainText {
	text: string;
	faults: ('html' | 'mojibake' | 'controlCharacters')[];
}

/** What browsers make of the bytes 0x80 to 0x9F of Windows-1252. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** UTF-8 that somebody read as Windows-1252, e.g. "Ã¤" for "ä"; null where it is not that. */
function unspoilt(text: string): string | null {
	if (!/[ÂÃâ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/.test(text)) return null;
	const bytes: number[] = [];
	for (const letter of text) {
		const code = letter.codePointAt(0)!;
		const place = WINDOWS.indexOf(letter);
		if (code < 0x100 && !(code >= 0x80 && code < 0xa0 && place < 0)) bytes.push(code);
		else if (place >= 0) bytes.push(0x80 + place);
		else return null;
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
	} catch {
		return null;
	}
}

const NAMED: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	auml: 'ä',
	ouml: 'ö',
	uuml: 'ü',
	Auml: 'Ä',
	Ouml: 'Ö',
	Uuml: 'Ü',
	szlig: 'ß',
	euro: '€',
	sect: '§',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	bdquo: '„',
	ldquo: '“',
	rdquo: '”',
	lsquo: '‘',
	rsquo: '’',
	sbquo: '‚',
	laquo: '«',
	raquo: '»',
	eacute: 'é',
	egrave: 'è',
	agrave: 'à',
	ccedil: 'ç',
	deg: '°',
	bull: '•',
	middot: '·',
	shy: '',
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g;

function decoded(text: string): string {
	return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
		if (name) return NAMED[name] ?? whole;
		const code = decimal ? Number(decimal) : parseInt(hex!, 16);
		return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : ' ';
	});
}

/** Tags that exist: "a < b" and "<Name einsetzen>" stay as they are. */
const TAG =
	/<\/?(?:a|abbr|b|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)\b[^<>]*>/gi;
const DROPPED = /<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<!--[\s\S]*?(?:-->|$)/gi;
const BREAK = /<(?:br|hr)\b[^<>]*>|<\/(?:p|div|li|h[1-6]|tr|table|ul|ol|blockquote)\s*>/gi;

/** Text without HTML, entities, control characters and signs of a wrong encoding; line ends are \n. */
export function plainText(given: string): PlainText {
	const faults: PlainText['faults'] = [];
	let text = given;
	const healed = unspoilt(text);
	if (healed !== null) {
		faults.push('mojibake');
		text = healed;
	}
	// Twice: some systems send entities of entities.
	for (let round = 0; round < 2; round++) {
		const bare = decoded(text.replace(DROPPED, ' ').replace(BREAK, '\n').replace(TAG, ''));
		if (bare === text) break;
		if (!faults.includes('html')) faults.push('html');
		text = bare;
	}
	const lines = text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/\t/g, ' ');
	// Also what is no letter at all: halves of surrogates, private use, byte order marks.
	const clean = lines.toWellFormed().replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ue000-\uf8ff\ufeff\ufffd]/g, '');
	if (clean !== lines) faults.push('controlCharacters');
	if (!faults.includes('html')) return { text: clean.trim(), faults };
	const tidy = clean
		.split('\n')
		.map((line) => line.replace(/[ \u00a0]{2,}/g, ' ').trim())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n');
	return { text: tidy.trim(), faults };
}
