import { AsyncLocalStorage } from 'node:async_hooks';
import { SOURCE_LOCALE, type Locale } from './locales.ts';

const current = new AsyncLocalStorage<Locale>();

/** Runs `work` in a language: message functions called inside speak it. */
export function inLanguage<T>(locale: Locale, work: () => T): T {
	return current.run(locale, work);
}

/** The language of the running request or job; German outside of any. */
export function currentLocale(): Locale {
	return current.getStore() ?? SOURCE_LOCALE;
}
