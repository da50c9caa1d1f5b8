import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { presentVoters, type PresentVoter } from '../session/presence.server.ts';
import { lockSession, type LockedSession } from '../session/state.server.ts';

export interface LockedItem {
	id: string;
	kind: string;
	title: string;
	public: boolean;
	session: LockedSession;
}

/**
 * An item of a running session, for an act of its office; the session is locked, so acts come one after the other.
 * @throws NotFound, Forbidden without `council.edit`, RuleViolation `council_votes_not_running`
 */
export async function lockItem(tx: WriteCtx, itemId: string): Promise<LockedItem> {
	if (!isId(itemId)) throw new NotFound('item');
	const item = await tx.db
		.selectFrom('council.agenda_item')
		.select(['id', 'kind', 'title', 'public', 'meeting_id'])
		.where('id', '=', itemId)
		.executeTakeFirst();
	if (!item) throw new NotFound('item');
	const session = await lockSession(tx, item.meeting_id);
	if (session.state !== 'running') throw new RuleViolation('council_votes_not_running');
	return { id: item.id, kind: item.kind, title: item.title, public: item.public, session };
}

/** What can be done about the votes of an item, as the audit log names it. */
type VoteAct =
	| 'motionPut'
	| 'motionWithdrawn'
	| 'motionRestored'
	| 'amendedTextWritten'
	| 'voteOpened'
	| 'voteClosed'
	| 'voteVoided'
	| 'voicesEntered'
	| 'boxOpened'
	| 'biasDeclared'
	| 'biasDecided'
	| 'biasWithdrawn'
	| 'biasOver'
	| 'electionBegun'
	| 'electionAccepted'
	| 'electionDeclined'
	| 'electionCancelled'
	| 'candidateProposed'
	| 'consentRecorded'
	| 'roundOpened'
	| 'roundCounted'
	| 'lotDrawn'
	| 'elected';

/** Says to everybody who follows the session that something about its votes changed; figures and names are no part of it. */
export function told(tx: WriteCtx, item: LockedItem, act: VoteAct, fields: Record<string, unknown> = {}): void {
	tx.touch('council.meeting', item.session.id, { act, fields: { item: item.id, ...fields } });
}

/** The body an act is about: the one named, else the leading one. @throws NotFound for a body that isn't in the session */
export function bodyOf(item: LockedItem, councilBodyId: string | null | undefined): string {
	if (!councilBodyId) return item.session.councilBodyId;
	if (!item.session.bodies.includes(councilBodyId)) throw new NotFound('council body');
	return councilBodyId;
}

/** Rows of the attendance list that the law bars from an item now: declared by themselves, or decided by the body (R2-31). */
export async function barredRows(ctx: Pick<Ctx, 'db' | 'body'>, itemId: string): Promise<Set<string>> {
	const { rows } = await sql<{ id: string }>`
		select attendance_id as id from council.bias where body_id = ${ctx.body.id} and agenda_item_id = ${itemId}
		and withdrawn_at is null and (decided = 'barred'
			or (decided is null and declared_by = 'self' and finding ->> 'outcome' <> 'free'))`.execute(ctx.db);
	return new Set(rows.map(({ id }) => id));
}

/** The seat the actor holds in a session now. @throws RuleViolation `council_votes_no_seat`, `council_votes_barred` */
export async function ownSeat(
	tx: WriteCtx,
	meetingId: string,
	councilBodyId: string,
	itemId: string,
): Promise<PresentVoter> {
	const voters = await presentVoters(tx, meetingId, councilBodyId, tx.now);
	const voter = voters.find(({ personId }) => personId !== null && personId === tx.actor.personId);
	if (!voter) throw new RuleViolation('council_votes_no_seat');
	if ((await barredRows(tx, itemId)).has(voter.attendanceId)) throw new RuleViolation('council_votes_barred');
	return voter;
}
