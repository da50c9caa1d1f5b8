/** Invented minutes in four languages and scripts: what the tests set and read back. */
import { fromWriting } from '../text/writing.ts';
import type { TemplateData } from './render.ts';
import { germanMinutes } from './samples-german.fixture.ts';

export { germanMinutes };

type MinutesData = TemplateData<'minutes'>;

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
