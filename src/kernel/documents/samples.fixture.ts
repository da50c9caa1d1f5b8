/** Invented minutes in four languages and scripts: what the tests set and read back. */
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

const german = { tag: 'de', dir: 'ltr' } as const;

export const arabicMinutes: MinutesData = {
	letterhead: { town: 'إلبشتات', body: 'مجلس الاندماج والهجرة' },
	pageLabel: 'صفحة {page} من {pages}',
	watermark: 'مسودة',
	kind: 'محضر',
	heading: 'الجلسة العلنية الخامسة',
	subtitle: 'الأربعاء، 28 أكتوبر 2026',
	lead: 'اكتمل النصاب. قدّم المجلس توصيتين، وأجّل بندًا واحدًا، وكلّف بمهمة واحدة.',
	facts: [
		{ term: 'المكان', detail: { text: 'Altes Rathaus, Ratssaal, Am Markt 1', lang: german } },
		{ term: 'الرئاسة', detail: 'Nadiya Kowaltschenko' },
		{ term: 'الترجمة', detail: 'العربية، الأوكرانية' },
	],
	attendance: {
		heading: 'من حضر',
		columns: { name: 'العضو', role: 'الصفة', state: 'الحضور' },
		groups: [
			{
				name: 'ممثلو الكتل',
				rows: [
					{ name: 'Birte Aschenbrand', state: 'حاضر', mark: 'present' },
					{ name: 'Holger Winsemann', state: 'تنوب عنه Petra Lüdersen', mark: 'substituted' },
					{ name: 'Detlef Rungwart', state: 'معتذر', mark: 'absent' },
				],
			},
		],
	},
	quorum: {
		heading: 'النصاب مكتمل',
		sentence: 'حضر 9 من 15، والمطلوب 8',
		columns: ['الحساب', 'العدد'],
		steps: [
			{ label: 'المقاعد التي لها حق التصويت', value: '15' },
			{ label: 'أكثر من النصف', value: '8' },
			{ label: 'الحاضرون', value: '9', result: true },
		],
		source: { text: '§ 7 Abs. 2 der Satzung', lang: german },
	},
	agenda: {
		heading: 'جدول الأعمال والنتائج',
		parts: [
			{
				heading: 'الجزء العلني',
				items: [
					{
						number: '1',
						title: 'الترجمة الشفوية في مكتب المواطنين',
						note: { text: 'Dolmetschen im Bürgerbüro', lang: german },
						result: 'توصية معدّلة',
						vote: { sentence: '6 نعم، 1 لا، 2 امتناع', marks: { yes: 6, no: 1, abstained: 2 } },
						text: fromWriting(`يوصي المجلس بأن تتوفر ترجمة شفوية في مكتب المواطنين يومين في الأسبوع، وعبر الهاتف في جميع أيام العمل.

- يومان في الأسبوع
- عبر الهاتف كل يوم

{de}
> Der Beirat empfiehlt dem Stadtrat, im Bürgerbüro an zwei Tagen je Woche Dolmetschen vor Ort anzubieten.`),
					},
				],
			},
		],
	},
};

export const chineseMinutes: MinutesData = {
	letterhead: { town: '易北城', body: '融合与移民事务委员会' },
	pageLabel: '第 {page} 页，共 {pages} 页',
	kind: '会议记录',
	heading: '第五次公开会议',
	subtitle: '2026年10月28日，星期三',
	facts: [{ term: '地点', detail: '旧市政厅，会议厅' }],
	agenda: {
		heading: '议程与结果',
		parts: [
			{
				items: [
					{
						number: '1',
						title: '市民办公室的口译服务',
						result: '建议通过',
						vote: { sentence: '6票赞成，1票反对，2票弃权', marks: { yes: 6, no: 1, abstained: 2 } },
						text: fromWriting('委员会建议市议会在市民办公室每周两天提供现场口译，并在所有开放日提供电话口译。'),
					},
				],
			},
		],
	},
};

export const ukrainianMinutes: MinutesData = {
	letterhead: { town: 'Ельбштадт', body: 'Рада з питань інтеграції та міграції' },
	pageLabel: 'Сторінка {page} з {pages}',
	kind: 'Протокол',
	heading: '5-те відкрите засідання',
	subtitle: 'середа, 28 жовтня 2026 року',
	facts: [{ term: 'Місце', detail: 'Стара ратуша, зала засідань' }],
	agenda: {
		heading: 'Порядок денний і рішення',
		parts: [
			{
				items: [
					{
						number: '1',
						title: 'Усний переклад у бюро для громадян',
						result: 'Рекомендовано',
						text: fromWriting('Рада рекомендує запровадити усний переклад двічі на тиждень. Об’їзд, ґанок, її досвід.'),
					},
				],
			},
		],
	},
};

export const invitation: TemplateData<'invitation'> = {
	letterhead: germanMinutes.letterhead,
	pageLabel: 'Seite {page} von {pages}',
	sender: 'Stadt Elbstadt · Beirat für Integration und Migration · Am Markt 1 · 39999 Elbstadt',
	recipient: ['Frau Jonna Wiebold', 'Deichweg 12', '39999 Elbstadt'],
	facts: [
		{ term: 'Datum', detail: '25. November 2026' },
		{ term: 'Zeichen', detail: 'BIM 6/2026' },
		{ term: 'Auskunft', detail: 'Ole Brandtner, 03999 55-120' },
	],
	subject: 'Einladung zur 6. öffentlichen Sitzung',
	text: fromWriting(`Sehr geehrte Frau Wiebold,

ich lade Sie zur nächsten Sitzung des Beirats ein. Bitte sagen Sie bis zum 4. Dezember, ob Sie kommen.`),
	meeting: [
		{ term: 'Wann', detail: 'Mittwoch, 9. Dezember 2026, 17:00 Uhr' },
		{ term: 'Wo', detail: 'Altes Rathaus, Ratssaal, Am Markt 1 (Aufzug, Hörschleife)' },
		{ term: 'Sprachen', detail: 'Deutsch, gedolmetscht ins Arabische und Ukrainische' },
	],
	agenda: {
		heading: 'Tagesordnung',
		parts: [
			{
				heading: 'Öffentlicher Teil',
				items: [
					{ number: '1', title: 'Eröffnung, Beschlussfähigkeit, Tagesordnung' },
					{ number: '2', title: 'Niederschrift der Sitzung vom 28. Oktober' },
					{ number: '3', title: 'Unterkunft Hafenstraße', note: 'Stellungnahme S0311/26, vertagt am 28. Oktober' },
				],
			},
		],
	},
	notes: fromWriting('Wer verhindert ist, sagt bitte der Fraktion Bescheid, damit jemand vertreten kann.'),
	closing: { formula: 'Mit freundlichen Grüßen', name: 'Nadiya Kowaltschenko', role: 'Vorsitzende' },
	enclosures: { heading: 'Anlagen', items: ['Niederschrift der 5. Sitzung', 'Stellungnahme S0311/26'] },
};

export const report: TemplateData<'report'> = {
	letterhead: germanMinutes.letterhead,
	pageLabel: 'Seite {page} von {pages}',
	landscape: true,
	kind: 'Datenschutz',
	heading: 'Verzeichnis der Verarbeitungstätigkeiten',
	subtitle: 'Stand: 1. Dezember 2026',
	facts: [{ term: 'Verantwortlich', detail: 'Stadt Elbstadt, Am Markt 1, 39999 Elbstadt' }],
	sections: [
		{
			heading: 'Sitzungen',
			text: fromWriting('Wer zu einer Sitzung eingeladen wird, steht mit Namen und Aufgabe in der Niederschrift.'),
			table: {
				caption: 'Daten und Fristen',
				columns: [
					{ label: 'Daten', share: 3 },
					{ label: 'Zweck', share: 3 },
					{ label: 'Löschen nach', share: 2 },
					{ label: 'Zeilen', figures: true },
				],
				rows: [
					['Name, Aufgabe, Fraktion', 'Niederschrift', 'nie, Archiv', '1 204'],
					['Anwesenheit im Einzelnen', 'Aufwandsentschädigung', '10 Jahre', '15 320'],
				],
			},
		},
		{ heading: 'Anmeldung', level: 2, facts: [{ term: 'Daten', detail: 'E-Mail-Adresse, Zeitpunkt' }] },
	],
};
