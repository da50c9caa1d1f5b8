import pg from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, installNotes, NOTE } from '../../../tests/support/notes.ts';
import { OPERATOR } from '../access/actor.ts';
import { auditEntries } from '../audit/entries.ts';
import { verifyAudit } from '../audit/verify.ts';
import { newId } from '../ids.ts';
import { queueMail } from '../mail/queue.ts';
import { search } from '../search/search.ts';
import { sweepWords } from '../search/reindex.ts';
import { write } from '../write.ts';
import { subjectAccess, toHtml, toJson, type AccessWords } from './access.ts';
import { undeclaredColumns } from './completeness.ts';
import type { PersonalTable } from './declaration.ts';
import { erasePerson } from './erase.ts';
import { kernelPersonal } from './kernel-tables.ts';
import { recordOfProcessing } from './processing.ts';
import { rectify } from './rectify.ts';
import { retentionRun, retentionRuns } from './retention-run.ts';
import { reviewedColumns } from './reviewed-columns.ts';
import { personalTables } from './tables.ts';

const personal: PersonalTable[] = [
	{
		table: 'notes.note',
		purpose: 'notes.privacy.notes',
		basis: 'notes.privacy.basis',
		person: { column: 'author' },
		columns: {
			text: { retention: 'function', erase: 'empty', selfService: true },
			title: { retention: 'permanent', erase: 'keep' },
		},
		from: null,
		touches: { kind: NOTE, column: 'id' },
	},
	{
		table: 'notes.signup',
		purpose: 'notes.privacy.signups',
		basis: 'notes.privacy.basis',
		person: { sql: 't.author = :person' },
		columns: {
			name: { retention: 'registrations-4w', erase: 'delete-row' },
			wish: { retention: 'log-90d', erase: 'null' },
		},
		from: 'day',
	},
];
const database = await freshDatabase();
await installNotes(database, { personal });
await database.sql(`create table notes.signup (body_id uuid not null, id uuid not null default gen_random_uuid(), author uuid, name text not null,
	wish text, day date not null, primary key (body_id, id)); select kernel.guard('notes.signup')`);
const { sql, town } = database;
const MAIL = { to: 'anna@example.org', locale: 'de' as const, subject: 'Hallo', text: 'Hallo Anna', html: '' };

let anna: string;
let berta: string;
beforeEach(async () => {
	[anna, berta] = [newId(), newId()];
	for (const author of [anna, berta]) {
		await addNote(database.ctx(), { title: 'Zur Sache', text: 'Annegretlich vertraulich', author });
		await signUp(author, '2026-10-01');
		await write(database.ctx(), (tx) =>
			queueMail(tx, {
				...MAIL,
				personId: author,
				attachments: [{ name: 'a.txt', mediaType: 'text/plain', content: new Uint8Array(3) }],
			}),
		);
	}
});

const signUp = (author: string, day: string, inTown = town.id) =>
	sql(`insert into notes.signup (body_id, author, name, wish, day) values ($1, $2, 'Anna', 'Dolmetscherin', $3)`, [
		inTown,
		author,
		day,
	]);
const count = async (table: string, column: string, id: string) =>
	Number((await sql<{ n: string }>(`select count(*) as n from ${table} where ${column} = $1`, [id]))[0]!.n);

test('subject access gathers everything of one person and nothing of another', async () => {
	const ctx = database.ctx();
	const access = await subjectAccess(ctx, anna);
	expect(access.tables.map(({ table }) => table)).toEqual([
		'kernel.mail',
		'kernel.mail_attachment',
		'kernel.audit_value',
		'notes.note',
		'notes.signup',
	]);
	expect(access.tables.find(({ table }) => table === 'notes.signup')!.rows).toEqual([
		{ name: 'Anna', wish: 'Dolmetscherin' },
	]);
	expect(toJson(access)).not.toContain(berta);
	expect(JSON.parse(toJson(access)).tables).toHaveLength(5);
	const other = await database.addTown('Nebenstadt');
	expect((await subjectAccess(database.ctx(OPERATOR, other), anna)).tables).toEqual([]);
});

test('the file can be read, and shows markup as text', async () => {
	await sql(`update notes.signup set wish = '<script>alert(1)</script>' where author = $1`, [anna]);
	const words: AccessWords = {
		title: 'Auskunft',
		intro: 'Das wissen wir.',
		purpose: 'Zweck',
		basis: 'Grundlage',
		retention: 'Frist',
		nothing: 'Nichts.',
		label: (key) => `[${key}]`,
	};
	const ctx = database.ctx();
	const html = toHtml(ctx, await subjectAccess(ctx, anna), words);
	expect(html).toContain('<h2>[notes.privacy.signups]</h2>');
	expect(html).toContain('&lt;script&gt;');
	expect(html).not.toContain('<script>');
	expect(html).toContain('<th scope="col">[wish]</th>');
});

test('erasure empties, deletes and keeps as declared, and only for this person', async () => {
	const { steps, kept } = await write(database.ctx(), (tx) => erasePerson(tx, anna));
	expect(steps.map(({ table, deleted, emptied }) => `${table} ${deleted} ${emptied}`)).toEqual([
		'notes.signup 1 0',
		'kernel.mail_attachment 1 0',
		'notes.note 0 1',
		'kernel.audit_value 1 0',
		'kernel.mail 1 0',
	]);
	expect(kept).toEqual(expect.arrayContaining(['notes.note.title', 'kernel.audit_entry.plain']));
	expect(await sql('select title, text from notes.note where author = $1', [anna])).toEqual([
		{ title: 'Zur Sache', text: '' },
	]);
	expect(await count('notes.signup', 'author', anna)).toBe(0);
	expect(await count('kernel.mail', 'person_id', anna)).toBe(0);
	expect(await count('notes.signup', 'author', berta)).toBe(1);
	expect(await count('kernel.mail', 'person_id', berta)).toBe(1);
	expect(await count('kernel.audit_value', 'subject_id', berta)).toBe(1);
});

test('what was erased is not found any more, and the audit log stays in order', async () => {
	await write(database.ctx(), (tx) => erasePerson(tx, anna));
	await write(database.ctx(), (tx) => erasePerson(tx, berta));
	await sql(`update notes.note set text = '' where text <> ''`);
	await write(database.ctx(), async (tx) => {
		for (const { id } of await sql<{ id: string }>('select id from notes.note'))
			tx.touch(NOTE, id, { act: 'looked at' });
	});
	await sweepWords(database.ctx());
	const found = await search(database.ctx(), { text: 'Annegretlich' });
	expect([found.total, found.suggestion]).toEqual([0, null]);
	expect(await sql(`select 1 from kernel.search_word where word like 'annegret%'`)).toEqual([]);
	expect((await verifyAudit(database.ctx())).ok).toBe(true);
	for (const { id } of await sql<{ id: string }>('select id from notes.note where author = any($1)', [[anna, berta]])) {
		const entries = await auditEntries(database.ctx(), { objectId: id, withPersonalValues: true });
		expect(JSON.stringify(entries)).not.toContain('Annegretlich');
	}
});

test('erasing a person touches the objects that spoke of them', async () => {
	await write(database.ctx(), (tx) => erasePerson(tx, anna));
	const [note] = await sql<{ id: string }>('select id from notes.note where author = $1', [anna]);
	expect((await auditEntries(database.ctx(), { objectId: note!.id })).map(({ act }) => act)).toEqual([
		'erased',
		'created',
	]);
});

test('a person corrects what is theirs, and no more', async () => {
	const [note] = await sql<{ id: string }>('select id from notes.note where author = $1', [anna]);
	const fix = (column: string, by: 'person' | 'office', personId = anna, table = 'notes.note') =>
		write(database.ctx(), (tx) => rectify(tx, { personId, table, id: note!.id, column, value: 'richtig' }, by));
	await fix('text', 'person');
	expect(await sql('select text from notes.note where id = $1', [note!.id])).toEqual([{ text: 'richtig' }]);
	await expect(fix('title', 'person')).rejects.toThrow('permission');
	await fix('title', 'office');
	await expect(fix('text', 'person', berta)).rejects.toThrow('not found');
	await expect(fix('audience', 'office')).rejects.toThrow('not found');
	await expect(fix('text', 'office', anna, 'kernel.town')).rejects.toThrow('not found');
	const [entry] = await auditEntries(database.ctx(), { objectId: note!.id, withPersonalValues: true });
	expect(entry).toMatchObject({ act: 'rectified', personal: { title: 'richtig' } });
});

test('the retention run erases what is over its time, once, and keeps a report without values', async () => {
	const place = await database.addTown('Fristdorf');
	const ctx = database.ctx(OPERATOR, place);
	await signUp(anna, '2026-01-01', place.id);
	await signUp(anna, '2026-03-04', place.id);
	await signUp(anna, '2026-03-05', place.id);
	const today = Temporal.PlainDate.from('2026-04-01');
	const report = await retentionRun(ctx, today);
	expect(report.steps.map(({ table, deleted, before }) => `${table} ${deleted} ${before}`)).toEqual([
		'notes.signup 1 2026-03-04',
	]);
	expect(await sql(`select day::text from notes.signup where body_id = $1 order by day`, [place.id])).toEqual([
		{ day: '2026-03-04' },
		{ day: '2026-03-05' },
	]);
	expect((await retentionRun(ctx, today)).steps).toEqual([]);
	const runs = await retentionRuns(ctx);
	expect(runs).toHaveLength(2);
	expect(runs[1]!.steps).toMatchObject([{ table: 'notes.signup', deleted: 1 }]);
	expect(JSON.stringify(runs)).not.toContain('Anna');
});

test('the record of processing names purposes, bases, data and periods', () => {
	const { activities } = recordOfProcessing(database.ctx());
	expect(activities.map(({ purpose }) => purpose)).toEqual([
		'kernel_privacy_mail',
		'kernel_privacy_audit',
		'notes.privacy.notes',
		'notes.privacy.signups',
	]);
	expect(activities.at(-1)).toMatchObject({
		module: 'notes',
		data: [{ table: 'notes.signup', columns: ['name', 'wish'] }],
		retention: [
			{ class: 'registrations-4w', period: 'P4W' },
			{ class: 'log-90d', period: 'P90D' },
		],
	});
});

test('every column of the kernel that looks personal has a retention class or a reviewed reason', async () => {
	const client = new pg.Client(database.owner);
	await client.connect();
	const { missing, stale } = await undeclaredColumns(client, kernelPersonal, reviewedColumns);
	await client.end();
	expect(missing.filter((name) => name.startsWith('kernel.'))).toEqual([]);
	expect(stale.filter((name) => name.startsWith('kernel.'))).toEqual([]);
});

test('a forgotten column is noticed, and a declaration of what is gone', async () => {
	const client = new pg.Client(database.superuser);
	await client.connect();
	await client.query(
		'create table notes.visit (person_id uuid, remark text, at timestamptz); create table notes.hall (phone text, size int)',
	);
	const { missing, stale } = await undeclaredColumns(client, personalTables(), {
		...reviewedColumns,
		'notes.note.gone': 'no reason',
	});
	await client.end();
	expect(missing).toEqual(expect.arrayContaining(['notes.visit.remark', 'notes.hall.phone']));
	expect(missing).not.toContain('notes.note.text');
	expect(stale).toContain('notes.note.gone');
});
