import { beforeAll, expect, test, vi } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';

/** Every page of what comes before a session, and of what members and readers have of it: axe, and no scrolling sideways. */
const { url, newPage, signIn, database } = await startApp({ demonstration: true, workers: 1 });
const { sql } = database;
const office = await signIn('office');

async function post(path: string, fields: Record<string, string>, cookie = office): Promise<string> {
	const answer = await fetch(url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', ...(cookie && { cookie }) },
		body: new URLSearchParams(fields),
	});
	expect(answer.status).toBe(303);
	return answer.headers.get('location')!;
}

/** A session with long and closed items, one of them taken off, a guest, a nomination; invited. */
async function fullSession(): Promise<string> {
	const date = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 45 }).toString();
	const made = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date,
		start: '17:00',
		end: '19:00',
		placeName: 'Haus am Hafen',
		accessibility: 'stufenloser Eingang',
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(made)![1]!;
	const add = (fields: Record<string, string>) => post(`/sitzungen/${slug}/tagesordnung?/neu`, fields);
	const idOf = (location: string) => /punkt-([0-9a-f-]+)/.exec(location)![1]!;
	await add({ title: 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrente: Stellungnahme zur Neuberechnung' });
	const election = idOf(await add({ title: 'Wahl der Stellvertretung', kind: 'election' }));
	await post(`/sitzungen/${slug}/tagesordnung?/vorschlag`, { item: election, name: 'Yonas Tekleberg' });
	const off = idOf(await add({ title: 'Spielplatz am Nordufer' }));
	await add({
		title: 'Besetzung einer Stelle',
		closed: 'on',
		closedCode: 'personnel',
		closedBasis: '§ 52 Abs. 2 KVG LSA',
		neutralTitle: 'Personalangelegenheit',
	});
	await post(`/sitzungen/${slug}/tagesordnung?/gast`, { name: 'Verein Neue Nachbarn', email: 'verein@probe.example' });
	await post(`/sitzungen/${slug}/einladung?/senden`, {});
	await post(`/sitzungen/${slug}/tagesordnung?/weg`, { id: off, grund: 'Die Unterlagen fehlen.' });
	return slug;
}

const SLUG = await fullSession();
const body = (await sql<{ id: string }>(`select id from council.council_body where slug = 'beirat'`))[0]!.id;
await post('/abonnement', { email: 'leserin@probe.example', bodies: body }, '');
const found = { ANSWER: '', SUBSCRIPTION: '' };

/** The address of a page that a German mail leads to. */
async function linkIn(part: string): Promise<string> {
	const read = () =>
		sql<{ text: string }>(`select text from kernel.mail where locale = 'de' and text like '%/' || $1 || '/%' limit 1`, [
			part,
		]);
	await vi.waitFor(async () => expect(await read()).toHaveLength(1), { timeout: 60_000, interval: 200 });
	return new RegExp(`/${part}/[\\w-]+`).exec((await read())[0]!.text)![0];
}

beforeAll(async () => {
	found.ANSWER = await linkIn('antwort');
	found.SUBSCRIPTION = await linkIn('abonnement');
}, 120_000);

const POLL = (await sql<{ id: string }>('select id from council.date_poll limit 1'))[0]!.id;
const LAST = (
	await sql<{ slug: string }>(
		`select slug from council.meeting where state = 'minutesSigned' and public order by date desc limit 1`,
	)
)[0]!.slug;

type Role = 'office' | 'chair' | 'member' | '';
const PAGES: readonly [Role, string, readonly string[]][] = [
	['office', '/sitzungen/neu?gremium=beirat&tag=2030-05-08', ['', '/en']],
	['office', '/sitzungen/SLUG/tagesordnung', ['', '/en']],
	['office', '/sitzungen/SLUG/planung', ['', '/en']],
	['office', '/sitzungen/SLUG/einladung', ['', '/en']],
	['office', '/gremien/beirat/vorlage', ['', '/en']],
	['office', '/terminfindung', ['', '/en']],
	['office', '/terminfindung/POLL', ['', '/en']],
	['office', '/jahresplan?gremium=beirat', ['', '/en']],
	['office', '/themen', ['', '/en']],
	['office', '/gremien/beirat/entsandte', ['', '/en']],
	['office', '/gremien/beirat/umlauf', ['', '/en']],
	['office', '/gremien/beirat/zusagen', ['', '/en']],
	['member', '/terminfindung/POLL', ['', '/en']],
	['member', '/einberufung', ['', '/en']],
	['member', '/mitarbeit', ['', '/en']],
	['member', '/sitzungen/SLUG/notizen', ['', '/en']],
	['member', '/tisch', ['', '/en']],
	['', 'ANSWER', ['', '/en', '/ar']],
	['', 'SUBSCRIPTION', ['', '/en', '/ar']],
	['', '/abonnement', ['', '/en', '/ar']],
	['', '/sitzungen/SLUG', ['', '/en', '/ar']],
	['', '/sitzungen/LAST', ['', '/en', '/ar']],
	['', '/gremien/beirat/geschichte', ['', '/en', '/ar']],
	['', '/themen', ['', '/en', '/ar']],
	['', '/jahresplan', ['', '/en', '/ar']],
	['', '/termine', ['', '/en', '/ar']],
	['', '/sitzungen', ['', '/en', '/ar']],
];

/** Structure does not depend on colours, colours not on the language: each page in its languages on a phone, once wide, once dark. */
const LOOKS = [
	['office', 390, 'light'],
	['office', 1280, 'light'],
	['office', 390, 'dark'],
	['member', 390, 'light'],
	['member', 1280, 'dark'],
	['', 390, 'light'],
	['', 1280, 'light'],
	['', 390, 'dark'],
] as const;

test.each(LOOKS)(
	'axe finds nothing and nothing scrolls sideways: %s, %i wide, %s',
	async (role, width, colorScheme) => {
		const faults: string[] = [];
		const page = await newPage({ ...(role && { role }), viewport: { width, height: 900 }, colorScheme });
		for (const [, path, locales] of PAGES.filter(([who]) => who === role)) {
			const all = width === 390 && colorScheme === 'light';
			for (const locale of all ? locales : colorScheme === 'dark' ? locales.slice(-1) : locales.slice(0, 1)) {
				const real = path
					.replace('SLUG', SLUG)
					.replace('LAST', LAST)
					.replace('POLL', POLL)
					.replace('ANSWER', found.ANSWER)
					.replace('SUBSCRIPTION', found.SUBSCRIPTION);
				const answer = await page.goto(locale + real);
				const name = `${locale}${path}`;
				if (answer!.status() !== 200) faults.push(`${name}: ${answer!.status()}`);
				await page.evaluate(() => {
					for (const one of document.querySelectorAll<HTMLDetailsElement>('main details')) one.open = true;
				});
				const wide = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				if (wide > 0) faults.push(`${name}: ${wide} pixels too wide`);
				faults.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`));
			}
		}
		await page.context().close();
		expect(faults).toEqual([]);
	},
	120_000,
);
