import { newId } from '../../src/kernel/ids.ts';
import type { App } from './app.ts';

/** Who asks in tests of access: each holds exactly the one role, so a table of them shows what the role alone opens. */
export const ROLES = [
	'visitor',
	'other town',
	'no role',
	'member',
	'chair',
	'office',
	'department',
	'commissioner',
	'mayor',
	'administrator',
	'auditor',
] as const;
export type Role = (typeof ROLES)[number];

type Insert = (table: string, row: Record<string, unknown>) => Promise<string>;
const FROM = '2020-01-01';

/**
 * Adds one invented person for each role to the demonstration town, and a second town whose office knows every right of
 * its own. @returns how to sign in as each; the cookie header is `undefined` for visitors
 */
export async function peopleOfAllRoles(app: App): Promise<(role: Role) => Promise<string | undefined>> {
	const { sql } = app.database;
	const [town] = await sql<{ id: string }>('select id from kernel.town');
	// With a second town in the database, host names decide.
	await sql(`update kernel.town set hosts = '{localhost}'`);
	const [council] = await sql<{ id: string }>(`select id from council.council_body where kind = 'council'`);
	const here = insertInto(app, town!.id);
	for (const role of ROLES) {
		if (role === 'visitor' || role === 'other town') continue;
		const person = await addPerson(app, here, role);
		if (role === 'member' || role === 'chair') {
			const post = role === 'chair' ? { post: 'chair' } : {};
			const membership = { person_id: person, organisation_id: council!.id, kind: 'member', from_date: FROM };
			await here('registry.membership', { ...membership, ...post, voting_right: true });
		} else if (role === 'commissioner' || role === 'mayor') {
			const office = await here('registry.office', { title: `Probe ${role}`, kind: role });
			await here('registry.office_holding', { person_id: person, office_id: office, from_date: FROM });
		} else if (role !== 'no role') await here('registry.duty', { person_id: person, duty: role, from_date: FROM });
	}
	await otherTown(app);
	return async (role) => (role === 'visitor' ? undefined : app.signInAs(addressOf(role)));
}

async function otherTown(app: App): Promise<void> {
	const { id } = await app.database.addTown('Nordhafen');
	const there = insertInto(app, id);
	const person = await addPerson(app, there, 'other town');
	for (const duty of ['office', 'department', 'editor', 'administrator', 'auditor']) {
		await there('registry.duty', { person_id: person, duty, from_date: FROM });
	}
}

async function addPerson(app: App, insert: Insert, role: Role): Promise<string> {
	await app.signInAs(addressOf(role));
	const [account] = await app.database.sql<{ id: string }>('select "id" from auth."user" where "email" = $1', [
		addressOf(role),
	]);
	return insert('registry.person', { given_name: 'Kim', family_name: `Probe ${role}`, account_id: account!.id });
}

function addressOf(role: Role): string {
	return `${role.replace(' ', '.')}@probe.example`;
}

/** Inserts past all policies, for a town. */
function insertInto({ database }: App, townId: string): Insert {
	return async (table, row) => {
		const full: Record<string, unknown> = { body_id: townId, id: newId(), ...row };
		const names = Object.keys(full);
		const marks = names.map((_, i) => `$${i + 1}`).join(', ');
		await database.sql(`insert into ${table} (${names.join(', ')}) values (${marks})`, Object.values(full));
		return String(full.id);
	};
}
