import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSchemas, type Json, type Schemas } from './objects.ts';
import { startRightServer, type Answer, type Fault, type Question } from './right-server.ts';
import { walkServer } from './walk.ts';

async function rulesBrokenBy(fault?: Fault, schemas: Schemas = new Map()): Promise<string[]> {
	const { at, close } = await startRightServer(fault);
	try {
		const { findings } = await walkServer(`${at}/system`, schemas, { files: true, settled: async () => {} });
		return findings.list.map(({ rule }) => rule);
	} finally {
		close();
	}
}

/** Changes every object of a type, wherever it stands. */
function inObjects(type: string, change: (object: Json) => Json): Fault {
	const walk = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(walk);
		if (!value || typeof value !== 'object') return value;
		const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
		return String(inner.type).endsWith(`/${type}`) ? change(inner) : inner;
	};
	return (answer) => ({ ...answer, json: walk(answer.json) });
}

type List = { data: Json[]; links: Record<string, string>; pagination?: Json };

function inLists(change: (list: List, question: Question) => unknown): Fault {
	return (answer, question) =>
		answer.json && typeof answer.json === 'object' && 'data' in answer.json
			? { ...answer, json: change(answer.json as List, question) }
			: answer;
}

const without = (name: string) => (object: Json) =>
	Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
const withoutHeader =
	(name: string): Fault =>
	(answer) => ({ ...answer, headers: without(name)(answer.headers) as Record<string, string> });
const onlyFor =
	(suffix: string, fault: Fault): Fault =>
	(answer, question) =>
		question.path.endsWith(suffix) ? fault(answer, question) : answer;
const answering =
	(status: number, broken: (question: Question) => boolean, json: unknown = {}): Fault =>
	(answer, question) =>
		broken(question) ? { ...answer, status, json } : answer;

test('a server that does everything right breaks no rule', async () => {
	expect(await rulesBrokenBy()).toEqual([]);
});

const dropsFilter: Fault = inLists((list, { query }) => ({
	...list,
	links: Object.fromEntries(
		Object.entries(list.links).map(([key, link]) => [
			key,
			query.has('created_until') ? link.replace('created_until', 'x') : link,
		]),
	),
}));

const FAULTS: [rule: string, fault: Fault][] = [
	['Body.agendaItem is missing', inObjects('Body', without('agendaItem'))],
	['Body.legislativeTerm is no list', inObjects('Body', without('legislativeTerm'))],
	['type is none of OParl', inObjects('Location', (one) => ({ ...one, type: 'Location' }))],
	['id is no full address', inObjects('Location', (one) => ({ ...one, id: '/location/1' }))],
	['markup in a text', inObjects('Paper', (one) => ({ ...one, name: '<p>Antrag&nbsp;1</p>' }))],
	['an address without its server', inObjects('Paper', (one) => ({ ...one, 'x:vote': [{ by: '/person/1' }] }))],
	['null instead of leaving out', inObjects('Organization', (one) => ({ ...one, shortName: null }))],
	['empty text instead of leaving out', inObjects('Person', (one) => ({ ...one, affix: ' ' }))],
	['moment without offset', inObjects('Meeting', (one) => ({ ...one, start: '2026-02-01T17:00:00' }))],
	['date is no ISO day', inObjects('Membership', (one) => ({ ...one, startDate: '1.7.2024' }))],
	['sha512Checksum is none', inObjects('File', (one) => ({ ...one, sha512Checksum: 'abc' }))],
	['an object does not say created and modified', inObjects('Location', without('modified'))],
	['modified lies before created', inObjects('Paper', (one) => ({ ...one, modified: '2020-01-01T00:00:00Z' }))],
	['it ends before it starts', inObjects('Meeting', (one) => ({ ...one, end: '2026-01-01T00:00:00Z' }))],
	['its last day lies before its first', inObjects('LegislativeTerm', (one) => ({ ...one, endDate: '2020-01-01' }))],
	[
		'AgendaItem.order is not the place in its meeting, counted from 0',
		inObjects('AgendaItem', (one) => ({ ...one, order: Number(one.order) + 1 })),
	],
	['AgendaItem.meeting leads to none that has it inside', inObjects('AgendaItem', without('meeting'))],
	[
		'a File stands inside another object, not in the list of its type',
		onlyFor(
			'/file',
			inLists((list) => ({ ...list, data: [] })),
		),
	],
	[
		'a deleted object says more than id, type, created, modified, deleted',
		inObjects('Location', (one) => ({ ...one, deleted: true })),
	],
	['an object stands twice in a list', inLists((list) => ({ ...list, data: [...list.data, ...list.data] }))],
	[
		'something else than Paper in its list',
		onlyFor(
			'/paper',
			inLists((list) => ({
				...list,
				data: list.data.map((one) => ({ ...one, type: String(one.type).replace('Paper', 'File') })),
			})),
		),
	],
	[
		'a deleted object in a list that was not asked since when',
		inObjects('Location', ({ id, type, created, modified }) => ({ id, type, created, modified, deleted: true })),
	],
	[
		'next leads to the same page',
		inLists((list) => (list.links.next ? { ...list, links: { ...list.links, next: list.links.self } } : list)),
	],
	[
		'next never ends',
		inLists((list, { query }) => ({
			...list,
			links: { ...list.links, next: `${list.links.first}&again=${Number(query.get('again') ?? 0) + 1}` },
		})),
	],
	['a list without links or pagination', inLists(({ data, links }) => ({ data, links }))],
	[
		'a window without objects is not an empty list',
		answering(200, ({ query }) => query.get('created_since')?.startsWith('2999') ?? false, {
			links: {},
			pagination: {},
		}),
	],
	['answered with 404', answering(404, ({ query }) => query.get('created_since')?.startsWith('2999') ?? false)],
	['a list forgets its filter in its links', dropsFilter],
	[
		'an unreadable filter is not answered with 400 and an Error',
		answering(200, ({ query }) => query.get('modified_since') === 'yesterday', { data: [] }),
	],
	[
		'a page is longer than limit',
		onlyFor(
			'/organization',
			inLists((list, { query }) =>
				query.get('limit') === '1' ? { ...list, data: [...list.data, ...list.data] } : list,
			),
		),
	],
	[
		'Organization.meeting is not the list of those that name it',
		onlyFor(
			'/organization/1/meeting',
			inLists((list) => ({ ...list, data: [], links: {} })),
		),
	],
	[
		'an object says something else under its own address',
		onlyFor(
			'/location/1',
			inObjects('Location', (one) => ({ ...one, description: 'Anderswo' })),
		),
	],
	[
		'a link leads to nothing',
		inObjects('Consultation', (one) => ({
			...one,
			meeting: String(one.id).replace(/consultation.*/, 'meeting/00000000-0000-7000-8000-00000000000a'),
		})),
	],
	['no CORS for every site', withoutHeader('access-control-allow-origin')],
	['not sent as JSON', withoutHeader('content-type')],
	['no ETag', withoutHeader('etag')],
	['no Last-Modified', withoutHeader('last-modified')],
	['what is unchanged is not answered with 304', answering(200, ({ headers }) => 'if-none-match' in headers)],
	['what is not newer is not answered with 304', answering(200, ({ headers }) => 'if-modified-since' in headers)],
	['HEAD is answered otherwise than GET', answering(405, ({ method }) => method === 'HEAD')],
	['not compressed for who takes gzip', (answer) => ({ ...answer, headers: { ...answer.headers, 'no-gzip': '1' } })],
	['one object under two addresses', answering(200, ({ path }) => path.endsWith('/'))],
	['what does not exist is not answered with 404 and an Error', answering(500, ({ path }) => path.endsWith('000000'))],
	['accessUrl can’t be fetched', answering(404, ({ path, query }) => path.startsWith('/bytes') && !query.has('save'))],
	[
		'downloadUrl is not sent as attachment',
		(answer, { query }) => (query.has('save') ? { ...answer, headers: { 'content-disposition': 'inline' } } : answer),
	],
];

test.each(FAULTS)('%s', async (rule, fault) => {
	expect(await rulesBrokenBy(fault)).toContain(rule);
});

test.each(['created_since', 'created_until', 'modified_since', 'modified_until'])(
	'%s that is ignored is noticed',
	async (name) => {
		const fault: Fault = (answer, question) => (question.query.has(name) ? unfiltered(answer, question) : answer);
		expect(await rulesBrokenBy(fault)).toContain(`${name} lets objects pass that it should keep out`);
	},
);

/** All organisations, whatever was asked. */
function unfiltered(answer: Answer, { path }: Question): Answer {
	const list = answer.json as List;
	if (!path.endsWith('/organization') || !('data' in list)) return answer;
	const [first] = list.data;
	const other = (created: string): Json => ({ ...first, id: `${first?.id}0`, created, modified: created });
	return { ...answer, json: { ...list, data: [other('2000-01-01T00:00:00Z'), other('2100-01-01T00:00:00Z')] } };
}

test('a server that sends no Last-Modified a moment after a change is asked again', async () => {
	let hasSettled = false;
	const { at, close } = await startRightServer((answer, question) =>
		hasSettled ? answer : withoutHeader('last-modified')(answer, question),
	);
	const { findings } = await walkServer(`${at}/system`, new Map(), {
		settled: async () => {
			hasSettled = true;
		},
	});
	close();
	expect(findings.list).toEqual([]);
	expect(hasSettled).toBe(true);
});

test('a server that does not answer is a finding', async () => {
	const { at, close } = await startRightServer();
	close();
	const { findings } = await walkServer(`${at}/system`, new Map());
	expect(findings.list.map(({ rule }) => rule)).toEqual(['does not answer', 'answered with 503']);
});

const folder = mkdtempSync(join(tmpdir(), 'mitrat-schemas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('schemas of a folder are held against every object, and say which properties there are', async () => {
	const text = { type: 'string' };
	const properties = {
		id: text,
		type: text,
		name: text,
		created: text,
		modified: text,
		mainFile: {},
		consultation: {},
	};
	writeFileSync(join(folder, 'Paper.json'), JSON.stringify({ type: 'object', required: ['name'], properties }));
	const schemas = readSchemas(folder);
	expect(await rulesBrokenBy(undefined, schemas)).toEqual([]);
	const unnamed = await rulesBrokenBy(inObjects('Paper', without('name')), schemas);
	expect(unnamed).toEqual([expect.stringMatching(/^schema Paper: name: /)]);
	const own = inObjects('Paper', (one) => ({ ...one, votes: 3, 'mitrat:votes': 3 }));
	expect(await rulesBrokenBy(own, schemas)).toEqual([
		'Paper.votes is neither OParl’s nor marked as a vendor’s (prefix:name)',
	]);
	expect(() => readSchemas(join(folder, 'none'))).toThrow(/no schemas/);
});
