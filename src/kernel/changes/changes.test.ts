import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, changeNote, insertNote, installNotes, NOTE, removeNote } from '../../../tests/support/notes.ts';
import { OPERATOR, VISITOR, type Actor } from '../access/actor.ts';
import { search } from '../search/search.ts';
import type { Town } from '../town.ts';
import { write } from '../write.ts';
import type { Audience } from './audience.ts';
import { CHANGE_CHANNEL } from './log.ts';
import { changesSince, newestSeq } from './read.ts';

const database = await freshDatabase();
await installNotes(database);
const MEMBER: Actor = { ...VISITOR, kind: 'person', grants: [{ role: 'member', organisationId: null, personId: 'p' }] };

let towns = 0;
const newTown = () =>
	database.addTown(`Ort ${[...(towns++).toString(26)].map((c) => String.fromCharCode(97 + parseInt(c, 26))).join('')}`);

/** What an actor is told after `seq`: 'audience' or '-audience' for a farewell. */
async function told(actor: Actor, town: Town, seq = 0, id?: string): Promise<string[]> {
	const ctx = database.ctx(actor, town);
	const changes = await changesSince(ctx, seq);
	await ctx.scope.commit();
	return changes
		.filter((change) => !id || change.id === id)
		.map(({ audience, deleted }) => (deleted ? `-${audience}` : audience));
}

test('each audience is told what it may know', async () => {
	const town = await newTown();
	const ctx = database.ctx(OPERATOR, town);
	await addNote(ctx, { audience: 'public' });
	await addNote(ctx, { audience: 'members' });
	await addNote(ctx, { audience: 'office' });
	await addNote(ctx, { audience: 'none' });
	expect(await told(VISITOR, town)).toEqual(['public']);
	expect(await told(MEMBER, town)).toEqual(['public', 'members']);
	expect(await told(OPERATOR, town)).toEqual(['public', 'members', 'office']);
	expect(await newestSeq(ctx)).toBe(4);
});

test('whoever loses sight of an object is told so once, as if it were deleted; the others go on', async () => {
	const town = await newTown();
	const ctx = database.ctx(OPERATOR, town);
	const id = await addNote(ctx, { audience: 'public' });
	await changeNote(ctx, id, { audience: 'members' });
	await changeNote(ctx, id, { title: 'inside' });
	await changeNote(ctx, id, { audience: 'public' });
	await removeNote(ctx, id);
	expect(await told(VISITOR, town)).toEqual(['public', '-public', 'public', '-public']);
	expect(await told(MEMBER, town)).toEqual(['public', '-public', 'members', 'members', 'public', '-public']);
});

test('the public number moves only when the public may know', async () => {
	const town = await newTown();
	const ctx = database.ctx(OPERATOR, town);
	const clock = async () =>
		(
			await database.sql<{ public_seq: string }>('select public_seq from kernel.clock where body_id = $1', [town.id])
		)[0]!.public_seq;
	const id = await addNote(ctx, { audience: 'public' });
	expect(await clock()).toBe('1');
	await addNote(ctx, { audience: 'office' });
	expect(await clock()).toBe('1');
	await changeNote(ctx, id, { audience: 'office' });
	expect(await clock()).toBe('3');
});

test('a write that fails leaves no number behind', async () => {
	const town = await newTown();
	const ctx = database.ctx(OPERATOR, town);
	await addNote(ctx, {});
	await expect(
		write(ctx, async (tx) => {
			await insertNote(tx, {});
			throw new Error('no');
		}),
	).rejects.toThrow();
	await addNote(ctx, {});
	const rows = await database.sql<{ seq: string }>('select seq from kernel.change where body_id = $1 order by seq', [
		town.id,
	]);
	expect(rows.map(({ seq }) => seq)).toEqual(['1', '2']);
});

/** A hand-driven writer: appends as a write does, but stops before its commit. */
async function openWriter(town: Town): Promise<{ commit: () => Promise<void>; crash: () => Promise<void> }> {
	let go = (_: 'commit' | 'crash') => {};
	const decision = new Promise<'commit' | 'crash'>((resolve) => (go = resolve));
	let reached = () => {};
	const atTheEnd = new Promise<void>((resolve) => (reached = resolve));
	const client = new pg.Client(database.app);
	client.on('error', () => undefined);
	await client.connect();
	const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
	const writing = (async () => {
		await client.query(`begin; set local mitrat.body = '${town.id}'`);
		const { rows } = await client.query(
			`insert into kernel.clock as c (body_id, seq) values ($1, 1) on conflict (body_id) do update set seq = c.seq + 1 returning seq`,
			[town.id],
		);
		await client.query(
			`insert into kernel.change (body_id, seq, module, kind, object_id, audience) values ($1, $2, 'notes', $3, gen_random_uuid(), 'public')`,
			[town.id, rows[0].seq, NOTE],
		);
		reached();
		if ((await decision) === 'commit') await client.query('commit');
		await client.end();
	})();
	await atTheEnd;
	return {
		commit: () => (go('commit'), writing),
		crash: async () => {
			await database.sql('select pg_terminate_backend($1)', [pid]);
			go('crash');
			await writing.catch(() => undefined);
		},
	};
}

test('a second writer waits for the first; a reader between them sees neither half', async () => {
	const town = await newTown();
	await addNote(database.ctx(OPERATOR, town), {});
	const first = await openWriter(town);
	const second = addNote(database.ctx(OPERATOR, town), {});
	expect(await told(VISITOR, town, 1)).toEqual([]);
	await first.commit();
	await second;
	expect(await told(VISITOR, town, 1)).toEqual(['public', 'public']);
});

test('a writer killed before its commit leaves no gap', async () => {
	const town = await newTown();
	await addNote(database.ctx(OPERATOR, town), {});
	const first = await openWriter(town);
	const second = addNote(database.ctx(OPERATOR, town), {});
	await first.crash();
	await second;
	const rows = await database.sql<{ seq: string }>('select seq from kernel.change where body_id = $1 order by seq', [
		town.id,
	]);
	expect(rows.map(({ seq }) => seq)).toEqual(['1', '2']);
});

type Step = { writers: { audience: Audience; fails: boolean }[]; reads: number };
const step: fc.Arbitrary<Step> = fc.record({
	writers: fc.array(
		fc.record({ audience: fc.constantFrom<Audience>('public', 'members', 'none'), fails: fc.boolean() }),
		{ minLength: 1, maxLength: 5 },
	),
	reads: fc.integer({ min: 1, max: 4 }),
});

test('whatever writers do at once, a reader who goes on from the last number misses nothing and sees nothing twice', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
			const town = await newTown();
			const seen: string[] = [];
			let last = 0;
			const read = async () => {
				const ctx = database.ctx(MEMBER, town);
				for (const { seq, id } of await changesSince(ctx, last)) {
					seen.push(id);
					last = seq;
				}
				await ctx.scope.commit();
			};
			const committed: string[] = [];
			for (const { writers, reads } of steps) {
				const writing = writers.map(async ({ audience, fails }) => {
					const id = await write(database.ctx(OPERATOR, town), async (tx) => {
						const made = await insertNote(tx, { audience });
						if (fails) throw new Error('on purpose');
						return made;
					}).catch((error: Error) => (error.message === 'on purpose' ? null : Promise.reject(error)));
					if (id && audience !== 'none') committed.push(id);
				});
				for (let n = 0; n < reads; n++) await read();
				await Promise.all(writing);
			}
			await read();
			expect(new Set(seen).size).toBe(seen.length);
			expect([...seen].sort()).toEqual([...committed].sort());
		}),
		{ numRuns: 25 },
	);
});

test('closing and correcting at the same time never leaves the object open', async () => {
	const town = await newTown();
	for (let round = 0; round < 10; round++) {
		const id = await addNote(database.ctx(OPERATOR, town), { title: `Umstritten ${round}` });
		await Promise.all([
			changeNote(database.ctx(OPERATOR, town), id, { audience: 'office' }),
			write(database.ctx(OPERATOR, town), async (tx) => tx.touch(NOTE, id, { act: 'looked at' })),
		]);
		expect((await told(VISITOR, town, 0, id)).at(-1)).toBe('-public');
	}
	const ctx = database.ctx(VISITOR, town);
	expect((await search(ctx, { text: 'Umstritten' })).total).toBe(0);
	await ctx.scope.commit();
});

test('listeners hear the town and its newest number when the write is committed, not before', async () => {
	const town = await newTown();
	const client = new pg.Client(database.app);
	await client.connect();
	const heard: string[] = [];
	const next = new Promise<void>((resolve) => {
		client.on('notification', ({ payload = '' }) => {
			heard.push(payload);
			resolve();
		});
	});
	await client.query(`listen ${CHANGE_CHANNEL}`);
	await write(database.ctx(OPERATOR, town), async (tx) => {
		await insertNote(tx, {});
		throw new Error('no');
	}).catch(() => undefined);
	await addNote(database.ctx(OPERATOR, town), {});
	await next;
	expect(heard).toEqual([`${town.id} 1`]);
	await client.end();
});
