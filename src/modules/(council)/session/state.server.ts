import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { Profile } from '../rules/profile.ts';
import { profileFor } from '../structure/profiles.server.ts';

/** The row of a session, locked until the running write ends: acts on one session happen one after the other. */
export interface LockedSession {
	id: string;
	slug: string;
	councilBodyId: string;
	/** The leading body first; more than one in a joint session. */
	bodies: string[];
	state: string;
	kind: string;
	mode: string;
	date: Temporal.PlainDate;
	public: boolean;
	openedAt: Temporal.Instant | null;
	closedAt: Temporal.Instant | null;
	currentItemId: string | null;
	closedPartNow: boolean;
}

/**
 * Locks a session for an act of its office.
 * @throws NotFound for strangers and unknown ids, Forbidden without `council.edit` for its leading body
 */
export async function lockSession(tx: WriteCtx, meetingId: string): Promise<LockedSession> {
	if (!isId(meetingId)) throw new NotFound('session');
	const row = await tx.db
		.selectFrom('council.meeting')
		.selectAll()
		.where('id', '=', meetingId)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw new NotFound('session');
	demand(tx.actor, 'council.edit', row.council_body_id);
	const further = await tx.db
		.selectFrom('council.meeting_body')
		.select('council_body_id')
		.where('meeting_id', '=', meetingId)
		.orderBy('council_body_id')
		.execute();
	const others = further.map(({ council_body_id }) => council_body_id).filter((id) => id !== row.council_body_id);
	return {
		id: row.id,
		slug: row.slug,
		councilBodyId: row.council_body_id,
		bodies: [row.council_body_id, ...others],
		state: row.state,
		kind: row.kind,
		mode: row.mode,
		date: row.date,
		public: row.public,
		openedAt: row.opened_at,
		closedAt: row.closed_at,
		currentItemId: row.current_item_id,
		closedPartNow: row.closed_part_now,
	};
}

/** @throws RuleViolation `council_session_not_running` */
export function demandRunning(session: LockedSession): void {
	if (session.state !== 'running') throw new RuleViolation('council_session_not_running');
}

/** The rules on the day of the session. @throws RuleViolation `council_session_no_profile` */
export async function rulesOf(tx: WriteCtx, session: LockedSession, councilBodyId?: string): Promise<Profile> {
	const profile = await profileFor(tx, councilBodyId ?? session.councilBodyId, session.date);
	if (!profile) throw new RuleViolation('council_session_no_profile');
	return profile;
}
