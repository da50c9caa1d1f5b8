// Times of day: "17:00", "17.30 Uhr", "17 Uhr", "von 17:00 bis 19:00 Uhr", "17–19 Uhr".

export type FoundTime = { time: string; from: number; to: number };
export type FoundSpan = { start: string | null; end: string | null; from: number; to: number };

const SINGLE = /(?<![\d.:/§])(2[0-4]|[01]?\d)(?:[:.]([0-5][\dO]))?(?:\s?(Uhr|h)\b|(?![\dO.]))/gu;
const CLOCK = '(2[0-4]|[01]?\\d)(?:[:.]([0-5][\\dO]))?(?![\\d])\\s?(?:Uhr|h\\b)?';
const RANGE = new RegExp(
	`(?<![\\d.:/])${CLOCK}\\s?-?\\s?(?:bis|–|-|—|to)\\s?(?:ca\\.\\s|gegen\\s|voraussichtlich\\s|etwa\\s)?${CLOCK}(?![\\d.]\\d)`,
	'giu',
);

/** Times that are surely meant as such: with a colon, or with "Uhr" or "h" after them. */
export function findTimes(text: string): FoundTime[] {
	const out: FoundTime[] = [];
	for (const m of text.matchAll(SINGLE)) {
		const colon = m[2] && text[m.index + m[1]!.length] === ':';
		if (!m[3] && !colon) continue;
		out.push({ time: clock(m[1]!, m[2]), from: m.index, to: m.index + m[0].length });
	}
	return out;
}

/** The first range of times, or else a start alone. A range counts when it carries a colon, minutes or "Uhr". */
export function findSpan(text: string): FoundSpan | null {
	for (const m of text.matchAll(RANGE)) {
		if (!/[:.]\d\d|Uhr|\dh\b/i.test(m[0]) && !/^\s?(Uhr|h\b)/i.test(text.slice(m.index + m[0].length))) continue;
		if (!/Uhr|:|\dh\b/i.test(m[0]) && !/^\s?Uhr/i.test(text.slice(m.index + m[0].length))) continue;
		return { start: clock(m[1]!, m[2]), end: clock(m[3]!, m[4]), from: m.index, to: m.index + m[0].length };
	}
	const [first] = findTimes(text);
	return first ? { start: first.time, end: null, from: first.from, to: first.to } : null;
}

function clock(hours: string, minutes: string | undefined): string {
	return `${hours.padStart(2, '0')}:${(minutes ?? '00').replace('O', '0')}`;
}
