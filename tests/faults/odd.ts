/** Requests that no browser of ours would send: made from what the application's own pages offer, bent by chance. */
import type { Way } from '../support/routes.ts';

export interface Odd {
	method: string;
	/** As it stands in the first line of the request. */
	path: string;
	headers: Record<string, string>;
	body?: Buffer;
}

/** What pages offer: addresses that lead somewhere, and the names of fields. */
export interface Offers {
	paths: string[];
	fields: string[];
	/** Values that fields hold: ids, days, words of selects. */
	values: string[];
}

type Random = () => number;

const JUNK = [
	'',
	' ',
	'\0',
	'a\0b',
	'%',
	'%00',
	'%ff',
	'%c0%ae',
	'../../etc/passwd',
	'..%2f..%2f',
	'\ud800',
	'\u202e',
	'🦊'.repeat(40),

	'null',
	'undefined',
	'NaN',
	'-1',
	'0',
	'1e309',
	'9'.repeat(40),
	'2147483648',
	'9223372036854775808',
	'0x10',
	'1.5',
	'-0',

	'2024-13-45',
	'0000-00-00',
	'9999-12-31',
	'+275760-09-13',
	'-000001-01-01',
	'24:61',
	'2024-02-30T25:00',
	'31.02.2024',

	"' or 1=1 --",
	'"; drop table x',
	'<script>alert(1)</script>',
	'{{7*7}}',
	'${7*7}',
	'\\',
	'%s%n',
	'*',
	'(',
	'[',
	'"',
	' & | ! <-> ',

	'00000000-0000-0000-0000-000000000000',
	'019ae000-0000-7000-8000-000000000000',
	'ffffffff-ffff-ffff-ffff-ffffffffffff',

	'true',
	'on',
	'ja',
	'[]',
	'{}',
	'[object Object]',
	'__proto__',
	'constructor',
	'toString',
	'a'.repeat(5000),
	'ä'.repeat(300),
];
const QUERIES = [
	'q',
	'seite',
	'nach',
	'vor',
	'von',
	'bis',
	'id',
	'jahr',
	'stand',
	'gremium',
	'art',
	'punkt',
	'monat',
	'limit',
	'page',
	'modified_since',
	'weiter',
	'thema',
	'sprache',
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];
const TYPES = [
	'application/x-www-form-urlencoded',
	'application/x-www-form-urlencoded; charset=utf-16',
	'multipart/form-data',
	'multipart/form-data; boundary=x',
	'application/json',
	'text/plain',
	'application/octet-stream',
	'',
	'multipart/form-data; boundary=' + 'y'.repeat(300),
];
const HEADERS: [string, string[]][] = [
	['accept', ['*/*', 'text/html', 'application/json', 'text/event-stream', 'q=;;', ',,,', 'a'.repeat(2000)]],
	['accept-language', ['ar', 'x-klingon', ';q=9', 'de-'.repeat(400)]],
	['accept-encoding', ['br', 'gzip;q=0', 'identity;q=0, *;q=0', 'zz', ';;']],
	['cookie', ['a=b; =; ;;', 'mitrat.session_token=%00', 'better-auth.session_token=' + 'x'.repeat(3000)]],
	['if-none-match', ['*', '"', 'W/"x"', '"' + 'e'.repeat(2000)]],
	['if-modified-since', ['yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT', '9'.repeat(50)]],
	['range', ['bytes=0-0', 'bytes=-1', 'bytes=5-2', 'bytes=0-0,1-1,2-2', 'lines=1-2', 'bytes=99999999999999999999-']],
	['last-event-id', ['-1', '99999999999999999999', 'x', '0']],
	['x-forwarded-for', ['::1', '999.999.1.1', 'x'.repeat(500)]],
	['x-forwarded-proto', ['https', 'javascript']],
	['x-forwarded-host', ['elsewhere.example', '[', 'a b']],
	['x-http-method-override', ['DELETE']],
	['x-sveltekit-action', ['true']],
];

const of = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** One request that follows from the state of `random` alone. @param origin what forms of ours come from */
export function oddRequest(random: Random, ways: readonly Way[], offers: Offers, origin: string): Odd {
	const way = of(random, ways);
	const value = () => (random() < 0.4 && offers.values.length ? of(random, offers.values) : of(random, JUNK));
	const method = random() < 0.75 ? way.method : of(random, METHODS);
	const headers: Record<string, string> = { origin, accept: 'text/html' };
	for (const [name, values] of HEADERS) if (random() < 0.06) headers[name] = of(random, values);
	const path = pathOf(random, way, offers, value) + queryOf(random, way, value);
	if (method === 'GET' || method === 'HEAD') return { method, path, headers };
	return { method, path, ...bodyOf(random, offers, value, headers) };
}

function pathOf(random: Random, way: Way, offers: Offers, value: () => string): string {
	const sameShape = offers.paths.filter((path) => shape(path) === shape(way.path));
	const base = sameShape.length && random() < 0.6 ? of(random, sameShape) : way.path;
	const bent = base.replaceAll(/\[+[^\]]+\]+/g, () => encodeSafely(value()));
	if (random() > 0.08) return bent || '/';
	return of(random, [
		`${bent}/`,
		`/${bent}`,
		`${bent}%`,
		`${bent}//x`,
		bent.toUpperCase(),
		`/ar${bent}`,
		`${bent};a=b`,
		`${bent}/__data.json`,
	]);
}

/** `/sitzungen/2024-03-04` and `/sitzungen/[slug]` have the same. */
function shape(path: string): string {
	const [, first, ...rest] = path.split('/');
	return `${first}/${rest.length}`;
}

function queryOf(random: Random, way: Way, value: () => string): string {
	const asked = way.action && way.action !== 'default' ? [`/${way.action}`] : [];
	while (random() < 0.35) asked.push(`${of(random, QUERIES)}=${encodeSafely(value())}`);
	return asked.length ? `?${asked.join('&')}` : '';
}

/** As a browser encodes, but for what stands as junk on purpose. */
function encodeSafely(text: string): string {
	return encodeURIComponent(text.toWellFormed()).replaceAll('%25', '%');
}

function bodyOf(
	random: Random,
	offers: Offers,
	value: () => string,
	headers: Record<string, string>,
): Pick<Odd, 'headers' | 'body'> {
	const fields = Array.from(
		{ length: Math.floor(random() * 8) },
		() => [of(random, offers.fields), value()] as [string, string],
	);
	const type = random() < 0.6 ? TYPES[0]! : of(random, TYPES);
	const sent = { ...headers, 'content-type': type };
	if (type.startsWith('multipart')) return { headers: sent, body: Buffer.from(multipart(random, fields)) };
	if (type === 'application/json') return { headers: sent, body: Buffer.from(json(random, fields)) };
	const text = new URLSearchParams(fields.map(([name, one]) => [name, one.toWellFormed()])).toString();
	const cut = random() < 0.05 ? text.slice(0, text.length / 2) + '%' : text;
	return { headers: sent, body: Buffer.from(cut) };
}

function multipart(random: Random, fields: [string, string][]): string {
	const parts = fields.map(
		([name, value]) =>
			`--x\r\ncontent-disposition: form-data; name="${name}"${random() < 0.3 ? '; filename="a\0.pdf"' : ''}\r\n\r\n${value}\r\n`,
	);
	const text = `${parts.join('')}--x--\r\n`;
	return random() < 0.3 ? text.slice(0, Math.floor(random() * text.length)) : text;
}

function json(random: Random, fields: [string, string][]): string {
	const whole = JSON.stringify(
		Object.fromEntries(fields.map(([name, value]) => [name, random() < 0.3 ? [{ [value]: value }] : value])),
	);
	return of(random, [
		whole,
		whole.slice(0, -1),
		'['.repeat(5000),
		'null',
		'1',
		'""',
		'{"operations":[{}]}',
		'{"operations":[null,1,{"kind":"x","clientId":1}]}',
		'',
	]);
}
