import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walkServer } from './walk.ts';

/** A council system as they really are: each of its faults is one that clients complain of. */
let server: Server;
let here: string;

const TYPE = 'https://schema.oparl.org/1.1/';
const times = { created: '2026-01-01T10:00:00+01:00', modified: '2026-01-02T10:00:00+01:00' };

function answerOf(path: string, at: string): { status: number; json: unknown } {
	const list = (data: unknown[], more = {}) => ({ data, pagination: {}, links: { self: `${at}${path}`, ...more } });
	const ok = (json: unknown) => ({ status: 200, json });
	if (path === '/system')
		return ok({ id: `${at}/system`, type: `${TYPE}System`, oparlVersion: TYPE, body: `${at}/body` });
	const lists = {
		organization: `${at}/organization`,
		person: `${at}/person`,
		meeting: `${at}/meeting`,
		paper: `${at}/paper`,
	};
	if (path === '/body')
		return ok(list([{ id: `${at}/body/1`, type: `${TYPE}Body`, name: 'Stadt', ...lists, ...times }]));
	if (path === '/organization') {
		const organisation = {
			id: `${at}/organization/1`,
			type: `${TYPE}Organization`,
			name: '<p>Rat&nbsp;der Stadt</p>',
			shortName: null,
			...times,
		};
		return ok(list([organisation, organisation]));
	}
	if (path === '/person')
		return ok(list([{ id: `${at}/person/1`, type: `${TYPE}Person`, name: ' ', created: '2026-01-01 10:00' }]));
	if (path === '/meeting') return ok(list([], { next: `${at}/meeting` }));
	if (path === '/paper')
		return ok(list([{ id: `${at}/paper/1`, type: `${TYPE}Meeting`, deleted: true, name: 'weg', ...times }]));
	return { status: 500, json: {} };
}

beforeAll(async () => {
	server = createServer((request, response) => {
		const { status, json } = answerOf(request.url!.replace(/\?.*/, ''), here);
		response.writeHead(status, { 'content-type': 'text/html' }).end(JSON.stringify(json));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('each fault of a server is named once, with an example', async () => {
	const { findings } = await walkServer(`${here}/system`, new Map());
	const rules = findings.list.map(({ rule }) => rule);
	expect(rules).toEqual(
		expect.arrayContaining([
			'Body.agendaItem is missing',
			'markup in a text',
			'null instead of leaving out',
			'empty text instead of leaving out',
			'moment without offset',
			'an object stands twice in a list',
			'next leads to the same page',
			'something else than Paper in its list',
			'a deleted object in a list that was not asked since when',
			'a deleted object says more than id, type, created, modified, deleted',
			'a window without objects is not an empty list',
			'a list forgets its filter in its links',
			'no CORS for every site',
			'not sent as JSON',
			'no ETag',
			'what does not exist is not answered with 404 and an Error',
		]),
	);
	expect(new Set(rules).size).toBe(rules.length);
});
