/** The day by which a wording asks for a report ("bis spätestens Ende 2022"), found in the text itself (rulebook R3-17). Pure. */

const MONTHS = [
	'januar',
	'februar',
	'märz',
	'april',
	'mai',
	'juni',
	'juli',
	'august',
	'september',
	'oktober',
	'november',
	'dezember',
];
const UNTIL = String.raw`\bbis\s+(?:(?:spätestens|längstens|zum|zu|zur)\s+)*(?:dem\s+)?`;
const PATTERNS: [RegExp, (parts: RegExpExecArray) => Temporal.PlainDate | null][] = [
	[
		new RegExp(`${UNTIL}(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})`, 'giu'),
		([, day, month, year]) => dateOf(Number(year), Number(month), Number(day)),
	],
	[
		new RegExp(`${UNTIL}(\\d{1,2})\\.\\s?(${MONTHS.join('|')})\\s+(\\d{4})`, 'giu'),
		([, day, month, year]) => dateOf(Number(year), MONTHS.indexOf(month!.toLowerCase()) + 1, Number(day)),
	],
	[
		new RegExp(`${UNTIL}(?:ende\\s+)?(?:des\\s+monats\\s+)?(${MONTHS.join('|')})\\s+(\\d{4})`, 'giu'),
		([, month, year]) => endOfMonth(Number(year), MONTHS.indexOf(month!.toLowerCase()) + 1),
	],
	[
		new RegExp(`${UNTIL}(?:ende\\s+)?(?:des\\s+)?(IV|III|II|I|[1-4])\\.\\s?quartals?\\s+(\\d{4})`, 'giu'),
		([, quarter, year]) => endOfMonth(Number(year), quarterOf(quarter!) * 3),
	],
	[
		new RegExp(`${UNTIL}(?:jahres)?ende\\s+(?:des\\s+jahres\\s+)?(\\d{4})`, 'giu'),
		([, year]) => dateOf(Number(year), 12, 31),
	],
];

function quarterOf(text: string): number {
	const roman = ['I', 'II', 'III', 'IV'].indexOf(text.toUpperCase());
	return roman < 0 ? Number(text) : roman + 1;
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | null {
	try {
		return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
	} catch {
		return null;
	}
}

function endOfMonth(year: number, month: number): Temporal.PlainDate | null {
	const first = dateOf(year, month, 1);
	return first && first.with({ day: first.daysInMonth });
}

/** The earliest such day with the words it stands in, or null. Days that don't exist are no days. */
export function reportDayIn(text: string): { day: string; words: string } | null {
	const found: { day: string; words: string }[] = [];
	for (const [pattern, read] of PATTERNS) {
		for (const match of text.matchAll(pattern)) {
			const day = read(match);
			if (day) found.push({ day: day.toString(), words: match[0].replaceAll(/\s+/g, ' ') });
		}
	}
	return found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : b.words.length - a.words.length))[0] ?? null;
}
