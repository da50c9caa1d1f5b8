import { expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import { auditEntries } from '#kernel/audit/entries.ts';
import { verifyAudit } from '#kernel/audit/verify.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { createAccount, findAccount } from '#kernel/identity/accounts.ts';
import { erasurePreview, retentionDue } from '#kernel/privacy/preview.ts';
import { retentionRuns } from '#kernel/privacy/retention-run.ts';
import { personalTables } from '#kernel/privacy/tables.ts';
import { write } from '#kernel/write.ts';
import { addDuty, addPerson, linkAccount } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { columnWords } from '../ui/column-words.ts';
import { correctPerson, eraseForGood, refuseErasure, runRetention } from './commands.server.ts';
import { deskItems } from './desk.server.ts';
import { fileForPerson, ownFile } from './file.server.ts';
import { recordPdf, recordRows } from './record.server.ts';
import { askForErasure, openRequests } from './requests.server.ts';

const database = await freshDatabase();
database.town.settings.contact = {
	office: 'Büro',
	street: 'A 1',
	postcode: '1',
	city: 'E',
	email: 'buero@rat.example',
	phone: '1',
};

const actor = (personId: string, ...roles: string[]): Actor => ({
	kind: 'person',
	accountId: 'a',
	personId,
	name: 'A',
	grants: ['account', ...roles].map((role) => ({ role, organisationId: null, personId })),
});
const adminId = await write(database.ctx(), (tx) => addPerson(tx, 'Ida Amtmann'));
await write(database.ctx(), (tx) =>
	addDuty(tx, { personId: adminId, duty: 'administrator', from: tx.today.subtract({ days: 9 }) }),
);
const admin = actor(adminId, 'administrator');
let count = 0;

/** A person who signs in. */
async function somebody(name = `Nele Quast ${++count}`) {
	const email = `person${++count}@rat.example`;
	const account = await createAccount({ email, name });
	const id = await write(database.ctx(), async (tx) => {
		const person = await addPerson(tx, name);
		await linkAccount(tx, person, { id: account.id, email });
		return person;
	});
	return { id, email, name, accountId: account.id };
}

const personOf = async (id: string) =>
	(await database.sql<Record<string, string | null>>('select * from registry.person where id = $1', [id]))[0]!;

test('the own file holds the register and the account, and no secret', async () => {
	const nele = await somebody();
	const ctx = database.ctx(actor(nele.id));
	const account = { id: nele.accountId, name: nele.name };
	const json = await (await ownFile(ctx, account, 'json')).text();
	const tables = (JSON.parse(json) as { tables: { table: string }[] }).tables.map(({ table }) => table);
	expect(tables).toEqual(expect.arrayContaining(['registry.person', 'auth.user']));
	expect(json).not.toMatch(/token|password|publicKey|secret/i);
	const answer = await ownFile(ctx, account, 'html');
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
	const html = await answer.text();
	expect(html).toContain(nele.email);
	expect(html).toContain('Konto und Anmeldung');
	expect(html).not.toContain('shell_');
});

test('a file handed out to somebody who asked by letter stands in the audit log', async () => {
	const nele = await somebody();
	expect(await (await fileForPerson(database.ctx(admin), nele.id, 'html')).text()).toContain(nele.email);
	const [entry] = await auditEntries(database.ctx(), { objectId: nele.id });
	expect(entry).toMatchObject({ act: 'accessGiven', personId: adminId });
	await expect(fileForPerson(database.ctx(actor(adminId, 'office')), nele.id, 'json')).rejects.toBeInstanceOf(
		Forbidden,
	);
	await expect(fileForPerson(database.ctx(VISITOR), nele.id, 'json')).rejects.toBeInstanceOf(NotFound);
	await expect(fileForPerson(database.ctx(admin), newId(), 'json')).rejects.toBeInstanceOf(NotFound);
});

test('people correct what is theirs, administrators everything but the address of a sign-in', async () => {
	const [nele, other] = [await somebody(), await somebody()];
	const own = () => database.ctx(actor(nele.id));
	await correctPerson(own(), nele.id, { phone: '0391 55', form_of_address: 'Frau', locale: 'tr' });
	expect(await personOf(nele.id)).toMatchObject({ phone: '0391 55', form_of_address: 'Frau', locale: 'tr' });
	await correctPerson(own(), nele.id, { phone: '' });
	expect((await personOf(nele.id)).phone).toBeNull();
	await expect(correctPerson(own(), nele.id, { family_name: 'Neu' })).rejects.toBeInstanceOf(Forbidden);
	await expect(correctPerson(own(), other.id, { phone: '1' })).rejects.toBeInstanceOf(Forbidden);
	await expect(correctPerson(database.ctx(VISITOR), nele.id, { phone: '1' })).rejects.toBeInstanceOf(NotFound);
	await correctPerson(database.ctx(admin), nele.id, { family_name: 'Neu', email: nele.email });
	expect(await personOf(nele.id)).toMatchObject({ family_name: 'Neu', email: nele.email });
	await expect(correctPerson(database.ctx(admin), nele.id, { email: 'x@rat.example' })).rejects.toThrow(
		'shell.emailOfAccount',
	);
});

test('who asks for erasure waits once on the administrators’ desk, and the mail to the office names nobody', async () => {
	const nele = await somebody();
	const ctx = () => database.ctx(actor(nele.id));
	await askForErasure(ctx(), 'http://rat.example');
	await askForErasure(ctx(), 'http://rat.example');
	const [request, ...more] = await openRequests(ctx(), nele.id);
	expect(more).toEqual([]);
	expect(request!.dueOn).toBe(database.ctx().today.add({ months: 1 }).toString());
	expect((await deskItems(database.ctx(admin))).filter(({ href }) => href.includes(nele.id))).toMatchObject([
		{ due: request!.dueOn, text: expect.stringContaining(nele.name) },
	]);
	expect(await deskItems(ctx())).toEqual([]);
	const mails = await database.sql<{ text: string }>(
		`select text from kernel.mail where to_address = 'buero@rat.example' and text like '%' || $1 || '%'`,
		[nele.id],
	);
	expect(mails).toHaveLength(1);
	expect(mails[0]!.text).not.toContain('Quast');
	await expect(openRequests(ctx(), adminId)).rejects.toBeInstanceOf(Forbidden);
	await refuseErasure(database.ctx(admin), nele.id);
	expect(await openRequests(ctx(), nele.id)).toEqual([]);
	await expect(refuseErasure(database.ctx(admin), nele.id)).rejects.toBeInstanceOf(NotFound);
});

test('erasing does what the preview said, takes the account along, and the audit log still verifies', async () => {
	const nele = await somebody('Wilma Ziegenhals');
	await askForErasure(database.ctx(actor(nele.id)), 'http://rat.example');
	const preview = await erasurePreview(database.ctx(admin), nele.id);
	expect(preview.emptied).toMatchObject([{ table: 'registry.person', rows: 1 }]);
	expect(preview.kept.map(({ table }) => table)).toContain('registry.person');
	const { steps, accountRemoved } = await eraseForGood(database.ctx(admin), nele.id);
	const done = (key: 'deleted' | 'emptied') => steps.filter((step) => step[key]).map((step) => [step.table, step[key]]);
	const said = (key: 'deleted' | 'emptied') => preview[key].map(({ table, rows }) => [table, rows]);
	expect(done('deleted').toSorted()).toEqual(said('deleted').toSorted());
	expect(done('emptied').toSorted()).toEqual(said('emptied').toSorted());
	expect(accountRemoved).toBe(true);
	expect(await findAccount(nele.email)).toBeUndefined();
	expect(await personOf(nele.id)).toMatchObject({ family_name: '', email: null, account_id: null });
	const after = await erasurePreview(database.ctx(admin), nele.id);
	expect([after.deleted, after.emptied]).toEqual([[], []]);
	expect((await openRequests(database.ctx(admin))).filter(({ personId }) => personId === nele.id)).toEqual([]);
	expect((await verifyAudit(database.ctx())).ok).toBe(true);
	const entries = await auditEntries(database.ctx(), { objectId: nele.id, withPersonalValues: true });
	expect(entries.map(({ act }) => act)).toEqual(expect.arrayContaining(['erased', 'accountRemoved', 'created']));
	expect(JSON.stringify(entries)).not.toContain('Ziegenhals');
});

test('an account that another town knows stays', async () => {
	const nele = await somebody();
	const town = await database.addTown('Nordhafen');
	await database.sql(
		`insert into registry.person (body_id, id, family_name, account_id) values ($1, $2, 'Quast', $3)`,
		[town.id, newId(), nele.accountId],
	);
	expect((await eraseForGood(database.ctx(admin), nele.id)).accountRemoved).toBe(false);
	expect(await findAccount(nele.email)).toBeDefined();
	expect((await personOf(nele.id)).account_id).toBeNull();
});

test('nobody erases themselves, the last administrator, or without the right', async () => {
	const nele = await somebody();
	await expect(eraseForGood(database.ctx(admin), adminId)).rejects.toThrow('shell.eraseSelf');
	await expect(eraseForGood(database.ctx(), adminId)).rejects.toThrow('registry.lastAdministrator');
	await expect(eraseForGood(database.ctx(actor(nele.id, 'office')), adminId)).rejects.toBeInstanceOf(Forbidden);
	expect((await personOf(adminId)).family_name).toBe('Amtmann');
});

test('every declared column and purpose has words, and the record names them all', async () => {
	for (const { columns } of personalTables())
		for (const name of Object.keys(columns)) expect(columnWords(name), name).not.toBe('');
	const auditor = database.ctx(actor(newId(), 'auditor'));
	const rows = recordRows(auditor);
	const named = rows.flatMap(({ tables }) => tables.split(', '));
	expect(named).toEqual(expect.arrayContaining([...personalTables().map(({ table }) => table), 'auth.user']));
	expect(JSON.stringify(rows)).not.toMatch(/"(shell|kernel|registry|council|import)_/);
	expect(Buffer.from(await recordPdf(auditor)).toString('latin1', 0, 5)).toBe('%PDF-');
	expect(() => recordRows(database.ctx(actor(newId(), 'member')))).toThrow(Forbidden);
});

test('a run erases what was said to be due, keeps its report and names who started it', async () => {
	await database.sql(
		`insert into shell.feedback (body_id, id, message, locale, due_on, created_at)
		 values ($1, $2, 'Alt', 'de', current_date, now() - interval '13 months'), ($1, $3, 'Bald', 'de', current_date, now() - interval '12 months' + interval '9 days')`,
		[database.town.id, newId(), newId()],
	);
	const ctx = () => database.ctx(admin);
	const rows = async (day: Temporal.PlainDate) =>
		(await retentionDue(ctx(), day)).find(({ table }) => table === 'shell.feedback')?.rows ?? 0;
	const { today } = ctx();
	expect([await rows(today), await rows(today.add({ days: 30 }))]).toEqual([1, 2]);
	const { steps } = await runRetention(ctx());
	expect(steps).toMatchObject([{ table: 'shell.feedback', deleted: 1 }]);
	expect(await rows(today)).toBe(0);
	expect((await retentionRuns(ctx()))[0]!.steps).toMatchObject([{ table: 'shell.feedback', deleted: 1 }]);
	const [entry] = await auditEntries(database.ctx(), { kind: 'shell.retention' });
	expect(entry).toMatchObject({ act: 'retentionRun', personId: adminId });
	await expect(runRetention(database.ctx(actor(newId(), 'auditor')))).rejects.toBeInstanceOf(Forbidden);
});
