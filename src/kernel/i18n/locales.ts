/** The twelve languages of the public side, the source language first. Officials work in German or English. */
export const LOCALES = ['de', 'de-simple', 'en', 'ar', 'fa', 'uk', 'ru', 'zh', 'ro', 'vi', 'fr', 'tr'] as const;
export type Locale = (typeof LOCALES)[number];
export const SOURCE_LOCALE: Locale = 'de';
export const WORKING_LOCALES: readonly Locale[] = ['de', 'en'];

/** Languages name themselves, never by flags. */
export const LOCALE_NAMES: Record<Locale, string> = {
	de: 'Deutsch',
	'de-simple': 'Einfache Sprache',
	en: 'English',
	ar: 'العربية',
	fa: 'فارسی',
	uk: 'Українська',
	ru: 'Русский',
	zh: '中文',
	ro: 'Română',
	vi: 'Tiếng Việt',
	fr: 'Français',
	tr: 'Türkçe',
};

export function isLocale(tag: string | undefined): tag is Locale {
	return LOCALES.includes(tag as Locale);
}

export function direction(locale: Locale): 'ltr' | 'rtl' {
	return locale === 'ar' || locale === 'fa' ? 'rtl' : 'ltr';
}

/** BCP 47 tag for `lang` and Intl: English as in Europe (9/12 is a day in December), Arabic with the digits used in Germany. */
export function languageTag(locale: Locale): string {
	return TAGS[locale] ?? locale;
}

const TAGS: Partial<Record<Locale, string>> = {
	'de-simple': 'de',
	en: 'en-GB',
	ar: 'ar-u-nu-latn',
	fa: 'fa-u-nu-latn-ca-gregory',
};

/** Splits '/ar/sitzungen/12' into its language and the path that routes know. German has no prefix. */
export function splitPath(pathname: string): { locale: Locale; path: string } {
	const [, first] = /^\/([a-z-]+)(?=\/|$)/.exec(pathname) ?? [];
	if (!isLocale(first) || first === SOURCE_LOCALE) return { locale: SOURCE_LOCALE, path: pathname };
	return { locale: first, path: pathname.slice(first.length + 1) || '/' };
}

/** The same page in another language: '/sitzungen/12' in Arabic is '/ar/sitzungen/12'. Foreign addresses stay. */
export function inLocale(path: string, locale: Locale): string {
	if (locale === SOURCE_LOCALE || !path.startsWith('/') || path.startsWith('//')) return path;
	return path === '/' ? `/${locale}` : `/${locale}${path}`;
}
