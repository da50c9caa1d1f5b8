import { expect, test } from 'vitest';
import { lean } from './lean-messages.ts';

/** As the compiler writes it: a word in three languages, one of them like another, one only under another's name. */
const COMPILED = `/** @typedef {{ count: NonNullable<unknown> }} A_GuestsInputs */
const de_a_guests1 = /** @type {(inputs: A_GuestsInputs) => LocalizedString} */ (i) => {
	return /** @type {LocalizedString} */ (\`\${i?.count} Gäste /** bleibt */\`)
};
const en_a_guests1 = /** @type {(inputs: A_GuestsInputs) => LocalizedString} */ (i) => {
	return /** @type {LocalizedString} */ (\`\${i?.count} guests\`)
};
const tr_a_guests1 = /** @type {(inputs: A_GuestsInputs) => LocalizedString} */ (i) => {
	return /** @type {LocalizedString} */ (\`\${i?.count} guests\`)
};
/** @type {(inputs: A_GuestsInputs) => LocalizedString} */
const ar_a_guests1 = de_a_guests1;
const a_guests1 = /** @type {((inputs: A_GuestsInputs, options?: { locale?: "de" | "en" | "tr" | "ar" }) => LocalizedString)} */ ((inputs, options = {}) => {
	const locale = experimentalStaticLocale ?? options.locale ?? getLocale()
	if (locale === "en") return en_a_guests1(inputs)
	if (locale === "tr") return tr_a_guests1(inputs)
	if (locale === "ar") return ar_a_guests1(inputs)
	return de_a_guests1(inputs)
});
export { a_guests1 as "a_Guests" }
/** @typedef {{}} A_OneInputs */
const de_a_one = /** @type {(inputs: A_OneInputs) => LocalizedString} */ () => {
	return /** @type {LocalizedString} */ (\`Eins\`)
};
/** @type {(inputs: A_OneInputs) => LocalizedString} */
const en_a_one = de_a_one;
export const a_one = /** @type {((inputs?: A_OneInputs) => LocalizedString)} */ ((inputs = {}, options = {}) => {
	const locale = experimentalStaticLocale ?? options.locale ?? getLocale()
	if (locale === "en") return en_a_one(inputs)
	return de_a_one(inputs)
});`.split('\n');

test('compiled messages say the same without comments and repeated words', async () => {
	const { lines } = lean(COMPILED);
	const head =
		'const experimentalStaticLocale = undefined; const getLocale = () => "de"; const inSource = (words) => `[${words}]`;';
	const text = [head, ...lines].join('\n');
	const made = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<
		string,
		(inputs: object, options?: { locale: string }) => string
	>;
	const said = (name: string, locale?: string) => made[name]!({ count: 3 }, locale ? { locale } : undefined);
	expect(Object.keys(made).sort()).toEqual(['a_Guests', 'a_one']);
	// What a language has no words for is said in German, and to be German.
	expect(said('a_Guests')).toBe('[3 Gäste /** bleibt */]');
	expect(['de', 'en', 'tr', 'ar'].map((locale) => said('a_Guests', locale))).toEqual([
		'[3 Gäste /** bleibt */]',
		'3 guests',
		'3 guests',
		'[3 Gäste /** bleibt */]',
	]);
	expect([said('a_one'), said('a_one', 'en')]).toEqual(['[Eins]', '[Eins]']);
	expect(text.length).toBeLessThan(COMPILED.join('\n').length / 2);
	expect(text).not.toMatch(/@type|tr_a_guests1|ar_a_guests1|en_a_one/);
});

test('the types of compiled messages stand beside them', () => {
	expect(lean(COMPILED).types).toEqual([
		'type A_GuestsInputs = { count: NonNullable<unknown> };',
		'type A_OneInputs = {};',
		'declare const a_guests1: ((inputs: A_GuestsInputs, options?: { locale?: "de" | "en" | "tr" | "ar" }) => LocalizedString);',
		'export { a_guests1 as "a_Guests" };',
		'export declare const a_one: ((inputs?: A_OneInputs) => LocalizedString);',
	]);
});
