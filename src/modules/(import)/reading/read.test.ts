import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read.ts';
import { toImportJson } from './json.ts';
import { fold } from './text.ts';
import type { Reading } from './types.ts';

const MINUTES = `BEIRAT FÜR ZUSAMMENLEBEN DER STADT AUENTAL

Niederschrift über die 4. öffentliche Sitzung des Beirates für Zusammenleben am 12.03.2024 von 17:00 bis 19:05 Uhr im Rathaus, Elbsaal

Fraktion\tVorname, Name\tTeilnahme
SPD\tFrau Stadträtin Ida Kolb für Stadtrat Udo Prahl\tja
CDU\tHerr Stadtrat Jens Thal\tentschuldigt
FDP\tFrau Stadträtin Mia Orth\t

1. Eröffnung und Feststellung der Beschlussfähigkeit

Frau Kolb eröffnet die Sitzung. Mit einem stimmberechtigten Mitglied ist der Beirat beschlussfähig.

BEIRAT FÜR ZUSAMMENLEBEN DER STADT AUENTAL

2. Zuschuss an den Verein Brücke – Vorlage DS0123/24

Der Zuschuss wird einstimmig beschlossen. Frau Kolb verschickt die Bescheide bis zum 02.04.2024.

BEIRAT FÜR ZUSAMMENLEBEN DER STADT AUENTAL

3. Verschiedenes

Die nächste Sitzung findet am 14.05.2024 um 17:00 Uhr statt.
`;

const PAPER = `Stadt Auental
Die Bürgermeisterin

Beschlussvorlage

Vorlage Nr.: 2024/0123
Verantwortlich: Dez. 3

Mehrsprachige Wegweiser im Rathaus

Gremium Termin TOP Ö / N Zuständigkeit
Beirat für Zusammenleben 12.03.2024 4 Ö Anhörung
Stadtrat 26.03.2024 9 Ö Entscheidung

Begründung:
Viele finden die Zimmer nicht.
`;

const at = (reading: Reading, text: string, path: string) =>
	text.slice(reading.spans[path]!.start, reading.spans[path]!.end);

describe('a whole document', () => {
	test('minutes', () => {
		const reading = readDocument({ name: 'a.txt', text: MINUTES });
		expect(reading).toMatchObject({
			kind: 'minutes',
			body: 'Beirat für Zusammenleben der Stadt Auental',
			sessionNumber: 4,
			date: '2024-03-12',
			start: '17:00',
			end: '19:05',
			location: 'Rathaus, Elbsaal',
			public: true,
			quorum: { stated: true, votingPresent: 1 },
			paperReferences: ['DS0123/24'],
		});
		expect(reading.attendance.map((person) => [person.name, person.org, person.status, person.substituteFor])).toEqual([
			['Ida Kolb', 'SPD', 'present', 'Udo Prahl'],
			['Jens Thal', 'CDU', 'excused', null],
			['Mia Orth', 'FDP', 'unknown', null],
		]);
		expect(reading.agenda.map((item) => item.number)).toEqual(['1', '2', '3']);
		expect(reading.votes).toMatchObject([{ item: '2', unanimous: true, yes: null }]);
		expect(reading.tasks).toMatchObject([{ item: '2', who: 'Frau Kolb', due: '2024-04-02' }]);
		expect(reading.nextDates).toMatchObject([{ date: '2024-05-14', start: '17:00' }]);
		expect(at(reading, MINUTES, '/attendance/0/substituteFor')).toBe('Udo Prahl');
		expect(at(reading, MINUTES, '/date')).toBe('12.03.2024');
	});

	test('a paper', () => {
		const reading = readDocument({ name: 'a.txt', text: PAPER });
		expect(reading).toMatchObject({
			kind: 'paper',
			number: '2024/0123',
			paperType: 'Beschlussvorlage',
			department: 'Dez. 3',
			title: 'Mehrsprachige Wegweiser im Rathaus',
		});
		expect(reading.consultations).toMatchObject([
			{ body: 'Beirat für Zusammenleben', date: '2024-03-12', public: true, role: 'Anhörung' },
			{ body: 'Stadtrat', date: '2024-03-26', public: true, role: 'Entscheidung' },
		]);
	});

	test('a chain with labels and values in columns below each other, a statement under the number of the motion', () => {
		const text =
			'Stadt Auental\n\nSTELLUNGNAHME zum Antrag\n\nABC-Gemeinderatsfraktion\n\nVorlage Nr.:\n\nVerantwortlich:\n2020/0077\n\nDez. 2\nElternbriefe in vier Sprachen\n\nGremium Termin TOP ö nö\nGemeinderat 18.02.2020 30 x\n\nKurzfassung\nDie Verwaltung stimmt zu.';
		expect(readDocument({ name: 'a.txt', text })).toMatchObject({
			number: '2020/0077',
			department: 'Dez. 2',
			title: 'Elternbriefe in vier Sprachen',
			originator: 'ABC-Gemeinderatsfraktion',
			refersTo: ['2020/0077'],
			public: true,
		});
	});

	test('documentation of an event', () => {
		const text =
			'# Dokumentation zum Forum Ankommen am 9. Oktober 2023\n\n## Handlungsfeld 1: Sprache\n\n### Leitlinien\n\n- 1) Sprache öffnet Türen.\n- 2) Alle lernen gern.\n\n### Handlungsansätze\n\n- Kurse\n- Cafés\n\n## Handlungsfeld 2: Wohnen\n\n### Leitlinien\n\n- 1) Wohnen ist Ankommen.\n\n### Zum Handlungsfeld 1: Sprache\n\n- ✓ mehr Kurse\n  - am Abend\n- ✓ mehr Bücher\n';
		const reading = readDocument({ name: 'a.md', text });
		expect(reading.kind).toBe('documentation');
		expect(
			reading.fields.map((field) => [
				field.number,
				field.title,
				field.guidelines.length,
				field.approaches.length,
				field.cards,
			]),
		).toEqual([
			['1', 'Sprache', 2, 2, ['mehr Kurse', 'mehr Bücher']],
			['2', 'Wohnen', 1, 0, []],
		]);
	});

	test('contradictions are told, not mended', () => {
		const text = MINUTES.replace('Mit einem stimmberechtigten Mitglied', 'Mit 9 stimmberechtigten Mitgliedern').replace(
			'am 12.03.2024 von 17:00 bis 19:05',
			'am Montag, 12.03.2024 von 17:00 bis 16:05',
		);
		const codes = readDocument({ name: 'a.txt', text }).warnings.map((warning) => warning.code);
		expect(codes).toEqual(expect.arrayContaining(['quorum-differs', 'weekday-differs', 'end-before-start']));
	});

	test('what is no council document stays unknown, with a reason and nothing invented', () => {
		const cases: [string, string][] = [
			['Hallo Welt, das war es.', 'text-too-short'],
			['Name: ________\nDatum: ________\nOrt: ________\nUnterschrift: ________\nAmt: ______\n', 'form-empty'],
			[
				'Zwei Kilo Kartoffeln, ein Bund Petersilie, Milch und Brot.\nDann noch Käse vom Markt und drei Äpfel.\nAbends kommt Besuch, also auch Saft.',
				'kind-unknown',
			],
		];
		for (const [text, code] of cases) {
			const { kind, warnings, attendance, agenda, spans } = readDocument({ name: 'a.txt', text });
			expect([kind, warnings.map((warning) => warning.code), attendance, agenda, spans]).toEqual([
				'unknown',
				[code],
				[],
				[],
				{},
			]);
		}
	});

	test('the public JSON has warnings as lines and no passages', () => {
		const json = toImportJson(readDocument({ name: 'a.txt', text: MINUTES }));
		expect(Object.keys(json)).not.toContain('spans');
		for (const warning of json.warnings) expect(typeof warning).toBe('string');
	});
});

describe('for any text', () => {
	const words = [
		'Niederschrift',
		'Antrag',
		'Tagesordnung',
		'Anwesend:',
		'TOP 1',
		'1.',
		'2.1',
		'Frau',
		'Herr',
		'Kolb',
		'Dr.',
		'für',
		'ja',
		'entschuldigt',
		'12.03.2024',
		'17:00 Uhr',
		'einstimmig',
		'9:0:1',
		'Beschluss:',
		'Vorlage Nr.: 2024/0123',
		'Beirat',
		'der Stadt',
		'Handlungsfeld 1:',
		'- ',
		'**',
		'|',
		'\t',
		'\u2028',
		'\n',
		'\n\n',
		'\f',
		'(',
		')',
		':',
		'–',
		'ä',
		'☒',
		'😀',
		'bis zum',
		'Was',
		'Wer',
		'Termin',
	];
	const soup = fc
		.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 12 })), {
			maxLength: 120,
		})
		.map((parts) => parts.join(' ').replace(/ ?(\n|\t|\u2028|\f) ?/g, '$1'));
	const heads = fc.constantFrom(
		'',
		'Protokoll der 3. Sitzung des Beirates\n',
		'Antrag\nVorlage Nr.: 2024/0007\n',
		'# Dokumentation\n',
		'Einladung\n',
	);
	const documents = fc.tuple(heads, soup).map(([head, body]) => head + body);

	test('it never throws and every passage lies inside the text', () => {
		fc.assert(
			fc.property(documents, (text) => {
				const { spans } = readDocument({ name: 'x.txt', text });
				const outside = Object.entries(spans).filter(
					([, { start, end }]) => !(0 <= start && start < end && end <= text.length),
				);
				expect(outside).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	test('printed values stand in their passage word by word', () => {
		fc.assert(
			fc.property(documents, (text) => {
				const reading = readDocument({ name: 'x.txt', text });
				for (const path of Object.keys(reading.spans).filter((key) =>
					/\/(?:name|title|substituteFor|number)$/.test(key),
				)) {
					const value = path
						.split('/')
						.slice(1)
						.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], reading);
					const passage = fold(text.slice(reading.spans[path]!.start, reading.spans[path]!.end)).replace(/ /g, '');
					for (const word of typeof value === 'string' ? fold(value).split(' ') : [])
						expect(passage, path).toContain(word);
				}
			}),
			{ numRuns: 200 },
		);
	});

	test('line ends, blanks at line ends and form feeds between paragraphs change nothing', () => {
		const values = (text: string) => toImportJson(readDocument({ name: 'x.txt', text }));
		for (const text of [MINUTES, PAPER]) {
			const expected = values(text);
			expect(values(text.replace(/\n/g, '\r\n'))).toEqual(expected);
			expect(values(text.replace(/(?<=[^\t\n])\n/g, '   \n'))).toEqual(expected);
			expect(
				values(text.replace('\n\n2. Zuschuss', '\n\f\n2. Zuschuss').replace('\n\nBegründung', '\n\f\nBegründung')),
			).toEqual(expected);
		}
	});

	test.each([
		'Anna Berg ',
		'A, ',
		'A\t',
		'1.',
		'1. A\n',
		'der die des ',
		'a: ',
		'*a ',
		'„',
		'Ja 3 Nein 1 ',
		'Beirat für ',
		'TOP 1\n',
		'(',
		'Abstimmung: \n',
		'bis zum ',
		'Stadtrat',
		'Aa-',
		'|a',
	])('a long run of %j comes through in linear time', (piece) => {
		// A pattern that backtracks without bound would run into the time limit of the test.
		for (const head of [
			'Protokoll der 3. Sitzung des Beirates\nAnwesend:\n',
			'Antrag\nVorlage Nr.: 2024/0007\n',
			'# Dokumentation\nHandlungsfeld 1: X\n',
		]) {
			expect(readDocument({ name: 'x.txt', text: head + piece.repeat(30_000 / piece.length) }).warnings).toBeInstanceOf(
				Array,
			);
		}
	});
});
