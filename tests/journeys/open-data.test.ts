import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/kernel/files/limits.ts';
import { openZip } from '../../src/kernel/files/zip.ts';
import { startApp } from '../support/app.ts';
import { axeFindings } from '../support/axe.ts';

/** Open data as somebody takes it away: tables, catalogue, map of the pages. */
const app = await startApp({ demonstration: true, workers: 0 });
const { url, database } = app;
const { sql } = database;
const TABLES = ['sitzungen', 'anwesenheit', 'abstimmungen', 'vorlagen'];

async function table(
	name: string,
): Promise<{ columns: { name: string }[]; rows: Record<string, unknown>[]; licence: string }> {
	const answer = await fetch(`${url}/offene-daten/${name}.json`);
	expect(answer.status).toBe(200);
	return (await answer.json()) as never;
}

test('each table stands there as CSV, JSON and OpenDocument with the same rows; everybody may fetch it', async () => {
	for (const name of TABLES) {
		const { columns, rows, licence } = await table(name);
		expect(rows.length).toBeGreaterThan(0);
		expect(licence).toBe('http://dcat-ap.de/def/licenses/dl-zero-de/2.0');
		const csv = await fetch(`${url}/offene-daten/${name}.csv`);
		expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(csv.headers.get('access-control-allow-origin')).toBe('*');
		expect((await csv.text()).replace('\uFEFF', '').split('\r\n', 1)[0]).toBe(columns.map((one) => one.name).join(';'));
		const ods = await fetch(`${url}/offene-daten/${name}.ods`);
		const zip = await openZip(new Uint8Array(await ods.arrayBuffer()), DEFAULT_LIMITS);
		const content = (await zip.read('content.xml'))!.toString();
		expect(content.match(/<table:table-row>/g)).toHaveLength(rows.length + 1);
	}
	for (const wrong of ['sitzungen.xls', 'sitzungen', 'personen.csv', 'sitzungen.csv.csv'])
		expect((await fetch(`${url}/offene-daten/${wrong}`)).status).toBe(404);
});

/** What DCAT-AP.de 2.0 demands of each class; `contributorID` has only who delivers to GovData. */
const MANDATORY: Record<string, string[]> = {
	'dcat:Catalog': ['dct:title', 'dct:description', 'dct:publisher', 'dcat:dataset'],
	'dcat:Dataset': ['dct:title', 'dct:description'],
	'dcat:Distribution': ['dcat:accessURL', 'dct:license'],
	'foaf:Agent': ['foaf:name'],
	'vcard:Organization': ['vcard:fn'],
};
const RECOMMENDED = [
	'dct:publisher',
	'dcat:contactPoint',
	'dcat:theme',
	'dcat:keyword',
	'dcat:distribution',
	'dct:modified',
	'dcatde:politicalGeocodingLevelURI',
];

test('the catalogue says of each table what DCAT-AP.de demands, and every address in it answers', async () => {
	const answer = await fetch(`${url}/offene-daten/katalog.jsonld`);
	expect(answer.headers.get('content-type')).toContain('application/ld+json');
	const { '@context': context, '@graph': graph } = (await answer.json()) as {
		'@context': Record<string, string>;
		'@graph': Record<string, unknown>[];
	};
	const ids = new Set(graph.map((node) => node['@id']));
	for (const node of graph) {
		for (const name of MANDATORY[node['@type'] as string]!)
			expect(node, `${String(node['@id'])} ${name}`).toHaveProperty([name]);
		for (const name of Object.keys(node))
			if (!name.startsWith('@')) expect(context).toHaveProperty(name.split(':')[0]!);
	}
	const datasets = graph.filter((node) => node['@type'] === 'dcat:Dataset');
	expect(datasets).toHaveLength(TABLES.length);
	for (const set of datasets) {
		for (const name of RECOMMENDED) expect(set).toHaveProperty([name]);
		for (const part of set['dcat:distribution'] as { '@id': string }[]) expect(ids).toContain(part['@id']);
	}
	const catalogue = graph.find((node) => node['@type'] === 'dcat:Catalog')!;
	for (const set of catalogue['dcat:dataset'] as { '@id': string }[]) expect(ids).toContain(set['@id']);
	for (const part of graph.filter((node) => node['@type'] === 'dcat:Distribution')) {
		const file = (part['dcat:downloadURL'] as { '@id': string })['@id'];
		expect((await fetch(file, { method: 'HEAD' })).status).toBe(200);
	}
});

test('the map names public pages in every language, and each of them answers', async () => {
	const text = await (await fetch(`${url}/sitemap.xml`)).text();
	const pages = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, page]) => page!);
	expect(pages).toContain(`${url}/offene-daten`);
	expect(pages.some((page) => page.includes('/sitzungen/2'))).toBe(true);
	expect(text).toContain(`hreflang="ar" href="${url}/ar/offene-daten"`);
	for (const page of pages) expect((await fetch(page, { method: 'HEAD' })).status, page).toBe(200);
	expect((await fetch(`${url}/sitemap/2.xml`)).status).toBe(404);
	expect((await fetch(`${url}/sitemap/x.xml`)).status).toBe(404);
});

test('the page reads well for all: no findings, in German and Arabic, light and dark, on a phone and a desk', async () => {
	for (const path of ['/offene-daten', '/ar/offene-daten', '/suche?q=Sprachkurs', '/ar/suche?q=Sprachkurs']) {
		for (const colorScheme of ['light', 'dark'] as const) {
			for (const width of [390, 1280]) {
				const page = await app.newPage({ colorScheme, viewport: { width, height: 800 } });
				await page.goto(path);
				if (path.includes('offene')) await page.locator('main summary').first().click();
				expect(await axeFindings(page)).toEqual([]);
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
				if (process.env.SHOTS)
					await page.screenshot({
						path: `${process.env.SHOTS}/${path.replace(/\W+/g, '_')}-${colorScheme}-${width}.png`,
						fullPage: true,
					});
				await page.context().close();
			}
		}
	}
});

test('an administrator chooses the licence without a script; page, tables, catalogue and OParl say it at once, and the log who did', async () => {
	const page = await app.newPage({ role: 'administrator', javaScriptEnabled: false });
	// once asked, so that a page kept in memory would show itself
	expect(await (await fetch(`${url}/offene-daten`)).text()).toContain('Zero – Version 2.0');
	const choose = async (label: string) => {
		await page.goto('/offene-daten/lizenz');
		await page.getByLabel(label, { exact: true }).check();
		await page.getByRole('button', { name: 'Lizenz speichern' }).click();
		expect(await page.getByRole('status').innerText()).toContain('Die Lizenz ist gespeichert.');
		expect(await page.getByLabel(label, { exact: true }).isChecked()).toBe(true);
	};
	const uri = (code: string) => `http://dcat-ap.de/def/licenses/${code}`;
	const read = async (path: string) => (await fetch(url + path)).text();
	const body = async () => (JSON.parse(await read('/oparl/v1.1/body')) as { data: [{ license?: string }] }).data[0];
	await choose('Creative Commons Namensnennung 4.0 International (CC BY 4.0)');
	expect(await read('/offene-daten')).toContain('https://creativecommons.org/licenses/by/4.0/deed.de');
	expect((await table('vorlagen')).licence).toBe(uri('cc-by/4.0'));
	expect(await read('/offene-daten/katalog.jsonld')).toContain(
		`"dct:license": {\n\t\t\t\t"@id": "${uri('cc-by/4.0')}"`,
	);
	expect((await body()).license).toBe('https://creativecommons.org/licenses/by/4.0/deed.de');
	await choose('Keine');
	expect(await read('/offene-daten')).toContain('noch keine Lizenz');
	expect((await table('vorlagen')).licence).toBe(uri('other-closed'));
	expect(await body()).not.toHaveProperty('license');
	await choose('Datenlizenz Deutschland – Zero – Version 2.0');
	const entries = await sql(
		`select plain ->> 'licence' as licence from kernel.audit_entry where kind = 'opendata.licence' and person_id is not null order by at`,
	);
	expect(entries.map(({ licence }) => licence)).toEqual(['cc-by/4.0', null, 'dl-zero-de/2.0']);
	await page.context().close();
	for (const path of ['/offene-daten/lizenz?gespeichert', '/ar/offene-daten/lizenz']) {
		const seen = await app.newPage({ role: 'administrator', viewport: { width: 390, height: 800 } });
		await seen.goto(path);
		expect(await axeFindings(seen)).toEqual([]);
		await seen.context().close();
	}
	const office = await app.signIn('office');
	const refused = await fetch(`${url}/offene-daten/lizenz`, { headers: { cookie: office } });
	expect(refused.status).toBe(403);
});

test('what a column means is said in the language of the page', async () => {
	const meaning = async (path: string) =>
		(await (await fetch(url + path)).text()).match(/>quorate<\/code>[^]*?<dd[^>]*>([^<]*)</)?.[1];
	const said = await Promise.all(['', '/en', '/ar', '/tr', '/zh'].map((way) => meaning(`${way}/offene-daten`)));
	expect(said).toEqual(['Beschlussfähig', 'Quorum reached', 'النصاب مكتمل', 'Yeter sayıya ulaşıldı', '达到法定人数']);
});

test('the tables hold what is public, all of it, and nothing else', async () => {
	const sessions = (await table('sitzungen')).rows.map(({ session }) => session);
	const open = await sql<{ slug: string }>(
		`select m.slug from council.meeting m join council.council_body b on b.id = m.council_body_id
		where m.public and m.published and b.visibility = 'public'`,
	);
	expect(sessions.toSorted()).toEqual(open.map(({ slug }) => slug).sort());
	await sql(`update council.meeting set published = false where slug = $1`, [sessions[0]]);
	await sql(
		`update papers.paper set public = false where id = (select id from papers.paper where public and state = 'filed' and reference is not null limit 1)`,
	);
	await sql(
		`insert into council.attendance (body_id, id, meeting_id, position, name, status, guest)
		select body_id, gen_random_uuid(), id, 990, 'Gast Geheimrat', 'present', true from council.meeting where slug = $1`,
		[sessions[1]],
	);
	await sql(
		`update council.agenda_item set public = false, title = 'Personalsache Zwickelmann' where id = (select i.id from council.agenda_item i
		join council.vote v on v.agenda_item_id = i.id where i.public limit 1)`,
	);
	const closed = await sql<{ reference: string }>(
		`select reference from papers.paper where not public and reference is not null`,
	);
	const items = await sql<{ title: string }>(
		`select title from council.agenda_item where not public and length(title) > 8`,
	);
	const guests = await sql<{ name: string }>(
		`select a.name from council.attendance a where not a.voting and a.name <> ''
		and not exists (select from council.attendance b where b.voting and b.name = a.name)`,
	);
	expect([closed.length, items.length, guests.length].every((count) => count > 0)).toBe(true);
	const all = JSON.stringify(await Promise.all(TABLES.map(table)));
	expect(all).not.toContain(`"session":"${sessions[0]}"`);
	for (const { reference } of closed) expect(all).not.toContain(`"number":"${reference}"`);
	for (const { title } of items) expect(all).not.toContain(JSON.stringify(title).slice(1, -1));
	for (const { name } of guests) expect(all).not.toContain(`"name":${JSON.stringify(name)}`);
	expect(all).not.toContain('excused');
	await sql(`update council.meeting set published = true where slug = $1`, [sessions[0]]);
});
