import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { splitName } from './names.ts';

/** Records of another system, many at once. Ids are given: the same id again is the same record, as it stands now. Days ISO. */
export interface TakenOrganisation {
	id: string;
	name: string;
	shortName: string;
	type: 'committee' | 'party' | 'group' | 'department' | 'external' | 'institution' | 'other';
	classification: string;
	from: string | null;
	/** The first day on which it exists no longer. */
	until: string | null;
	created: string;
}

export interface TakenPerson {
	id: string;
	/** As printed; parts that the source names count more. */
	name: string;
	given: string;
	family: string;
	affix: string;
	address: string;
	created: string;
}

export interface TakenMembership {
	id: string;
	personId: string;
	organisationId: string;
	kind: 'member' | 'substitute' | 'advisory';
	post: string | null;
	label: string;
	voting: boolean;
	behalfId: string | null;
	from: string;
	until: string | null;
}

export interface TakenPlace {
	id: string;
	name: string;
	room: string;
	street: string;
	postcode: string;
	locality: string;
	/** In words. */
	accessibility: string;
}

export async function takeOverOrganisations(tx: WriteCtx, rows: readonly TakenOrganisation[]): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await sql`insert into registry.organisation (body_id, id, name, short_name, organisation_type, classification, start_date,
		until_date, created_at) select ${tx.body.id}, id, name, "shortName", type, classification, "from", until, created
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, name text, "shortName" text, type text,
			classification text, "from" date, until date, created timestamptz)
		on conflict (body_id, id) do update set name = excluded.name, short_name = excluded.short_name,
			organisation_type = excluded.organisation_type, classification = excluded.classification,
			start_date = excluded.start_date, until_date = excluded.until_date, modified_at = now()`.execute(tx.db);
	for (const { id, name } of rows) tx.touch('registry.organisation', id, { act: 'takenOver', fields: { name } });
}

/** Sets what stands above each organisation. */
export async function takeOverParents(
	tx: WriteCtx,
	rows: readonly { id: string; parentId: string | null }[],
): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await sql`update registry.organisation o set parent_id = r."parentId"
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "parentId" uuid)
		where o.body_id = ${tx.body.id} and o.id = r.id`.execute(tx.db);
}

export async function takeOverPersons(tx: WriteCtx, rows: readonly TakenPerson[]): Promise<void> {
	demand(tx.actor, 'registry.edit');
	const parted = rows.map((row) => (row.family ? row : { ...row, ...splitName(row.name) }));
	await sql`insert into registry.person (body_id, id, given_name, family_name, affix, form_of_address, created_at)
		select ${tx.body.id}, id, given, family, affix, address, created
		from jsonb_to_recordset(${JSON.stringify(parted)}::jsonb) as r (id uuid, given text, family text, affix text,
			address text, created timestamptz)
		on conflict (body_id, id) do update set given_name = excluded.given_name, family_name = excluded.family_name,
			affix = excluded.affix, form_of_address = excluded.form_of_address, modified_at = now()`.execute(tx.db);
	for (const { id, name } of rows)
		tx.touch('registry.person', id, { act: 'takenOver', fields: { name }, personal: ['name'] });
}

/** Memberships of these people, to see which would overlap. */
export async function membershipsOf(
	tx: Pick<WriteCtx, 'db' | 'body' | 'actor'>,
	personIds: readonly string[],
): Promise<
	{ id: string; personId: string; organisationId: string; kind: string; from: string; until: string | null }[]
> {
	demand(tx.actor, 'registry.read');
	const { rows } = await sql<Awaited<ReturnType<typeof membershipsOf>>[number]>`
		select id, person_id as "personId", organisation_id as "organisationId", kind, from_date::text as "from",
			until_date::text as until from registry.membership
		where body_id = ${tx.body.id} and person_id = any (${personIds}::uuid[]) and from_date is not null`.execute(tx.db);
	return rows;
}

/** @throws when two of a person in a body overlap: see `membershipsOf` */
export async function takeOverMemberships(tx: WriteCtx, rows: readonly TakenMembership[]): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await sql`insert into registry.membership (body_id, id, person_id, organisation_id, kind, post, role_label, voting_right,
		on_behalf_of_id, from_date, until_date) select ${tx.body.id}, id, "personId", "organisationId", kind, post, label, voting,
			"behalfId", "from", until
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "personId" uuid, "organisationId" uuid, kind text,
			post text, label text, voting boolean, "behalfId" uuid, "from" date, until date)
		on conflict (body_id, id) do update set organisation_id = excluded.organisation_id, kind = excluded.kind,
			post = excluded.post, role_label = excluded.role_label, voting_right = excluded.voting_right,
			on_behalf_of_id = excluded.on_behalf_of_id, from_date = excluded.from_date, until_date = excluded.until_date,
			modified_at = now()`.execute(tx.db);
	for (const { id, kind, from } of rows)
		tx.touch('registry.membership', id, { act: 'takenOver', fields: { kind, from } });
}

export async function takeOverPlaces(tx: WriteCtx, rows: readonly TakenPlace[]): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await sql`insert into registry.place (body_id, id, name, room, street, postcode, locality, accessibility)
		select ${tx.body.id}, id, name, room, street, postcode, locality, accessibility
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, name text, room text, street text, postcode text,
			locality text, accessibility text)
		on conflict (body_id, id) do update set name = excluded.name, room = excluded.room, street = excluded.street,
			postcode = excluded.postcode, locality = excluded.locality, accessibility = excluded.accessibility`.execute(tx.db);
	for (const { id, name } of rows) tx.touch('registry.place', id, { act: 'takenOver', fields: { name } });
}

const TABLES = {
	'registry.organisation': {
		table: 'registry.organisation',
		rest: sql`until_date = greatest(current_date, start_date + 1)`,
	},
	'registry.person': { table: 'registry.person', rest: null },
	'registry.membership': {
		table: 'registry.membership',
		rest: sql`until_date = greatest(current_date, from_date + 1)`,
	},
	'registry.place': { table: 'registry.place', rest: null },
} as const;

/**
 * Takes back what the source no longer tells. Where other records of the town still point to it, it stays; an organisation or
 * membership ends today then.
 */
export async function takeBack(tx: WriteCtx, kind: keyof typeof TABLES, id: string): Promise<void> {
	demand(tx.actor, 'registry.edit');
	const { table, rest } = TABLES[kind];
	const where = sql`body_id = ${tx.body.id} and id = ${id}`;
	await sql`savepoint taken_back`.execute(tx.db);
	try {
		await sql`delete from ${sql.table(table)} where ${where}`.execute(tx.db);
		await sql`release savepoint taken_back`.execute(tx.db);
		tx.touch(kind, id, { act: 'takenBack', deleted: true });
	} catch (error) {
		if ((error as { code?: string }).code !== '23503') throw error;
		await sql`rollback to savepoint taken_back`.execute(tx.db);
		if (rest) await sql`update ${sql.table(table)} set ${rest} where ${where}`.execute(tx.db);
		tx.touch(kind, id, { act: 'takenBack' });
	}
}
