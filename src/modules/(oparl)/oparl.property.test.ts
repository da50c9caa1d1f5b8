/** Whatever is done to public and closed records: programs are told exactly what is public, and nothing else leaves a trace. */
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { write } from '#kernel/write.ts';
import { publicState } from '#kernel/changes/public-state.ts';
import { freshDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { ACTS, lay, SECRET } from './acts.fixture.ts';
import { makeDocuments } from './documents/make.server.ts';
import { tellAnew } from './project/follow.server.ts';
import { HERE } from './project/node.ts';
import { LISTS } from './serve/objects.server.ts';
import { read } from './serve/read.server.ts';

const database = await freshDatabase();
const visitor = () => database.ctx(VISITOR);
const { sql } = database;

type Json = Record<string, unknown> & { id: string; modified: string; deleted?: true };

/** As text, and put together of what stands packed: one must say what the other says. */
async function get<T>(path: string, query = ''): Promise<T> {
	const found = await read(visitor(), path, new URLSearchParams(query));
	if (!('json' in found)) throw new Error(`${path}: ${JSON.stringify(found)}`);
	const packed = await read(visitor(), path, new URLSearchParams(query), HERE);
	if ('gzip' in packed) expect(gunzipSync(packed.gzip).toString()).toBe(found.json);
	return JSON.parse(found.json) as T;
}

async function list(name: string, query = 'limit=3'): Promise<{ objects: Json[]; total: number }> {
	const objects: Json[] = [];
	let total = 0;
	for (let next: string | undefined = query; next !== undefined;) {
		const page: { data: Json[]; links: { next?: string }; pagination: { totalElements: number } } = await get(
			`body/${database.town.id}/${name}`,
			next,
		);
		objects.push(...page.data);
		total = page.pagination.totalElements;
		next = page.links.next?.split('?')[1];
	}
	return { objects, total };
}

/** Everything that is told, by long pages. */
async function everything(query = 'limit=100'): Promise<Map<string, Json>> {
	const all = new Map<string, Json>();
	for (const name of Object.keys(LISTS)) for (const one of (await list(name, query)).objects) all.set(one.id, one);
	return all;
}

/** A program that keeps up: it asks each list only for what is newer than the newest it has. */
class Client {
	readonly known = new Map<string, Json>();
	readonly #since = new Map<string, string>();

	async ask(): Promise<void> {
		for (const name of Object.keys(LISTS)) {
			const since = this.#since.get(name) ?? '1970-01-01T00:00:00Z';
			const { objects } = await list(name, String(new URLSearchParams({ modified_since: since, limit: '4' })));
			for (const one of objects) {
				this.known.set(one.id, one);
				if (Date.parse(one.modified) > Date.parse(this.#since.get(name) ?? since)) this.#since.set(name, one.modified);
			}
		}
	}

	get kept(): Map<string, Json> {
		return new Map([...this.known].filter(([, one]) => !one.deleted));
	}
}

const sorted = (all: Map<string, Json>) => [...all].sort(([a], [b]) => (a < b ? -1 : 1));

/** Every address within the interface that these objects name. */
function linksIn(objects: Iterable<Json>): Set<string> {
	const text = JSON.stringify([...objects]);
	return new Set(text.match(new RegExp(`${HERE}/oparl/v1\\.1/[a-z]+/[0-9a-f-]{36}(?=")`, 'g')));
}

const steps = fc.array(
	fc.record({
		act: fc.constantFrom(...Object.keys(ACTS)),
		which: fc.nat(3),
		flag: fc.boolean(),
		asks: fc.boolean(),
		makes: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 12 },
);

/** The documents of what is public, as the job makes them. */
async function make(): Promise<void> {
	while ((await sql('select from oparl.unmade')).length) await makeDocuments(database.ctx());
}

async function empty({ sql: run }: TestDatabase): Promise<void> {
	await run(
		'truncate oparl.object, oparl.link, oparl.made_file, oparl.unmade, papers.paper, papers.district, council.council_body, registry.person, registry.organisation, registry.place cascade',
	);
}

test('any sequence of acts: a program that keeps up has exactly the public state; nothing closed is told, linked, counted or felt', async () => {
	await fc.assert(
		fc.asyncProperty(steps, async (acts) => {
			await empty(database);
			const ground = await lay(database.ctx());
			const client = new Client();
			const present = async () => ({ state: await publicState(database.town.id), all: sorted(await everything()) });
			let after = await present();
			for (const { act, which, flag, asks, makes } of acts) {
				const look = async (done: string) => {
					const before = after;
					after = await present();
					// The number that ETags are made of moves exactly when something is told differently.
					const changed = JSON.stringify(before.all) !== JSON.stringify(after.all);
					if (!changed) expect(after.state.toldSeq, done).toBe(before.state.toldSeq);
					else expect(after.state.toldSeq, done).toBeGreaterThan(before.state.toldSeq);
				};
				await write(database.ctx(), (tx) => ACTS[act]!(tx, ground, which, flag));
				await look(act);
				if (asks) await client.ask();
				if (!makes) continue;
				await make();
				await look('make');
			}
			await client.ask();
			const shown = await everything();
			expect(sorted(client.kept)).toEqual(sorted(shown));
			const tombstones = [...client.known.values()].filter(({ deleted }) => deleted);
			expect(JSON.stringify([...shown.values(), ...tombstones])).not.toContain(SECRET);
			for (const [id, one] of shown) expect(await get(id.slice(`${HERE}/oparl/v1.1/`.length))).toEqual(one);
			const body = `${HERE}/oparl/v1.1/body/${database.town.id}`;
			const lost = [...linksIn(shown.values())].filter((link) => link !== body && !shown.has(link));
			expect(lost).toEqual([]);
			for (const name of Object.keys(LISTS)) {
				const { objects, total } = await list(name);
				expect(total, name).toBe(objects.length);
			}
			expect(await tellAnew(database.ctx())).toBe(0);
		}),
		{ numRuns: 12 },
	);
});

test('the acts of the test do bring things into the public and out of it again', async () => {
	await empty(database);
	const ground = await lay(database.ctx());
	const act = (name: string, which: number, flag: boolean) =>
		write(database.ctx(), (tx) => ACTS[name]!(tx, ground, which, flag));
	const types = async () =>
		[...new Set([...(await everything()).values()].map(({ type }) => String(type).split('/').at(-1)))].sort();
	expect(await types()).toEqual(['Organization']);
	for (const name of [
		'publishMeeting',
		'openItem',
		'publishPaper',
		'openStation',
		'openFile',
		'takeSeat',
		'mergeGroups',
	])
		await act(name, 0, true);
	expect(await types()).toEqual([
		'AgendaItem',
		'Consultation',
		'File',
		'Location',
		'Meeting',
		'Membership',
		'Organization',
		'Paper',
		'Person',
	]);
	for (const name of ['publishMeeting', 'publishPaper']) await act(name, 0, false);
	await act('loseSeat', 0, true);
	expect(await types()).toEqual(['Organization']);
	expect((await sql<{ n: number }>('select count(*)::int as n from oparl.object where deleted'))[0]!.n).toBeGreaterThan(
		5,
	);
});
