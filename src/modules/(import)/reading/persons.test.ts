import { describe, expect, test } from 'vitest';
import { parsePersons } from './persons.ts';

const read = (text: string, lastFirst = false) =>
	parsePersons({ text, at: [...text].map((_, i) => i) }, { lastFirst }).map((person) =>
		Object.fromEntries(
			Object.entries({
				name: person.name.text,
				role: person.role?.text,
				org: person.org?.text,
				for: person.substituteFor?.text,
				by: person.replacedBy?.text,
				from: person.from?.value,
				until: person.until?.value,
				status: person.status?.value,
			}).filter(([, value]) => value !== undefined),
		),
	);

describe('persons', () => {
	test('office, substitution and times', () => {
		expect(read('Frau Stadträtin Ida Kolb für Stadtrat Udo Prahl')).toEqual([
			{ name: 'Ida Kolb', role: 'Stadträtin', for: 'Udo Prahl' },
		]);
		expect(read('Herr Abel i.V. Frau Korn, SPD')).toEqual([{ name: 'Abel', org: 'SPD', for: 'Korn' }]);
		expect(read('Herr Tell (Vertr. f. Hr. Di Rossi)')).toEqual([{ name: 'Tell', for: 'Di Rossi' }]);
		expect(read('Erste Bürgermeisterin Grit Moll (bis 16 Uhr)')).toEqual([
			{ name: 'Grit Moll', role: 'Erste Bürgermeisterin', until: '16:00' },
		]);
		expect(read('Frau Keil ab TOP 3')).toEqual([{ name: 'Keil', from: 'TOP 3' }]);
		expect(read('Ratsherr Pohl 17.24 - 18.13 Uhr')).toEqual([
			{ name: 'Pohl', role: 'Ratsherr', from: '17:24', until: '18:13' },
		]);
		expect(read('Frau Lenz (vertreten durch Herrn Oster)')).toEqual([{ name: 'Lenz', by: 'Oster' }]);
	});

	test('organisations behind a comma or in parentheses, several persons in a line', () => {
		expect(read('Gero Dohle, Stadtkämmerei, Paul Au, S. Dez 1')).toEqual([
			{ name: 'Gero Dohle', org: 'Stadtkämmerei' },
			{ name: 'Paul Au', org: 'S. Dez 1' },
		]);
		expect(read('Ute Wald, Geschäftsführerin MKV GmbH für den Bereich Messe')).toEqual([
			{ name: 'Ute Wald', role: 'Geschäftsführerin', org: 'MKV GmbH für den Bereich Messe' },
		]);
		expect(read('Anna Berg und Paul Tal (Caritas)')).toEqual([
			{ name: 'Anna Berg' },
			{ name: 'Paul Tal', org: 'Caritas' },
		]);
	});

	test('names of many kinds', () => {
		const names = (text: string) => read(text).map((person) => person.name);
		expect(names('M. Mahmoud, Dr. K. von der Heide')).toEqual(['M. Mahmoud', 'Dr. K. von der Heide']);
		expect(names('Frau Linh Thi My Dao')).toEqual(['Linh Thi My Dao']);
		expect(names('Herr Al-Hassan – Verein Brücke e. V.')).toEqual(['Al-Hassan']);
		expect(names('Müller, Schmidt, Weber')).toEqual(['Müller', 'Schmidt', 'Weber']);
		expect(names('Herr Jochen Mick1ey')).toEqual(['Jochen Mick1ey']);
	});

	test('"Surname, First name" is turned round when told or when the first name is known', () => {
		expect(read('Dr. Venn, Friederike (SPD)', true)).toEqual([{ name: 'Dr. Friederike Venn', org: 'SPD' }]);
		expect(read('Möhring, Anna')).toEqual([{ name: 'Anna Möhring' }]);
	});

	test('several first and last names in one cell are cut apart', () => {
		expect(read('Katja Thal Roland Barth Tanja Pas').map((person) => person.name)).toEqual([
			'Katja Thal',
			'Roland Barth',
			'Tanja Pas',
		]);
	});

	test('bodies, offices, parties and words of tables are no persons', () => {
		for (const text of [
			'VX-AB',
			'Arbeitskreis Migration',
			'Integrationsnetzwerk',
			'Stabsstellen',
			'Bündnis 90/Die Grünen',
			'Vorname, Name',
			'Mai 2023',
			'Ressort Bau',
		]) {
			expect(read(text), text).toEqual([]);
		}
	});
});
