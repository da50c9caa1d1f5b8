import { direction, languageTag, type Locale } from './locales.ts';

/**
 * Dates, times, numbers and lists in the reader's language, through Intl alone. Input are ISO strings as queries return
 * them, so that components need no Temporal in the browser. Formatters are kept: making one costs more than using it.
 */
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
const lists = new Map<string, Intl.ListFormat>();

const STYLES = {
	full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	long: { day: 'numeric', month: 'long', year: 'numeric' },
	dayMonth: { day: 'numeric', month: 'long' },
	short: { day: '2-digit', month: '2-digit', year: 'numeric' },
	weekday: { weekday: 'long' },
	month: { month: 'long', year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof STYLES;

let spoken = (locale: Locale): Locale => locale;

/** Says once how the server speaks where a language is asked for (see `spokenFor`). */
export function speakAs(say: (locale: Locale) => Locale): void {
	spoken = say;
}

/** The tag for Intl where a language is asked for, in the language that is spoken there. */
export function speechTag(asked: Locale): string {
	return languageTag(spoken(asked));
}

function dateFormat(locale: Locale, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const name = `${locale} ${key}`;
	let format = dates.get(name);
	if (!format) dates.set(name, (format = new Intl.DateTimeFormat(languageTag(locale), options)));
	return format;
}

// The same few days and times stand on every page of a town.
const days = new Map<string, string>();
const times = new Map<string, string>();
const MOST_KEPT = 10_000;

/** A day such as '2026-10-28': "Mittwoch, 28. Oktober 2026" (full), "28. Oktober" (dayMonth) … */
export function formatDay(day: string, style: DateStyle, asked: Locale): string {
	const locale = spoken(asked);
	const key = `${locale}${style}${day}`;
	let text = days.get(key);
	if (text === undefined) {
		text = dateFormat(locale, style, { ...STYLES[style], timeZone: 'UTC' }).format(
			new Date(`${day.slice(0, 10)}T12:00:00Z`),
		);
		if (days.size < MOST_KEPT) days.set(key, text);
	}
	return text;
}

/** The day of an instant in the town's time zone, formatted as `formatDay` does. */
export function formatInstantDay(instant: string, style: DateStyle, asked: Locale, timeZone: string): string {
	const locale = spoken(asked);
	return dateFormat(locale, `${style} ${timeZone}`, { ...STYLES[style], timeZone }).format(new Date(instant));
}

/** The time of an instant in the town's time zone: "17:04", never with seconds. */
export function formatTime(instant: string, asked: Locale, timeZone: string): string {
	const locale = spoken(asked);
	const key = `${locale}${timeZone}${instant}`;
	let text = times.get(key);
	if (text === undefined) {
		const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
		text = dateFormat(locale, `time ${timeZone}`, options).format(new Date(instant));
		if (times.size < MOST_KEPT) times.set(key, text);
	}
	return text;
}

/** 1234.5 as "1.234,5" in German. */
export function formatNumber(value: number, asked: Locale): string {
	const locale = spoken(asked);
	return numberFormat(locale, '').format(value);
}

function numberFormat(locale: Locale, key: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
	const name = `${locale} ${key}`;
	let format = numbers.get(name);
	if (!format) numbers.set(name, (format = new Intl.NumberFormat(languageTag(locale), options)));
	return format;
}

/** "A, B und C" */
export function formatList(items: readonly string[], asked: Locale): string {
	const locale = spoken(asked);
	let format = lists.get(locale);
	if (!format) lists.set(locale, (format = new Intl.ListFormat(languageTag(locale), { type: 'conjunction' })));
	return format.format(items);
}

const COMMAS: Partial<Record<Locale, string>> = { ar: '، ', fa: '، ', zh: '，' };

/** The comma that separates parts of a line in the reader's language, with the space that belongs to it. */
export function comma(asked: Locale): string {
	const locale = spoken(asked);
	return COMMAS[locale] ?? ', ';
}

/** Parts of a line, separated by commas; those that are empty are left out: "28. Oktober, 17:00 bis 19:00 Uhr". */
export function joinParts(parts: readonly (string | null | undefined)[], locale: Locale): string {
	return parts.filter(Boolean).join(comma(locale));
}

/**
 * Words of another language inside a sentence: in languages written from right to left they are isolated, so that a German name
 * keeps its order and the full stop after it its place. Elsewhere they stay as they are.
 */
export function isolated(text: string, asked: Locale): string {
	const locale = spoken(asked);
	return text && direction(locale) === 'rtl' ? `\u2068${text}\u2069` : text;
}

/** A file size in the unit a person would choose: "132 kB". */
export function formatSize(bytes: number, asked: Locale): string {
	const locale = spoken(asked);
	const mega = bytes >= 1_000_000;
	const options = { style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: mega ? 1 : 0 } as const;
	const format = numberFormat(locale, options.unit, options);
	return format.format(Math.max(1, bytes / 1000) / (mega ? 1000 : 1));
}

/** "in 11 Tagen", "vor 3 Tagen" between two days. */
export function formatDaysApart(from: string, to: string, asked: Locale): string {
	const locale = spoken(asked);
	const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
	return new Intl.RelativeTimeFormat(languageTag(locale), { numeric: 'auto' }).format(days, 'day');
}
