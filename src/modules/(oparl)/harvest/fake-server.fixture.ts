/** A server that tells an invented town by OParl, and does what real servers do wrong when it is told to. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fakeTown, type FakeTown } from './fake-town.fixture.ts';
import { isRaw, type Raw } from './reading/fields.ts';

export interface Wrongs {
	/** `next` of the last page leads back to the first one. */
	endlessNext?: boolean;
	/** Every page has a next one under a new address, with the same objects. */
	endlessPages?: boolean;
	/** Lists that the body does not name. */
	withoutLists?: string[];
	/** Lists that answer 404. */
	missing?: string[];
	/** The n-th request answers with this status and these headers, once. */
	at?: Map<number, { status: number; headers?: Record<string, string> }>;
	/** Done before a request is answered. */
	before?: (path: string) => Promise<unknown>;
	/** Entries are addresses only. */
	named?: boolean;
	/** Lists whose pages are HTML. */
	html?: string[];
}

export interface FakeServer {
	/** Address of the system. */
	url: string;
	base: string;
	town: FakeTown;
	wrongs: Wrongs;
	requests: { path: string; headers: IncomingMessage['headers'] }[];
	/** How many answers were 304. */
	unchanged: number;
	/** Tombstones by list, told when `modified_since` is asked. */
	gone: Record<string, Raw[]>;
	/** Terms of all that it tells. */
	license?: string;
	close(): Promise<void>;
}

const LISTS: Record<string, keyof FakeTown> = {
	organization: 'organization',
	person: 'person',
	meeting: 'meeting',
	paper: 'paper',
	location: 'location',
};

export async function fakeServer(
	{
		size,
		version = '1.1',
		page = 100,
	}: { size?: Parameters<typeof fakeTown>[1]; version?: string; page?: number } = {},
	wrongs: Wrongs = {},
): Promise<FakeServer> {
	const server = createServer((request, response) => {
		void Promise.resolve(fake.wrongs.before?.(request.url!)).then(() =>
			answer(fake, request, response, { version, page }),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oparl`;
	const fake: FakeServer = {
		url: `${base}/system`,
		base,
		town: fakeTown(base, size, version),
		wrongs,
		requests: [],
		unchanged: 0,
		gone: {},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return fake;
}

function answer(
	fake: FakeServer,
	request: IncomingMessage,
	response: ServerResponse,
	{ version, page }: { version: string; page: number },
): void {
	const url = new URL(request.url!, fake.base);
	fake.requests.push({ path: url.pathname + url.search, headers: request.headers });
	const planned = fake.wrongs.at?.get(fake.requests.length);
	if (planned) {
		response.writeHead(planned.status, planned.headers).end();
		return;
	}
	const [kind = '', id = '', list] = url.pathname.split('/').slice(2);
	const told = tell(fake, { kind, id, list, url, version, page });
	if (told === null) {
		response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
		return;
	}
	const text = typeof told === 'string' ? told : JSON.stringify(told);
	const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
	if (request.headers['if-none-match'] === etag) {
		fake.unchanged++;
		response.writeHead(304, { etag }).end();
		return;
	}
	response.writeHead(200, { 'content-type': kind === 'content' ? 'text/plain' : 'application/json', etag }).end(text);
}

function tell(
	fake: FakeServer,
	asked: { kind: string; id: string; list: string | undefined; url: URL; version: string; page: number },
): unknown {
	const { kind, id, list, url, version } = asked;
	if (kind === 'content') return `Inhalt ${id}`.padEnd(12).slice(0, 12);
	if (kind === 'system')
		return {
			id: fake.url,
			type: `https://schema.oparl.org/${version}/System`,
			oparlVersion: `https://schema.oparl.org/${version}/`,
			name: 'Ratsinformation Seltenau',
			body: `${fake.base}/body`,
		};
	if (kind === 'body' && !id) return { data: [bodyOf(fake, version)], links: {} };
	if (kind === 'body' && !list) return bodyOf(fake, version);
	if (list && Object.hasOwn(LISTS, list)) return listOf(fake, list, url, asked.page);
	const found = Object.values(fake.town)
		.flat()
		.find((one: Raw) => one.id === `${fake.base}/${kind}/${id}`);
	return found ?? null;
}

function bodyOf(fake: FakeServer, version: string): Raw {
	const body: Raw = {
		id: `${fake.base}/body/1`,
		type: `https://schema.oparl.org/${version}/Body`,
		system: fake.url,
		name: 'Stadt Seltenau',
		shortName: 'Seltenau',
		legislativeTerm: fake.town.term,
		...(fake.license && { license: fake.license }),
	};
	for (const list of Object.keys(LISTS)) {
		if (fake.wrongs.withoutLists?.includes(list)) continue;
		if (version === '1.0' && list === 'location') continue;
		body[list === 'location' ? 'locationList' : list] = `${fake.base}/body/1/${list}`;
	}
	return body;
}

function listOf(fake: FakeServer, list: string, url: URL, size: number): unknown {
	if (fake.wrongs.missing?.includes(list)) return null;
	if (fake.wrongs.html?.includes(list)) return '<html><body>Wartungsarbeiten</body></html>';
	const since = url.searchParams.get('modified_since');
	const all = since
		? [...fake.town[LISTS[list]!], ...(fake.gone[list] ?? [])].filter((one) => String(one.modified ?? '9') >= since)
		: fake.town[LISTS[list]!];
	const at = Number(url.searchParams.get('page') ?? 0);
	const start = fake.wrongs.endlessPages ? 0 : at * size;
	const data = all.slice(start, start + size);
	const last = start + size >= all.length;
	const link = (to: number) => {
		const address = new URL(url);
		address.searchParams.set('page', String(to));
		return address.href;
	};
	const next = fake.wrongs.endlessPages
		? link(at + 1)
		: last
			? fake.wrongs.endlessNext
				? link(0)
				: undefined
			: link(at + 1);
	return {
		data: fake.wrongs.named ? data.map((one) => (isRaw(one) ? one.id : one)) : data,
		pagination: { elementsPerPage: size },
		links: { ...(next && { next }) },
	};
}
