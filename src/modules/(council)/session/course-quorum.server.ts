/** What the chair or a voting member says on whether the session can decide: its convening, its quorum. */
import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { presentVoters } from './presence.server.ts';
import { findQuorumAt } from './quorum.server.ts';
import { demandRunning, lockSession, type LockedSession } from './state.server.ts';

/**
 * A voting member who is there objects to a session that was not convened properly: the defect does not heal then (rulebook R2-06).
 * @throws RuleViolation `council_session_challenger` when that person may not
 */
export async function objectToConvening(tx: WriteCtx, meetingId: string, attendanceId: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const { name } = await voterThere(tx, session, attendanceId);
	await sql`update council.meeting set convening = coalesce(convening, '{}') || ${JSON.stringify({ objectedBy: name })}::jsonb
		where body_id = ${tx.body.id} and id = ${meetingId}`.execute(tx.db);
	tx.touch('council.meeting', meetingId, { act: 'conveningObjected', fields: { row: attendanceId } });
}

/** A voting member who is there, in any body of the session. @throws RuleViolation `council_session_challenger` */
export async function voterThere(tx: WriteCtx, session: LockedSession, attendanceId: string) {
	for (const body of session.bodies) {
		const voter = (await presentVoters(tx, session.id, body, tx.now)).find((one) => one.attendanceId === attendanceId);
		if (voter) return { ...voter, body };
	}
	throw new RuleViolation('council_session_challenger', {}, 'row');
}

/** The chair states the quorum, of every body of a joint session: at the opening, or anew after a lack. */
export async function stateQuorumNow(tx: WriteCtx, meetingId: string): Promise<{ quorate: boolean }> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const before = await tx.db
		.selectFrom('council.quorum_finding')
		.select('id')
		.where('meeting_id', '=', meetingId)
		.where('occasion', '=', 'opening')
		.limit(1)
		.executeTakeFirst();
	return find(tx, session, before ? 'check' : 'opening');
}

/**
 * A voting member who is there doubts the quorum: it is counted, and the challenger counts (rulebook R2-23).
 * @throws RuleViolation `council_session_challenger` when that person may not
 */
export async function challengeQuorum(
	tx: WriteCtx,
	meetingId: string,
	attendanceId: string,
): Promise<{ quorate: boolean }> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const { personId, body } = await voterThere(tx, session, attendanceId);
	return find(tx, session, 'challenge', personId, body);
}

async function find(
	tx: WriteCtx,
	session: LockedSession,
	occasion: 'opening' | 'challenge' | 'check',
	challengedBy: string | null = null,
	only?: string,
): Promise<{ quorate: boolean }> {
	let quorate = true;
	const secondConvening = await convenedTwice(tx, session.id);
	for (const body of only ? [only] : session.bodies) {
		const agendaItemId = occasion === 'opening' ? null : session.currentItemId;
		const context = { agendaItemId, challengedBy, secondConvening };
		const finding = await findQuorumAt(tx, session.id, body, tx.now, occasion, context);
		if (!finding) throw new RuleViolation('council_session_no_profile');
		quorate &&= finding.outcome.quorate;
	}
	tx.touch('council.meeting', session.id, { act: `quorum ${occasion}`, fields: { quorate } });
	return { quorate };
}

/** Convened again after a lack of quorum, with the sentence in the invitation: what is marked may be decided in any number (R2-25). */
async function convenedTwice(tx: WriteCtx, meetingId: string): Promise<boolean> {
	const again = await tx.db
		.selectFrom('council.meeting as m')
		.innerJoin('council.agenda_item as i', 'i.meeting_id', 'm.id')
		.select('i.id')
		.where('m.id', '=', meetingId)
		.where('m.second_convening_of', 'is not', null)
		.where('i.second_convening', '=', true)
		.limit(1)
		.executeTakeFirst();
	return again !== undefined;
}
