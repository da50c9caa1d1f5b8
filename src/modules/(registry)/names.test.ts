import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullName, nameKey, splitName } from './names.ts';

describe('a printed name', () => {
	test.each([
		['Dr. Amira Haddad', { affix: 'Dr.', given: 'Amira', family: 'Haddad' }],
		['Prof. Dr. Anna von der Heide', { affix: 'Prof. Dr.', given: 'Anna', family: 'von der Heide' }],
		['Thi Lan Anh Brückner', { affix: '', given: 'Thi Lan Anh', family: 'Brückner' }],
		['Meyer-Sy', { affix: '', given: '', family: 'Meyer-Sy' }],
		['Youssef El Amrani', { affix: '', given: 'Youssef', family: 'El Amrani' }],
		['Mags Feldner', { affix: '', given: 'Mags', family: 'Feldner' }],
	])('%s falls into its parts', (printed, parts) => expect(splitName(printed)).toEqual(parts));

	test('put together again it is the same name', () => {
		const word = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüßçğı]{1,9}$/);
		fc.assert(
			fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
				const name = words.join(' ');
				expect(fullName(splitName(name))).toBe(name);
			}),
		);
	});
});

test('spellings of one name share a key', () => {
	expect(nameKey('Dr. Jörg Müller-Lüdenscheidt')).toBe(nameKey('Joerg Mueller Luedenscheidt'));
	expect(nameKey('Emre Sandıkçı')).toBe(nameKey('Emre Sandikci'));
	expect(nameKey('Kavita Ghone- Schmidt')).toBe(nameKey('Kavita Ghone-Schmidt'));
	expect(nameKey('Anna Meier')).not.toBe(nameKey('Anne Meier'));
});
