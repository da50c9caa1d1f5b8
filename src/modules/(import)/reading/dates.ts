// German dates in running text.

export type FoundDate = {
	/** ISO date; null when no year is printed or known. */
	iso: string | null;
	day: number;
	month: number;
	year: number | null;
	/** Last day of a printed range ("11./12.02.2019"), ISO. */
	until: string | null;
	/** 1 = Monday … 7 = Sunday, when a weekday is printed right before the date. */
	weekday: number | null;
	from: number;
	to: number;
};

const MONTHS = ['jan', 'feb', 'mär', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez'];
const MONTH_NAME =
	'(?:Januar|Jänner|Jan|Februar|Feber|Feb|März|Maerz|Mrz|Mär|April|Apr|Mai|Juni|Jun|Juli|Jul|August|Aug|September|Sept|Sep|Oktober|Okt|November|Nov|Dezember|Dez)\\b\\.?';
const WEEKDAYS = ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'];
const WEEKDAY =
	'(?:(Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Mo|Di|Mi|Do|Fr|Sa|So)\\.?,?\\s{0,2}(?:de[nmr]\\s|dem\\s)?\\s?)?';
const FIRST_DAY = '(?:(\\d{1,2}\\.?(?:\\d{1,2}\\.)?)\\s?(?:\\/|-|–|bis|und|u\\.|\\+|&)\\s?)?';

const PATTERN = new RegExp(
	`(?<![\\d/.,§])${WEEKDAY}(?:` +
		`(\\d{4})-(\\d{2})-(\\d{2})` + // ISO
		`|${FIRST_DAY}(\\d{1,2})\\.\\s?(\\d{1,2})(?:\\.\\s?|\\s(?=(?:19|20)\\d{2}))((?:19|20)\\d{2}|\\d{2}(?![\\d.:]))` + // 17.03.2021, 17.3.21, 07.09 2018
		`|${FIRST_DAY}(\\d{1,2})\\.?\\s{0,2}(${MONTH_NAME})\\s{0,2}((?:19|20)\\d{2})?` + // 17. März 2021
		`|(\\d{1,2})\\/(\\d{1,2})\\/((?:19|20)\\d{2})` + // 17/03/2021
		`|(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?!\\d)` + // 19.4.
		`)(?![\\d])`,
	'giu',
);

/** Finds all dates; impossible ones (31.02., 45.13.) are left out. `year` is supplied where none is printed. */
export function findDates(text: string, year: number | null = null): FoundDate[] {
	const out: FoundDate[] = [];
	for (const m of text.matchAll(PATTERN)) {
		const found = read(m, year);
		if (found) out.push(found);
	}
	return out;
}

function read(m: RegExpMatchArray, fallback: number | null): FoundDate | null {
	let [day, month, year, firstDay]: [number, number, number | null, string | undefined] = [0, 0, null, undefined];
	if (m[2]) [year, month, day] = [Number(m[2]), Number(m[3]), Number(m[4])];
	else if (m[6]) [firstDay, day, month, year] = [m[5], Number(m[6]), Number(m[7]), fullYear(m[8]!)];
	else if (m[10]) [firstDay, day, month, year] = [m[9], Number(m[10]), monthOf(m[11]!), m[12] ? Number(m[12]) : null];
	else if (m[13]) [day, month, year] = [Number(m[13]), Number(m[14]), Number(m[15])];
	else [day, month] = [Number(m[16]), Number(m[17])];
	if (!valid(day, month, year ?? 2000)) return null;
	const known = year ?? fallback;
	const first = firstOf(firstDay, day, month);
	const start = first.day;
	const weekday = m[1] ? WEEKDAYS.indexOf(m[1].slice(0, 2).toLowerCase()) + 1 : null;
	return {
		iso: known ? iso(known, first.month, start) : null,
		day: start,
		month: first.month,
		year,
		until: (start !== day || first.month !== month) && known ? iso(known, month, day) : null,
		weekday,
		from: m.index!,
		to: m.index! + m[0].trimEnd().length,
	};
}

/** The first day of a range: "11./12.02." shares the month, "01.04. – 30.06." has its own. */
function firstOf(printed: string | undefined, day: number, month: number): { day: number; month: number } {
	const parts = printed?.match(/\d+/g)?.map(Number);
	if (!parts) return { day, month };
	const own = parts[1] ?? month;
	const earlier = own < month || (own === month && parts[0]! < day);
	return earlier && valid(parts[0]!, own, 2000) ? { day: parts[0]!, month: own } : { day, month };
}

function fullYear(printed: string): number {
	if (printed.length === 4) return Number(printed);
	const short = Number(printed);
	return short > 70 ? 1900 + short : 2000 + short;
}

function monthOf(name: string): number {
	const key = name.toLowerCase().replace('ae', 'ä').replace('jän', 'jan').replace('mrz', 'mär').slice(0, 3);
	return MONTHS.indexOf(key) + 1;
}

function valid(day: number, month: number, year: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function iso(year: number, month: number, day: number): string {
	return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(isoDate: string): number {
	return new Date(`${isoDate}T00:00:00Z`).getUTCDay() || 7;
}
