import { closing, minutes, opening, type DemoSession } from './session-words.ts';

/** The first half of the year: every word, person and figure is invented. Oldest first. */
export const AUTUMN: DemoSession[] = [
	{
		weeksBefore: 46,
		place: 'Altes Rathaus',
		present: [1, 2, 3, 5, 7, 8, 9, 10, 12, 13, 15],
		excused: [4, 6, 11, 14],
		languages: 'Arabisch',
		guests: [['Volkshochschule', 'Bereich Sprachen']],
		items: [
			opening,
			minutes(),
			{
				title: 'Sprachkurse mit Kinderbetreuung',
				result: 'adopted',
				vote: [9, 0, 2],
				plain: 'Sprachkurse am Vormittag sollen Kinderbetreuung bekommen.',
				papers: ['A0118/25'],
				text: 'Die Volkshochschule berichtet, dass jede dritte Anmeldung für einen Vormittagskurs wieder zurückgezogen wird, meist wegen fehlender Betreuung.',
				wording:
					'Der Beirat empfiehlt der Verwaltung, für Sprachkurse am Vormittag bis zum Sommer eine Kinderbetreuung im selben Haus zu organisieren.',
				task: {
					who: 'Volkshochschule',
					what: 'Bedarf an Betreuungsplätzen je Kurs nennen',
					dueInDays: 42,
					doneInDays: 40,
				},
			},
			{
				title: 'Themen für das kommende Jahr',
				result: 'noted',
				text: 'Die Mitglieder sammeln elf Themen. Am häufigsten genannt werden Termine in Behörden, Wohnen und der Übergang von der Schule in den Beruf.',
			},
			closing('Das Fest der Kulturen beginnt in diesem Jahr um 14 Uhr am Nordufer.'),
		],
	},
	{
		weeksBefore: 40,
		place: 'Altes Rathaus',
		present: [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13],
		excused: [2, 12, 14, 15],
		languages: 'Arabisch, Vietnamesisch',
		guests: [['Bürgeramt', 'Amtsleitung']],
		items: [
			opening,
			minutes('mit einer Berichtigung'),
			{
				title: 'Formulare in einfacher Sprache',
				result: 'adoptedChanged',
				vote: [10, 1, 0],
				plain: 'Die zehn häufigsten Formulare soll es in einfacher Sprache geben.',
				papers: ['A0121/25', 'A0121/25/1'],
				text: 'Das Bürgeramt zeigt die Formulare zur Anmeldung einer Wohnung. Der Änderungsantrag der Fraktion Linkes Ufer nimmt eine Frist auf.',
				wording:
					'Der Beirat empfiehlt, die zehn meistgenutzten Formulare des Bürgeramts bis Jahresende auch in einfacher Sprache bereitzustellen und sie mit Nutzerinnen und Nutzern zu erproben.',
			},
			{
				title: 'Bericht aus dem Integrationsbüro',
				kind: 'report',
				result: 'noted',
				text: 'Das Büro hat seit dem Sommer eine zweite Stelle. Die Sprechstunde am Donnerstag ist gut besucht, am Montag kommt kaum jemand.',
			},
			{
				title: 'Wahl einer Vertretung für den Runden Tisch',
				kind: 'election',
				result: 'elected',
				text: 'Beide Vorgeschlagenen stellen sich vor. Gewählt wird geheim mit Stimmzetteln.',
			},
			closing('Keine Wortmeldungen.'),
		],
	},
	{
		weeksBefore: 34,
		place: 'Haus der Vereine',
		present: [1, 3, 5, 8, 9, 10, 12],
		excused: [2, 4, 6, 7, 11, 13, 14, 15],
		languages: '',
		guests: [['Freiwilligenzentrum', 'Leitung']],
		items: [
			{
				...opening,
				result: 'withoutVote',
				note: '',
				text: 'Die Vorsitzende eröffnet die Sitzung. Es sind sieben von fünfzehn Stimmberechtigten anwesend. Der Beirat ist nicht beschlussfähig. Die Punkte werden ohne Beschluss besprochen und in der nächsten Sitzung aufgerufen.',
			},
			{
				title: 'Lotsinnen und Lotsen: Erfahrungen aus dem ersten Jahr',
				kind: 'report',
				result: 'noted',
				text: 'Das Freiwilligenzentrum berichtet von 26 Lotsinnen und Lotsen in neun Sprachen. Gesucht werden Menschen, die Tigrinya oder Dari sprechen.',
			},
			{ title: 'Aufwandsentschädigung für Lotsendienste', result: 'postponed', note: 'auf die nächste Sitzung' },
		],
	},
	{
		weeksBefore: 27,
		place: 'Altes Rathaus',
		present: [1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14],
		excused: [6, 15],
		substituted: true,
		languages: 'Arabisch, Ukrainisch',
		guests: [
			['Ausländerbehörde', 'Amtsleitung'],
			['Freiwilligenzentrum', 'Leitung'],
		],
		items: [
			opening,
			minutes(),
			{
				title: 'Aufwandsentschädigung für Lotsendienste',
				result: 'adopted',
				vote: [11, 0, 1, 1],
				plain: 'Wer andere ehrenamtlich begleitet, soll Fahrtkosten ersetzt bekommen.',
				papers: ['A0130/26'],
				text: 'Ein Mitglied ist selbst als Lotse tätig und nimmt an Beratung und Abstimmung nicht teil.',
				wording:
					'Der Beirat empfiehlt, Fahrtkosten und Telefonkosten der ehrenamtlichen Lotsinnen und Lotsen monatlich und ohne Einzelnachweis bis 25 Euro zu erstatten.',
			},
			{
				title: 'Wartezeiten in der Ausländerbehörde',
				kind: 'report',
				result: 'noted',
				text: 'Die Behörde nennt 54 Tage bis zum nächsten freien Termin. Drei Stellen sind ausgeschrieben. Der Beirat bittet um Zahlen in jeder Sitzung.',
				task: {
					who: 'Ausländerbehörde',
					organisation: 'Ausländerbehörde',
					what: 'Wartezeit und offene Fälle zu jeder Sitzung schriftlich nennen',
					dueInDays: 60,
					doneInDays: 58,
				},
			},
			{
				title: 'Termine auch am Schalter',
				result: 'rejected',
				vote: [5, 6, 1],
				plain: 'Termine der Ausländerbehörde am Schalter: Der Beirat hat den Vorschlag abgelehnt.',
				papers: ['A0131/26'],
				text: 'Die Mehrheit fürchtet längere Schlangen vor dem Haus und schlägt stattdessen eine Telefonzeit vor.',
			},
			closing('Die Kulturwoche sucht noch Vorlesende in allen Sprachen.'),
		],
	},
];
