import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fakeTown } from '../fake-town.fixture.ts';
import { mutate, wrongValues } from '../mutate.fixture.ts';
import { readDay, readMoment } from './dates.ts';
import { Findings } from './findings.ts';
import { KINDS, type Foreign, type ForeignKind, type Said } from './foreign.ts';
import { readObject } from './read.ts';
import { plainText } from './text.ts';

const BASE = 'https://ris.seltenau.example/oparl';
const zone = 'Europe/Berlin';

function read(given: unknown, kind: ForeignKind) {
	const findings = new Findings();
	const { objects, named } = readObject(given, kind, { base: `${BASE}/list`, findings, timeZone: zone });
	return { objects, named, faults: findings.list().map(({ kind: of, fault }) => `${of} ${fault}`), findings };
}

function said<K extends ForeignKind>(given: Record<string, unknown>, kind: K): Said[K] & { faults: string[] } {
	const { objects, faults } = read({ id: `${BASE}/x/1`, type: `https://schema.oparl.org/1.1/${kind}`, ...given }, kind);
	return { ...(objects.find((one) => one.kind === kind)!.said as Said[K]), faults };
}

describe('text', () => {
	test.each([
		['Bänke &amp; B&auml;ume', 'Bänke & Bäume', ['html']],
		['<p>Erster Absatz</p><p>Zweiter<br>Zeile</p>', 'Erster Absatz\nZweiter\nZeile', ['html']],
		['&lt;b&gt;fett&lt;/b&gt;', 'fett', ['html']],
		['vor<script>alert(1)</script>nach', 'vor nach', ['html']],
		['a < b und <Name einsetzen>', 'a < b und <Name einsetzen>', []],
		['StraÃŸe fÃ¼r alle', 'Straße für alle', ['mojibake']],
		['Ein\u0000 A\u0007usschuss', 'Ein Ausschuss', ['controlCharacters']],
		['§\u00a07  Abs. 2\r\nzweite Zeile', '§\u00a07  Abs. 2\nzweite Zeile', []],
		['Â§ ist ein Â', 'Â§ ist ein Â', []],
	])('%s', (given, text, faults) => {
		expect(plainText(given)).toEqual({ text, faults });
	});

	test('what comes out is plain and stays as it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => {
				const { text } = plainText(given);
				expect(text.isWellFormed()).toBe(true);
				expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
			}),
		);
	});
});

describe('days and moments', () => {
	test.each([
		['2021-01-11', '2021-01-11'],
		['11.1.2021', '2021-01-11'],
		['2021-1-1', '2021-01-01'],
		['2021-01-11T23:30:00Z', '2021-01-12'],
		['2021-01-11 09:00', '2021-01-11'],
		['20210111T080000Z', '2021-01-11'],
		['0000-00-00', null],
		['2021-02-30', null],
		['0001-01-01T00:00:00', null],
		['demnächst', null],
		['', null],
	])('day of %s', (given, day) => expect(readDay(given, zone)).toBe(day));

	test.each([
		['2021-01-11T17:00:00+01:00', '2021-01-11T16:00:00Z', false],
		['2021-07-11T17:00:00', '2021-07-11T15:00:00Z', true],
		['2021-07-11 17:00', '2021-07-11T15:00:00Z', true],
		['11.07.2021 8:05', '2021-07-11T06:05:00Z', true],
	])('moment %s', (given, instant, guessed) => {
		const moment = readMoment(given, zone)!;
		expect([moment.instant.toString(), moment.guessed]).toEqual([instant, guessed]);
	});
});

describe('objects of other systems', () => {
	test('a session with items, files and place becomes one object each, in their order', () => {
		const { objects, faults } = read(fakeTown(BASE).meeting[0], 'Meeting');
		expect(objects.map(({ kind }) => kind)).toEqual([
			'Meeting',
			'Location',
			'File',
			'AgendaItem',
			'AgendaItem',
			'AgendaItem',
		]);
		const roots = objects.filter(({ kind }) => kind !== 'Location').map(({ root }) => root);
		expect(new Set(roots)).toEqual(new Set([`${BASE}/meeting/1`]));
		expect(objects[0]!.said).toMatchObject({ start: '2021-01-11T16:00:00Z', day: '2021-01-11' });
		expect(faults).toEqual([]);
	});

	test('a session that ends before it starts has no end', () => {
		const meeting = said({ start: '2021-01-11T17:00:00+01:00', end: '2021-01-11T15:00:00+01:00' }, 'Meeting');
		expect(meeting).toMatchObject({ end: null, faults: ['Meeting endBeforeStart'] });
	});

	test('a session on a day without a time has a day', () => {
		expect(said({ start: '2021-01-11' }, 'Meeting')).toMatchObject({ start: null, day: '2021-01-11', faults: [] });
	});

	test('dates without an offset count by the clock of the town', () => {
		const meeting = said({ start: '2021-01-11T17:00:00' }, 'Meeting');
		expect(meeting).toMatchObject({ start: '2021-01-11T16:00:00Z', faults: ['Meeting dateWithoutOffset'] });
	});

	test('HTML, nulls, numbers as texts, wrong types, relative links', () => {
		expect(said({ name: '<b>Antrag</b> &quot;Bänke&quot;' }, 'Paper')).toMatchObject({
			name: 'Antrag "Bänke"',
			faults: ['Paper html'],
		});
		expect(said({ name: null, date: null }, 'Paper')).toMatchObject({
			name: '',
			date: null,
			faults: ['Paper nullValue'],
		});
		expect(said({ size: '1024' }, 'File')).toMatchObject({ size: 1024, faults: ['File numberAsText'] });
		expect(said({ votingRight: 'ja' }, 'Membership')).toMatchObject({ votingRight: true });
		expect(said({ number: 4 }, 'AgendaItem')).toMatchObject({ number: '4', faults: ['AgendaItem wrongType'] });
		expect(said({ organization: '../organization/3' }, 'Meeting')).toMatchObject({
			organization: ['https://ris.seltenau.example/organization/3'],
			faults: ['Meeting relativeLink', 'Meeting single'],
		});
	});

	test('objects without an id are known by where they stand; alone they are left out', () => {
		const paper = { id: `${BASE}/paper/1`, type: 'https://schema.oparl.org/1.0/Paper', consultation: [{}, {}] };
		expect(read(paper, 'Paper').objects.map(({ id }) => id)).toEqual([
			`${BASE}/paper/1`,
			`${BASE}/paper/1#consultation-1`,
			`${BASE}/paper/1#consultation-2`,
		]);
		const alone = read({ type: 'https://schema.oparl.org/1.0/Paper', name: 'x' }, 'Paper');
		expect(alone).toMatchObject({ objects: [], faults: ['Paper addressWithoutId'] });
	});

	test('a tombstone says that something is gone, and nothing else', () => {
		const { objects } = read({ id: `${BASE}/paper/1`, type: '…/Paper', name: 'x', deleted: true }, 'Paper');
		expect(objects).toMatchObject([{ id: `${BASE}/paper/1`, deleted: true, said: { name: '' } }]);
	});

	test('addresses in a list are named, and can be asked for', () => {
		expect(read(`${BASE}/paper/7`, 'Paper').named).toEqual([{ kind: 'Paper', id: `${BASE}/paper/7`, parent: '' }]);
	});

	test('nothing of a person is read but the name and how to address them', () => {
		const person = {
			...fakeTown(BASE).person[0],
			email: ['q@example.org'],
			phone: ['0391'],
			gender: 'f',
			life: 'lang',
		};
		const text = JSON.stringify(read(person, 'Person').objects);
		for (const word of ['example.org', '0391', 'lang']) expect(text).not.toContain(word);
	});

	test('whatever stands in an object, it is read or left out, and never thrown', () => {
		const town = fakeTown(BASE);
		const all: [ForeignKind, unknown[]][] = [
			['Meeting', town.meeting],
			['Paper', town.paper],
			['Person', town.person],
			['Organization', town.organization],
			['Location', town.location],
			['LegislativeTerm', town.term],
		];
		fc.assert(
			fc.property(
				fc.nat(5),
				fc.nat(),
				fc.array(fc.tuple(fc.nat(), wrongValues), { maxLength: 8 }),
				(which, nth, changes) => {
					const [kind, list] = all[which]!;
					const object = structuredClone(list[nth % list.length]) as Record<string, unknown>;
					for (const [place, value] of changes) mutate(object, place, structuredClone(value));
					for (const one of read(object, kind).objects) expectWhole(one);
				},
			),
			{ numRuns: 2000 },
		);
	});
});

/** What was read has the types that it says. */
function expectWhole(one: Foreign): void {
	expect(KINDS).toContain(one.kind);
	expect(URL.canParse(one.id)).toBe(true);
	for (const [key, value] of Object.entries(one.said)) {
		if (/Date$|^day$|^date$/.test(key) && value !== null) expect(value).toMatch(/^\d{4}-\d\d-\d\d$/);
		if (/^(name|role|reference|number|description)$/.test(key)) expect(typeof value).toBe('string');
		if (Array.isArray(value)) for (const link of value) expect(['string', 'object']).toContain(typeof link);
	}
	if (one.kind === 'Meeting' && one.said.end) expect(Temporal.Instant.compare(one.said.end, one.said.start!)).toBe(1);
}
