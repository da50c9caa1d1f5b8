/** How the interface answers over HTTP, in the built application: one address, what is unchanged, what was taken back. */
import { request } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { plainPage } from '../support/forms.ts';
import { toldToPrograms } from '../support/oparl.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { database } = app;
const office = await app.signIn('office');
const root = `${app.url}/oparl/v1.1`;
const ask = (path: string, options: RequestInit = {}) => fetch(`${root}${path}`, { redirect: 'manual', ...options });

/** Asks until it is answered with a Last-Modified: for two seconds after a change there is none. */
async function settled(path: string): Promise<Response> {
	for (;;) {
		const answer = await ask(path);
		await answer.arrayBuffer();
		if (answer.headers.has('last-modified')) return answer;
	}
}

describe('what is unchanged', () => {
	test('is answered with 304 by ETag and by time, and HEAD says the same as GET', async () => {
		const first = await settled('/body');
		const { headers } = first;
		const etag = headers.get('etag')!;
		expect((await ask('/body', { headers: { 'if-none-match': etag } })).status).toBe(304);
		expect((await ask('/body', { headers: { 'if-modified-since': headers.get('last-modified')! } })).status).toBe(304);
		const older = new Date(Date.parse(headers.get('last-modified')!) - 1000).toUTCString();
		expect((await ask('/body', { headers: { 'if-modified-since': older } })).status).toBe(200);
		for (const path of ['/body', '/system', '/body?limit=7']) {
			for (const round of ['rendered', 'kept']) {
				const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
				await get.arrayBuffer();
				expect(head.status, round).toBe(200);
				expect(await head.text()).toBe('');
				for (const name of ['etag', 'last-modified', 'content-type', 'vary', 'access-control-allow-origin'])
					expect(head.headers.get(name), `${path} ${name} ${round}`).toBe(get.headers.get(name));
			}
		}
	});

	test.each(['gzip', 'br'])('is packed as %s for who takes it', async (encoding) => {
		const answer = await ask('/body', { headers: { 'accept-encoding': encoding } });
		expect(answer.headers.get('content-encoding')).toBe(encoding);
		expect(await answer.json()).toHaveProperty('data');
	});
});

describe('a list for who takes gzip', () => {
	let paper = '';
	beforeAll(async () => {
		const { data } = (await (await ask('/body')).json()) as { data: { paper: string }[] };
		paper = data[0]!.paper.slice(root.length);
	});
	const told = async (encoding: string, query = '') => {
		const answer = await ask(paper + query, { headers: { 'accept-encoding': encoding } });
		return { packed: answer.headers.get('content-encoding'), text: await answer.text() };
	};
	const stored = () => database.sql<{ id: string }>(`select id from oparl.packed where type = 'Paper'`);

	test('is put together of what stands packed, and says the same as for who takes nothing packed', async () => {
		for (const query of [
			'',
			'?limit=3',
			'?modified_since=2000-01-01T00:00:00Z',
			'?created_since=2999-01-01T00:00:00Z',
		]) {
			const plain = await told('identity', query);
			for (const round of ['first', 'again', 'by a browser']) {
				const encoding = round === 'by a browser' ? 'gzip, deflate, br' : 'gzip';
				expect(await told(encoding, query), `${query} ${round}`).toEqual({ ...plain, packed: 'gzip' });
			}
		}
		const { data } = JSON.parse((await told('gzip')).text) as { data: { id: string }[] };
		expect((await stored()).map(({ id }) => id).sort()).toEqual(data.map(({ id }) => id.split('/').at(-1)).sort());
	});

	test('under another name it is answered as well, and nothing is kept for it', async () => {
		await database.sql('delete from oparl.packed');
		const answer = await new Promise<string | undefined>((resolve) => {
			const headers = { host: 'irgendwer.example', 'accept-encoding': 'gzip' };
			request(`${root}${paper}?limit=5`, { headers }, (got) => {
				got.resume().on('end', () => resolve(got.headers['content-encoding']));
			}).end();
		});
		expect(answer).toBe('gzip');
		expect(await stored()).toEqual([]);
	});
});

describe('one thing has one address', () => {
	test.each([
		['/System', '/system'],
		['/system/', '/system'],
		['', '/system'],
		['/', '/system'],
		['/BODY/?limit=3', '/body?limit=3'],
	])('%s leads to %s for good', async (path, one) => {
		const answer = await ask(path);
		expect(answer.status).toBe(301);
		expect(answer.headers.get('location')).toBe(root + one);
		expect(answer.headers.get('access-control-allow-origin')).toBe('*');
	});

	test.each([
		['/oparl', '/system'],
		['/OParl/V1.1/System', '/system'],
		['/oparl/V1.1/body?limit=3', '/body?limit=3'],
		['/ar/oparl/v1.1/system', '/system'],
	])('%s leads there, too', async (path, one) => {
		const answer = await fetch(app.url + path, { redirect: 'manual' });
		expect([answer.status, answer.headers.get('location')]).toEqual([301, root + one]);
	});

	test('what only looks like it is a page that does not exist', async () => {
		for (const path of ['/oparlament', '/oparl/v2']) expect((await fetch(app.url + path)).status).toBe(404);
	});

	test('a further name of the town’s leads to its first', async () => {
		const [town] = await database.sql<{ hosts: string[] }>('select hosts from kernel.town');
		const { port } = new URL(app.url);
		await database.sql(`update kernel.town set hosts = '{rat.example,beirat.example}'`);
		const by = (host: string) =>
			new Promise<{ status: number; location: string | undefined }>((done, fail) =>
				request(`${root}/system`, { headers: { host: `${host}:${port}` } }, (answer) => {
					answer.resume();
					done({ status: answer.statusCode!, location: answer.headers.location });
				})
					.on('error', fail)
					.end(),
			);
		// The list of towns is read anew every few seconds.
		while ((await by('beirat.example')).status === 200);
		expect(await by('beirat.example')).toEqual({
			status: 301,
			location: `http://rat.example:${port}/oparl/v1.1/system`,
		});
		expect(await by('BEIRAT.example')).toMatchObject({ status: 301 });
		expect(await by('rat.example')).toMatchObject({ status: 200 });
		await database.sql('update kernel.town set hosts = $1', [town!.hosts]);
	});

	test.each(['0', '-1', '1.5', 'viele', '99999999'])('limit=%s is refused, 1000 is as good as 100', async (limit) => {
		const list = new URL(String((await townOf()).paper)).pathname.replace('/oparl/v1.1', '');
		expect((await ask(`${list}?limit=${limit}`)).status).toBe(400);
		const most = (await (await ask(`${list}?limit=1000`)).json()) as { pagination: { elementsPerPage: number } };
		expect(most.pagination.elementsPerPage).toBe(100);
	});
});

async function townOf(): Promise<Record<string, unknown>> {
	const { data } = (await (await ask('/body')).json()) as { data: Record<string, unknown>[] };
	return data[0]!;
}

function formOf(fields: Record<string, string | File>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return form;
}

test('a file that was public and is taken back answers 410 at both its addresses; its object is a tombstone', async () => {
	const [type] = await database.sql<{ id: string }>(`select id from papers.paper_type where name = 'Information'`);
	const form = await plainPage(app, `/vorlagen/neu?typ=${type!.id}`, office);
	const draft = await form.send({ typeId: type!.id }, { relevance: '', title: 'Bericht mit Anlage', reasons: 'Text.' });
	const { pathname } = new URL(draft.url);
	const hung = await fetch(`${app.url}${pathname}?/anlage`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: office, origin: app.url, accept: 'text/html' },
		body: formOf({ act: 'attach', datei: new File(['a;b\n1;2'], 'zahlen.txt'), dateiTitel: 'Zahlen' }),
	});
	expect(hung.status).toBe(303);
	const isOurs = ({ name }: Record<string, unknown>) => name === 'Zahlen';
	const [kept] = await database.sql<{ id: string }>(`select id from kernel.file where name = 'zahlen.txt'`);
	expect((await fetch(`${app.url}/dateien/${kept!.id}`)).status).toBe(404);
	expect(await toldToPrograms(app, 'file', isOurs)).toBeUndefined();

	const ready = await plainPage(app, pathname, office);
	const paper = await ready.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(ready.html)![1]! });
	const file = (await toldToPrograms(app, 'file', isOurs))!;
	const [access, download] = [String(file.accessUrl), String(file.downloadUrl)];
	for (const [address, disposition] of [
		[access, 'inline'],
		[download, 'attachment'],
	] as const) {
		const answer = await fetch(address);
		expect(await answer.text()).toBe('a;b\n1;2');
		expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^${disposition};.*zahlen\\.txt`));
		expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
	}

	const slug = new URL(paper.url).pathname;
	const closed = await fetch(`${app.url}${slug}?/oeffentlichkeit`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: office, origin: app.url, accept: 'text/html' },
		body: new URLSearchParams({ closedReason: 'Personalsache' }),
	});
	expect(closed.status).toBe(303);
	for (const address of [access, download])
		for (const method of ['GET', 'HEAD']) expect((await fetch(address, { method })).status, method).toBe(410);
	expect((await fetch(access, { headers: { cookie: office } })).status).toBe(200);
	const left = (await (await fetch(String(file.id))).json()) as Record<string, unknown>;
	expect(left).toEqual({ id: file.id, type: file.type, created: file.created, modified: left.modified, deleted: true });
	const since = { ...left, modified: expect.any(String) as unknown };
	expect(await toldToPrograms(app, 'file', ({ id }) => id === file.id, String(file.modified))).toMatchObject(since);
	expect((await fetch(`${app.url}/dateien/01a1fdd2-8af1-7000-a902-dec7ea764261`)).status).toBe(404);
});
