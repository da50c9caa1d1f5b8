/** Invented German minutes with everything that can stand in them. */
import { fromWriting } from '../text/writing.ts';
import type { TemplateData } from './render.ts';

type MinutesData = TemplateData<'minutes'>;

const resolution = fromWriting(`Der Beirat empfiehlt dem Stadtrat,

1. im Bürgerbüro an zwei Tagen je Woche Dolmetschen vor Ort anzubieten,
2. an allen Öffnungstagen Dolmetschen am Telefon anzubieten,
3. bis zum Ende des Haushaltsjahres über die Nachfrage zu berichten.`);

const names: [string, string, string, 'present' | 'substituted' | 'absent' | 'unknown'][] = [
	['Birte Aschenbrand', 'Fraktion Soziale Stadt', 'anwesend', 'present'],
	['Holger Winsemann', 'Fraktion Bürgerliche Mitte', 'vertreten durch Petra Lüdersen', 'substituted'],
	['Jonna Wiebold', 'Fraktion Grüne Elbe', 'anwesend, ab 17:20 Uhr', 'present'],
	['Detlef Rungwart', 'Fraktion Freie Wählerschaft', 'entschuldigt', 'absent'],
	['Tarek Bensalmi', 'Fraktion Junges Elbstadt', 'anwesend', 'present'],
];
const residents: typeof names = [
	['Nadiya Kowaltschenko', 'Vorsitz', 'anwesend', 'present'],
	['Rami Tinawi', '', 'anwesend', 'present'],
	['Thi Lan Anh Brückner', '', 'anwesend', 'present'],
	['Yonas Tekleberg', '', 'entschuldigt', 'absent'],
	['Emre Sandıkçı', '', 'keine Angabe', 'unknown'],
];

function rows(list: typeof names) {
	return list.map(([name, role, state, mark]) => ({ name, ...(role ? { role } : {}), state, mark }));
}

export const germanMinutes: MinutesData = {
	letterhead: { town: 'Elbstadt', body: 'Beirat für Integration und Migration' },
	pageLabel: 'Seite {page} von {pages}',
	footnote: 'Fassung 1 vom 16. November 2026',
	kind: 'Niederschrift',
	heading: '5. öffentliche Sitzung',
	subtitle: 'Mittwoch, 28. Oktober 2026, 17:04 bis 18:52 Uhr',
	lead: 'Der Beirat war beschlussfähig. Er hat zwei Empfehlungen gegeben, einen Punkt vertagt und eine Aufgabe vergeben.',
	facts: [
		{ term: 'Ort', detail: 'Altes Rathaus, Ratssaal, Am Markt 1 (Aufzug, Hörschleife)' },
		{ term: 'Leitung', detail: 'Nadiya Kowaltschenko, Vorsitzende' },
		{ term: 'Niederschrift', detail: 'Ole Brandtner, Geschäftsstelle' },
		{ term: 'Gedolmetscht', detail: 'Arabisch, Ukrainisch' },
		{ term: 'Gäste', detail: 'Ausländerbehörde, Bürgeramt, 14 Zuhörende' },
	],
	attendance: {
		heading: 'Anwesenheit',
		columns: { name: 'Mitglied', role: 'Entsandt von, Aufgabe', state: 'Anwesenheit' },
		groups: [
			{ name: 'Entsandte der Fraktionen', rows: rows(names) },
			{ name: 'Einwohnerinnen und Einwohner', rows: rows(residents) },
		],
		note: 'Gründe einer Abwesenheit werden nicht veröffentlicht.',
	},
	quorum: {
		heading: 'Beschlussfähigkeit',
		sentence: '9 von 15 anwesend, nötig sind 8',
		columns: ['Rechnung', 'Zahl'],
		steps: [
			{ label: 'Stimmberechtigte Sitze', value: '15' },
			{ label: 'Mehr als die Hälfte: 15 ÷ 2 = 7,5, also', value: '8' },
			{ label: 'Anwesende Mitglieder', value: '8' },
			{ label: 'Anwesende Vertretungen', value: '+ 1' },
			{ label: 'Anwesend und stimmberechtigt', value: '9', result: true },
		],
		source: 'Festgestellt zu Beginn um 17:06 Uhr. Quelle: § 7 Abs. 2 der Satzung (Fassung vom 12. Dezember 2024).',
	},
	agenda: {
		heading: 'Tagesordnung und Ergebnisse',
		parts: [
			{
				heading: 'Öffentlicher Teil',
				items: [
					{
						number: '1',
						title: 'Eröffnung, Beschlussfähigkeit, Tagesordnung',
						result: 'Angenommen',
						vote: { sentence: 'ohne Änderung' },
						text: fromWriting(
							'Die Vorsitzende eröffnet um 17:04 Uhr. Die Einladung ging am 14. Oktober zu, die Frist von zehn Tagen ist gewahrt.',
						),
					},
					{
						number: '2',
						title: 'Niederschrift der Sitzung vom 9. September',
						result: 'Bestätigt',
						vote: { sentence: 'mit einer Berichtigung' },
						text: fromWriting(
							'Zu Punkt 5 wird ergänzt, dass Herr Tinawi um eine **schriftliche** Antwort gebeten hat.',
						),
					},
					{
						number: '3',
						title: 'Bericht der Ausländerbehörde: Wartezeiten',
						note: 'Vortrag mit Folien, Anlage 2',
						result: 'Zur Kenntnis genommen',
						text: fromWriting(`Ein Termin liegt zurzeit 31 Tage entfernt, im Sommer waren es 54. Die Behörde nennt drei Gründe:

- zwei neue Stellen im Servicebereich,
- Terminvergabe auch am Telefon, auf Wunsch in fünf Sprachen,
- ein fester Tag für Verlängerungen.

| Monat | Wartezeit in Tagen | Vorsprachen |
| --- | --- | --- |
| Juli | 54 | 1 212 |
| August | 47 | 1 340 |
| September | 31 | 1 498 |

Einzelheiten stehen auf der [Seite der Behörde](https://elbstadt.example/termine).`),
					},
					{
						number: '4',
						title: 'Dolmetschen im Bürgerbüro',
						note: 'Antrag A0142/26, Änderungsantrag A0142/26/1',
						text: fromWriting(`Frau Wiebold begründet den Antrag. Frau Kowaltschenko verliest einen Brief aus der Sprechstunde:

>> Ich habe drei Mal einen Termin genommen, und jedes Mal fehlte ein Wort.

Das Bürgeramt hält zwei Tage je Woche für machbar.`),
						resolutions: [
							{
								label: 'Beschluss 4/2026',
								text: resolution,
								result: 'Geändert empfohlen',
								vote: { sentence: '6 Ja, 1 Nein, 2 Enthaltungen', marks: { yes: 6, no: 1, abstained: 2 } },
							},
						],
						lines: [{ label: 'Aufgabe', text: 'Das Bürgeramt legt bis 25. November die Kosten vor.' }],
					},
					{
						number: '5',
						title: 'Förderung: Nachbarschaftsfest am Nordufer',
						result: 'Empfohlen',
						vote: { sentence: '8 Ja, 1 befangen', marks: { yes: 8, no: 0, abstained: 0 } },
						text: fromWriting('Frau Brückner hat vor der Beratung den Tisch verlassen.'),
					},
					{
						number: '6',
						title: 'Verschiedenes',
						result: 'Ohne Beschluss',
						text: fromWriting('Die Volkshochschule lädt am 3. Dezember zum Tag der offenen Tür ein.'),
					},
				],
			},
			{
				heading: 'Nichtöffentlicher Teil',
				items: [{ number: '7', title: 'Personalangelegenheit', note: 'Nichtöffentlich, § 52 Abs. 2 KVG LSA' }],
			},
		],
	},
	tasks: {
		heading: 'Aufgaben',
		table: {
			columns: [
				{ label: 'Aufgabe', share: 4 },
				{ label: 'Wer', share: 2 },
				{ label: 'Bis', share: 1.4, figures: true },
			],
			rows: [
				['Kosten für das Dolmetschen im Bürgerbüro vorlegen (Punkt 4)', 'Bürgeramt', '25.11.2026'],
				['Einladung der Volkshochschule weitergeben (Punkt 6)', 'Geschäftsstelle', '2.11.2026'],
			],
		},
	},
	signatures: {
		heading: 'Unterschriften',
		place: 'Elbstadt, 16. November 2026',
		signers: [
			{ name: 'Nadiya Kowaltschenko', role: 'Vorsitzende' },
			{ name: 'Ole Brandtner', role: 'Niederschrift' },
		],
	},
};
