import { afterEach, describe, expect, test } from 'vitest';
import { fakeServer, type Wrongs } from '../fake-server.fixture.ts';
import { Findings } from '../reading/findings.ts';
import { Asker, Unreachable } from './ask.server.ts';
import { ForbiddenAddress, isAllowed } from './guard.server.ts';
import { httpSource } from './http.server.ts';
import { readJson } from './json.ts';
import type { KnownPage } from './source.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function open(wrongs: Wrongs = {}, more: Parameters<typeof fakeServer>[0] = {}) {
	const server = await fakeServer({ page: 2, ...more }, wrongs);
	const waited: number[] = [];
	const source = httpSource(server.url, 'Europe/Berlin', {
		userAgent: 'Mitrat-Test',
		near: true,
		wait: async (milliseconds) => void waited.push(milliseconds),
	});
	closing.push(
		() => server.close(),
		() => source.close(),
	);
	return { server, source, waited, findings: new Findings() };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function walk(
	{ source, findings }: Opened,
	kind: 'Paper' | 'Meeting' = 'Paper',
	known = new Map<string, KnownPage>(),
	since: string | null = null,
) {
	const { bodies } = await source.system(findings);
	const pages = source.pages(
		bodies[0]!,
		kind,
		{ since, from: null, known: async (at) => known.get(at) ?? null },
		findings,
	);
	const entries: unknown[] = [];
	let kept = 0;
	for (;;) {
		const { done, value } = await pages.next();
		if (done) return { entries, kept, whole: value };
		if (value.entries) entries.push(...value.entries);
		else kept++;
		known.set(value.address, value);
	}
}

const faults = ({ findings }: Opened) => findings.list().map(({ kind, fault }) => `${kind} ${fault}`);

describe('a polite client', () => {
	test('walks all pages under one name', async () => {
		const opened = await open();
		const { entries, whole } = await walk(opened);
		expect(entries).toHaveLength(4);
		expect(whole).toBe(true);
		expect(new Set(opened.server.requests.map(({ headers }) => headers['user-agent']))).toEqual(
			new Set(['Mitrat-Test']),
		);
	});

	test('a page that did not change is not sent again', async () => {
		const opened = await open();
		const known = new Map<string, KnownPage>();
		await walk(opened, 'Paper', known);
		const again = await walk(opened, 'Paper', known);
		expect(again).toMatchObject({ entries: [], kept: 2, whole: true });
		expect(opened.server.unchanged).toBe(2);
	});

	test('waits as long as a busy server asks, and longer each time when it does not say', async () => {
		const opened = await open({
			at: new Map([
				[1, { status: 429, headers: { 'retry-after': '7' } }],
				[2, { status: 503 }],
				[3, { status: 503 }],
			]),
		});
		await opened.source.system(opened.findings);
		expect(opened.waited).toEqual([7000, 2000, 4000]);
	});

	test('gives up after five tries', async () => {
		const asker = new Asker({ userAgent: 'x', near: true, wait: async () => undefined });
		closing.push(() => asker.close());
		await expect(asker.get('http://127.0.0.1:1/')).rejects.toThrow(Unreachable);
		expect(asker.asked).toBe(5);
	});

	test('keeps its pace', async () => {
		const { server } = await open();
		const waits: number[] = [];
		const asker = new Asker({ userAgent: 'x', near: true, rate: 2, wait: async (ms) => void waits.push(ms) });
		closing.push(() => asker.close());
		for (let n = 0; n < 4; n++) await asker.get(server.url);
		expect(waits).toHaveLength(3);
		expect(waits.at(-1)).toBeGreaterThan(1000);
	});

	test('is cancelled while it waits', async () => {
		const { server } = await open({ at: new Map([[1, { status: 503, headers: { 'retry-after': '200' } }]]) });
		const cancel = new AbortController();
		const asker = new Asker({ userAgent: 'x', near: true, signal: cancel.signal });
		closing.push(() => asker.close());
		const asked = asker.get(server.url);
		const seen = () => server.requests.length > 0;
		while (!seen()) await new Promise((resolve) => setImmediate(resolve));
		cancel.abort(new Error('cancelled'));
		await expect(asked).rejects.toThrow('cancelled');
	});
});

describe('what must not be asked', () => {
	test.each(['127.0.0.1', '10.1.2.3', '192.168.0.1', '172.20.0.1', '::1', 'fd00::1', '::ffff:127.0.0.1', '100.64.1.1'])(
		'%s only where allowed',
		(address) => expect([isAllowed(address, false), isAllowed(address, true)]).toEqual([false, true]),
	);
	test.each(['169.254.169.254', '0.0.0.0', 'fe80::1', '224.0.0.1', '::ffff:169.254.169.254', '::ffff:7f00:1'])(
		'%s never',
		(address) => expect(isAllowed(address, true)).toBe(false),
	);
	test.each(['8.8.8.8', '2a00:1450::1'])('%s', (address) => expect(isAllowed(address, false)).toBe(true));

	test.each([
		'http://127.0.0.1/x',
		'http://localhost/x',
		'file:///etc/passwd',
		'http://me:secret@example.org/',
		'ftp://x/',
	])('%s', async (address) => {
		const asker = new Asker({ userAgent: 'x', wait: async () => undefined });
		closing.push(() => asker.close());
		await expect(asker.get(address)).rejects.toThrow(ForbiddenAddress);
	});

	test('a redirect leads no further than the guard allows', async () => {
		const { server } = await open({
			at: new Map([[1, { status: 302, headers: { location: 'http://169.254.169.254/keys' } }]]),
		});
		const asker = new Asker({ userAgent: 'x', near: true });
		closing.push(() => asker.close());
		await expect(asker.get(server.url)).rejects.toThrow(ForbiddenAddress);
	});
});

describe('what servers do wrong', () => {
	test('an endless next ends', async () => {
		const opened = await open({ endlessNext: true });
		expect((await walk(opened)).entries).toHaveLength(4);
		expect(faults(opened)).toContain('List listLoop');
	});

	test('pages that never end but say the same end', async () => {
		const opened = await open({ endlessPages: true });
		expect(await walk(opened)).toMatchObject({ whole: false });
		expect(faults(opened)).toContain('List listLoop');
	});

	test('a list that is missing is a finding', async () => {
		const opened = await open({ withoutLists: ['meeting'], missing: ['paper'] });
		expect(await walk(opened, 'Meeting')).toMatchObject({ entries: [] });
		expect(await walk(opened)).toMatchObject({ entries: [], whole: false });
		expect(faults(opened)).toEqual(['Body listMissing', 'List listMissing']);
	});

	test('an empty window that answers 404 is empty', async () => {
		const opened = await open({ missing: ['paper'] });
		expect(await walk(opened, 'Paper', new Map(), '2024-01-01T00:00:00Z')).toMatchObject({ entries: [], whole: true });
		expect(faults(opened)).toEqual([]);
	});

	test('HTML instead of a list breaks the list off', async () => {
		const opened = await open({ html: ['paper'] });
		expect(await walk(opened)).toMatchObject({ entries: [], whole: false });
		expect(faults(opened)).toEqual(['List brokenJson', 'List unreachable']);
	});

	test('an address without OParl is one sentence', async () => {
		const { server } = await open();
		const source = httpSource(`${server.base}/nothing`, 'Europe/Berlin', { userAgent: 'x', near: true });
		closing.push(() => source.close());
		await expect(source.system(new Findings())).rejects.toThrow(/antwortet kein OParl-System \(404/);
	});

	test.each([
		['\ufeff{"a":1}', { a: 1 }, []],
		['{"a":"x\ny\u0007z"}', { a: 'x\ny z' }, ['brokenJson']],
		['{"a":[1,2,],}', { a: [1, 2] }, ['brokenJson']],
		['{"a":"C:\\Rat"}', { a: 'C:\\Rat' }, ['brokenJson']],
	])('JSON that is not quite JSON: %j', (text, value, faultsOf) => {
		expect(readJson(new TextEncoder().encode(text))).toEqual({ value, faults: faultsOf });
	});

	test('JSON in another encoding', () => {
		const bytes = Uint8Array.from(Buffer.from('{"a":"Bänke"}', 'latin1'));
		expect(readJson(bytes)).toEqual({ value: { a: 'Bänke' }, faults: ['mojibake'] });
	});
});
