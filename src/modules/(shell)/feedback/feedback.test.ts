import { beforeAll, expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { closeFeedback, sendFeedback } from './commands.server.ts';
import { deskItems } from './desk.server.ts';
import { feedbackRows } from './queries.server.ts';
import { FeedbackForm } from './schema.ts';

let database: TestDatabase;
const person = (role: string): Actor => ({
	kind: 'person',
	accountId: 'a',
	personId: newId(),
	name: 'A',
	grants: [{ role, organisationId: null, personId: newId() }],
});
const given = { message: 'Das Menü geht nicht zu.', page: '/sitzungen', name: 'Mira', email: 'mira@beispiel.example' };

beforeAll(async () => {
	database = await freshDatabase();
	database.town.settings.contact = {
		office: 'Büro',
		street: 'A 1',
		postcode: '1',
		city: 'E',
		email: 'buero@rat.example',
		phone: '1',
	};
});

test('a message from a stranger waits on the office’s desk with its legal date, and a mail tells that it came', async () => {
	const due = await sendFeedback(database.ctx(VISITOR), given, 'http://rat.example');
	expect(due.toString()).toBe(database.ctx().today.add({ months: 1 }).toString());
	expect(await deskItems(database.ctx(person('office')))).toMatchObject([
		{ group: 'office', due: due.toString(), text: given.message },
	]);
	expect(await deskItems(database.ctx(person('member')))).toEqual([]);
	const [mail] = await database.sql<{ to_address: string; text: string }>('select to_address, text from kernel.mail');
	expect(mail).toMatchObject({ to_address: 'buero@rat.example' });
	expect(mail!.text).toContain('http://rat.example/barrierefreiheit/rueckmeldungen');
	expect(mail!.text).not.toContain('Menü');
});

test('nothing of the message or its sender stands in the audit log', async () => {
	const log = JSON.stringify(
		await database.sql(
			`select * from kernel.audit_entry e left join kernel.audit_value v on v.entry_id = e.id where kind = 'shell.feedback'`,
		),
	);
	for (const text of ['Menü', 'Mira', 'mira@']) expect(log).not.toContain(text);
});

test('it is filed once, by those who may', async () => {
	const [row] = await feedbackRows(database.ctx(person('office')));
	await expect(closeFeedback(database.ctx(person('member')), row!.id)).rejects.toBeInstanceOf(Forbidden);
	await expect(feedbackRows(database.ctx(VISITOR))).rejects.toBeInstanceOf(NotFound);
	await closeFeedback(database.ctx(person('office')), row!.id);
	await expect(closeFeedback(database.ctx(person('office')), row!.id)).rejects.toBeInstanceOf(NotFound);
	expect(await feedbackRows(database.ctx(person('administrator')), { open: true })).toEqual([]);
	expect(await feedbackRows(database.ctx(person('administrator')))).toMatchObject([
		{ id: row!.id, answeredOn: database.ctx().today.toString() },
	]);
});

test('a sentence is enough; an unfinished address is told at its field', () => {
	expect(FeedbackForm.parse({ message: ' Zu klein ', email: '' })).toEqual({
		message: 'Zu klein',
		page: '',
		name: '',
		email: '',
	});
	const faults = FeedbackForm.safeParse({ message: ' ', email: 'mira@' }).error!.issues.map(({ path, message }) => [
		path[0],
		message,
	]);
	expect(faults).toEqual([
		['message', 'message'],
		['email', 'email'],
	]);
});
