/** Languages and their writing direction, as BCP 47 tags. */

const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Syrc', 'Adlm', 'Rohg']);

/**
 * The writing direction of a language tag. Decided by the script (likely subtags), so `ku-Arab` is right-to-left
 * and `ku` is not. A tag that is not a BCP 47 tag counts as left-to-right.
 */
export function directionOf(tag: string): 'ltr' | 'rtl' {
	try {
		const script = new Intl.Locale(tag).maximize().script;
		return script && RTL_SCRIPTS.has(script) ? 'rtl' : 'ltr';
	} catch {
		return 'ltr';
	}
}

/** Whether `tag` is a well-formed BCP 47 language tag. */
export function isLanguageTag(tag: string): boolean {
	try {
		return Boolean(new Intl.Locale(tag));
	} catch {
		return false;
	}
}
