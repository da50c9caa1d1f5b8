/** A small OParl server for tests: it does everything as the specification wants it, but for the one fault it is given. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Json } from './objects.ts';

export interface Answer {
	status: number;
	headers: Record<string, string>;
	json: unknown;
}

export interface Question {
	path: string;
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	method: string;
}

/** Changes what the right server would have said. */
export type Fault = (answer: Answer, question: Question) => Answer;

const TYPE = 'https://schema.oparl.org/1.1/';
const LAST = 'Fri, 02 Jan 2026 09:00:00 GMT';
const PROPERTIES: Record<string, string> = {
	organization: 'organization',
	person: 'person',
	meeting: 'meeting',
	paper: 'paper',
	agendaitem: 'agendaItem',
	consultation: 'consultation',
	file: 'file',
	location: 'locationList',
	legislativeterm: 'legislativeTermList',
	membership: 'membership',
};

/** Objects by the last part of their address: "paper/1". */
function objectsAt(at: string): Map<string, Json> {
	let day = 0;
	const make = (path: string, type: string, more: Json = {}): Json => {
		const created = `2026-01-${String(++day).padStart(2, '0')}T10:00:00+01:00`;
		return { id: `${at}/${path}`, type: TYPE + type, ...more, created, modified: created.replace('T10', 'T12') };
	};
	const lists = Object.fromEntries(
		Object.entries(PROPERTIES).map(([path, property]) => [property, `${at}/body/1/${path}`]),
	);
	const term = make('legislativeterm/1', 'LegislativeTerm', { name: '2024 bis 2029', startDate: '2024-07-01' });
	const membership = make('membership/1', 'Membership', {
		person: `${at}/person/1`,
		organization: `${at}/organization/1`,
		startDate: '2024-07-01',
	});
	const items = [0, 1].map((order) =>
		make(`agendaitem/${order}`, 'AgendaItem', { meeting: `${at}/meeting/1`, order, name: `Punkt ${order}` }),
	);
	const station = make('consultation/1', 'Consultation', {
		paper: `${at}/paper/1`,
		meeting: `${at}/meeting/1`,
		agendaItem: `${at}/agendaitem/1`,
		organization: [`${at}/organization/1`],
	});
	const file = make('file/1', 'File', {
		name: 'Antrag',
		accessUrl: `${at}/bytes/1`,
		downloadUrl: `${at}/bytes/1?save`,
		sha512Checksum: 'a'.repeat(128),
	});
	const organisation = (n: number) =>
		make(`organization/${n}`, 'Organization', {
			name: `Beirat ${n}`,
			meeting: `${at}/organization/${n}/meeting`,
			consultation: `${at}/organization/${n}/consultation`,
		});
	const all = [
		make('body/1', 'Body', { name: 'Stadt', system: `${at}/system`, ...lists, legislativeTerm: [term] }),
		term,
		organisation(1),
		organisation(2),
		make('person/1', 'Person', { name: 'Ada Marwitz', membership: [membership] }),
		membership,
		make('meeting/1', 'Meeting', {
			name: '1. Sitzung',
			start: '2026-02-01T17:00:00+01:00',
			end: '2026-02-01T19:00:00+01:00',
			organization: [`${at}/organization/1`],
			agendaItem: items,
		}),
		...items,
		make('paper/1', 'Paper', { name: 'Antrag', mainFile: file, consultation: [station] }),
		station,
		file,
		make('location/1', 'Location', { description: 'Rathaus' }),
	];
	return new Map(all.map((object) => [String(object.id).slice(at.length + 1), object]));
}

const refuse = (status: number): Answer => ({
	status,
	headers: {},
	json: { type: `${TYPE}Error`, message: 'nein', debug: 'no' },
});

function answerOf({ path, query, headers }: Question, at: string, objects: Map<string, Json>): Answer {
	const common = { etag: '"1"', 'last-modified': LAST, 'access-control-allow-origin': '*' };
	const ok = (json: unknown): Answer => ({
		status: 200,
		headers: { 'content-type': 'application/json', ...common },
		json,
	});
	if (headers['if-none-match'] === '"1"' || headers['if-modified-since'] === LAST)
		return { status: 304, headers: common, json: null };
	if (path.endsWith('/')) return { status: 301, headers: { location: at + path.slice(0, -1) }, json: null };
	if (path === '/system')
		return ok({ id: `${at}/system`, type: `${TYPE}System`, oparlVersion: TYPE, body: `${at}/body` });
	if (path.startsWith('/bytes/')) {
		const disposition = query.has('save') ? 'attachment' : 'inline';
		return { status: 200, headers: { 'content-disposition': `${disposition}; filename="a.txt"` }, json: 'bytes' };
	}
	const one = objects.get(path.slice(1));
	if (one) return ok(one);
	const [, owner, id, kind] = path.split('/');
	if (path !== '/body' && !(kind && kind in PROPERTIES)) return refuse(404);
	const member = (object: Json) =>
		owner === 'body' || [object.organization].flat().includes(`${at}/organization/${id}`);
	const ofKind = [...objects].filter(([key]) => key.startsWith(`${kind ?? 'body'}/`)).map(([, object]) => object);
	return listOf(ofKind.filter(member), query, at + path, ok);
}

function listOf(objects: Json[], query: URLSearchParams, address: string, ok: (json: unknown) => Answer): Answer {
	for (const [name, value] of query)
		if (/_(since|until)$/.test(name) && Number.isNaN(Date.parse(value))) return refuse(400);
	const fits = (object: Json) =>
		[...query].every(([name, value]) => {
			const [property, edge] = name.split('_');
			if (edge !== 'since' && edge !== 'until') return true;
			const apart = Date.parse(String(object[property!])) - Date.parse(value);
			return edge === 'since' ? apart >= 0 : apart <= 0;
		});
	const found = objects.filter(fits);
	const limit = Number(query.get('limit') ?? 1);
	const from = Number(query.get('from') ?? 0);
	const link = (start: number) =>
		`${address}?${new URLSearchParams({ ...Object.fromEntries(query), from: `${start}` })}`;
	const told = found
		.slice(from, from + limit)
		.map((object) =>
			query.has('omit_internal')
				? Object.fromEntries(Object.entries(object).filter(([, value]) => !isInside(value)))
				: object,
		);
	const links = { first: link(0), self: link(from), ...(from + limit < found.length && { next: link(from + limit) }) };
	return ok({ data: told, pagination: { totalElements: found.length }, links });
}

function isInside(value: unknown): boolean {
	return [value].flat().some((one) => one !== null && typeof one === 'object');
}

/** @returns its address, and what ends it */
export async function startRightServer(fault: Fault = (answer) => answer): Promise<{ at: string; close: () => void }> {
	const server = createServer((request, response) => {
		const url = new URL(request.url!, at);
		const { headers, method = 'GET' } = request;
		const question = { path: url.pathname, query: url.searchParams, headers, method };
		const answer = fault(structuredClone(answerOf(question, at, objects)), question);
		const body = answer.json === null ? '' : JSON.stringify(answer.json);
		const zipped = Boolean(body) && answer.status === 200 && /gzip/.test(String(headers['accept-encoding']));
		const coding = zipped && !('no-gzip' in answer.headers) ? { 'content-encoding': 'gzip' } : {};
		response.writeHead(answer.status, { ...answer.headers, ...coding });
		response.end(method === 'HEAD' ? undefined : 'content-encoding' in coding ? gzipSync(body) : body);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const objects = objectsAt(at);
	return {
		at,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
