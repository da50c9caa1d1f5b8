import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { lockSession, type LockedSession } from './state.server.ts';

/** Somebody who may vote at a moment: there, and holding a seat with a vote (or a vote of a body without seats). */
export interface PresentVoter {
	attendanceId: string;
	personId: string | null;
	name: string;
	seatId: string | null;
	seatNumber: number | null;
	/** Short name of the group that the seat belongs to; empty for residents. */
	group: string;
	mode: 'room' | 'remote';
	/** Whose seat it is, where a substitute holds it; otherwise empty. */
	substituteFor: string;
}

/**
 * Who votes at a moment, seat by seat: the one answer that quorum, votes and roll calls count by. Guests, advisory
 * members and successors never stand in it (rulebook R2-27), nor a principal whose seat a substitute holds (GRE-03).
 */
export async function presentVoters(
	ctx: Pick<Ctx, 'db' | 'body'>,
	meetingId: string,
	councilBodyId: string,
	at: Temporal.Instant,
): Promise<PresentVoter[]> {
	const body = ctx.body.id;
	const moment = at.toString();
	const { rows } = await sql<PresentVoter>`
		select a.id as "attendanceId", a.person_id as "personId", a.name, p.seat_id as "seatId", s.number as "seatNumber",
			coalesce(nullif(a.grouping, ''), a.organisation) as "group", p.mode,
			coalesce(nullif(a.substitute_for_name, ''), (select concat_ws(' ', nullif(sp.affix, ''), sp.given_name, sp.family_name)
				from registry.person sp where sp.body_id = ${body} and sp.id = a.substitute_for_person_id), '') as "substituteFor"
		from council.presence p
		join council.attendance a on a.body_id = ${body} and a.id = p.attendance_id
		left join council.seat s on s.body_id = ${body} and s.id = p.seat_id
		where p.body_id = ${body} and p.meeting_id = ${meetingId} and p.council_body_id = ${councilBodyId}
			and p.from_at <= ${moment}::timestamptz and (p.until_at is null or p.until_at > ${moment}::timestamptz)
			and a.voting and (p.seat_id is not null or a.seat_id is null)
		order by s.number nulls last, a.position`.execute(ctx.db);
	return rows;
}

export interface Moment {
	/** When it happened; now, unless the clerk notes it later. */
	at?: Temporal.Instant;
}

/**
 * Somebody is there from now on, with the seat of their row if it has one. Checking in twice changes nothing.
 * @throws RuleViolation `council_session_seat_taken` while a substitute (or the principal) holds the seat,
 * `council_session_present_twice`, `council_session_remote_off` for a voting member where the profile allows no remote part
 */
export async function checkIn(
	tx: WriteCtx,
	attendanceId: string,
	{ mode = 'room', at = tx.now }: Moment & { mode?: 'room' | 'remote' } = {},
): Promise<void> {
	const { row, session } = await rowFor(tx, attendanceId);
	if (session.closedAt) throw new RuleViolation('council_session_over');
	if (mode === 'remote' && row.voting) await demandRemote(tx, session, row.councilBodyId);
	const open = await openSpan(tx, attendanceId);
	if (open?.mode === mode) return;
	if (open) await endSpan(tx, open.id, at, 'changed');
	await demandFree(tx, row, at);
	await beginSpan(tx, row, { at, mode, seatId: open ? open.seatId : row.seatId });
	await summarise(tx, row.id);
	told(tx, row, mode === 'remote' ? 'checkedInRemotely' : 'checkedIn', at);
}

/** Somebody leaves. @throws NotFound; leaving twice changes nothing */
export async function leave(tx: WriteCtx, attendanceId: string, { at = tx.now }: Moment = {}): Promise<void> {
	await endPresence(tx, attendanceId, at, 'left');
}

/** Somebody who left is there again: the same as checking in, in the same way as before. */
export async function comeBack(tx: WriteCtx, attendanceId: string, { at = tx.now }: Moment = {}): Promise<void> {
	const last = await tx.db
		.selectFrom('council.presence')
		.select('mode')
		.where('attendance_id', '=', attendanceId)
		.orderBy('from_at', 'desc')
		.executeTakeFirst();
	await checkIn(tx, attendanceId, { at, mode: (last?.mode ?? 'room') as 'room' | 'remote' });
}

/** A remote member whose connection is lost is absent until it is back (rulebook R2-54). */
export async function connectionLost(tx: WriteCtx, attendanceId: string, { at = tx.now }: Moment = {}): Promise<void> {
	await endPresence(tx, attendanceId, at, 'connectionLost');
}

export async function connectionBack(tx: WriteCtx, attendanceId: string, { at = tx.now }: Moment = {}): Promise<void> {
	await checkIn(tx, attendanceId, { at, mode: 'remote' });
}

/**
 * A seat changes hands between a principal and the substitute (either way) at one moment: no instant in which both or
 * neither hold it (rulebook R1-03). `stays`: who gives the seat away stays in the room, without a vote.
 * @throws RuleViolation `council_session_not_the_same_seat`, `council_session_seat_not_held`
 */
export async function handOver(
	tx: WriteCtx,
	fromAttendanceId: string,
	toAttendanceId: string,
	{ at = tx.now, stays = false }: Moment & { stays?: boolean } = {},
): Promise<void> {
	const { row: from, session } = await rowFor(tx, fromAttendanceId);
	const { row: to } = await rowFor(tx, toAttendanceId);
	if (session.closedAt) throw new RuleViolation('council_session_over');
	if (!from.seatId || from.seatId !== to.seatId || from.id === to.id)
		throw new RuleViolation('council_session_not_the_same_seat');
	const held = await openSpan(tx, from.id);
	const waiting = await openSpan(tx, to.id);
	if (waiting?.seatId) return;
	if (!held?.seatId) throw new RuleViolation('council_session_seat_not_held', { name: from.name });
	await endSpan(tx, held.id, at, 'handedOver');
	if (stays) await beginSpan(tx, from, { at, mode: held.mode, seatId: null });
	if (waiting) await endSpan(tx, waiting.id, at, 'changed');
	await beginSpan(tx, to, { at, mode: waiting?.mode ?? 'room', seatId: to.seatId });
	await summarise(tx, from.id);
	await summarise(tx, to.id);
	told(tx, to, 'seatTakenOver', at, { from: from.id, stays });
}

/** Ends every span that is still open, as the session ends (SIT-16). @returns how many */
export async function endAllPresences(tx: WriteCtx, meetingId: string, at: Temporal.Instant): Promise<number> {
	const ended = await tx.db
		.updateTable('council.presence')
		.set({ until_at: sql<Temporal.Instant>`greatest(from_at, ${at.toString()}::timestamptz)`, ended: 'sessionEnd' })
		.where('meeting_id', '=', meetingId)
		.where('until_at', 'is', null)
		.returning('attendance_id')
		.execute();
	for (const { attendance_id } of ended) await summarise(tx, attendance_id);
	return ended.length;
}

interface Row {
	id: string;
	meetingId: string;
	councilBodyId: string;
	personId: string | null;
	seatId: string | null;
	voting: boolean;
	name: string;
}

async function rowFor(tx: WriteCtx, attendanceId: string): Promise<{ row: Row; session: LockedSession }> {
	if (!isId(attendanceId)) throw new NotFound('attendance');
	const found = await tx.db
		.selectFrom('council.attendance')
		.select(['id', 'meeting_id', 'council_body_id', 'person_id', 'seat_id', 'voting', 'name'])
		.where('id', '=', attendanceId)
		.executeTakeFirst();
	if (!found) throw new NotFound('attendance');
	const session = await lockSession(tx, found.meeting_id);
	const row: Row = {
		id: found.id,
		meetingId: found.meeting_id,
		councilBodyId: found.council_body_id ?? session.councilBodyId,
		personId: found.person_id,
		seatId: found.seat_id,
		voting: found.voting,
		name: found.name,
	};
	return { row, session };
}

interface Span {
	id: string;
	mode: 'room' | 'remote';
	seatId: string | null;
}

async function openSpan(tx: WriteCtx, attendanceId: string): Promise<Span | undefined> {
	const found = await tx.db
		.selectFrom('council.presence')
		.select(['id', 'mode', 'seat_id'])
		.where('attendance_id', '=', attendanceId)
		.where('until_at', 'is', null)
		.executeTakeFirst();
	return found && { id: found.id, mode: found.mode as Span['mode'], seatId: found.seat_id };
}

/** Says who stands in the way before the exclusion constraints would. */
async function demandFree(tx: WriteCtx, row: Row, at: Temporal.Instant): Promise<void> {
	const { rows } = await sql<{ name: string; seat: boolean }>`
		select a.name, p.seat_id is not distinct from ${row.seatId}::uuid and p.seat_id is not null as seat
		from council.presence p join council.attendance a on a.body_id = p.body_id and a.id = p.attendance_id
		where p.body_id = ${tx.body.id} and p.meeting_id = ${row.meetingId} and p.council_body_id = ${row.councilBodyId}
			and (p.until_at is null or p.until_at > ${at.toString()}::timestamptz)
			and (p.seat_id = ${row.seatId}::uuid or p.person_id = ${row.personId}::uuid or p.attendance_id = ${row.id}) limit 1`.execute(
		tx.db,
	);
	const [other] = rows;
	if (!other) return;
	throw new RuleViolation(other.seat ? 'council_session_seat_taken' : 'council_session_present_twice', {
		name: other.name,
	});
}

async function demandRemote(tx: WriteCtx, session: LockedSession, councilBodyId: string): Promise<void> {
	const profile = await profileFor(tx, councilBodyId, session.date);
	if (!profile || profile.rules.remote.mode === 'off') throw new RuleViolation('council_session_remote_off');
}

async function beginSpan(
	tx: WriteCtx,
	row: Row,
	{ at, mode, seatId }: { at: Temporal.Instant; mode: 'room' | 'remote'; seatId: string | null },
): Promise<void> {
	await tx.db
		.insertInto('council.presence')
		.values({
			id: newId(),
			meeting_id: row.meetingId,
			council_body_id: row.councilBodyId,
			attendance_id: row.id,
			person_id: row.personId,
			seat_id: seatId,
			mode,
			from_at: at,
		})
		.execute();
}

async function endSpan(tx: WriteCtx, id: string, at: Temporal.Instant, ended: string): Promise<void> {
	await tx.db
		.updateTable('council.presence')
		.set({ until_at: sql<Temporal.Instant>`greatest(from_at, ${at.toString()}::timestamptz)`, ended })
		.where('id', '=', id)
		.execute();
}

async function endPresence(
	tx: WriteCtx,
	attendanceId: string,
	at: Temporal.Instant,
	ended: 'left' | 'connectionLost',
): Promise<void> {
	const { row } = await rowFor(tx, attendanceId);
	const open = await openSpan(tx, attendanceId);
	if (!open) return;
	await endSpan(tx, open.id, at, ended);
	await summarise(tx, row.id);
	told(tx, row, ended, at);
}

/** The row of the list says in short what the spans say: when somebody came first and, once gone, when they left. */
async function summarise(tx: WriteCtx, attendanceId: string): Promise<void> {
	await sql`update council.attendance a set status = s.mode, present_from = s.first,
			present_until = case when s.open then null else s.last end
		from (select min(from_at) as first, max(until_at) as last, bool_or(until_at is null) as open,
			case (array_agg(mode order by from_at desc))[1] when 'remote' then 'remote' else 'present' end as mode
			from council.presence where body_id = ${tx.body.id} and attendance_id = ${attendanceId}) s
		where a.body_id = ${tx.body.id} and a.id = ${attendanceId} and s.first is not null`.execute(tx.db);
}

type Act = 'checkedIn' | 'checkedInRemotely' | 'seatTakenOver' | 'left' | 'connectionLost';

function told(tx: WriteCtx, row: Row, act: Act, at: Temporal.Instant, more: Record<string, unknown> = {}): void {
	tx.touch('council.meeting', row.meetingId, { act, fields: { row: row.id, at: at.toString(), ...more } });
}
