import type { ItemResult } from '../view.ts';

/** One item of an invented session: [title, kind, result, text, more]. */
export interface DemoItem {
	title: string;
	kind?: 'opening' | 'minutesApproval' | 'topic' | 'report' | 'election' | 'anyOther';
	result?: ItemResult;
	note?: string;
	text?: string;
	wording?: string;
	vote?: [yes: number, no: number, abstain: number, biased?: number];
	plain?: string;
	papers?: string[];
	task?: { who: string; organisation?: string; person?: string; what: string; dueInDays: number; doneInDays?: number };
	closed?: string;
}

export interface DemoSession {
	/** Weeks before the coming session. */
	weeksBefore: number;
	place: 'Altes Rathaus' | 'Haus der Vereine';
	/** Seat numbers of members who were there, were excused; seat 2 may be substituted. */
	present: number[];
	excused: number[];
	substituted?: boolean;
	languages: string;
	guests: [organisation: string, fn: string][];
	items: DemoItem[];
}

const opening: DemoItem = {
	title: 'Eröffnung, Beschlussfähigkeit, Tagesordnung',
	kind: 'opening',
	result: 'confirmed',
	note: 'ohne Änderung',
	text: 'Die Vorsitzende eröffnet die Sitzung und begrüßt die Gäste. Die Einladung ist fristgerecht zugegangen.',
};
const closing = (text: string): DemoItem => ({ title: 'Verschiedenes', kind: 'anyOther', result: 'withoutVote', text });
const minutes = (note = ''): DemoItem => ({
	title: 'Niederschrift der vorigen Sitzung',
	kind: 'minutesApproval',
	result: 'confirmed',
	note,
	text: 'Die Niederschrift liegt allen vor.',
});

/** A year of the council of Elbstadt: every word, person and figure is invented. Oldest first. */
export const SESSIONS: DemoSession[] = [
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

/** The session to come: invited, agenda published. */
export const NEXT: DemoItem[] = [
	{ title: 'Eröffnung, Beschlussfähigkeit, Tagesordnung', kind: 'opening' },
	{ title: 'Niederschrift der vorigen Sitzung', kind: 'minutesApproval' },
	{ title: 'Dolmetschen im Bürgerbüro: Kosten und Beginn', kind: 'report', papers: ['A0142/26'] },
	{ title: 'Wartezeiten in der Ausländerbehörde', kind: 'report' },
	{ title: 'Unterkunft Hafenstraße: Stellungnahme der Verwaltung', papers: ['S0311/26'] },
	{ title: 'Arbeitsplan für das kommende Jahr' },
	{ title: 'Verschiedenes', kind: 'anyOther' },
];
