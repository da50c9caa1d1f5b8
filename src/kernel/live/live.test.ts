import { afterEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, changeNote, installNotes, NOTE } from '../../../tests/support/notes.ts';
import { OPERATOR, VISITOR, type Actor } from '../access/actor.ts';
import { announceStop } from '../runtime.ts';
import { liveResponse, subscribe, type Subscription } from './subscribe.ts';

const database = await freshDatabase();
await installNotes(database);

interface Event {
	event: string;
	id: number;
	data: { kind?: string; id?: string; deleted?: boolean };
}

/** Reads a stream event by event, as a browser does. */
class Reader {
	readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
	#text = '';
	constructor(stream: ReadableStream<Uint8Array>) {
		this.#reader = stream.getReader();
	}
	/** The next block, comments included; undefined at the end. */
	async block(): Promise<string | undefined> {
		while (!this.#text.includes('\n\n')) {
			const { done, value } = await this.#reader.read();
			if (done) return undefined;
			this.#text += new TextDecoder().decode(value);
		}
		const at = this.#text.indexOf('\n\n');
		const block = this.#text.slice(0, at);
		this.#text = this.#text.slice(at + 2);
		return block;
	}
	async next(): Promise<Event | undefined> {
		for (;;) {
			const block = await this.block();
			if (block === undefined) return undefined;
			if (!block.startsWith('id:')) continue;
			const [, id, event, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block)!;
			return { event: event!, id: Number(id), data: JSON.parse(data!) };
		}
	}
	/** Events up to and with the first of this name. */
	async until(name: string): Promise<Event[]> {
		const events: Event[] = [];
		for (;;) {
			const event = await this.next();
			if (!event) throw new Error(`the stream ended before ${name}`);
			events.push(event);
			if (event.event === name) return events;
		}
	}
	leave = () => this.#reader.cancel();
}

const readers: Reader[] = [];
function follow(actor: Actor = VISITOR, options: Subscription = {}): Reader {
	const reader = new Reader(subscribe({ body: database.town, actor }, options));
	readers.push(reader);
	return reader;
}
afterEach(async () => {
	for (const reader of readers.splice(0)) await reader.leave();
});

const add = (audience: 'public' | 'members' | 'office' = 'public') => addNote(database.ctx(), { audience });

test('a change arrives with its number', async () => {
	const reader = follow();
	const [ready] = await reader.until('ready');
	const id = await add();
	expect(await reader.next()).toEqual({ event: 'change', id: ready!.id + 1, data: { kind: NOTE, id, deleted: false } });
});

test('everybody hears what they may know, and farewells', async () => {
	const [visitor, office] = [follow(), follow(OPERATOR)];
	await Promise.all([visitor.until('ready'), office.until('ready')]);
	const closed = await add('office');
	const open = await add();
	await changeNote(database.ctx(), open, { audience: 'office' });
	expect((await visitor.next())!.data).toEqual({ kind: NOTE, id: open, deleted: false });
	expect((await visitor.next())!.data).toEqual({ kind: NOTE, id: open, deleted: true });
	expect((await office.next())!.data.id).toBe(closed);
});

test('after a drop the stream goes on where it ended', async () => {
	const first = follow();
	const [ready] = await first.until('ready');
	await first.leave();
	const missed = [await add(), await add('office'), await add()];
	const again = follow(VISITOR, { since: ready!.id });
	const events = await again.until('ready');
	expect(events.map(({ data }) => data.id)).toEqual([missed[0], missed[2], undefined]);
	const later = await add();
	expect((await again.next())!.data.id).toBe(later);
});

test('what happens while the past is told comes once and in order', async () => {
	const reader = follow(VISITOR, { since: 0 });
	const writing = Promise.all(Array.from({ length: 20 }, () => add()));
	const ids = await writing;
	const seen: number[] = [];
	const missing = new Set(ids);
	while (missing.size) {
		const event = (await reader.next())!;
		if (event.event !== 'change') continue;
		seen.push(event.id);
		missing.delete(event.data.id!);
	}
	expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
});

test('only the kinds that were asked for', async () => {
	const reader = follow(VISITOR, { kinds: ['other.kind'], since: 0 });
	expect((await reader.until('ready')).map(({ event }) => event)).toEqual(['ready']);
});

test('a lost connection to the database is made again, and nothing is missed', async () => {
	const reader = follow();
	await reader.until('ready');
	const kill = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mitrat-live' and datname = current_database()`;
	expect(await database.sql(kill)).toHaveLength(1);
	const id = await add();
	expect((await reader.next())!.data.id).toBe(id);
});

test('another town is silent here', async () => {
	const other = await database.addTown('Nebenstadt');
	const reader = follow();
	await reader.until('ready');
	await addNote(database.ctx(OPERATOR, other), {});
	const id = await add();
	expect((await reader.next())!.data.id).toBe(id);
});

test('a silent stream gives signs of life, and ends after its time', async () => {
	const reader = follow(VISITOR, { heartbeat: 5 });
	await reader.until('ready');
	expect(await reader.block()).toBe(': alive');
	const short = follow(VISITOR, { lifetime: 5 });
	await short.until('ready');
	expect(await short.next()).toBeUndefined();
});

test('who missed too much is told to read anew', async () => {
	const ctx = database.ctx();
	await database.sql(
		`with c as (update kernel.clock set seq = seq + 600 where body_id = $1 returning seq)
		 insert into kernel.change (body_id, seq, module, kind, object_id, audience)
		 select $1, c.seq - 600 + n, 'notes', 'notes.note', gen_random_uuid(), 'public' from c, generate_series(1, 600) n`,
		[ctx.body.id],
	);
	const [reset] = await follow(VISITOR, { since: 1 }).until('ready');
	expect(reset!.event).toBe('reset');
	expect(reset!.id).toBeGreaterThan(600);
});

test('a client that does not read is let go instead of filling the memory', async () => {
	const stream = subscribe({ body: database.town, actor: VISITOR });
	const watcher = follow();
	await watcher.until('ready');
	const all = (async () => {
		for (let n = 0; n < 300; n++) await watcher.next();
	})();
	for (let n = 0; n < 300; n++) await add();
	await all;
	const slow = new Reader(stream);
	let count = 0;
	while (await slow.next()) count++;
	expect(count).toBeLessThan(300);
});

test('a response resumes from Last-Event-ID', async () => {
	const before = await add();
	const ctx = database.ctx(VISITOR);
	const rows = await database.sql<{ seq: string }>('select max(seq) as seq from kernel.change where body_id = $1', [
		ctx.body.id,
	]);
	const request = new Request('http://localhost/live', {
		headers: { 'last-event-id': String(Number(rows[0]!.seq) - 1) },
	});
	const response = liveResponse(ctx, request);
	expect(response.headers.get('content-type')).toContain('text/event-stream');
	const reader = new Reader(response.body!);
	readers.push(reader);
	expect((await reader.next())!.data.id).toBe(before);
});

test('when the process begins to stop, streams end', async () => {
	const reader = follow();
	await reader.until('ready');
	announceStop();
	expect(await reader.next()).toBeUndefined();
	// Whoever comes now is sent away at once.
	expect(await follow().next()).toBeUndefined();
});
