import { beforeAll, describe, expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { readableFile } from './readable-file.server.ts';

let database: TestDatabase;
const council = newId();
const meeting = newId();
const item = newId();
const file = newId();
const person = (role: string): Actor => ({
	kind: 'person',
	accountId: 'a',
	personId: newId(),
	name: 'A',
	grants: [{ role, organisationId: null, personId: newId() }],
});
const reads = async (actor: Actor, id = file) => (await readableFile(database.ctx(actor), id)) !== null;
const set = (table: string, id: string, column: string, value: boolean) =>
	database.sql(`update council.${table} set ${column} = $2 where id = $1`, [id, value]);

beforeAll(async () => {
	database = await freshDatabase();
	const town = database.town.id;
	await database.sql(
		`insert into registry.organisation (body_id, id, name, organisation_type) values ($1, $2, 'Beirat', 'committee')`,
		[town, council],
	);
	await database.sql(`insert into council.council_body (body_id, id, slug) values ($1, $2, 'beirat')`, [town, council]);
	await database.sql(
		`insert into council.meeting (body_id, id, council_body_id, slug, state, date, published) values ($1, $2, $3, 's', 'held', '2026-01-02', true)`,
		[town, meeting, council],
	);
	await database.sql(
		`insert into council.agenda_item (body_id, id, meeting_id, position, title) values ($1, $2, $3, 0, 'Punkt')`,
		[town, item, meeting],
	);
	await database.sql(
		`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values ($1, $2, 'ab', 3, 'text/plain', 'txt', 'a.txt')`,
		[town, file],
	);
	await database.sql(
		`insert into council.meeting_file (body_id, id, meeting_id, agenda_item_id, file_id, kind, title) values ($1, $2, $3, $4, $5, 'attachment', 'A')`,
		[town, newId(), meeting, item, file],
	);
});

describe('a file of a session', () => {
	test('is everybody’s while session, item and file are public', async () => {
		expect(await readableFile(database.ctx(VISITOR), file)).toMatchObject({ name: 'a.txt', size: 3, format: 'txt' });
	});

	test.each([
		['meeting', () => meeting, 'published'],
		['meeting', () => meeting, 'public'],
		['agenda_item', () => item, 'public'],
	])('belongs to members alone once %s.%s is not', async (table, id, column) => {
		await set(table, id(), column, false);
		expect(await reads(VISITOR)).toBe(false);
		expect(await reads(person('department'))).toBe(false);
		expect(await reads(person('member'))).toBe(true);
		await set(table, id(), column, true);
	});
});

test('a file that no record shows is nobody’s, nor is one of another town', async () => {
	const lonely = newId();
	await database.sql(
		`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values ($1, $2, 'cd', 3, 'text/plain', 'txt', 'b.txt')`,
		[database.town.id, lonely],
	);
	expect(await reads(person('office'), lonely)).toBe(false);
	const other = await database.addTown('Andernorts');
	expect(await readableFile(database.ctx(VISITOR, other), file)).toBeNull();
	expect(await reads(VISITOR, 'no-id')).toBe(false);
});

test('originals in review are for those who review', async () => {
	const town = database.town.id;
	const [batch, original] = [newId(), newId()];
	await database.sql(`insert into import.batch (body_id, id) values ($1, $2)`, [town, batch]);
	await database.sql(
		`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values ($1, $2, 'ef', 3, 'text/plain', 'txt', 'c.txt')`,
		[town, original],
	);
	await database.sql(
		`insert into import.document (body_id, id, batch_id, file_id, sha512, name, state) values ($1, $2, $3, $4, 'ef', 'c.txt', 'read')`,
		[town, newId(), batch, original],
	);
	expect(await reads(person('office'), original)).toBe(true);
	expect(await reads(person('member'), original)).toBe(false);
	expect(await reads(VISITOR, original)).toBe(false);
});
