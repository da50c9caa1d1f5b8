import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compoundsOf } from './compounds.ts';
import { fold, withUmlauts } from './fold.ts';
import { genderForms } from './gender.ts';
import { paperNumbers } from './numbers.ts';
import { parseQuery } from './query-text.ts';
import { tokenise } from './tokens.ts';

const forms = (text: string, language = 'de') => tokenise(text, language).map((token) => token.forms);

test.each([
	['Ausländer', 'auslander'],
	['STRASSE', 'strasse'],
	['Straße', 'strasse'],
	['Ştefan', 'stefan'],
	['İstanbul', 'istanbul'],
	['ırmak', 'irmak'],
	['Đặng', 'dang'],
	['Łódź', 'lodz'],
	['مُحَمَّد', 'محمد'],
	['أحمد', 'احمد'],
	['می‌خواهم', fold('میخواهم')],
	['۱۹۳', '193'],
	['Київ', fold('киів')],
])('%s folds to %s', (word, bare) => expect(fold(word)).toBe(bare));

test('folding a folded word changes nothing', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(fold(fold(text))).toBe(fold(text));
		}),
	);
});

test('spelled-out umlauts are also read as umlauts', () => {
	expect(withUmlauts('Auslaender')).toBe('Ausländer');
	expect(withUmlauts('Buergermeister')).toBe('Bürgermeister');
	expect(withUmlauts('Frauen')).toBeUndefined();
	expect(withUmlauts('Quelle')).toBeUndefined();
});

test.each([
	'Ausländer*innen',
	'Ausländer:innen',
	'Ausländer_innen',
	'Ausländer/-innen',
	'Ausländer/innen',
	'Ausländer(innen)',
	'AusländerInnen',
	'Ausländerinnen',
])('%s is also Ausländer', (word) => {
	expect(forms(word)).toHaveLength(1);
	expect(forms(word)[0]!.map(fold)).toEqual(expect.arrayContaining(['auslander', 'auslanderinnen']));
});

test.each(['Ausländer*innenbehörde', 'Ausländer:innenbehörde', 'AusländerInnenbehörde', 'Ausländerinnenbehörde'])(
	'%s is also Ausländerbehörde',
	(word) => {
		expect(forms(word)[0]!.map(fold)).toContain('auslanderbehorde');
	},
);

test.each(['Berlin', 'Termin', 'Medizin', 'innen', 'gewinnen', 'Magazin', 'Ruin'])('%s is no feminine form', (word) => {
	expect(genderForms(word)).toEqual([word]);
});

test('other languages are cut into words, too', () => {
	expect(forms('移民局和融合委员会', 'zh').flat()).toEqual(expect.arrayContaining(['移民局', '融合']));
	expect(forms("об'єднання громади", 'uk')).toHaveLength(2);
	expect(forms('Hội đồng hội nhập', 'vi')).toHaveLength(4);
	expect(forms('می‌خواهم به اداره', 'fa')).toHaveLength(3);
});

test('words divided by a hyphen or at the end of a line are also found in one piece', () => {
	expect(forms('Migrations-Beirat').flat()).toContain('Migrationsbeirat');
	expect(forms('die Migra-\ntion der').flat()).toContain('Migration');
	expect(forms('Jugend- und Sportamt').flat()).not.toContain('Jugendund');
});

test.each([
	['A0193/22', ['a193/22']],
	['a 0193 / 22', ['a193/22']],
	['A193/2022', ['a193/22']],
	['S0386/22', ['s386/22']],
	['DS 0123/23-1', ['ds123/23/1']],
	['0456/2023', ['456/23']],
	['V/2023/04567', ['v2023/4567']],
	['VO/0123/24', ['vo123/24']],
	['vo 123-24', ['vo123/24']],
	['VO-0123-2024', ['vo123/24']],
	['Seiten 12-24', []],
	['von 2020-2024', []],
	['2026-11-21', []],
])('the paper number %s is %o', (text, expected) => {
	expect(paperNumbers(text).map(({ lettered, digits }) => lettered ?? digits)).toEqual(expected);
});

test('a query is words, phrases, exclusions, beginnings and numbers', () => {
	const terms = parseQuery('Sprachkurs "runder Tisch" -Haushalt integr* a 0193 / 22 „neue Heimat“');
	expect(terms.map(({ kind, text, excluded, prefix }) => [kind, text, excluded, prefix])).toEqual([
		['words', 'Sprachkurs', false, false],
		['phrase', 'runder Tisch', false, false],
		['words', 'Haushalt', true, false],
		['words', 'integr', false, true],
		['number', 'a 0193 / 22', false, false],
		['phrase', 'neue Heimat', false, false],
	]);
});

test('no text breaks the query parser or the tokeniser', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
			for (const { start, end } of parseQuery(text)) expect(end).toBeGreaterThan(start);
			for (const { start, end } of tokenise(text, 'de')) expect(text.slice(start, end)).not.toBe('');
		}),
	);
});

const compound = (stem: string, word: string, vocabulary: string[] = []) => {
	return compoundsOf({ word: stem, stem }, [word], new Set(vocabulary)).length === 1;
};

test.each([
	['behord', 'auslanderbehorde', []],
	['behord', 'auslanderbehorden', []],
	['behord', 'landesauslanderbehorde', []],
	['rat', 'integrationsrat', []],
	['rat', 'landesintegrationsrat', []],
	['amt', 'standesamt', ['stand']],
	['integration', 'integrationsrat', []],
	['ratte', 'wasserratten', []],
	['praxi', 'tierarztpraxis', []],
	['garten', 'kindergarten', []],
])('%s is part of %s', (stem, word, vocabulary) => expect(compound(stem, word, vocabulary)).toBe(true));

test.each([
	['rat', 'heirat', []],
	['rat', 'verrat', ['ver']],
	['rat', 'beraten', ['be', 'ten']],
	['ration', 'integration', []],
	['nation', 'kombination', []],
	['aktion', 'fraktion', []],
	['amt', 'gesamtheit', []],
	['stand', 'standard', []],
])('%s is no part of %s', (stem, word, vocabulary) => expect(compound(stem, word, vocabulary)).toBe(false));
