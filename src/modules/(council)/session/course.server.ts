import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { presidingOn } from '../structure/voting.server.ts';
import { openElections } from '../votes/elections.server.ts';
import { recordWritten } from '../votes/written/place.server.ts';
import { tellClosed } from './decided.server.ts';
import { endAllPresences, presentVoters } from './presence.server.ts';
import { prepareRoll } from './roll.server.ts';
import { demandRunning, lockSession, type LockedSession } from './state.server.ts';

/**
 * The session begins: what the chair says about the convening is kept, the list is laid if nobody did, the first item
 * opens (rulebook R2-20). Opening it twice changes nothing.
 * @throws RuleViolation `council_session_over`, `council_session_cancelled`
 */
export async function openSession(
	tx: WriteCtx,
	meetingId: string,
	convening: { proper: boolean; note: string; chair?: string },
): Promise<void> {
	const session = await lockSession(tx, meetingId);
	if (session.state === 'running') return;
	if (session.state !== 'planned' && session.state !== 'invited') throw new RuleViolation('council_session_over');
	await demandNotCancelled(tx, meetingId);
	await prepareRoll(tx, meetingId);
	const first = await tx.db
		.selectFrom('council.agenda_item')
		.select('id')
		.where('meeting_id', '=', meetingId)
		.where('removed', '=', false)
		.orderBy('position')
		.executeTakeFirst();
	const { chair, ...said } = convening;
	const led = await leading(tx, session, chair);
	await tx.db
		.updateTable('council.meeting')
		.set({
			state: 'running',
			opened_at: tx.now,
			convening: JSON.stringify({ ...said, at: tx.now.toString(), led: led?.name ?? '' }),
			...(led && { chair_name: led.name, chair_person_id: led.personId }),
			current_item_id: first?.id ?? null,
			...(await leads(tx, session)),
		})
		.where('id', '=', meetingId)
		.execute();
	if (first)
		await tx.db.updateTable('council.agenda_item').set({ opened_at: tx.now }).where('id', '=', first.id).execute();
	tx.touch('council.meeting', meetingId, { act: 'opened', fields: { at: tx.now.toString(), ...said } });
}

/**
 * Who leads: whom the office named, else the chair or the first deputy who is there (rulebook R2-51: before a chair is
 * elected the oldest member, whom nobody but the office knows).
 */
async function leading(
	tx: WriteCtx,
	session: LockedSession,
	named: string | undefined,
): Promise<{ name: string; personId: string | null } | undefined> {
	const { rows } = await sql<{ id: string; name: string; personId: string | null; here: boolean }>`
		select a.id, a.name, a.person_id as "personId", exists (select from council.presence p where p.body_id = a.body_id
			and p.attendance_id = a.id and p.until_at is null) as here
		from council.attendance a where a.body_id = ${tx.body.id} and a.meeting_id = ${session.id} and a.name <> ''`.execute(
		tx.db,
	);
	if (named) return rows.find(({ id }) => id === named);
	const presiding = await presidingOn(tx, session.councilBodyId, session.date);
	return presiding
		.map(({ personId }) => rows.find((row) => row.here && row.personId === personId))
		.find((row) => row !== undefined);
}

/**
 * Who leads the session: the chair, else the first deputy, of those who are there at the opening (rulebook R1-09); and who takes the
 * minutes. What the record says already stays.
 */
async function leads(tx: WriteCtx, session: LockedSession) {
	const known = await tx.db
		.selectFrom('council.meeting')
		.select(['chair_name', 'minutes_taker_name'])
		.where('id', '=', session.id)
		.executeTakeFirstOrThrow();
	const there = (await presentVoters(tx, session.id, session.councilBodyId, tx.now)).map(({ personId }) => personId);
	const presiding = await presidingOn(tx, session.councilBodyId, session.date);
	const leader = there.length ? presiding.find(({ personId }) => there.includes(personId)) : presiding[0];
	const writer = tx.actor.personId && tx.actor.name ? tx.actor : null;
	return {
		...(leader && !known.chair_name && { chair_person_id: leader.personId, chair_name: leader.name }),
		...(writer &&
			!known.minutes_taker_name && { minutes_taker_person_id: writer.personId, minutes_taker_name: writer.name! }),
	};
}

async function demandNotCancelled(tx: WriteCtx, meetingId: string): Promise<void> {
	const { cancelled } = await tx.db
		.selectFrom('council.meeting')
		.select('cancelled')
		.where('id', '=', meetingId)
		.executeTakeFirstOrThrow();
	if (cancelled) throw new RuleViolation('council_session_cancelled');
}

/** From here on without the public, or with it again (rulebook R2-10, R2-61). */
export async function switchPart(tx: WriteCtx, meetingId: string, closed: boolean): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	if (session.closedPartNow === closed) return;
	await tx.db.updateTable('council.meeting').set({ closed_part_now: closed }).where('id', '=', meetingId).execute();
	await tx.db
		.insertInto('council.public_switch')
		.values({ id: newId(), meeting_id: meetingId, closed, at: tx.now })
		.execute();
	tx.touch('council.meeting', meetingId, { act: closed ? 'publicExcluded' : 'publicBack' });
}

/** A break begins. A second one waits for the end of the first. */
export async function beginBreak(tx: WriteCtx, meetingId: string, reason: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	if (await openBreak(tx, meetingId)) return;
	await tx.db
		.insertInto('council.session_break')
		.values({ id: newId(), meeting_id: meetingId, from_at: tx.now, reason })
		.execute();
	tx.touch('council.meeting', meetingId, { act: 'breakBegan', fields: { reason } });
}

export async function endBreak(tx: WriteCtx, meetingId: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const open = await openBreak(tx, meetingId);
	if (!open) return;
	await tx.db.updateTable('council.session_break').set({ until_at: tx.now }).where('id', '=', open.id).execute();
	tx.touch('council.meeting', meetingId, { act: 'breakEnded' });
}

async function openBreak(tx: WriteCtx, meetingId: string): Promise<{ id: string } | undefined> {
	return tx.db
		.selectFrom('council.session_break')
		.select('id')
		.where('meeting_id', '=', meetingId)
		.where('until_at', 'is', null)
		.executeTakeFirst();
}

/**
 * The session ends: its time is stamped, every check-in, speech and break that is open ends with it (SIT-16), the items
 * that were never reached are postponed; formalities are not.
 * @throws RuleViolation `council_session_not_running`, `council_session_no_chair` (GRE-16), `council_session_open_election`,
 * `council_session_open_vote`
 */
export async function closeSession(tx: WriteCtx, meetingId: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demand(tx.actor, 'council.edit', session.councilBodyId);
	if (session.state === 'held') return;
	demandRunning(session);
	await demandNothingOpen(tx, meetingId);
	await endBreak(tx, meetingId);
	await endEverything(tx, session);
	await recordWritten(tx, meetingId);
	await tx.db
		.updateTable('council.meeting')
		.set({ state: 'held', closed_at: tx.now, current_item_id: null, closed_part_now: false })
		.where('id', '=', meetingId)
		.execute();
	tx.touch('council.meeting', meetingId, { act: 'closed', fields: { at: tx.now.toString() } });
	await tellClosed(tx, meetingId);
}

/**
 * What was begun is brought to an end first: a constituting session ends with a chair who has accepted (GRE-16, rulebook
 * R2-51), and no session with an election or a vote whose result nobody knows.
 */
async function demandNothingOpen(tx: WriteCtx, meetingId: string): Promise<void> {
	const [election] = await openElections(tx, meetingId);
	if (election && (election.missing === 'election' || election.post === 'chair'))
		throw new RuleViolation('council_session_no_chair');
	if (election) throw new RuleViolation('council_session_open_election');
	const vote = await tx.db
		.selectFrom('council.vote as v')
		.innerJoin('council.agenda_item as i', 'i.id', 'v.agenda_item_id')
		.select('i.number')
		.where('i.meeting_id', '=', meetingId)
		.where('v.state', '=', 'open')
		.limit(1)
		.executeTakeFirst();
	if (vote) throw new RuleViolation('council_session_open_vote', { number: vote.number });
}

/** Items about which nothing is decided later: nobody waits for a formality, or for "Verschiedenes". */
export const FORMAL: readonly string[] = ['opening', 'anyOther'];

/** Ends what is still open in a session that ends now. */
export async function endEverything(tx: WriteCtx, { id, currentItemId }: LockedSession): Promise<void> {
	await tx.db
		.updateTable('council.speaker')
		.set({ until_at: tx.now })
		.where('meeting_id', '=', id)
		.where('from_at', 'is not', null)
		.where('until_at', 'is', null)
		.execute();
	if (currentItemId)
		await tx.db
			.updateTable('council.agenda_item')
			.set({ closed_at: tx.now })
			.where('id', '=', currentItemId)
			.where('closed_at', 'is', null)
			.execute();
	await endAllPresences(tx, id, tx.now);
	// Nobody expects successors: who did not come was not there, and nothing has to be settled about them (R1-05).
	await tx.db
		.updateTable('council.attendance')
		.set({ status: 'absent' })
		.where('meeting_id', '=', id)
		.where('capacity', '=', 'successor')
		.where('status', '=', 'unknown')
		.execute();
	await tx.db
		.updateTable('council.agenda_item')
		.set({ result: 'postponed' })
		.where('meeting_id', '=', id)
		.where('opened_at', 'is', null)
		.where('result', 'is', null)
		.where('removed', '=', false)
		.where('kind', 'not in', FORMAL)
		.execute();
}
