import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

export type GuestAct =
	'inviter' | 'reset' | 'confirmed' | 'added' | 'removed' | 'committed' | 'declined' | 'open' | 'came' | 'missed';

/** Keeps a decision on a guest list: who did what to whom, and why (scenario SIT-27). */
export async function logGuest(
	tx: WriteCtx,
	meetingId: string,
	act: GuestAct,
	subject = '',
	reason = '',
): Promise<void> {
	await tx.db
		.insertInto('council.guest_list_entry')
		.values({ id: newId(), meeting_id: meetingId, at: tx.now, by_person_id: tx.actor.personId, act, subject, reason })
		.execute();
}

/** A list that was changed is no longer the one that was confirmed. */
export async function unconfirm(tx: WriteCtx, meetingId: string): Promise<void> {
	const { numUpdatedRows } = await tx.db
		.updateTable('council.guest_list')
		.set({ confirmed_at: null, confirmed_by_id: null })
		.where('meeting_id', '=', meetingId)
		.where('confirmed_at', 'is not', null)
		.executeTakeFirst();
	if (numUpdatedRows) await logGuest(tx, meetingId, 'reset');
}

/** Function, organisation or name of one place on the list. */
export async function guestName(tx: Pick<Ctx, 'db' | 'body'>, guestId: string): Promise<string> {
	const { rows } = await sql<{ label: string }>`
select coalesce(f.title, o.name, nullif(concat_ws(' ', nullif(p.given_name, ''), p.family_name), ''), nullif(g.name, ''), g.label) as label
from council.meeting_guest g left join registry.office f on f.body_id = g.body_id and f.id = g.office_id
left join registry.organisation o on o.body_id = g.body_id and o.id = g.organisation_id
left join registry.person p on p.body_id = g.body_id and p.id = g.person_id
where g.body_id = ${tx.body.id} and g.id = ${guestId}`.execute(tx.db);
	return rows[0]?.label ?? '';
}

/** How a session's guest list stands before the invitation goes out. */
export interface GuestStanding {
	/** Guests who are named; free places do not count. */
	guests: number;
	/** Somebody answers for the list (rulebook R2-09a). */
	inviter: boolean;
	confirmed: boolean;
}

export async function guestStanding(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string): Promise<GuestStanding> {
	const { rows } = await sql<GuestStanding>`
select (select count(*)::int from council.meeting_guest g where g.body_id = ${ctx.body.id} and g.meeting_id = ${meetingId}
	and (g.office_id is not null or g.organisation_id is not null or g.person_id is not null or g.name <> '')) as guests,
	coalesce(bool_or(num_nonnulls(l.inviter_person_id, l.inviter_organisation_id, l.inviter_office_id) > 0), false) as inviter,
	coalesce(bool_or(l.confirmed_at is not null), false) as confirmed
from council.guest_list l where l.body_id = ${ctx.body.id} and l.meeting_id = ${meetingId}`.execute(ctx.db);
	return rows[0]!;
}
