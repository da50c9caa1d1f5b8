import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { addToList } from './roll.server.ts';
import { lockSession } from './state.server.ts';

/** Who may sit in for whom this evening. */
export interface Eligible {
	personId: string;
	name: string;
	organisation: string;
}

interface SeatRule {
	substitutes: 'none' | 'named' | 'anyOfGroup';
	principalId: string | null;
	organisationId: string | null;
	organisation: string;
	councilBodyId: string;
	voting: boolean;
	date: Temporal.PlainDate;
}

/**
 * Puts a substitute on the list of a session, for a seat whose rule allows it (rulebook R1-03): anybody of the group that
 * the seat belongs to, or the member's named substitute. Nobody who holds a voting seat of the same body.
 * @param own an id for the row that the client made
 * @returns the id of the row; the same one when the person is on the list for this seat already
 * @throws RuleViolation `council_session_no_substitutes`, `council_session_not_eligible`
 */
export async function addSubstitute(
	tx: WriteCtx,
	meetingId: string,
	seatId: string,
	personId: string,
	own?: string,
): Promise<string> {
	await lockSession(tx, meetingId);
	if (!isId(seatId) || !isId(personId)) throw new NotFound('seat');
	const there = await tx.db
		.selectFrom('council.attendance')
		.select('id')
		.where('meeting_id', '=', meetingId)
		.where('seat_id', '=', seatId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	if (there) return there.id;
	const seat = await seatRule(tx, meetingId, seatId);
	if (seat.substitutes === 'none') throw new RuleViolation('council_session_no_substitutes');
	const person = (await eligibleFor(tx, meetingId, seatId)).find((eligible) => eligible.personId === personId);
	if (!person) throw new RuleViolation('council_session_not_eligible', {}, 'person');
	const id = await addToList(tx, meetingId, seat.councilBodyId, {
		id: own,
		personId,
		name: person.name,
		function: '',
		organisation: seat.organisation,
		seatId,
		voting: seat.voting,
		capacity: 'substitute',
		substituteForId: seat.principalId,
	});
	tx.touch('council.meeting', meetingId, { act: 'substituteAdded', fields: { seat: seatId, row: id } });
	return id;
}

/** People who may substitute on a seat in a session; empty where the seat's rule allows none. */
export async function eligibleFor(
	ctx: Pick<Ctx, 'db' | 'body'>,
	meetingId: string,
	seatId: string,
): Promise<Eligible[]> {
	const seat = await seatRule(ctx, meetingId, seatId);
	if (seat.substitutes === 'none') return [];
	const body = ctx.body.id;
	const day = seat.date;
	const inForce = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${day}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${day}::date)`;
	const ofGroup = sql`m.organisation_id = ${seat.organisationId}::uuid
		or (m.organisation_id = ${seat.councilBodyId} and m.kind = 'substitute' and m.on_behalf_of_id = ${seat.organisationId}::uuid)`;
	const named = sql`m.organisation_id = ${seat.councilBodyId} and m.kind = 'substitute' and exists (
		select from council.seat_filling f where f.body_id = ${body} and f.seat_id = ${seatId} and ${inForce('f')}
		and (m.substitute_for_id = f.membership_id or (m.substitute_for_id is null and m.on_behalf_of_id = ${seat.organisationId}::uuid)))`;
	const { rows } = await sql<Eligible>`
		select distinct p.id as "personId", concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) as name,
			${seat.organisation} as organisation
		from registry.membership m join registry.person p on p.body_id = ${body} and p.id = m.person_id
		where m.body_id = ${body} and ${inForce('m')} and (${seat.substitutes === 'named' ? named : ofGroup})
			and not exists (select from council.seat_filling f
				join council.seat s on s.body_id = ${body} and s.id = f.seat_id and s.voting and s.council_body_id = ${seat.councilBodyId}
				join registry.membership hm on hm.body_id = ${body} and hm.id = f.membership_id
				where f.body_id = ${body} and ${inForce('f')} and hm.person_id = p.id)
		order by name`.execute(ctx.db);
	return rows;
}

async function seatRule(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string, seatId: string): Promise<SeatRule> {
	const body = ctx.body.id;
	const { rows } = await sql<SeatRule>`
		select s.substitutes, s.organisation_id as "organisationId", coalesce(nullif(o.short_name, ''), o.name, '') as organisation,
			s.council_body_id as "councilBodyId", s.voting, m.date, (select hm.person_id from council.seat_filling f
				join registry.membership hm on hm.body_id = ${body} and hm.id = f.membership_id
				where f.body_id = ${body} and f.seat_id = s.id and f.from_date <= m.date
				and (f.until_date is null or f.until_date > m.date) limit 1) as "principalId"
		from council.meeting m
		join council.seat s on s.body_id = ${body} and s.id = ${seatId} and (s.council_body_id = m.council_body_id
			or s.council_body_id in (select council_body_id from council.meeting_body where body_id = ${body} and meeting_id = m.id))
		left join registry.organisation o on o.body_id = ${body} and o.id = s.organisation_id
		where m.body_id = ${body} and m.id = ${meetingId}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('seat');
	return rows[0];
}
