import { UserError } from '#kernel/errors.ts';
import { isRaw, type ReadingPlace } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import type { ForeignKind } from '../reading/foreign.ts';
import { Asker, TooLarge, Unreachable, type Answer, type AskOptions } from './ask.server.ts';
import { readBody, readList, readSystem } from './body.ts';
import { ForbiddenAddress } from './guard.server.ts';
import { readJson } from './json.ts';
import type { ForeignBody, ForeignSystem, ListPage, PageQuestion, Source } from './source.ts';

/** Longer lists than this are a loop that hides. */
const MOST_PAGES = 100_000;

/** A server that speaks OParl 1.0 or 1.1. */
export function httpSource(address: string, timeZone: string, options: AskOptions): Source & { asker: Asker } {
	const asker = new Asker(options);
	const placeOf = (base: string, findings: Findings): ReadingPlace => ({ base, findings, timeZone });
	return {
		asker,
		address,
		base: address,
		tellsChanges: true,
		system: (findings) => readWhole(asker, address, (base) => placeOf(base, findings)),
		pages: (body, kind, question, findings) => pagesOf(asker, body, kind, question, (base) => placeOf(base, findings)),
		tombstones: () => Promise.resolve([]),
		object: async (id, findings) => {
			const answer = await asker.get(id);
			if (answer.status === 404 || answer.status === 410) return null;
			const told = answer.status === 200 ? jsonOf(answer, placeOf(id, findings)) : null;
			return isRaw(told) && told.type === 'https://schema.oparl.org/1.1/Error' ? null : told;
		},
		content: async ({ address: from }) => {
			if (!from) return null;
			const answer = await asker.get(from, {}, 'application/octet-stream');
			return answer.status === 200 ? answer.bytes : null;
		},
		close: () => asker.close(),
	};
}

function jsonOf(answer: Answer, place: ReadingPlace): unknown {
	const read = readJson(answer.bytes);
	if (!read) {
		place.findings.add('List', 'brokenJson', answer.address);
		return undefined;
	}
	for (const fault of read.faults) place.findings.add('List', fault, answer.address);
	return read.value;
}

/** System and bodies; the address of a body alone does as well. */
async function readWhole(
	asker: Asker,
	address: string,
	placeAt: (base: string) => ReadingPlace,
): Promise<ForeignSystem> {
	const answer = await asker.get(address);
	const given = answer.status === 200 ? jsonOf(answer, placeAt(address)) : undefined;
	if (!isRaw(given))
		throw new UserError(
			`Unter ${address} antwortet kein OParl-System (${answer.status}, ${answer.contentType || 'ohne Typ'}).`,
		);
	const place = placeAt(answer.address);
	if (/\/Body$/.test(String(given.type))) {
		const body = readBody(given, place);
		return readSystem({ ...given, id: undefined }, place, body ? [body] : []);
	}
	const bodies: ForeignBody[] = [];
	for (const one of await bodiesOf(asker, given.body, placeAt, answer.address)) {
		const body = readBody(one, place);
		if (body) bodies.push(body);
	}
	if (!bodies.length) throw new UserError(`Das System unter ${address} nennt keine Körperschaft.`);
	return readSystem(given, place, bodies);
}

async function bodiesOf(
	asker: Asker,
	given: unknown,
	placeAt: (base: string) => ReadingPlace,
	base: string,
): Promise<unknown[]> {
	const entries: unknown[] = [];
	const seen = new Set<string>();
	for (let next = given; next !== null && next !== undefined;) {
		if (typeof next !== 'string') return [...entries, ...(Array.isArray(next) ? next : [next])];
		const at: string = URL.canParse(next, base) ? new URL(next, base).href : base;
		if (seen.has(at)) break;
		seen.add(at);
		const answer = await asker.get(at);
		const told = answer.status === 200 ? jsonOf(answer, placeAt(at)) : undefined;
		const list = readList(told, placeAt(at));
		if (!list) return isRaw(told) ? [...entries, told] : entries;
		for (const one of list.entries) {
			if (typeof one === 'string') entries.push(...(await bodiesOf(asker, one, placeAt, at)));
			else entries.push(one);
		}
		next = list.next;
	}
	return entries;
}

async function* pagesOf(
	asker: Asker,
	body: ForeignBody,
	kind: ForeignKind,
	{ since, from, known }: PageQuestion,
	placeAt: (base: string) => ReadingPlace,
): AsyncGenerator<ListPage, boolean> {
	const list = body.lists[kind];
	if (!list) return true;
	if (Array.isArray(list)) {
		yield { address: `${body.id}#${kind}`, entries: list, next: null, etag: null, lastModified: null };
		return true;
	}
	const { findings } = placeAt(list);
	const seen = new Set<string>();
	let heads = new Set<string>();
	for (let at: string | null = from ?? changedSince(list, since); at;) {
		if (seen.has(at) || seen.size >= MOST_PAGES) {
			findings.add('List', 'listLoop', at);
			// Perhaps all was told, perhaps not.
			return false;
		}
		seen.add(at);
		const page: ListPage | 'gone' | 'broken' = await pageAt(asker, at, (await known(at)) ?? null, placeAt);
		if (page === 'gone') {
			// Some answer a window without objects with 404.
			if (!since || seen.size > 1) findings.add('List', seen.size === 1 ? 'listMissing' : 'notFound', at);
			return seen.size === 1 && since !== null;
		}
		if (page === 'broken') return false;
		if (page.entries) {
			// The same page under ever new addresses is a loop, too.
			const head = headOf(page.entries);
			if (head && heads.has(head)) {
				findings.add('List', 'listLoop', at);
				return false;
			}
			if (head) heads.add(head);
		} else heads = new Set();
		yield page;
		at = page.next;
	}
	return true;
}

function headOf(entries: unknown[]): string | null {
	const ids = entries.map((one) => (isRaw(one) ? one.id : one));
	return ids.length && ids.every((id) => typeof id === 'string') ? ids.join(' ') : null;
}

function changedSince(list: string, since: string | null): string {
	if (!since) return list;
	const url = new URL(list);
	url.searchParams.set('modified_since', since);
	return url.href;
}

async function pageAt(
	asker: Asker,
	at: string,
	known: { etag: string | null; lastModified: string | null; next: string | null } | null,
	placeAt: (base: string) => ReadingPlace,
): Promise<ListPage | 'gone' | 'broken'> {
	const place = placeAt(at);
	let answer: Answer;
	try {
		answer = await asker.get(at, known ?? {});
	} catch (error) {
		if (!(error instanceof Unreachable || error instanceof TooLarge || error instanceof ForbiddenAddress)) throw error;
		place.findings.add('List', error instanceof TooLarge ? 'tooLarge' : 'unreachable', `${at} ${error.message}`);
		return 'broken';
	}
	if (answer.status === 304 && known) return { ...known, address: at, entries: null };
	if (answer.status === 404 || answer.status === 410) return 'gone';
	const list = answer.status === 200 ? readList(jsonOf(answer, place), { ...place, base: answer.address }) : null;
	if (!list) {
		place.findings.add('List', 'unreachable', `${at} ${answer.status}`);
		return 'broken';
	}
	return { address: at, ...list, etag: answer.etag, lastModified: answer.lastModified };
}
