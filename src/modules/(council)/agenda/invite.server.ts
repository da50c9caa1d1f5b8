import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { guestStanding } from '../planning/guests/log.server.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { placeOf } from './commands.server.ts';
import { convening, lockedSession, spanOf, type SessionRow } from './meetings.server.ts';
import { keepInvitations } from './recipients.server.ts';
import { findNotice, type NoticeFinding } from './rules/notice.ts';
import type { ChangedMeeting } from './schema.ts';

export const SEND_JOB = 'council.agenda.send';
export type Purpose = 'invitation' | 'update' | 'cancellation' | 'reminder' | 'substitute' | 'again';

/** What the job of sending is told: ids and the site's address, never a person's data. */
export interface SendOrder {
	meetingId: string;
	purpose: Purpose;
	/** Makes each sending happen once per invitation. */
	key: string;
	/** `https://beirat.elbstadt.de` */
	origin: string;
	/** One invitation only. */
	invitationId?: string;
}

export interface Convened {
	/** Why the session is convened without keeping the period (rulebook R2-05). */
	urgentReason?: string;
	origin: string;
}

/**
 * Convenes: computes the notice period under the profile of the day and keeps the finding, keeps the agenda as invited,
 * makes it public, and sends everybody an invitation. The chair or her office may (rulebook R2-01, GRE-07).
 * @throws NotFound, Forbidden; RuleViolation `council_agenda_fault_start`, `…_empty`, `…_past`, `…_profile`, `…_nobody`,
 * `…_short` (too late, and no reason given), `…_not_allowed_short`, `…_over`, `…_guests` (whoever invites has not confirmed the list)
 */
export async function invite(ctx: Ctx, slug: string, given: Convened): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		// Sent twice by a double press: the first one counts.
		if (session.state === 'invited') return;
		if (session.state !== 'planned' || session.cancelled) throw new RuleViolation('council_agenda_fault_over');
		if (!session.startsAt) throw new RuleViolation('council_agenda_fault_start', {}, 'start');
		await convene(tx, session, given.urgentReason);
		await order(tx, { meetingId: session.id, purpose: 'invitation', key: 'v1', origin: given.origin });
	});
}

/**
 * What makes a session convened, without the mails: notice, agenda as invited, a row for each who is invited.
 * @throws RuleViolation (see `invite`)
 */
export async function convene(tx: WriteCtx, session: SessionRow, urgentReason = ''): Promise<void> {
	const notice = await noticeOf(tx, session, urgentReason);
	const agenda = await snapshotOf(tx, session.id);
	if (!agenda.length) throw new RuleViolation('council_agenda_fault_empty');
	await demandConfirmedGuests(tx, session.id);
	if (!(await keepInvitations(tx, session))) throw new RuleViolation('council_agenda_fault_nobody');
	await tx.db
		.updateTable('council.meeting')
		.set({
			state: 'invited',
			invited_on: tx.today,
			invited_at: tx.now,
			notice: JSON.stringify(notice),
			agenda_invited: JSON.stringify(agenda),
			published: session.public || session.published,
			modified_at: tx.now,
		})
		.where('id', '=', session.id)
		.execute();
	await convening(tx, session.id, { urgent_reason: notice.outcome.reason });
	tx.touch('council.meeting', session.id, {
		act: 'invited',
		fields: { kept: notice.outcome.kept, lastDay: notice.outcome.lastDay, items: agenda.length },
	});
}

/** Who was named as the inviter answers for the guest list and confirms it before anybody is invited (rulebook R2-09a). */
async function demandConfirmedGuests(tx: WriteCtx, meetingId: string): Promise<void> {
	const { guests, inviter, confirmed } = await guestStanding(tx, meetingId);
	if (guests && inviter && !confirmed) throw new RuleViolation('council_agenda_fault_guests', {}, 'gaeste');
}

async function noticeOf(tx: WriteCtx, session: SessionRow, reason: string): Promise<NoticeFinding> {
	if (Temporal.PlainDate.compare(session.date, tx.today) < 0) throw new RuleViolation('council_agenda_fault_past');
	const profile = await profileFor(tx, session.councilBodyId, session.date);
	if (!profile) throw new RuleViolation('council_agenda_fault_profile');
	const notice = findNotice(profile, session.date, tx.now, tx.body.timeZone, reason);
	if (!notice.outcome.kept && !notice.outcome.urgent)
		throw profile.rules.notice.urgentShortNotice
			? new RuleViolation('council_agenda_fault_short', {}, 'grund')
			: new RuleViolation('council_agenda_fault_not_allowed_short');
	return notice;
}

export async function order(tx: WriteCtx, given: SendOrder): Promise<void> {
	const { meetingId, purpose, key, invitationId = '' } = given;
	await tx.enqueue(SEND_JOB, given, { key: `${SEND_JOB} ${meetingId} ${purpose} ${key} ${invitationId}` });
}

/** Sends the invitation of one person once more, or of everybody who was added since. */
export async function inviteAgain(ctx: Ctx, slug: string, invitationId: string | null, origin: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		if (session.state !== 'invited' || session.cancelled) throw new RuleViolation('council_agenda_fault_over');
		if (invitationId === null) await demandConfirmedGuests(tx, session.id);
		await keepInvitations(tx, session);
		if (invitationId === null) await order(tx, { meetingId: session.id, purpose: 'invitation', key: `v1`, origin });
		else
			await order(tx, {
				meetingId: session.id,
				purpose: 'again',
				key: tx.now.toString({ smallestUnit: 'minute' }),
				origin,
				invitationId,
			});
		tx.touch('council.meeting', session.id, { act: 'invitedAgain', fields: { invitation: invitationId } });
	});
}

/** Reminds everybody who may still come, at once; the set days do it by themselves. */
export async function remindNow(ctx: Ctx, slug: string, origin: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		if (session.state !== 'invited' || session.cancelled) throw new RuleViolation('council_agenda_fault_over');
		const key = `now-${tx.now.toString({ smallestUnit: 'minute' })}`;
		await order(tx, { meetingId: session.id, purpose: 'reminder', key, origin });
		tx.touch('council.meeting', session.id, { act: 'reminded' });
	});
}

/**
 * Changes when, where and how. After the invitation everybody is told, with an update for their calendars; answers stay and
 * are asked for again, because they were given to another date. The notice period is computed anew for another day.
 * @throws as `invite`
 */
export async function changeMeeting(
	ctx: Ctx,
	slug: string,
	form: ChangedMeeting,
	{ urgentReason = '', origin }: Convened,
): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		if (!['planned', 'invited'].includes(session.state) || session.cancelled)
			throw new RuleViolation('council_agenda_fault_over');
		const date = Temporal.PlainDate.from(form.date);
		const { startsAt, endsAt } = spanOf(tx, date, form.start, form.end);
		const invited = session.state === 'invited';
		if (invited && !startsAt) throw new RuleViolation('council_agenda_fault_start', {}, 'start');
		const otherDay = !date.equals(session.date);
		const notice = invited && otherDay ? await noticeOf(tx, { ...session, date }, urgentReason) : null;
		await tx.db
			.updateTable('council.meeting')
			.set({
				title: form.title,
				date,
				starts_at: startsAt,
				ends_at: endsAt,
				...(await placeOf(tx, form)),
				mode: form.mode,
				join_url: form.joinUrl,
				language_help: form.languageHelp,
				...(notice ? { notice: JSON.stringify(notice) } : {}),
				modified_at: tx.now,
			})
			.where('id', '=', session.id)
			.execute();
		tx.touch('council.meeting', session.id, { act: 'moved', fields: { date: form.date, start: form.start } });
		if (!invited) return;
		await keepInvitations(tx, { ...session, date });
		const version = session.version + 1;
		await convening(tx, session.id, { version, changed_at: tx.now });
		await order(tx, { meetingId: session.id, purpose: 'update', key: `v${version}`, origin });
	});
}

/** Calls the session off: everybody invited is told, their calendars take it out. Doing it twice tells nobody twice. */
export async function cancelMeeting(ctx: Ctx, slug: string, reason: string, origin: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		if (session.cancelled) return;
		if (!['planned', 'invited'].includes(session.state)) throw new RuleViolation('council_agenda_fault_over');
		if (session.state === 'invited' && !reason.trim())
			throw new RuleViolation('council_agenda_fault_cancel_reason', {}, 'grund');
		await tx.db
			.updateTable('council.meeting')
			.set({ cancelled: true, cancel_note: reason.trim(), modified_at: tx.now })
			.where('id', '=', session.id)
			.execute();
		tx.touch('council.meeting', session.id, { act: 'cancelled' });
		if (session.state === 'invited')
			await order(tx, { meetingId: session.id, purpose: 'cancellation', key: `v${session.version}`, origin });
	});
}

/** Takes a cancellation back: the date stands again in everybody's calendar. */
export async function reviveMeeting(ctx: Ctx, slug: string, origin: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		if (!session.cancelled) return;
		if (Temporal.PlainDate.compare(session.date, tx.today) < 0) throw new RuleViolation('council_agenda_fault_past');
		await tx.db
			.updateTable('council.meeting')
			.set({ cancelled: false, cancel_note: '', modified_at: tx.now })
			.where('id', '=', session.id)
			.execute();
		tx.touch('council.meeting', session.id, { act: 'revived' });
		if (session.state !== 'invited') return;
		const version = session.version + 1;
		await convening(tx, session.id, { version, changed_at: tx.now });
		await order(tx, { meetingId: session.id, purpose: 'update', key: `v${version}`, origin });
	});
}

/** The agenda as it goes out: kept with the session whatever happens to it later. */
async function snapshotOf(tx: Pick<WriteCtx, 'db' | 'body'>, meetingId: string) {
	const { rows } = await sql<{ id: string; number: string; title: string; public: boolean; kind: string }>`
		select id, number, kind, title, public, neutral_title as "neutralTitle", second_convening as "secondConvening"
		from council.agenda_item where body_id = ${tx.body.id} and meeting_id = ${meetingId} and not removed
		order by position`.execute(tx.db);
	return rows;
}
