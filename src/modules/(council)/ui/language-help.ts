import { languageTag, type Locale } from '#kernel/i18n/locales.ts';

// Languages that councils have interpreters for; sign language has no name in Intl that readers would know.
const CODES =
	'ar am az be bg bn bs cs da el en es et fa fi fr he hi hr hu hy it ja ka kk ko ku lt lv mk mn nl no pa pl ps pt ro ru sk sl so sq sr sv sw ta th ti tr uk ur uz vi zh'.split(
		' ',
	);
const GERMAN = new Map<string, string>();

/**
 * Languages as an invitation names them ('Arabisch, Ukrainisch') in the reader's language. One that is not known by its
 * German name makes the whole stay German. @returns the text and whether it is in the reader's language
 */
export function languageNames(german: string, locale: Locale): { text: string; translated: boolean } {
	if (locale.startsWith('de') || !german) return { text: german, translated: true };
	if (!GERMAN.size) {
		const names = new Intl.DisplayNames(['de'], { type: 'language' });
		for (const code of CODES) GERMAN.set(names.of(code)!.toLowerCase(), code);
	}
	const codes = german.split(/,|\bund\b/).map((name) => GERMAN.get(name.trim().toLowerCase()));
	if (codes.includes(undefined)) return { text: german, translated: false };
	const names = new Intl.DisplayNames([languageTag(locale)], { type: 'language' });
	const list = new Intl.ListFormat(languageTag(locale), { type: 'conjunction' });
	return { text: list.format(codes.map((code) => names.of(code!)!)), translated: true };
}
