import { SOURCE_LOCALE, type Locale } from './locales.ts';

/**
 * Languages whose wording a person who speaks them has checked, with the day. Everything else was translated by a
 * machine and says so on every page. Plain German counts as a language of its own: simplifying is translating.
 */
const CHECKED: Partial<Record<Locale, string>> = {};

/** True while nobody has checked this language's wording. */
export function machineMade(locale: Locale): boolean {
	return locale !== SOURCE_LOCALE && !(locale in CHECKED);
}
