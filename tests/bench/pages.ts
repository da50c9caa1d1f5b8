/** What each main public page weighs and how often it asks the database. Not times: the same on every machine. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Row } from './figures.ts';
import type { Workshop } from './program.ts';
import { fullestSession, oparlPlaces } from './town.ts';
import { ask, BROWSER } from './wire.ts';

const subject = 'pages';

/** The most queries that the page may send; tests/contract/query-budget.test.ts holds them. */
export const BUDGETS = {
	home: 4,
	sessions: 4,
	session: 1,
	body: 5,
	tasks: 1,
	calendar: 1,
	search: 6,
	papers: 1,
	paper: 2,
	statements: 2,
	reports: 1,
	control: 1,
	'OParl body': 1,
	'OParl list': 1,
	'OParl object': 1,
} as const;
export type PublicPage = keyof typeof BUDGETS;

/** Addresses of the main public pages in the demonstration town. */
export async function publicPages(origin: string): Promise<Record<PublicPage, string>> {
	const oparl = await oparlPlaces(origin);
	return {
		home: '/',
		sessions: '/sitzungen',
		session: `/sitzungen/${await fullestSession(origin)}`,
		body: '/gremien/beirat',
		tasks: '/aufgaben',
		calendar: '/termine',
		search: '/suche?q=Sprache',
		papers: '/vorlagen',
		paper: oparl.page,
		statements: '/stellungnahmen',
		reports: '/berichtspflichten',
		control: '/beschlusskontrolle',
		'OParl body': oparl.body,
		'OParl list': oparl.list,
		'OParl object': oparl.object,
	};
}

/** Told by the server where the page cache is off. @throws Error when it says nothing */
export function queriesOf(headers: IncomingHttpHeaders): number {
	const [, queries] = /\bsql;desc="(\d+)"/.exec(String(headers['server-timing'])) ?? [];
	if (!queries) throw new Error('the page does not tell how many queries it sent: MITRAT_PAGE_CACHE=no is missing');
	return Number(queries);
}

export async function benchPages(workshop: Workshop): Promise<Row[]> {
	const server = await workshop.start({ MITRAT_PAGE_CACHE: 'no' });
	try {
		const pages = Object.entries(await publicPages(server.url)) as [PublicPage, string][];
		const rows: Row[] = [];
		for (const [name, path] of pages) rows.push(...(await measure(server.url + path, name)));
		return rows;
	} finally {
		await server.stop();
	}
}

async function measure(url: string, name: PublicPage): Promise<Row[]> {
	// Objects of a list for programs are packed for the first who asks and known to the program from the second on.
	for (let before = 0; before < 2; before++) await ask(url, BROWSER);
	const { headers, bytes } = await ask(url, BROWSER);
	const plain = (await ask(url)).bytes.length;
	return [
		{ subject, what: `${name}, queries`, value: queriesOf(headers), unit: '', target: { most: BUDGETS[name] } },
		{
			subject,
			what: `${name}, over the wire`,
			value: bytes.length / 1000,
			unit: `kB (${Math.round(plain / 1000)} plain)`,
		},
	];
}
