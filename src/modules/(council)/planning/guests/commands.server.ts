import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { inviteGuest, removeGuest as takeOff } from '../../agenda/guests.server.ts';
import { lockedMeeting, type PlanningMeeting } from '../meeting.server.ts';
import { logGuest as log } from './log.server.ts';
import { guestList, inviterLabel } from './queries.server.ts';

/** `office:<id>`, `organisation:<id>` or `person:<id>`; anything else is nobody. */
function partOf(
	value: string,
): { office_id: string | null; organisation_id: string | null; person_id: string | null } | null {
	const [kind = '', id = ''] = value.split(':');
	if (!isId(id) || !['office', 'organisation', 'person'].includes(kind)) return null;
	return {
		office_id: kind === 'office' ? id : null,
		organisation_id: kind === 'organisation' ? id : null,
		person_id: kind === 'person' ? id : null,
	};
}

async function inList<T>(
	ctx: Ctx,
	slug: string,
	work: (tx: WriteCtx, meeting: PlanningMeeting) => Promise<T>,
): Promise<T> {
	demand(ctx.actor, 'council.convene');
	return write(ctx, async (tx) => {
		const meeting = await lockedMeeting(tx, slug);
		if (meeting.cancelled) throw new RuleViolation('council.saveOver');
		const result = await work(tx, meeting);
		tx.touch('council.meeting', meeting.id, { act: 'guestList' });
		return result;
	});
}

/**
 * Says who invites: that one answers for the guest list (rulebook R2-09a), so a list that somebody else confirmed has to be
 * confirmed anew (scenario SIT-27). Naming the same one again changes nothing.
 * @throws RuleViolation `council.inviter` for nobody known
 */
export function setInviter(ctx: Ctx, slug: string, value: string, reason: string): Promise<void> {
	return inList(ctx, slug, async (tx, meeting) => {
		const part = partOf(value);
		if (!part) throw new RuleViolation('council.inviter', {}, 'inviter');
		const before = await guestList(tx, meeting.id);
		if (before.inviter?.value === value) return;
		const row = {
			inviter_office_id: part.office_id,
			inviter_organisation_id: part.organisation_id,
			inviter_person_id: part.person_id,
			confirmed_at: null,
			confirmed_by_id: null,
		};
		await tx.db
			.insertInto('council.guest_list')
			.values({ meeting_id: meeting.id, ...row })
			.onConflict((conflict) => conflict.columns(['body_id', 'meeting_id']).doUpdateSet(row))
			.execute();
		await log(tx, meeting.id, 'inviter', await inviterLabel(tx, meeting.id), reason);
		if (before.confirmedAt) await log(tx, meeting.id, 'reset');
	});
}

/** Confirms the list as it stands, in the inviter's name. @throws RuleViolation `council.inviterFirst` */
export function confirmGuests(ctx: Ctx, slug: string): Promise<void> {
	return inList(ctx, slug, async (tx, meeting) => {
		const { inviter, confirmedAt } = await guestList(tx, meeting.id);
		if (!inviter) throw new RuleViolation('council.inviterFirst', {}, 'inviter');
		if (confirmedAt) return;
		await tx.db
			.updateTable('council.guest_list')
			.set({ confirmed_at: tx.now, confirmed_by_id: tx.actor.personId })
			.where('meeting_id', '=', meeting.id)
			.execute();
		await log(tx, meeting.id, 'confirmed', inviter.label);
	});
}

/**
 * Puts a guest on the list: an office (whoever holds it), an organisation, a person, or a bare name.
 * @throws RuleViolation `council.guestNobody`, `council_agenda_fault_over` for a session that has been held
 */
export function addGuest(ctx: Ctx, slug: string, given: { who: string; name: string; reason: string }): Promise<void> {
	return inList(ctx, slug, async (tx, meeting) => {
		const part = partOf(given.who);
		if (!part && !given.name) throw new RuleViolation('council.guestNobody', {}, 'who');
		await inviteGuest(tx, meeting.id, {
			office: part?.office_id ?? null,
			organisation: part?.organisation_id ?? null,
			personId: part?.person_id ?? null,
			name: part ? '' : given.name,
			reason: given.reason,
		});
	});
}

/** Takes a guest off, with a reason that stays in the log. */
export function removeGuest(ctx: Ctx, slug: string, guestId: string, reason: string): Promise<void> {
	return inList(ctx, slug, async (tx, meeting) => {
		await guestOf(tx, meeting.id, guestId);
		await takeOff(tx, meeting.id, guestId, reason);
	});
}

/**
 * Notes what a guest promised, and, of a session without a list of attendance, whether they came.
 * @throws RuleViolation `council.guestOnRoll` where the list of attendance says so
 */
export function noteGuest(
	ctx: Ctx,
	slug: string,
	guestId: string,
	what: 'committed' | 'declined' | 'open' | 'came' | 'missed',
): Promise<void> {
	return inList(ctx, slug, async (tx, meeting) => {
		const guest = await guestOf(tx, meeting.id, guestId);
		if ((what === 'came' || what === 'missed') && guest.onRoll) throw new RuleViolation('council.guestOnRoll');
		const set =
			what === 'came' || what === 'missed'
				? { attended: what === 'came' }
				: { commitment: what, committed_on: what === 'committed' ? tx.today : null };
		await tx.db.updateTable('council.meeting_guest').set(set).where('id', '=', guestId).execute();
		await log(tx, meeting.id, what, guest.label);
	});
}

async function guestOf(tx: WriteCtx, meetingId: string, id: string) {
	if (!isId(id)) throw new RuleViolation('council.guestNobody', {}, 'who');
	const guest = (await guestList(tx, meetingId)).guests.find((row) => row.id === id);
	if (!guest) throw new NotFound('guest');
	return guest;
}
