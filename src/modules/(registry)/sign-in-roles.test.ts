import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SYSTEM, type Actor } from '#kernel/access/actor.ts';
import { Forbidden } from '#kernel/errors.ts';
import { createAccount } from '#kernel/identity/accounts.ts';
import { newId } from '#kernel/ids.ts';
import { actorOf } from '#kernel/request.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { linkAccount } from './accounts.server.ts';
import { addMembership, addOrganisation, addPerson } from './commands.server.ts';
import { endDuty, giveDuty } from './duties.server.ts';
import { personView } from './people.server.ts';
import { addRoleRule, changeRoleRule, raiseRoleRule, removeRoleRule, roleRules } from './role-rules.server.ts';
import { applyRoleRules, endUnconfirmed, RULE_DAYS } from './sign-in-roles.server.ts';

let database: TestDatabase;
let nadiya: { person: string; account: string };
let jorn: { person: string; account: string };
let council: string;

async function somebody(name: string, email: string) {
	const { id } = await createAccount({ email, name });
	const person = await write(database.ctx(), async (tx) => {
		const made = await addPerson(tx, name);
		await linkAccount(tx, made, { id, email });
		return made;
	});
	return { person, account: id };
}

beforeAll(async () => {
	database = await freshDatabase();
	nadiya = await somebody('Nadiya Kowal', 'nadiya@stadt.example');
	jorn = await somebody('Jörn Matthies', 'joern@stadt.example');
	council = await write(database.ctx(), (tx) => addOrganisation(tx, { name: 'Beirat', type: 'committee' }));
});
beforeEach(async () => {
	await database.sql('delete from registry.duty');
	await database.sql('delete from registry.role_rule');
	await database.sql('delete from registry.membership');
});

const office = { claim: 'groups', value: 'gs', duty: 'office', organisationId: null, stops: false } as const;
const admin = { ...office, value: 'it', duty: 'administrator' } as const;
const apply = (groups: string[], { complete = true, who = nadiya } = {}) =>
	applyRoleRules(database.town, who.account, { all: { groups }, complete });
/** As the next request finds it. */
async function roles(who = nadiya): Promise<string[]> {
	const { db, today } = database.ctx();
	const { grants } = await actorOf(db, { id: who.account, name: '' }, today);
	return grants.map(({ role }) => role).filter((role) => role !== 'account');
}

test('a sign-in gives what the rules say and takes away what they no longer say, at once and in the audit log', async () => {
	await addRoleRule(database.ctx(), office);
	await addRoleRule(database.ctx(), { ...office, value: 'red', duty: 'editor', organisationId: council });
	expect((await apply(['gs', 'red'])).given).toHaveLength(2);
	expect((await roles()).sort()).toEqual(['editor', 'office']);
	expect((await personView(database.ctx(), nadiya.person)).duties.every(({ byRule }) => byRule)).toBe(true);
	// The same again changes nothing and writes nothing.
	const entries = async () => (await database.sql(`select 1 from kernel.audit_entry`)).length;
	const before = await entries();
	expect(await apply(['gs', 'red'])).toEqual({ given: [], taken: [], keptLastAdministrator: false });
	expect(await entries()).toBe(before);
	expect((await apply(['red'])).taken).toEqual([{ duty: 'office', organisationId: null }]);
	expect(await roles()).toEqual(['editor']);
	const acts = await database.sql<{ act: string; actor_kind?: string }>(
		`select act from kernel.audit_entry where kind = 'registry.duty' order by id desc limit 1`,
	);
	expect(acts).toEqual([{ act: 'takenByRule' }]);
});

test('a role of an earlier day ends with its history kept; a rule that is gone takes its roles along', async () => {
	const id = await addRoleRule(database.ctx(), office);
	await apply(['gs']);
	await database.sql(`update registry.duty set from_date = from_date - 30`);
	await removeRoleRule(database.ctx(), id);
	await apply(['gs']);
	expect(await roles()).toEqual([]);
	const [past] = (await personView(database.ctx(), nadiya.person)).duties;
	expect(past!.until).toBe(database.ctx().today.toString());
});

test('what a person gave by hand stays, and so do seats and offices', async () => {
	await addRoleRule(database.ctx(), office);
	await giveDuty(database.ctx(), { personId: nadiya.person, duty: 'auditor', organisationId: null });
	await giveDuty(database.ctx(), { personId: nadiya.person, duty: 'office', organisationId: null });
	await write(database.ctx(), (tx) =>
		addMembership(tx, {
			personId: nadiya.person,
			organisationId: council,
			kind: 'member',
			votingRight: true,
			from: tx.today,
		}),
	);
	await apply(['gs']);
	await apply([]);
	expect((await roles()).sort()).toEqual(['auditor', 'member', 'office']);
	// One that a rule gave becomes a gift when somebody gives it.
	await apply(['gs'], { who: jorn });
	await giveDuty(database.ctx(), { personId: jorn.person, duty: 'office', organisationId: null });
	await apply([], { who: jorn });
	expect(await roles(jorn)).toEqual(['office']);
});

test('the last administrator stays, whatever the rules say; with another one who can sign in, it goes', async () => {
	await addRoleRule(database.ctx(), admin);
	await apply(['it']);
	// Somebody without an account gives nobody a role.
	const ghost = await write(database.ctx(), (tx) => addPerson(tx, 'Ohne Konto'));
	await giveDuty(database.ctx(), { personId: ghost, duty: 'administrator', organisationId: null });
	expect(await apply([])).toMatchObject({ taken: [], keptLastAdministrator: true });
	expect(await roles()).toEqual(['administrator']);
	const [entry] = await database.sql<{ act: string }>('select act from kernel.audit_entry order by id desc limit 1');
	expect(entry).toEqual({ act: 'keptLastAdministrator' });
	// Two at the same moment: one of them stays.
	await apply(['it'], { who: jorn });
	const both = await Promise.all([apply([]), apply([], { who: jorn })]);
	expect(both.filter(({ keptLastAdministrator }) => keptLastAdministrator)).toHaveLength(1);
	expect([...(await roles()), ...(await roles(jorn))]).toEqual(['administrator']);
});

test('what could not be asked takes nothing away', async () => {
	await addRoleRule(database.ctx(), office);
	await addRoleRule(database.ctx(), { ...office, value: 'red', duty: 'editor' });
	await apply(['gs']);
	await apply(['red'], { complete: false });
	expect((await roles()).sort()).toEqual(['editor', 'office']);
	await applyRoleRules(database.town, nadiya.account, { all: { _claim_names: { groups: 'a' } }, complete: true });
	expect((await roles()).sort()).toEqual(['editor', 'office']);
});

test('an account without a person here gets nothing, and rules of another town count there alone', async () => {
	await addRoleRule(database.ctx(), office);
	const stranger = await createAccount({ email: 'fremd@stadt.example', name: 'Fremd' });
	expect((await applyRoleRules(database.town, stranger.id, { all: { groups: ['gs'] }, complete: true })).given).toEqual(
		[],
	);
	const other = await database.addTown('Anderstadt');
	expect((await applyRoleRules(other, nadiya.account, { all: { groups: ['gs'] }, complete: true })).given).toEqual([]);
	expect(await roleRules(database.ctx(undefined, other))).toEqual([]);
});

test('rules are kept by administrators, in an order, and have to make sense', async () => {
	const as = (role: string): Actor => ({
		kind: 'person',
		accountId: 'a',
		personId: newId(),
		name: 'A',
		grants: [{ role, organisationId: null, personId: newId() }],
	});
	await expect(addRoleRule(database.ctx(as('office')), office)).rejects.toBeInstanceOf(Forbidden);
	await expect(roleRules(database.ctx(as('office')))).rejects.toBeInstanceOf(Forbidden);
	const first = await addRoleRule(database.ctx(as('administrator')), office);
	const second = await addRoleRule(database.ctx(), { ...office, value: ' extern ', duty: null, stops: true });
	await raiseRoleRule(database.ctx(), second);
	await raiseRoleRule(database.ctx(), second);
	expect((await roleRules(database.ctx())).map(({ id, value }) => [id, value])).toEqual([
		[second, 'extern'],
		[first, 'gs'],
	]);
	await changeRoleRule(database.ctx(), first, { ...office, value: 'neu' });
	expect((await roleRules(database.ctx()))[1]!.value).toBe('neu');
	for (const [given, code] of [
		[{ ...office, claim: ' ' }, 'registry.ruleClaim'],
		[{ ...office, value: '' }, 'registry.ruleValue'],
		[{ ...office, duty: null }, 'registry.ruleDuty'],
		[{ ...office, duty: 'department' }, 'registry.dutyNeedsOrganisation'],
		[{ ...office, organisationId: newId() }, 'registry.dutyNeedsOrganisation'],
	] as const)
		await expect(addRoleRule(database.ctx(), given as never)).rejects.toMatchObject({ code });
	const acts = await database.sql<{ act: string }>(
		`select act from kernel.audit_entry where kind = 'registry.roleRule' order by id`,
	);
	expect(acts.slice(-4).map(({ act }) => act)).toEqual(['created', 'created', 'changed', 'changed']);
});

test('a role that a rule gave can be ended by hand, and comes back while the rule says so', async () => {
	await addRoleRule(database.ctx(), office);
	await apply(['gs']);
	await database.sql(`update registry.duty set from_date = from_date - 1`);
	const [duty] = (await personView(database.ctx(), nadiya.person)).duties;
	await endDuty(database.ctx(), duty!.id);
	expect(await roles()).not.toContain('office');
	await apply(['gs']);
	expect(await roles()).toContain('office');
});

test('a role that no sign-in confirms ends in time, for who comes by other ways alone; each sign-in holds it up', async () => {
	await addRoleRule(database.ctx(), office);
	await addRoleRule(database.ctx(), admin);
	await apply(['gs', 'it']);
	await giveDuty(database.ctx(), { personId: nadiya.person, duty: 'auditor', organisationId: null });
	const later = (days: number) =>
		database.sql(`update registry.duty set from_date = from_date - $1::int, confirmed_on = confirmed_on - $1::int`, [
			days,
		]);
	await later(RULE_DAYS);
	expect(await endUnconfirmed(database.ctx(SYSTEM))).toBe(0);
	await apply(['gs', 'it']);
	await later(1);
	expect(await endUnconfirmed(database.ctx(SYSTEM))).toBe(0);
	await later(RULE_DAYS);
	expect(await endUnconfirmed(database.ctx(SYSTEM))).toBe(1);
	// by hand, and the last administrator
	expect((await roles()).sort()).toEqual(['administrator', 'auditor']);
});
