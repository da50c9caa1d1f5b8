import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '#kernel/access/actor.ts';
import { Forbidden } from '#kernel/errors.ts';
import { accountOf } from '#kernel/identity/account.ts';
import { findAccount } from '#kernel/identity/accounts.ts';
import { inviteAccount, lookAtLink } from '#kernel/identity/links.ts';
import { signedIn } from '#kernel/identity/testing.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { Town } from '#kernel/town.ts';
import { freshDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { endAccess } from './access-end.server.ts';
import { linkAccount } from './accounts.server.ts';
import { addMembership, addOrganisation, addPerson } from './commands.server.ts';
import { giveDuty } from './duties.server.ts';
import { personView } from './people.server.ts';

let database: TestDatabase;
const origin = 'http://elbstadt.test';

beforeAll(async () => void (database = await freshDatabase()));

async function somebody(name: string, email: string, town?: Town): Promise<string> {
	await signedIn(email);
	const { id } = (await findAccount(email))!;
	return write(database.ctx(undefined, town), async (tx) => {
		const person = await addPerson(tx, name);
		await linkAccount(tx, person, { id, email });
		return person;
	});
}
const duties = async (person: string) =>
	(await personView(database.ctx(), person)).duties
		.filter(({ until }) => !until || until > database.ctx().today.toString())
		.map(({ duty }) => duty)
		.sort();

test('ends sessions, links, roles and the account at once; the seat stays', async () => {
	const nadiya = await somebody('Nadiya Kowal', 'nadiya@rat.example');
	const browser = await signedIn('nadiya@rat.example');
	const { url } = await inviteAccount({ email: 'nadiya@rat.example', name: 'Nadiya' }, { origin });
	const other = await inviteAccount({ email: 'andere@rat.example', name: 'Andere' }, { origin });
	const council = await write(database.ctx(), async (tx) => {
		const id = await addOrganisation(tx, { name: 'Beirat', type: 'committee' });
		await addMembership(tx, {
			personId: nadiya,
			organisationId: id,
			kind: 'member',
			votingRight: true,
			from: tx.today,
		});
		return id;
	});
	await giveDuty(database.ctx(), { personId: nadiya, duty: 'office', organisationId: council });
	await giveDuty(database.ctx(), { personId: nadiya, duty: 'editor', organisationId: null });
	await database.sql(`update registry.duty set from_date = from_date - 9 where duty = 'editor'`);
	expect(await accountOf(browser.headers)).not.toBeNull();
	const ended = await endAccess(database.ctx(), nadiya);
	expect(ended).toEqual({ duties: ['office', 'editor'], account: 'removed' });
	expect(await accountOf(browser.headers)).toBeNull();
	expect(await findAccount('nadiya@rat.example')).toBeUndefined();
	const token = (link: string) => new URL(link).searchParams.get('schein')!;
	expect(await lookAtLink(token(url))).toBeNull();
	expect(await lookAtLink(token(other.url))).not.toBeNull();
	expect(await duties(nadiya)).toEqual([]);
	const view = await personView(database.ctx(), nadiya);
	expect(view).toMatchObject({ account: false, memberships: [{ kind: 'member', until: null }] });
	const acts = await database.sql<{ act: string }>(
		`select act from kernel.audit_entry where object_id = $1 order by id desc limit 1`,
		[nadiya],
	);
	expect(acts).toEqual([{ act: 'accessEnded' }]);
});

test('an account that another town knows stays for it, without a way in that is open now', async () => {
	const there = await database.addTown('Anderstadt');
	const here = await somebody('Jörn Matthies', 'joern@rat.example');
	const elsewhere = await somebody('Jörn Matthies', 'joern@rat.example', there);
	const browser = await signedIn('joern@rat.example');
	expect((await endAccess(database.ctx(), here)).account).toBe('stays');
	expect(await accountOf(browser.headers)).toBeNull();
	expect(await findAccount('joern@rat.example')).toBeDefined();
	expect((await endAccess(database.ctx(undefined, there), elsewhere)).account).toBe('removed');
});

test('the last administrator who can sign in goes only when somebody takes over', async () => {
	const [last, next] = [
		await somebody('Sabine Odefey', 'sabine@rat.example'),
		await somebody('Mira Talal', 'mira@rat.example'),
	];
	const ghost = await write(database.ctx(), (tx) => addPerson(tx, 'Ohne Konto'));
	for (const personId of [last, ghost])
		await giveDuty(database.ctx(), { personId, duty: 'administrator', organisationId: null });
	await giveDuty(database.ctx(), { personId: last, duty: 'editor', organisationId: null });
	await giveDuty(database.ctx(), { personId: next, duty: 'editor', organisationId: null });
	await expect(endAccess(database.ctx(), last)).rejects.toMatchObject({ code: 'registry.lastAdministrator' });
	await expect(endAccess(database.ctx(), last, { successorId: ghost })).rejects.toMatchObject({
		code: 'registry.accessSuccessor',
	});
	expect(await findAccount('sabine@rat.example')).toBeDefined();
	expect(await duties(last)).toEqual(['administrator', 'editor']);
	await endAccess(database.ctx(), last, { successorId: next });
	expect(await duties(next)).toEqual(['administrator', 'editor']);
	expect(await duties(last)).toEqual([]);
});

test('only administrators do it, and nobody to themselves', async () => {
	const person = await write(database.ctx(), (tx) => addPerson(tx, 'Wilma Ziegenhals'));
	const as = (role: string, personId = newId()): Actor => ({
		kind: 'person',
		accountId: 'a',
		personId,
		name: 'A',
		grants: [{ role, organisationId: null, personId }],
	});
	await expect(endAccess(database.ctx(as('office')), person)).rejects.toBeInstanceOf(Forbidden);
	await expect(endAccess(database.ctx(as('administrator', person)), person)).rejects.toMatchObject({
		code: 'registry.accessSelf',
	});
});
