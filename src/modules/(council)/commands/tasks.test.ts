import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { ask } from '#kernel/db/questions.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { deskDone, deskItems } from '../desk.server.ts';
import { taskRows } from '../queries/tasks.server.ts';
import { finishTask, reopenTask } from './tasks.server.ts';

let database: TestDatabase;
const [council, department, person, meeting] = [newId(), newId(), newId(), newId()];
let personal: string;
let official: string;

const actor = (role: string, organisationId: string | null, personId = newId()): Actor => ({
	kind: 'person',
	accountId: 'a',
	personId,
	name: 'A',
	grants: [{ role, organisationId, personId }],
});
const owner = actor('member', council, person);
const contact = actor('department', department);
const office = actor('office', council);
const state = async (id: string) =>
	(
		await database.sql<{ state: string; done_on: string | null }>(
			'select state, done_on::text from council.task where id = $1',
			[id],
		)
	)[0]!;
const today = () => database.ctx().today;

beforeAll(async () => {
	database = await freshDatabase();
	const town = database.town.id;
	await database.sql(
		`insert into registry.organisation (body_id, id, name, organisation_type) values ($1, $2, 'Beirat', 'committee'), ($1, $3, 'Bürgeramt', 'department')`,
		[town, council, department],
	);
	await database.sql(`insert into registry.person (body_id, id, family_name) values ($1, $2, 'Brückner')`, [
		town,
		person,
	]);
	await database.sql(`insert into council.council_body (body_id, id, slug) values ($1, $2, 'beirat')`, [town, council]);
	await database.sql(
		`insert into council.meeting (body_id, id, council_body_id, slug, state, date, published, number) values ($1, $2, $3, 's', 'held', (now() at time zone 'Europe/Berlin')::date - 30, true, 4)`,
		[town, meeting, council],
	);
});

beforeEach(async () => {
	await database.sql('delete from council.task');
	[personal, official] = [newId(), newId()];
	await database.sql(
		`insert into council.task (body_id, id, meeting_id, what, who, person_id, organisation_id, due) values
		($1, $2, $4, 'Nachfragen', 'Frau Brückner', $5, null, (now() at time zone 'Europe/Berlin')::date - 3), ($1, $3, $4, 'Kosten nennen', 'Bürgeramt', null, $6, null)`,
		[database.town.id, personal, official, meeting, person, department],
	);
});

describe('a task', () => {
	test('is reported done by whom it belongs to, with today’s date and an entry in the audit log', async () => {
		await finishTask(database.ctx(owner), personal);
		expect(await state(personal)).toEqual({ state: 'done', done_on: today().toString() });
		await finishTask(database.ctx(contact), official);
		expect((await state(official)).state).toBe('done');
		const acts = await database.sql<{ act: string; person_id: string }>(
			`select act, person_id from kernel.audit_entry where object_id = $1`,
			[personal],
		);
		expect(acts).toEqual([{ act: 'done', person_id: person }]);
	});

	test('is reported done by the office of its council as well, not by that of another one', async () => {
		await finishTask(database.ctx(office), personal);
		expect((await state(personal)).state).toBe('done');
		await expect(finishTask(database.ctx(actor('office', newId())), official)).rejects.toBeInstanceOf(Forbidden);
	});

	test('of somebody else is refused, and strangers learn nothing', async () => {
		await expect(finishTask(database.ctx(owner), official)).rejects.toBeInstanceOf(Forbidden);
		await expect(finishTask(database.ctx(contact), personal)).rejects.toBeInstanceOf(Forbidden);
		await expect(finishTask(database.ctx(actor('department', newId())), official)).rejects.toBeInstanceOf(Forbidden);
		await expect(finishTask(database.ctx(VISITOR), personal)).rejects.toBeInstanceOf(NotFound);
		await expect(finishTask(database.ctx(owner), newId())).rejects.toBeInstanceOf(NotFound);
		expect((await state(personal)).state).toBe('open');
	});

	test('reported twice stays as it was the first time', async () => {
		await finishTask(database.ctx(owner), personal);
		await database.sql(
			`update council.task set done_on = (now() at time zone 'Europe/Berlin')::date - 2 where id = $1`,
			[personal],
		);
		await finishTask(database.ctx(owner), personal);
		expect((await state(personal)).done_on).toBe(today().subtract({ days: 2 }).toString());
	});

	test('can be taken back for thirty days', async () => {
		await finishTask(database.ctx(owner), personal);
		await database.sql(
			`update council.task set done_on = (now() at time zone 'Europe/Berlin')::date - 30 where id = $1`,
			[personal],
		);
		await reopenTask(database.ctx(owner), personal);
		expect(await state(personal)).toEqual({ state: 'open', done_on: null });
		await finishTask(database.ctx(owner), personal);
		await database.sql(
			`update council.task set done_on = (now() at time zone 'Europe/Berlin')::date - 32 where id = $1`,
			[personal],
		);
		await expect(reopenTask(database.ctx(owner), personal)).rejects.toMatchObject({ code: 'council.taskUndoOver' });
	});
});

describe('the desk', () => {
	const desk = (ctx: Ctx) => ask(ctx, deskItems(ctx));
	const done = (ctx: Ctx) => ask(ctx, deskDone(ctx));
	const titles = async (who: Actor) => (await desk(database.ctx(who))).map(({ title }) => title);

	test('shows own tasks, and what was done lately with its way back', async () => {
		expect(await titles(owner)).toEqual(['Nachfragen']);
		expect(await titles(contact)).toEqual(['Kosten nennen']);
		await finishTask(database.ctx(owner), personal);
		expect(await titles(owner)).toEqual([]);
		expect(await done(database.ctx(owner))).toMatchObject([{ id: personal, undo: { post: { id: personal } } }]);
		expect(await done(database.ctx(contact))).toEqual([]);
		expect(await desk(database.ctx(VISITOR))).toEqual([]);
	});

	test('tells the office of minutes that nobody signed and of overdue tasks', async () => {
		const found = await desk(database.ctx(office));
		expect(found.map(({ group, href }) => [group, href])).toEqual([
			['office', '/sitzungen/s'],
			['office', '/aufgaben'],
		]);
	});

	test('shows members the next agenda of their own body', async () => {
		const next = newId();
		await database.sql(
			`insert into council.meeting (body_id, id, council_body_id, slug, state, date) values ($1, $2, $3, 'n', 'invited', (now() at time zone 'Europe/Berlin')::date + 5)`,
			[database.town.id, next, council],
		);
		expect((await desk(database.ctx(owner))).filter(({ group }) => group === 'read').map(({ href }) => href)).toEqual([
			'/sitzungen/n',
		]);
		expect((await desk(database.ctx(actor('member', newId())))).filter(({ group }) => group === 'read')).toEqual([]);
		await database.sql('delete from council.meeting where id = $1', [next]);
	});
});

test('the list of tasks says which ones a reader may report done', async () => {
	const mine = async (who: Actor) => (await taskRows(database.ctx(who))).filter((row) => row.mine).map(({ id }) => id);
	expect(await mine(owner)).toEqual([personal]);
	expect(await mine(contact)).toEqual([official]);
	expect((await mine(office)).sort()).toEqual([personal, official].sort());
	expect(await mine(VISITOR)).toEqual([]);
});
