/** The interface as other programs meet it: over HTTP, by its own links, in the built application. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { makeDocuments } from '../../src/modules/(oparl)/documents/make.server.ts';
import { allTowns } from '../../src/kernel/towns.ts';
import { walkServer } from '../../scripts/oparl/walk.ts';
import { startApp } from '../support/app.ts';
import { plainPage } from '../support/forms.ts';

// What jobs do is done here when it is its turn: nothing changes while it is walked.
const app = await startApp({ demonstration: true, workers: 0 });

type Json = Record<string, unknown> & { id: string; type: string };
interface List {
	data: Json[];
	links: { next?: string };
}

async function get<T = Json>(address: string): Promise<T> {
	const answer = await fetch(address, { redirect: 'manual' });
	expect(answer.status, address).toBe(200);
	return (await answer.json()) as T;
}

async function walk(address: string): Promise<Json[]> {
	const found: Json[] = [];
	for (let next: string | undefined = address; next;) {
		const list: List = await get<List>(next);
		found.push(...list.data);
		next = list.links.next;
	}
	return found;
}

const LISTS = {
	organization: 'Organization',
	person: 'Person',
	meeting: 'Meeting',
	paper: 'Paper',
	agendaItem: 'AgendaItem',
	consultation: 'Consultation',
	file: 'File',
	locationList: 'Location',
	legislativeTermList: 'LegislativeTerm',
	membership: 'Membership',
} as const;

const lists = new Map<string, Json[]>();
let body: Json;

/** Documents of public records, as the job makes them after a while. */
async function makeAll(): Promise<void> {
	const [town] = await allTowns();
	while ((await app.database.sql('select from oparl.unmade')).length)
		await makeDocuments(app.database.ctx(undefined, town!));
}

beforeAll(async () => {
	await makeAll();
	const system = await get(`${app.url}/oparl/v1.1/system`);
	expect(system.oparlVersion).toBe('https://schema.oparl.org/1.1/');
	[body] = (await walk(system.body as string)) as [Json];
	for (const property of Object.keys(LISTS)) lists.set(property, await walk(body[property] as string));
});

/** Every object with all that stands inside it. */
function withParts(value: unknown, found: Json[] = []): Json[] {
	if (Array.isArray(value)) for (const one of value) withParts(one, found);
	else if (value && typeof value === 'object') {
		if ('type' in value && 'id' in value) found.push(value as Json);
		for (const one of Object.values(value)) withParts(one, found);
	}
	return found;
}

describe('a program that begins at the system', () => {
	test('reaches all ten lists of the town, each with objects of its type', () => {
		for (const [property, type] of Object.entries(LISTS)) {
			const wrong = lists.get(property)!.filter((one) => one.type !== `https://schema.oparl.org/1.1/${type}`);
			expect(wrong, property).toEqual([]);
		}
		expect(lists.get('meeting')!.length).toBeGreaterThan(5);
		expect(lists.get('paper')!.length).toBeGreaterThan(0);
	});

	test('finds each object under its own address as it stands in the list', async () => {
		for (const [, objects] of lists) {
			const [one] = objects;
			if (one) expect(await get(one.id)).toEqual(one);
		}
	});

	test('follows every link to another object and finds it', async () => {
		const ids = new Set([...lists.values()].flat().flatMap((one) => withParts(one).map(({ id }) => id)));
		const text = JSON.stringify([...lists.values()]);
		const links = new Set(text.match(/http[^"]*\/oparl\/v1\.1\/[a-z]+\/[0-9a-f-]{36}(?=")/g));
		expect([...links].filter((link) => link !== body.id && !ids.has(link))).toEqual([]);
	});

	test('meets no null, no empty text, no date without an offset, no markup', () => {
		for (const one of [...lists.values()].flatMap((objects) => withParts(objects))) {
			for (const [key, value] of Object.entries(one)) {
				expect(value, `${one.id} ${key}`).not.toBeNull();
				expect(value, `${one.id} ${key}`).not.toBe('');
				if (typeof value === 'string') expect(value, `${one.id} ${key}`).not.toMatch(/<\/?[a-z]+>|\uE000/);
			}
			for (const key of ['created', 'modified', 'start', 'end']) {
				if (key in one) expect(one[key]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
			}
		}
	});

	test('meets the documents of sessions and papers as files, and gets each as it is told', async () => {
		const parts = [...lists.get('meeting')!, ...lists.get('paper')!].flatMap((one) => withParts(one));
		for (const property of ['invitation', 'resultsProtocol', 'resolutionFile', 'mainFile', 'auxiliaryFile']) {
			const holder = parts.find((one) => property in one && one.type !== 'File')!;
			const file = [holder[property]].flat()[0] as Json;
			const shown = await fetch(String(file.accessUrl));
			expect(shown.status, property).toBe(200);
			expect(shown.headers.get('content-type')).toMatch(String(file.mimeType));
			const bytes = Buffer.from(await shown.arrayBuffer());
			expect(bytes.length).toBe(file.size);
			expect(createHash('sha512').update(bytes).digest('hex')).toBe(file.sha512Checksum);
			const saved = await fetch(String(file.downloadUrl));
			await saved.arrayBuffer();
			const disposition = [shown, saved].map((answer) => answer.headers.get('content-disposition')?.split(';')[0]);
			expect(disposition).toEqual([expect.stringMatching(/inline|attachment/), 'attachment']);
			if (file.mimeType === 'application/pdf') expect(disposition[0]).toBe('inline');
			const held = { 'if-modified-since': shown.headers.get('last-modified')! };
			expect((await fetch(String(file.accessUrl), { headers: held })).status).toBe(304);
		}
	});

	test('reads nothing of a closed item but its neutral title, and no draft', () => {
		const closed = lists.get('agendaItem')!.filter((one) => one.public === false);
		expect(closed.length).toBeGreaterThan(0);
		for (const one of closed) {
			expect(one).not.toHaveProperty('result');
			expect(one).not.toHaveProperty('resolutionText');
			expect(one).not.toHaveProperty('mitrat:vote');
		}
		for (const one of lists.get('paper')!) expect(one.reference).toMatch(/^[A-Z]+\d{4}\/\d\d/);
	});

	test('gets the sessions of one organisation from the list of that organisation', async () => {
		const meeting = lists.get('meeting')!.find((one) => Array.isArray(one.organization))!;
		const [organisation] = meeting.organization as string[];
		const own = await walk((await get(organisation!)).meeting as string);
		expect(own.map(({ id }) => id)).toContain(meeting.id);
		expect(own.every((one) => (one.organization as string[]).includes(organisation!))).toBe(true);
	});
});

/** An information with a file, filed by the office's forms. */
async function fileWithAnnex(): Promise<void> {
	const office = await app.signIn('office');
	const [type] = await app.database.sql<{ id: string }>(`select id from papers.paper_type where name = 'Information'`);
	const form = await plainPage(app, `/vorlagen/neu?typ=${type!.id}`, office);
	const draft = await form.send({ typeId: type!.id }, { relevance: '', title: 'Bericht mit Anlage', reasons: 'Text.' });
	const annex = new FormData();
	annex.set('act', 'attach');
	annex.set('datei', new File(['a;b'], 'zahlen.txt'));
	const { pathname } = new URL(draft.url);
	const headers = { cookie: office, origin: app.url, accept: 'text/html' };
	const hung = await fetch(`${app.url}${pathname}?/anlage`, {
		method: 'POST',
		redirect: 'manual',
		headers,
		body: annex,
	});
	expect(hung.status).toBe(303);
	const ready = await plainPage(app, pathname, office);
	const paper = await ready.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(ready.html)![1]! });
	const data = /<script type="application\/ld\+json">(.*?)<\/script>/.exec((await plainPage(app, paper.url)).html)![1]!;
	expect(JSON.parse(data)).toMatchObject({ name: 'Bericht mit Anlage', associatedMedia: [{ name: 'zahlen.txt' }] });
}

test('the check of OParl walks all of it and finds no broken rule', async () => {
	await fileWithAnnex();
	await makeAll();
	// For two seconds after a change there is no Last-Modified.
	while (!(await fetch(`${app.url}/oparl/v1.1/system`)).headers.has('last-modified'));
	const { findings } = await walkServer(`${app.url}/oparl/v1.1/system`, new Map(), { files: true });
	expect(findings.list).toEqual([]);
	expect(findings.counts).toMatchObject({ System: 1, Paper: expect.any(Number), File: expect.any(Number) });
});

describe('the interface answers', () => {
	const ask = (path: string, headers: Record<string, string> = {}) =>
		fetch(`${app.url}/oparl/v1.1${path}`, { redirect: 'manual', headers });

	test('an unchanged object with 304, to every site, compressed', async () => {
		const first = await ask('/system', { 'accept-encoding': 'gzip' });
		expect(first.headers.get('access-control-allow-origin')).toBe('*');
		expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8');
		const again = await ask('/system', { 'if-none-match': first.headers.get('etag')! });
		expect(again.status).toBe(304);
	});

	test('other spellings of an address with the one address', async () => {
		for (const path of ['/System', '/system/', '']) {
			expect([301, 308]).toContain((await ask(path)).status);
			expect((await fetch(`${app.url}/oparl/v1.1${path}`)).url).toBe(`${app.url}/oparl/v1.1/system`);
		}
	});

	test('what does not exist with an error that programs can read', async () => {
		for (const path of [
			'/nothing',
			'/paper/01a1fdd2-8af1-7000-a902-dec7ea764261',
			`/body/01a1fdd2-8af1-7000-a902-dec7ea764261/paper`,
		]) {
			const answer = await ask(path);
			expect(answer.status).toBe(404);
			expect(await answer.json()).toMatchObject({ type: 'https://schema.oparl.org/1.1/Error' });
		}
	});
});
