import type { SearchDocument } from '#kernel/search/document.ts';
import { THEMES, type Theme } from './themes.ts';

/** A document of the invented town; `name` says which for the questions: "wartezeit/motion", "session/7". */
export interface Made {
	name: string;
	document: Omit<SearchDocument, 'id'>;
}

const BODIES = [
	'Beirat für Integration und Migration',
	'Sozialausschuss',
	'Ausschuss für Bildung',
	'Stadtrat',
	'AG Sprache',
];
const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');

const common = { audience: 'public' as const, language: 'de', href: '/x' };
const day = (at: number) => new Temporal.PlainDate(2018 + (at % 8), 1 + (at % 12), 1 + ((at * 7) % 28));

/** Number of a paper by its place among the themes, as it is printed. */
export const numberOf = (letter: string, at: number): string =>
	`${letter}${String(101 + at).padStart(4, '0')}/${18 + (at % 8)}`;

function papers(theme: Theme, at: number): Made[] {
	const date = day(at);
	const paper = (kind: string, letter: string, type: string, title: string, body: string, later: number): Made => ({
		name: `${theme.key}/${kind}`,
		document: {
			...common,
			kind: 'papers.paper',
			title,
			keywords: [numberOf(letter, at), type, BODIES[at % BODIES.length]!],
			body,
			date: date.add({ days: later }),
			facets: { type, year: String(date.year), body: BODIES[at % BODIES.length]! },
		},
	});
	return [
		paper(
			'motion',
			'A',
			'Antrag',
			theme.title,
			`Der Stadtrat möge beschließen:\n${theme.ask}\n\nBegründung:\n${theme.why}`,
			0,
		),
		paper(
			'statement',
			'S',
			'Stellungnahme',
			`Stellungnahme: ${theme.title}`,
			`Zum Antrag ${numberOf('A', at)} nimmt die Verwaltung Stellung.\n${theme.answer}`,
			40,
		),
		paper(
			'inquiry',
			'F',
			'Anfrage',
			`Anfrage zum Sachstand, ${numberOf('A', at)}`,
			`Was ist seit dem Beschluss geschehen? ${theme.ask} Wann ist damit zu rechnen?`,
			200,
		),
		paper(
			'report',
			'I',
			'Information',
			`Bericht: ${theme.title}`,
			`Die Verwaltung berichtet zum ersten Mal.\n${theme.answer}\n${theme.why}`,
			400,
		),
	];
}

/** Sixty sessions, each about four subjects. */
function sessions(): Made[] {
	return Array.from({ length: 60 }, (_, at) => {
		const themes = [0, 11, 23, 31].map((step) => THEMES[(at + step) % THEMES.length]!);
		const date = day(at * 3 + 1);
		const printed = `${date.day}. ${MONTHS[date.month - 1]} ${date.year}`;
		const body = BODIES[at % BODIES.length]!;
		return {
			name: `session/${at}`,
			document: {
				...common,
				kind: 'council.meeting',
				title: `Sitzung vom ${printed}`,
				keywords: [body, printed],
				body: themes
					.map(({ title, why }) => `${title}\nIm Gespräch hieß es: ${why} Der Punkt wird weiter beraten.`)
					.join('\n\n'),
				date,
				facets: { year: String(date.year), body },
			},
		};
	});
}

/** Bodies with their people, a place, and short texts in other languages. */
function others(): Made[] {
	const text = (name: string, language: string, title: string, body: string): Made => ({
		name,
		document: { ...common, kind: 'council.event', language, title, keywords: [], body, date: null, facets: {} },
	});
	return [
		text(
			'body/kultur',
			'de',
			'Kulturwerkstatt',
			'Die Werkstatt plant Feste. Mitglieder: Amira Tadesse, Piotr Wiśniewski, Nguyễn Thị Hoa.',
		),
		text(
			'body/frauen',
			'de',
			'Frauenforum',
			'Das Forum trifft sich im Nachbarschaftshaus Lindenhof. Sprecherin: Şükran Yıldız.',
		),
		text(
			'place/lindenhof',
			'de',
			'Nachbarschaftshaus Lindenhof',
			'Rollstuhlgerecht, Aufzug, Parkplatz im Hof. Lindenstraße 12.',
		),
		text(
			'lang/en',
			'en',
			'Open house for newcomers',
			'Meetings, advice and childcare for refugees and their families.',
		),
		text(
			'lang/tr',
			'tr',
			'Komşular için kahvaltı',
			'Isparta derneği komşularımızı kahvaltıya çağırıyor. Çocuklarımızın kitapları da var.',
		),
		text('lang/uk', 'uk', 'Зустріч громади', 'Українська громада запрошує родини на зустріч у бібліотеці.'),
		text('lang/ar', 'ar', 'دورة اللغة للنساء', 'تبدأ الدورات الجديدة في المدرسة، والتسجيل في مكتب الاندماج.'),
		text('lang/fa', 'fa', 'کلاس‌های دوچرخه‌سواری', 'کلاس‌های رایگان برای زنان در باغ ترافیک برگزار می‌شود.'),
		text('lang/zh', 'zh', '移民局开放日', '社区图书馆提供中文图书和咨询服务。'),
		text(
			'lang/fr',
			'fr',
			'Réunions des familles',
			"Les réunions du conseil sont ouvertes à toutes les familles d'accueil.",
		),
		text(
			'lang/ro',
			'ro',
			'Întâlnirea vecinilor',
			'Asociația invită vecinii la cursuri de limbă și la ședințe publice.',
		),
		text('lang/vi', 'vi', 'Lớp học tiếng Đức', 'Hội người Việt tổ chức lớp học tiếng Đức cho người cao tuổi.'),
		text('lang/ru', 'ru', 'Встречи соседей', 'Соседи приглашаются на бесплатные консультации по жилью.'),
	];
}

/** About 230 documents, the same every time. */
export function corpus(): Made[] {
	return [...THEMES.flatMap(papers), ...sessions(), ...others()];
}
