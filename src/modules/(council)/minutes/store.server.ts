import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { contentHash } from './hash.server.ts';
import type { MinutesContent } from './rules/content.ts';
import type { Source } from './rules/record.ts';
import { after, type Act, type MinutesState, type Standing } from './rules/states.ts';

/** The record of a session's minutes, locked until the write ends. */
export interface LockedMinutes {
	id: string;
	meetingId: string;
	slug: string;
	councilBodyId: string;
	date: Temporal.PlainDate;
	state: MinutesState;
	meetingState: string;
	publishedAt: Temporal.Instant | null;
	withdrawnAt: Temporal.Instant | null;
	approvedPublicOn: Temporal.PlainDate | null;
	approvedClosedOn: Temporal.PlainDate | null;
	chairPersonId: string | null;
	minuteTakerPersonId: string | null;
	chairName: string;
	minuteTakerName: string;
}

/**
 * The record of a session, made when it is first needed and locked: whoever acts on the same minutes waits.
 * @throws NotFound, Forbidden without `permission` in the session's body
 */
export async function lockMinutes(tx: WriteCtx, slug: string, permission: string): Promise<LockedMinutes> {
	const meeting = await tx.db
		.selectFrom('council.meeting')
		.select([
			'id',
			'slug',
			'council_body_id',
			'date',
			'state',
			'chair_person_id',
			'minutes_taker_person_id',
			'chair_name',
		])
		.select('minutes_taker_name')
		.where('slug', '=', slug)
		.executeTakeFirst();
	if (!meeting) throw new NotFound('session');
	demand(tx.actor, permission, meeting.council_body_id);
	await tx.db
		.insertInto('council.minutes_record')
		.values({ id: newId(), meeting_id: meeting.id, state: 'draft' })
		.onConflict((row) => row.columns(['body_id', 'meeting_id']).doNothing())
		.execute();
	const record = await tx.db
		.selectFrom('council.minutes_record')
		.selectAll()
		.where('meeting_id', '=', meeting.id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	return {
		id: record.id,
		meetingId: meeting.id,
		slug: meeting.slug,
		councilBodyId: meeting.council_body_id,
		date: meeting.date,
		state: record.state as MinutesState,
		meetingState: meeting.state,
		publishedAt: record.published_at,
		withdrawnAt: record.withdrawn_at,
		approvedPublicOn: record.approved_public_on,
		approvedClosedOn: record.approved_closed_on,
		chairPersonId: meeting.chair_person_id,
		minuteTakerPersonId: meeting.minutes_taker_person_id,
		chairName: meeting.chair_name,
		minuteTakerName: meeting.minutes_taker_name,
	};
}

export interface Version {
	id: string;
	number: number;
	content: MinutesContent;
	sha512: string;
	reason: string;
	fixedAt: string;
}

/** All fixed versions of a session's minutes, the newest first. One query. */
export async function versionsOf(ctx: Pick<Ctx, 'db'>, minutesId: string): Promise<Version[]> {
	const rows = await ctx.db
		.selectFrom('council.minutes_version')
		.select(['id', 'number', 'content', 'sha512', 'reason', 'fixed_at'])
		.where('minutes_id', '=', minutesId)
		.orderBy('number', 'desc')
		.execute();
	return rows.map(({ fixed_at, content, ...row }) => ({
		...row,
		content: content as MinutesContent,
		fixedAt: fixed_at.toString(),
	}));
}

/** Fixes content as the next version. Nothing changes it afterwards, the database refuses. */
export async function fixVersion(
	tx: WriteCtx,
	minutesId: string,
	content: MinutesContent,
	{ number, reason }: { number: number; reason: string },
): Promise<Version> {
	const id = newId();
	const sha512 = contentHash(content);
	await tx.db
		.insertInto('council.minutes_version')
		.values({ id, minutes_id: minutesId, number, content: JSON.stringify(content), sha512, reason, fixed_at: tx.now })
		.execute();
	return { id, number, content, sha512, reason, fixedAt: tx.now.toString() };
}

/** How many people's presence nobody has settled: the list's cells left blank, and members it does not name (R1-19). */
export function unknownAttendance({ meeting, missing }: Pick<Source, 'meeting' | 'missing'>): number {
	const rows = meeting.attendance.filter((row) => row.status === 'unknown').length;
	return rows + missing.length;
}

/** What an act depends on, as far as the record itself says it; the caller adds what it has counted. */
export async function standingOf(tx: Ctx, minutes: LockedMinutes, known: Partial<Standing> = {}): Promise<Standing> {
	const profile = await profileFor(tx, minutes.councilBodyId, minutes.date);
	return {
		state: minutes.state,
		unknownAttendance: 0,
		held: ['held', 'minutesSigned'].includes(minutes.meetingState),
		takenOver: minutes.meetingState === 'takenOver',
		signaturesMissing: 0,
		preliminaryPublication: profile?.rules.minutes.preliminaryPublication ?? true,
		partsUnapproved: 0,
		openObjections: 0,
		reason: '',
		shown: minutes.publishedAt !== null && minutes.withdrawnAt === null,
		...known,
	};
}

/** The state after an act. @throws RuleViolation `council.minutes.<refusal>` */
export function stepTo(act: Act, standing: Standing): MinutesState {
	const outcome = after(act, standing);
	if ('refused' in outcome)
		throw new RuleViolation(`council.minutes.${outcome.refused}`, { count: standing.unknownAttendance });
	return outcome.state;
}

/** May this actor write in the minutes of a body? */
export function mayEdit(ctx: Pick<Ctx, 'actor'>, councilBodyId: string): boolean {
	return may(ctx.actor, 'council.edit', councilBodyId);
}
