import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { guestName, logGuest, unconfirm } from '../planning/guests/log.server.ts';
import { lockedSession } from './meetings.server.ts';
import type { GuestForm } from './schema.ts';

export interface GuestToInvite extends Partial<GuestForm> {
	personId?: string | null;
	agendaItemId?: string | null;
	/** Kept in the log of the list. */
	reason?: string;
}

/**
 * Puts a guest on the list of a session: by function (whoever holds it on the day is invited, GRE-09), as an organisation,
 * as a person, or by name. Who does it is kept as the inviter (rulebook R2-09a). A free place of the template with the same
 * label is filled first (GRE-10). The list has to be confirmed anew (SIT-27).
 * @returns id of the guest
 * @throws RuleViolation `council_agenda_fault_guest` when nobody is named
 */
export async function inviteGuest(tx: WriteCtx, meetingId: string, guest: GuestToInvite): Promise<string> {
	const session = await lockedSession(tx, { id: meetingId });
	if (session.cancelled || !['planned', 'invited', 'running'].includes(session.state))
		throw new RuleViolation('council_agenda_fault_over');
	const { office = null, organisation = null, personId = null, name = '', email = '', label = '' } = guest;
	if (!office && !organisation && !personId && !name)
		throw new RuleViolation('council_agenda_fault_guest', {}, 'office');
	const who = {
		office_id: office,
		organisation_id: organisation,
		person_id: personId,
		name,
		email,
		agenda_item_id: guest.agendaItemId ?? null,
		invited_by_person_id: tx.actor.personId,
	};
	const { rows } = await sql<{ id: string }>`select id from council.meeting_guest
		where body_id = ${tx.body.id} and meeting_id = ${meetingId} and office_id is null and organisation_id is null
		and person_id is null and name = '' and ${label} <> '' and label = ${label} order by position limit 1`.execute(tx.db);
	const free = rows[0]?.id;
	const id = free ?? newId();
	if (free) await tx.db.updateTable('council.meeting_guest').set(who).where('id', '=', id).execute();
	else
		await tx.db
			.insertInto('council.meeting_guest')
			.values({ id, meeting_id: meetingId, position: await nextPosition(tx, meetingId), label, ...who })
			.execute();
	await logGuest(tx, meetingId, 'added', await guestName(tx, id), guest.reason ?? '');
	await unconfirm(tx, meetingId);
	tx.touch('council.meeting', meetingId, { act: 'guestInvited', fields: { guest: id, office, organisation } });
	return id;
}

async function nextPosition(tx: WriteCtx, meetingId: string): Promise<number> {
	const { rows } = await sql<{ next: number }>`select coalesce(max(position), -1) + 1 as next from council.meeting_guest
		where body_id = ${tx.body.id} and meeting_id = ${meetingId}`.execute(tx.db);
	return rows[0]!.next;
}

/** Takes a guest off the list; a place of the template is free again. Whoever was invited already is told by the office. */
export async function removeGuest(tx: WriteCtx, meetingId: string, guestId: string, reason = ''): Promise<void> {
	const session = await lockedSession(tx, { id: meetingId });
	const guest = await tx.db
		.selectFrom('council.meeting_guest')
		.select(['id', 'label'])
		.where('id', '=', guestId)
		.where('meeting_id', '=', session.id)
		.executeTakeFirst();
	// Gone already: a second press does nothing.
	if (!guest) return;
	await logGuest(tx, session.id, 'removed', await guestName(tx, guestId), reason);
	await unconfirm(tx, session.id);
	await tx.db.deleteFrom('council.invitation').where('guest_id', '=', guestId).execute();
	if (guest.label)
		await tx.db
			.updateTable('council.meeting_guest')
			.set({ office_id: null, organisation_id: null, person_id: null, name: '', email: '' })
			.where('id', '=', guestId)
			.execute();
	else await tx.db.deleteFrom('council.meeting_guest').where('id', '=', guestId).execute();
	tx.touch('council.meeting', session.id, { act: 'guestRemoved', fields: { guest: guestId } });
}

/** Proposes somebody for an election before the session; members read it with the agenda (SIT-23). @returns id */
export async function nominate(
	tx: WriteCtx,
	meetingId: string,
	{ item, name, note }: { item: string; name: string; note: string },
): Promise<string> {
	await lockedSession(tx, { id: meetingId });
	const found = await tx.db
		.selectFrom('council.agenda_item')
		.select('id')
		.where('id', '=', item)
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!found) throw new NotFound('agenda item');
	const same = await tx.db
		.selectFrom('council.nomination')
		.select('id')
		.where('agenda_item_id', '=', item)
		.where('name', '=', name)
		.executeTakeFirst();
	if (same) return same.id;
	const id = newId();
	const position = sql<number>`(select count(*)::int from council.nomination where body_id = ${tx.body.id} and agenda_item_id = ${item})`;
	await tx.db.insertInto('council.nomination').values({ id, agenda_item_id: item, position, name, note }).execute();
	tx.touch('council.meeting', meetingId, { act: 'nominated', fields: { item, name }, personal: ['name'] });
	return id;
}

/** Takes a nomination back. */
export async function withdrawNomination(tx: WriteCtx, meetingId: string, id: string): Promise<void> {
	await lockedSession(tx, { id: meetingId });
	await sql`delete from council.nomination n using council.agenda_item i where n.body_id = ${tx.body.id} and n.id = ${id}
		and i.body_id = n.body_id and i.id = n.agenda_item_id and i.meeting_id = ${meetingId}`.execute(tx.db);
	tx.touch('council.meeting', meetingId, { act: 'nominationWithdrawn', fields: { nomination: id } });
}
