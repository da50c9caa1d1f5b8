import { closing, minutes, opening, type DemoSession } from './session-words.ts';

/** The second half of the year: every word, person and figure is invented. Oldest first. */
export const SPRING: DemoSession[] = [
	{
		weeksBefore: 19,
		place: 'Altes Rathaus',
		present: [1, 3, 5, 7, 8, 9, 10, 12, 13, 14],
		excused: [4, 6, 11, 15],
		substituted: true,
		languages: 'Arabisch, Ukrainisch',
		guests: [
			['Wohnungsgesellschaft', 'Vermietung'],
			['Integrationsbüro', 'Koordination'],
		],
		items: [
			opening,
			minutes(),
			{
				title: 'Wohnungssuche: Bewerbungsmappe in sieben Sprachen',
				result: 'adopted',
				vote: [11, 0, 0],
				plain: 'Wer eine Wohnung sucht, soll eine Bewerbungsmappe in der eigenen Sprache bekommen.',
				papers: ['A0135/26'],
				text: 'Die Wohnungsgesellschaft würde die Mappe anerkennen und in ihren Büros auslegen.',
				wording:
					'Der Beirat empfiehlt, mit der Wohnungsgesellschaft eine gemeinsame Bewerbungsmappe in sieben Sprachen herauszugeben.',
				task: {
					who: 'Integrationsbüro',
					organisation: 'Integrationsbüro',
					what: 'Muster der Mappe abstimmen und vorlegen',
					dueInDays: 90,
				},
			},
			{
				title: 'Stellungnahme zum Haushalt',
				result: 'adopted',
				vote: [8, 1, 2],
				plain: 'Der Beirat wünscht sich im Haushalt mehr Geld für Dolmetschen.',
				papers: ['S0288/26'],
				text: 'Der Entwurf kürzt die Mittel für Sprachmittlung um ein Fünftel. Die Verwaltung verweist auf nicht abgerufene Beträge im Vorjahr.',
				wording:
					'Der Beirat spricht sich gegen die Kürzung der Mittel für Sprachmittlung aus und bittet, nicht abgerufene Beträge in das Folgejahr zu übertragen.',
			},
			{
				title: 'Personalangelegenheit',
				closed: 'berechtigte Interessen Einzelner, § 52 Abs. 2 KVG LSA',
				result: 'noted',
				text: 'Besetzung einer Vertretung im Integrationsbüro.',
			},
			closing('Am 3. Mai ist Tag der offenen Tür in der Moschee am Kanal.'),
		],
	},
	{
		weeksBefore: 12,
		place: 'Haus der Vereine',
		present: [1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13],
		excused: [7, 14, 15],
		substituted: true,
		languages: 'Arabisch',
		guests: [['Jugendamt', 'Kitaplanung']],
		items: [
			opening,
			minutes(),
			{
				title: 'Kitaplätze: Anmeldung verständlich machen',
				result: 'adopted',
				vote: [12, 0, 0],
				plain: 'Die Anmeldung für einen Kitaplatz soll es in sechs Sprachen und mit Bildern geben.',
				papers: ['A0138/26'],
				text: 'Eltern berichten, dass sie die Frist im Januar nicht kannten. Das Jugendamt sagt einen bebilderten Ablauf zu.',
				wording:
					'Der Beirat empfiehlt, die Anmeldung für einen Kitaplatz in sechs Sprachen zu erklären und Familien drei Monate vor der Frist anzuschreiben.',
			},
			{
				title: 'Schwimmkurse für Frauen',
				result: 'parked',
				note: 'bis zur Öffnung des neuen Bades',
				text: 'Das Stadtbad öffnet frühestens im kommenden Sommer wieder.',
			},
			closing('Der Beirat bedankt sich bei der scheidenden Koordinatorin des Runden Tisches.'),
		],
	},
	{
		weeksBefore: 6,
		place: 'Altes Rathaus',
		present: [1, 3, 5, 7, 8, 9, 10, 12],
		excused: [4, 6, 11, 13, 14, 15],
		substituted: true,
		languages: 'Arabisch, Ukrainisch',
		guests: [
			['Ausländerbehörde', 'Amtsleitung'],
			['Bürgeramt', 'Amtsleitung'],
		],
		items: [
			opening,
			{
				...minutes('mit einer Berichtigung'),
				text: 'Zu Punkt 4 wird ergänzt, dass Herr Tinawi um eine schriftliche Antwort gebeten hat.',
			},
			{
				title: 'Bericht der Ausländerbehörde: Wartezeiten',
				kind: 'report',
				result: 'noted',
				note: 'ohne Abstimmung',
				text: 'Ein Termin liegt zurzeit 31 Tage entfernt, im Frühjahr waren es 54. Von den drei ausgeschriebenen Stellen sind zwei besetzt.',
			},
			{
				title: 'Dolmetschen im Bürgerbüro',
				result: 'adoptedChanged',
				vote: [6, 1, 2],
				plain: 'Im Bürgerbüro soll an zwei Tagen in der Woche gedolmetscht werden, am Telefon jeden Tag.',
				papers: ['A0142/26', 'A0142/26/1'],
				text: 'Das Bürgeramt rechnet mit 38.000 Euro im Jahr. Die Fraktion Grüne Elbe ergänzt das Dolmetschen am Telefon.',
				wording:
					'Der Beirat empfiehlt dem Stadtrat, im Bürgerbüro an zwei Tagen je Woche Dolmetschen vor Ort und an allen Öffnungstagen Dolmetschen am Telefon anzubieten.',
				task: {
					who: 'Bürgeramt',
					organisation: 'Bürgeramt',
					what: 'Kosten für beide Angebote getrennt vorlegen',
					dueInDays: 28,
					doneInDays: 22,
				},
			},
			{
				title: 'Unterkunft Hafenstraße: Stellungnahme der Verwaltung',
				result: 'postponed',
				note: 'auf die nächste Sitzung',
				papers: ['S0311/26'],
				text: 'Die Stellungnahme lag erst am Tag der Sitzung vor.',
			},
			{
				title: 'Förderung: Nachbarschaftsfest am Nordufer',
				result: 'adopted',
				vote: [8, 0, 0, 1],
				plain: 'Das Nachbarschaftsfest am Nordufer soll 1.800 Euro bekommen.',
				text: 'Frau Stroescu-Beck sitzt im Vorstand des Vereins. Sie hat vor der Beratung den Tisch verlassen.',
				wording: 'Der Beirat empfiehlt, das Nachbarschaftsfest am Nordufer mit 1.800 Euro zu fördern.',
				task: {
					who: 'Thi Lan Anh Brückner',
					person: 'Thi Lan Anh Brückner',
					what: 'Volkshochschule nach Kursen mit Kinderbetreuung fragen',
					dueInDays: 35,
				},
			},
			{
				title: 'Personalangelegenheit',
				closed: 'berechtigte Interessen Einzelner, § 52 Abs. 2 KVG LSA',
				result: 'noted',
				text: 'Nachbesetzung einer Stelle.',
			},
			closing('Die Volkshochschule lädt zum Tag der offenen Tür ein.'),
		],
	},
];
