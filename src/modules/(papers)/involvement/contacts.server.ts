import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { Choice } from '#ui/types.ts';
import type { NewContact } from './schema.ts';

/** Months for which a contact proves something; then it is deleted. */
const KEEP_MONTHS = 12;

/** Days for which an entry that was taken away can be brought back. */
const UNDO_DAYS = 30;

export interface ContactRow {
	id: string;
	on: string;
	channel: NewContact['channel'];
	who: string;
	topic: string;
	event: { slug: string; title: string } | null;
	deleteOn: string;
	mine: boolean;
	/** Day on which it was taken away; it can still be brought back. */
	removedOn: string | null;
}

/** Logs a contact: when, how, with whom, about what (MIT-10). @returns its id */
export async function logContact(ctx: Ctx, given: NewContact): Promise<string> {
	demand(ctx.actor, 'papers.contacts');
	return write(ctx, async (tx) => {
		const id = newId();
		const day = Temporal.PlainDate.from(given.on);
		await tx.db
			.insertInto('papers.contact')
			.values({
				id,
				happened_on: day,
				channel: given.channel,
				office_id: given.officeId || null,
				name: given.officeId ? '' : given.name,
				topic: given.topic,
				event_id: given.eventId || null,
				created_by: tx.actor.personId,
				created_at: tx.now,
				delete_on: day.add({ months: KEEP_MONTHS }),
			})
			.execute();
		tx.touch('papers.contact', id, { act: 'logged', fields: { channel: given.channel } });
		return id;
	});
}

/** Takes an entry away: one's own, the office any. For 30 days it can be brought back. */
export async function removeContact(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.contacts');
	await write(ctx, async (tx) => {
		const row = await ownContact(tx, id);
		if (!row || row.removed_at) return;
		await tx.db.updateTable('papers.contact').set({ removed_at: tx.now }).where('id', '=', id).execute();
		tx.touch('papers.contact', id, { act: 'removed' });
	});
}

/** Brings an entry back that was taken away. @throws RuleViolation `papers.contactOver` when it is gone for good */
export async function bringContactBack(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.contacts');
	await write(ctx, async (tx) => {
		const row = await ownContact(tx, id);
		const until = row?.removed_at?.add({ hours: 24 * UNDO_DAYS });
		if (!row || (until && Temporal.Instant.compare(until, tx.now) <= 0)) throw new RuleViolation('papers.contactOver');
		if (!row.removed_at) return;
		await tx.db.updateTable('papers.contact').set({ removed_at: null }).where('id', '=', id).execute();
		tx.touch('papers.contact', id, { act: 'broughtBack' });
	});
}

/** Locked. @throws NotFound when it is somebody else's, except for the office */
async function ownContact(tx: WriteCtx, id: string): Promise<{ removed_at: Temporal.Instant | null } | undefined> {
	if (!isId(id)) return undefined;
	const row = await tx.db
		.selectFrom('papers.contact')
		.select(['created_by', 'removed_at'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (row && row.created_by !== tx.actor.personId && !may(tx.actor, 'papers.edit')) throw new NotFound('contact');
	return row;
}

/** Deletes what was taken away long enough ago. Runs every night. */
export async function forgetContacts(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const gone = await tx.db
			.deleteFrom('papers.contact')
			.where('removed_at', '<=', tx.now.subtract({ hours: 24 * UNDO_DAYS }))
			.returning('id')
			.execute();
		for (const { id } of gone) tx.touch('papers.contact', id, { act: 'deleted', deleted: true });
	});
}

/**
 * Contacts this reader logged, the office all; those of an event show to everybody who may log. What was taken away shows to who
 * can bring it back. Newest first. One query.
 */
export async function contactRows(ctx: Ctx): Promise<ContactRow[]> {
	demand(ctx.actor, 'papers.contacts');
	const { rows } = await sql<ContactRow>`select c.id, c.happened_on::text as on, c.channel,
		coalesce(o.title, c.name) as who, c.topic, c.delete_on::text as "deleteOn",
		case when e.id is not null then json_build_object('slug', e.slug, 'title', e.title) end as event,
		c.created_by is not distinct from ${ctx.actor.personId}::uuid or ${may(ctx.actor, 'papers.edit')} as mine,
		(c.removed_at at time zone ${ctx.body.timeZone})::date::text as "removedOn"
		from papers.contact c left join registry.office o on o.body_id = c.body_id and o.id = c.office_id
		left join council.event e on e.body_id = c.body_id and e.id = c.event_id
		where c.body_id = ${ctx.body.id} and (${may(ctx.actor, 'papers.edit')} or c.created_by = ${ctx.actor.personId}::uuid
			or (c.event_id is not null and c.removed_at is null))
			and (c.removed_at is null or c.removed_at > ${ctx.now}::timestamptz - make_interval(days => ${UNDO_DAYS}))
		order by c.happened_on desc, c.id desc limit 200`.execute(ctx.db);
	return rows;
}

export interface EventContacts {
	id: string;
	slug: string;
	title: string;
	date: string;
	/** Every coordinator of the town, with the first contact about this event; null: there was none. */
	coordinators: {
		officeId: string;
		title: string;
		first: string | null;
		channel: NewContact['channel'] | null;
		/** Days between the first contact and the event. */
		before: number | null;
	}[];
}

/** For each event to come or of the last half-year: who of the coordinators was first told when, and how (MIT-09). One query. */
export async function eventContacts(ctx: Ctx): Promise<EventContacts[]> {
	demand(ctx.actor, 'papers.contacts');
	const { rows } = await sql<EventContacts>`select e.id, e.slug, e.title, e.date::text as date,
		coalesce((select json_agg(json_build_object('officeId', o.id, 'title', o.title, 'first', f.happened_on,
			'channel', f.channel, 'before', e.date - f.happened_on) order by f.happened_on nulls last, o.title)
			from registry.office o left join lateral (select c.happened_on, c.channel from papers.contact c
				where c.body_id = e.body_id and c.event_id = e.id and c.office_id = o.id and c.removed_at is null
				order by c.happened_on, c.id limit 1) f on true
			where o.body_id = e.body_id and o.kind = 'coordinator'), '[]') as coordinators
		from council.event e where e.body_id = ${ctx.body.id}
		and e.date >= ${ctx.today.subtract({ months: 6 })}::date order by e.date desc limit 20`.execute(ctx.db);
	return rows;
}

/** Coordinators and commissioners by their function. One query. */
export async function contactChoices(ctx: Ctx): Promise<Choice[]> {
	demand(ctx.actor, 'papers.contacts');
	const { rows } = await sql<Choice>`select id as value, title as label, 'de' as lang from registry.office
		where body_id = ${ctx.body.id} and kind in ('coordinator', 'commissioner') order by title`.execute(ctx.db);
	return rows;
}
