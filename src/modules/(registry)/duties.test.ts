import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/access/actor.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { LinkMail } from '#kernel/identity/links.ts';
import { actorOf } from '#kernel/request.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { addPerson } from './commands.server.ts';
import { endDuty, giveDuty, invitePerson } from './duties.server.ts';
import { personNames, personRows, personView } from './people.server.ts';

let database: TestDatabase;
let sabine: string;
let joern: string;
const has = (...roles: string[]): Actor => ({
	kind: 'person',
	accountId: 'a',
	personId: newId(),
	name: 'A',
	grants: roles.map((role) => ({ role, organisationId: null, personId: newId() })),
});
const origin = 'http://rat.example';

beforeAll(async () => {
	database = await freshDatabase();
	[sabine, joern] = await write(database.ctx(), async (tx) => [
		await addPerson(tx, 'Dr. Sabine Odefey'),
		await addPerson(tx, 'Jörn Matthies'),
	]);
});

describe('people of the register', () => {
	test('are found by any part of their name, without accents and in any order', async () => {
		for (const text of ['jorn', 'MATTHIES', 'matt jör'])
			expect((await personRows(database.ctx(), { text })).rows.map(({ name }) => name)).toEqual(['Jörn Matthies']);
		expect((await personRows(database.ctx(), { text: 'jorn odefey' })).total).toBe(0);
		expect((await personRows(database.ctx(), { text: '%' })).total).toBe(0);
		expect((await personRows(database.ctx(), { perPage: 1 })).total).toBe(2);
	});

	test('are shown to the office and administrators alone; auditors learn names', async () => {
		await expect(personRows(database.ctx(has('member')))).rejects.toBeInstanceOf(Forbidden);
		await expect(personView(database.ctx(has('auditor')), joern)).rejects.toBeInstanceOf(Forbidden);
		expect(await personNames(database.ctx(has('auditor')), [joern])).toEqual(new Map([[joern, 'Jörn Matthies']]));
		await expect(personNames(database.ctx(has('member')), [joern])).rejects.toBeInstanceOf(Forbidden);
	});
});

describe('a duty', () => {
	test('is given and ended by administrators, and stands in the audit log', async () => {
		await expect(
			giveDuty(database.ctx(has('office')), { personId: joern, duty: 'administrator', organisationId: null }),
		).rejects.toBeInstanceOf(Forbidden);
		await giveDuty(database.ctx(has('administrator')), { personId: joern, duty: 'editor', organisationId: null });
		await expect(
			giveDuty(database.ctx(), { personId: joern, duty: 'editor', organisationId: null }),
		).rejects.toMatchObject({ code: 'registry.dutyThere' });
		const [duty] = (await personView(database.ctx(), joern)).duties;
		await endDuty(database.ctx(), duty!.id);
		const [ended] = (await personView(database.ctx(), joern)).duties;
		expect(Temporal.PlainDate.from(ended!.until!).since(Temporal.PlainDate.from(ended!.from)).days).toBe(1);
		const acts = await database.sql<{ act: string }>(
			`select act from kernel.audit_entry where kind = 'registry.duty' and object_id = $1 order by id`,
			[duty!.id],
		);
		expect(acts.map(({ act }) => act)).toEqual(['created', 'ended']);
	});

	test('of a department names the department', async () => {
		await expect(
			giveDuty(database.ctx(), { personId: joern, duty: 'department', organisationId: null }),
		).rejects.toMatchObject({ code: 'registry.dutyNeedsOrganisation', field: 'organisation' });
		await expect(
			giveDuty(database.ctx(), { personId: newId(), duty: 'editor', organisationId: null }),
		).rejects.toBeInstanceOf(NotFound);
	});

	test('of the last administrator stays', async () => {
		for (const personId of [sabine, joern])
			await giveDuty(database.ctx(), { personId, duty: 'administrator', organisationId: null });
		const dutyOf = async (id: string) =>
			(await personView(database.ctx(), id)).duties.find(({ duty }) => duty === 'administrator')!.id;
		await endDuty(database.ctx(), await dutyOf(joern));
		await expect(endDuty(database.ctx(), await dutyOf(sabine))).rejects.toMatchObject({
			code: 'registry.lastAdministrator',
		});
	});
});

describe('an invitation', () => {
	const sent: LinkMail[] = [];
	const send = async (mail: LinkMail) => void sent.push(mail);

	test('makes an account with the person’s rights and sends its link', async () => {
		await invitePerson(
			database.ctx(has('administrator')),
			{ personId: sabine, email: 'Sabine@rat.example' },
			{ origin, send },
		);
		expect(sent).toMatchObject([{ purpose: 'invitation', to: 'sabine@rat.example', name: 'Dr. Sabine Odefey' }]);
		const [account] = await database.sql<{ id: string }>(
			`select id from auth."user" where email = 'sabine@rat.example'`,
		);
		const actor = await actorOf(database.ctx().db, { id: account!.id, name: 'S' }, database.ctx().today);
		expect(actor.grants.map(({ role }) => role)).toContain('administrator');
	});

	test('can be sent again, to the same address only', async () => {
		await invitePerson(database.ctx(), { personId: sabine, email: 'sabine@rat.example' }, { origin, send });
		expect(sent).toHaveLength(2);
		await expect(
			invitePerson(database.ctx(), { personId: sabine, email: 'other@rat.example' }, { origin, send }),
		).rejects.toMatchObject({ code: 'registry.accountOther' });
		expect(await database.sql(`select 1 from auth."user" where email = 'other@rat.example'`)).toHaveLength(0);
	});

	test('never gives one account to two people, and only administrators send it', async () => {
		await expect(
			invitePerson(database.ctx(), { personId: joern, email: 'sabine@rat.example' }, { origin, send }),
		).rejects.toMatchObject({ code: 'registry.accountTaken' });
		await expect(
			invitePerson(database.ctx(has('office')), { personId: joern, email: 'j@rat.example' }, { origin, send }),
		).rejects.toBeInstanceOf(Forbidden);
		expect(sent).toHaveLength(2);
	});
});
