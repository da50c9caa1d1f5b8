import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';

export type OfficeKind = 'commissioner' | 'mayor' | 'head' | 'speaker' | 'coordinator' | 'other';

export interface Holder {
	officeId: string;
	title: string;
	kind: OfficeKind;
	organisationId: string | null;
	organisation: string;
	personId: string;
	name: string;
	/** Internal: for letters, never for public pages. */
	email: string | null;
	locale: string;
}

/**
 * Who holds these functions on a day: an invitation to a function reaches whoever has it then (rulebook R1-08). A function
 * without a holder that day is missing; one held by two people comes twice. One query.
 */
export async function holdersOf(
	ctx: Pick<Ctx, 'db' | 'body'>,
	officeIds: readonly string[],
	day: Temporal.PlainDate,
): Promise<Holder[]> {
	if (!officeIds.length) return [];
	const { rows } = await sql<Holder>`select o.id as "officeId", o.title, o.kind, o.organisation_id as "organisationId",
		coalesce(g.name, '') as organisation, p.id as "personId",
		concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name, p.email, p.locale
		from registry.office o
		join registry.office_holding h on h.body_id = o.body_id and h.office_id = o.id and h.from_date <= ${day}::date
			and (h.until_date is null or h.until_date > ${day}::date)
		join registry.person p on p.body_id = h.body_id and p.id = h.person_id
		left join registry.organisation g on g.body_id = o.body_id and g.id = o.organisation_id
		where o.body_id = ${ctx.body.id} and o.id = any (${[...new Set(officeIds)]}::uuid[])
		order by o.title, p.family_name`.execute(ctx.db);
	return rows;
}

/** A function with rights or duties of its own. @returns id */
export async function addOffice(
	tx: WriteCtx,
	given: {
		title: string;
		kind: OfficeKind;
		organisationId?: string | null;
		employment?: 'honorary' | 'fulltime' | null;
	},
): Promise<string> {
	demand(tx.actor, 'registry.edit');
	const id = newId();
	await tx.db
		.insertInto('registry.office')
		.values({
			id,
			title: given.title,
			kind: given.kind,
			organisation_id: given.organisationId ?? null,
			employment: given.employment ?? null,
		})
		.execute();
	tx.touch('registry.office', id, { act: 'created', fields: { title: given.title } });
	return id;
}

/** Somebody takes an office. @returns id of the holding @throws if the same person holds it in those days */
export async function holdOffice(
	tx: WriteCtx,
	given: { officeId: string; personId: string; from: Temporal.PlainDate; until: Temporal.PlainDate | null },
): Promise<string> {
	demand(tx.actor, 'registry.edit');
	const id = newId();
	await tx.db
		.insertInto('registry.office_holding')
		.values({
			id,
			office_id: given.officeId,
			person_id: given.personId,
			from_date: given.from,
			until_date: given.until,
		})
		.execute();
	tx.touch('registry.office', given.officeId, {
		act: 'taken',
		fields: { from: given.from.toString(), until: given.until?.toString() ?? null },
	});
	return id;
}

/**
 * Ends a holding (`until` is the first day that no longer counts); one that would end before it began is removed. Null
 * opens it again. @throws NotFound
 */
export async function endHolding(tx: WriteCtx, id: string, until: Temporal.PlainDate | null): Promise<void> {
	demand(tx.actor, 'registry.edit');
	const found = await tx.db
		.selectFrom('registry.office_holding')
		.select(['office_id', 'from_date'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!found) throw new NotFound('holding of an office');
	if (until && Temporal.PlainDate.compare(until, found.from_date) <= 0)
		await tx.db.deleteFrom('registry.office_holding').where('id', '=', id).execute();
	else await tx.db.updateTable('registry.office_holding').set({ until_date: until }).where('id', '=', id).execute();
	tx.touch('registry.office', found.office_id, { act: 'left', fields: { until: until?.toString() ?? null } });
}
