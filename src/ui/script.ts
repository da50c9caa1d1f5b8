const fromRight = new Set(['ar', 'fa', 'he', 'ur', 'ckb', 'ps']);

/** The direction a language is written in. `lang` is a locale of ours or a BCP 47 tag. */
export function dirOf(lang: string): 'ltr' | 'rtl' {
	return fromRight.has(lang.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The tag for the `lang` attribute: plain German is German to a screen reader, Chinese is simplified. */
export function tagOf(locale: string): string {
	if (locale === 'de-simple') return 'de';
	if (locale === 'zh') return 'zh-Hans';
	return locale;
}
