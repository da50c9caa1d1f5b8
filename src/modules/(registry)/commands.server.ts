import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { splitName } from './names.ts';

export interface NewOrganisation {
	name: string;
	shortName?: string;
	type: 'committee' | 'party' | 'group' | 'department' | 'external' | 'institution' | 'other';
	classification?: string;
	parentId?: string | null;
	startDate?: Temporal.PlainDate | null;
	officeLabel?: string;
}

export interface NewMembership {
	personId: string;
	organisationId: string;
	kind: 'member' | 'substitute' | 'successor' | 'advisory' | 'guest';
	post?: 'chair' | 'deputyChair' | 'board' | 'managingOffice' | 'speaker' | null;
	roleLabel?: string;
	votingRight: boolean;
	onBehalfOfId?: string | null;
	rank?: number | null;
	/** The day of the appointment, where it comes before the first day. */
	appointedOn?: Temporal.PlainDate | null;
	/** Null: designated, not yet in office (rulebook R1-14). */
	from: Temporal.PlainDate | null;
	until?: Temporal.PlainDate | null;
}

/** Adds a person by printed name; contact data are added by the person or the office, never guessed. @returns id */
export async function addPerson(
	tx: WriteCtx,
	name: string,
	more: { email?: string; locale?: string; namePublic?: boolean } = {},
): Promise<string> {
	demand(tx.actor, 'registry.edit');
	const id = newId();
	const { affix, given, family } = splitName(name);
	await tx.db
		.insertInto('registry.person')
		.values({
			id,
			affix,
			given_name: given,
			family_name: family,
			email: more.email ?? null,
			locale: more.locale ?? 'de',
			name_public: more.namePublic ?? false,
		})
		.execute();
	tx.touch('registry.person', id, { act: 'created', fields: { name }, personal: ['name'] });
	return id;
}

/** Where mails to a person go. @throws NotFound */
export async function changePersonEmail(tx: WriteCtx, id: string, email: string): Promise<void> {
	demand(tx.actor, 'registry.edit');
	const changed = await tx.db
		.updateTable('registry.person')
		.set({ email, modified_at: tx.now })
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (!changed) throw new NotFound('person');
	tx.touch('registry.person', id, { act: 'changed', fields: { email }, personal: ['email'] });
}

/** @returns id */
export async function addOrganisation(tx: WriteCtx, given: NewOrganisation): Promise<string> {
	demand(tx.actor, 'registry.edit');
	const id = newId();
	await tx.db
		.insertInto('registry.organisation')
		.values({
			id,
			name: given.name,
			short_name: given.shortName ?? '',
			organisation_type: given.type,
			classification: given.classification ?? '',
			parent_id: given.parentId ?? null,
			start_date: given.startDate ?? null,
			office_label: given.officeLabel ?? '',
		})
		.execute();
	tx.touch('registry.organisation', id, { act: 'created', fields: { name: given.name, type: given.type } });
	return id;
}

/**
 * Changes what is given and leaves the rest. `until` is the first day on which it exists no longer.
 * @throws NotFound
 */
export async function changeOrganisation(
	tx: WriteCtx,
	id: string,
	given: {
		name?: string;
		shortName?: string;
		classification?: string;
		officeLabel?: string;
		startDate?: Temporal.PlainDate | null;
		until?: Temporal.PlainDate | null;
	},
): Promise<void> {
	demand(tx.actor, 'registry.edit');
	const values = {
		name: given.name,
		short_name: given.shortName,
		classification: given.classification,
		office_label: given.officeLabel,
		start_date: given.startDate,
		until_date: given.until,
	};
	const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
	const changed = await tx.db
		.updateTable('registry.organisation')
		.set({ ...known, modified_at: tx.now })
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (!changed) throw new NotFound('organisation');
	const fields = Object.fromEntries(Object.entries(known).map(([key, value]) => [key, value?.toString() ?? null]));
	tx.touch('registry.organisation', id, { act: 'changed', fields });
}

/** @returns id @throws if the person holds a membership of that kind there in the same days */
export async function addMembership(tx: WriteCtx, given: NewMembership): Promise<string> {
	demand(tx.actor, 'registry.edit');
	const id = newId();
	await tx.db
		.insertInto('registry.membership')
		.values({
			id,
			person_id: given.personId,
			organisation_id: given.organisationId,
			kind: given.kind,
			post: given.post ?? null,
			role_label: given.roleLabel ?? '',
			voting_right: given.votingRight,
			on_behalf_of_id: given.onBehalfOfId ?? null,
			rank: given.rank ?? null,
			appointed_on: given.appointedOn ?? null,
			from_date: given.from,
			until_date: given.until ?? null,
		})
		.execute();
	tx.touch('registry.membership', id, {
		act: 'created',
		fields: { kind: given.kind, from: given.from?.toString() ?? null },
	});
	return id;
}

/** A place by name and room; the same words are the same place. @returns id */
export async function findOrAddPlace(
	tx: WriteCtx,
	place: { name: string; room?: string; street?: string; accessibility?: string },
): Promise<string> {
	demand(tx.actor, 'registry.edit');
	const room = place.room ?? '';
	const found = await tx.db
		.selectFrom('registry.place')
		.select('id')
		.where('name', '=', place.name)
		.where('room', '=', room)
		.executeTakeFirst();
	if (found) return found.id;
	const id = newId();
	const { name, street = '', accessibility = '' } = place;
	await tx.db.insertInto('registry.place').values({ id, name, room, street, accessibility }).execute();
	tx.touch('registry.place', id, { act: 'created', fields: { name, room } });
	return id;
}
