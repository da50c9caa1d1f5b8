import type { Seat, Tongue, Voice, WayTo } from '../types.ts';

/** Which of the two galleries is drawn; every text of the sample exists in both languages. All of it is invented. */
export type Locale = 'de' | 'ar';

/** Picks the wording for a locale. */
export const speaker = (locale: Locale) => (de: string, ar: string) => (locale === 'ar' ? ar : de);

/** The twelve languages of the public side, by their own names. */
export function tongues(locale: Locale): Tongue[] {
	const names: [string, string][] = [
		['de', 'Deutsch'],
		['de-simple', 'Einfache Sprache'],
		['en', 'English'],
		['ar', 'العربية'],
		['fa', 'فارسی'],
		['uk', 'Українська'],
		['ru', 'Русский'],
		['zh', '中文'],
		['ro', 'Română'],
		['vi', 'Tiếng Việt'],
		['fr', 'Français'],
		['tr', 'Türkçe'],
	];
	return names.map(([lang, label]) => ({ lang, label, href: `/${lang}/`, current: lang === locale }));
}

/** The main ways, with one of them current. */
export function ways(locale: Locale, current = -1): WayTo[] {
	const t = speaker(locale);
	const labels = [t('Sitzungen', 'الجلسات'), t('Vorlagen', 'الوثائق'), t('Hilfe vor Ort', 'مساعدة قريبة منك')];
	return labels.map((label, i) => ({ href: `#weg-${i}`, label, current: i === current }));
}

/** The legal ways. */
export function legal(locale: Locale): WayTo[] {
	const t = speaker(locale);
	const labels = [
		t('Impressum', 'بيانات الناشر'),
		t('Datenschutz', 'حماية البيانات'),
		t('Barrierefreiheit', 'سهولة الوصول'),
		t('Offene Daten', 'بيانات مفتوحة'),
		t('Kontakt', 'اتصل بنا'),
	];
	return labels.map((label, i) => ({ href: `#recht-${i}`, label }));
}

const people: [string, string, Seat['state'], string?][] = [
	['Birte Aschenbrand', 'Fraktion Soziale Stadt', 'in'],
	['Holger Winsemann', 'Fraktion Bürgerliche Mitte', 'substituted', 'Petra Lüdersen'],
	['Jonna Wiebold', 'Fraktion Grüne Elbe', 'in'],
	['Detlef Rungwart', 'Fraktion Freie Wählerschaft', 'out'],
	['Mareike Tolksdorff', 'Fraktion Linkes Ufer', 'in'],
	['Karsten Immelthal', 'Fraktion Stadtteile', 'out'],
	['Tarek Bensalmi', 'Fraktion Junges Elbstadt', 'in'],
	['Nadiya Kowaltschenko', 'Einwohnerin, Vorsitz', 'in'],
	['Rami Tinawi', 'Einwohner', 'in'],
	['Thi Lan Anh Brückner', 'Einwohnerin', 'in'],
	['Yonas Tekleberg', 'Einwohner', 'out'],
	['Elena Stroescu-Beck', 'Einwohnerin', 'in'],
	['Golnar Sepantar', 'Einwohnerin', 'unknown'],
	['Emre Sandıkçı', 'Einwohner', 'out'],
	['Unbesetzt', 'Einwohnerin oder Einwohner', 'vacant'],
];

/** Fifteen seats: seven delegates, eight residents, every state at least once. */
export function seats(locale: Locale): Seat[] {
	const t = speaker(locale);
	const says = (state: Seat['state'], by = ''): string =>
		({
			in: t('anwesend', 'حضور'),
			substituted: t(`vertreten durch ${by}`, `ناب عنه ${by}`),
			out: t('entschuldigt', 'غياب بعذر'),
			vacant: t('unbesetzt', 'شاغر'),
			unknown: t('unbekannt', 'غير معروف'),
		})[state];
	return people.map(([who, note, state, by], i) => ({
		label: String(i + 1),
		who,
		note,
		state,
		says: says(state, by),
		lang: 'de',
	}));
}

/** The same letter n times: marks of a gauge. */
export const marks = (text: string): Voice[] => [...text] as Voice[];
