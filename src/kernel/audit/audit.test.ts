import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, changeNote, installNotes } from '../../../tests/support/notes.ts';
import type { Ctx } from '../ctx.ts';
import { newId } from '../ids.ts';
import type { Town } from '../town.ts';
import { write } from '../write.ts';
import { canonical } from './canonical.ts';
import { auditEntries } from './entries.ts';
import { newestSeal, sealDay, sealPastDays } from './seal.ts';
import { verifyAudit } from './verify.ts';

const database = await freshDatabase();
await installNotes(database);
const { sql } = database;

// Entries and seals can't be removed, so every test gets a town of its own.
let town: Town;
let ctx: Ctx;
let count = 0;
beforeEach(async () => {
	town = await database.addTown(`Stadt ${String.fromCharCode(97 + count++)}`);
	ctx = database.ctx(undefined, town);
});
// An open read would keep the truncation below waiting.
afterEach(() => ctx.scope.commit());

/** What somebody with full rights can do: no trigger stops them. */
async function tamper(text: string): Promise<void> {
	await sql('set session_replication_role = replica; ' + text + '; set session_replication_role = origin');
}

/** Moves the entries of today back in time, as if they had been written then. */
async function moveTo(day: string): Promise<void> {
	await tamper(`update kernel.audit_entry set at = '${day} 12:00Z' where body_id = '${town.id}' and day > '${day}'`);
}

async function threeSealedDays(): Promise<void> {
	for (const day of ['2026-03-01', '2026-03-02', '2026-03-04']) {
		await addNote(ctx, { title: `Note of ${day}`, text: 'a secret' });
		await addNote(ctx, { title: `Second of ${day}` });
		await moveTo(day);
		await sealPastDays(ctx);
	}
}

test('an act leaves an entry: who, what, which fields, plain values, a hash of the personal ones', async () => {
	const id = await addNote(ctx, { title: 'Invitation', text: 'Dear Ms Example' });
	const [entry] = await auditEntries(ctx, { objectId: id });
	expect(entry).toMatchObject({
		actorKind: 'operator',
		kind: 'notes.note',
		act: 'created',
		fields: ['text', 'title'],
		plain: { title: 'Invitation' },
		personal: null,
	});
	expect(entry!.personalHash).toMatch(/^[0-9a-f]{64}$/);
	expect(JSON.stringify(entry)).not.toContain('Example');
	const [full] = await auditEntries(ctx, { objectId: id, withPersonalValues: true });
	expect(full!.personal).toEqual({ text: 'Dear Ms Example' });
});

test('entries are found by object, act, account, day and page', async () => {
	const id = await addNote(ctx, { title: 'one' });
	await changeNote(ctx, id, { title: 'two' });
	expect((await auditEntries(ctx, { kind: 'notes.note' })).map((e) => e.act)).toEqual(['changed', 'created']);
	const [newest] = await auditEntries(ctx, { limit: 1 });
	expect((await auditEntries(ctx, { before: newest!.id })).map((e) => e.act)).toEqual(['created']);
	expect(await auditEntries(ctx, { act: 'removed' })).toEqual([]);
	expect(await auditEntries(ctx, { accountId: 'nobody' })).toEqual([]);
	expect(await auditEntries(ctx, { until: Temporal.PlainDate.from('2020-01-01') })).toEqual([]);
});

test('neither requests nor the owner change or remove entries and seals', async () => {
	await threeSealedDays();
	await ctx.scope.commit();
	for (const config of [database.app, database.owner]) {
		const client = new pg.Client(config);
		await client.connect();
		await client.query(`set mitrat.body = '${town.id}'`);
		for (const table of ['kernel.audit_entry', 'kernel.audit_seal']) {
			await expect(client.query(`update ${table} set day = day`)).rejects.toThrow();
			await expect(client.query(`delete from ${table}`)).rejects.toThrow(/permission denied|only grows/);
			await expect(client.query(`truncate ${table} cascade`)).rejects.toThrow(/permission denied|only grows/);
		}
		await expect(client.query(`update kernel.audit_value set salt = ''`)).rejects.toThrow(
			/permission denied|only grows/,
		);
		await client.end();
	}
});

test('an untouched log is in order', async () => {
	await threeSealedDays();
	await addNote(ctx, { title: 'of today' });
	const report = await verifyAudit(ctx);
	expect(report).toMatchObject({ ok: true, sealedDays: 3, entries: 7, erased: 0, waiting: 1, problems: [] });
	expect(report.newest!.day.toString()).toBe('2026-03-04');
});

test.each([
	['a changed value', `update kernel.audit_entry set plain = '{"title":"other"}' where day = '2026-03-02'`, 'entries'],
	['another actor', `update kernel.audit_entry set account_id = 'somebody' where day = '2026-03-02'`, 'entries'],
	[
		'a removed entry',
		`delete from kernel.audit_entry where day = '2026-03-02' and plain->>'title' like 'Second%'`,
		'entries',
	],
	['a seal made to fit', `update kernel.audit_seal set hash = md5('x') where day = '2026-03-02'`, 'chain'],
	['a removed seal', `delete from kernel.audit_seal where day = '2026-03-02'`, 'unsealed'],
	[
		'other personal values',
		`update kernel.audit_value set values = '{"text":"harmless"}' where values->>'text' = 'a secret'`,
		'values',
	],
])('%s is found even if a superuser did it', async (_, change, kind) => {
	await threeSealedDays();
	await tamper(change.replace(' where ', ` where body_id = '${town.id}' and `));
	const report = await verifyAudit(ctx);
	expect(report.ok).toBe(false);
	expect(report.problems.map((problem) => problem.kind)).toContain(kind);
});

test('an entry slipped into a past day is found', async () => {
	await threeSealedDays();
	const values = `'operator', 'r', 'notes.note', '${newId()}', 'created', '{}', '{}'`;
	for (const day of ['2026-03-02', '2026-03-03']) {
		await tamper(`insert into kernel.audit_entry (body_id, id, at, actor_kind, request_id, kind, object_id, act, fields, plain)
			values ('${town.id}', '${newId()}', '${day} 08:00Z', ${values})`);
	}
	expect((await verifyAudit(ctx)).problems.map(({ kind, day }) => `${kind} ${day}`)).toEqual([
		'entries 2026-03-02',
		'unsealed 2026-03-03',
	]);
});

test('whoever recomputes all seals is caught by a seal noted elsewhere', async () => {
	await threeSealedDays();
	const noted = (await newestSeal(ctx))!;
	expect((await verifyAudit(ctx, noted)).ok).toBe(true);
	await tamper(`update kernel.audit_entry set act = 'read' where body_id = '${town.id}' and day = '2026-03-01';
		delete from kernel.audit_seal where body_id = '${town.id}'`);
	await sealPastDays(ctx);
	expect((await verifyAudit(ctx)).ok).toBe(true);
	expect((await verifyAudit(ctx, noted)).problems).toMatchObject([{ kind: 'known' }]);
});

test('lawful erasure keeps the seals valid and leaves nothing to guess from', async () => {
	await threeSealedDays();
	await sql('delete from kernel.audit_value where body_id = $1', [town.id]);
	expect(await verifyAudit(ctx)).toMatchObject({ ok: true, erased: 6, entries: 6 });
	const rows = await sql('select * from kernel.audit_entry where body_id = $1', [town.id]);
	expect(JSON.stringify(rows)).not.toContain('a secret');
});

test('a day is sealed once, and only when it is over', async () => {
	await threeSealedDays();
	const day = Temporal.PlainDate.from('2026-03-02');
	expect(await write(ctx, (tx) => sealDay(tx, day))).toBeUndefined();
	await expect(write(ctx, (tx) => sealDay(tx, Temporal.Now.plainDateISO('UTC')))).rejects.toThrow('is not over');
});

test('a seal waits for the writers of its day', async () => {
	const order: string[] = [];
	let commit = () => {};
	const holding = new Promise<void>((resolve) => (commit = resolve));
	let isHolding = () => {};
	const held = new Promise<void>((resolve) => (isHolding = resolve));
	const other = new pg.Client(database.app);
	await other.connect();
	const writer = (async () => {
		await other.query(`begin; set local mitrat.body = '${town.id}'`);
		await other.query(`select pg_advisory_xact_lock_shared(hashtextextended($1, 0))`, [`audit ${town.id}`]);
		isHolding();
		await holding;
		await other.query(
			`insert into kernel.audit_entry (body_id, id, at, actor_kind, request_id, kind, object_id, act, fields, plain)
			 values ($1, $2, '2026-03-01 23:59:59Z', 'system', 'r', 'k', $2, 'a', '{}', '{}')`,
			[town.id, newId()],
		);
		order.push('written');
		await other.query('commit');
	})();
	await held;
	const sealing = write(ctx, (tx) => sealDay(tx, Temporal.PlainDate.from('2026-03-01'))).then((seal) => {
		order.push('sealed');
		return seal;
	});
	commit();
	await writer;
	expect((await sealing)?.entries).toBe(1);
	expect(order).toEqual(['written', 'sealed']);
	await other.end();
});

test('the canonical spelling does not depend on the order of keys and survives the database', async () => {
	const json = fc.dictionary(
		fc.string({ unit: 'grapheme' }).filter((key) => !key.includes('\0')),
		fc.jsonValue(),
	);
	await fc.assert(
		fc.asyncProperty(json, async (value) => {
			const text = canonical(value);
			if (text.includes('\\u0000')) return;
			const shuffled = Object.fromEntries(Object.entries(value).reverse());
			expect(canonical(shuffled)).toBe(text);
			const [row] = await sql<{ back: unknown }>('select $1::jsonb as back', [text]);
			expect(canonical(row!.back)).toBe(text);
		}),
		{ numRuns: 200 },
	);
});
