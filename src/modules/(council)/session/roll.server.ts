import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { lockSession } from './state.server.ts';

/** Somebody whom the register expects in a session, before any answer or check-in. */
interface Expected {
	personId: string | null;
	name: string;
	function: string;
	organisation: string;
	seatId: string | null;
	voting: boolean;
	capacity: 'member' | 'advisory' | 'successor' | 'guest';
	/** Whom a guest comes for, where the register knows it. */
	organisationId?: string | null;
}

/**
 * Lays the attendance list of a session from the register: each filled seat, members without one, advisory members,
 * successors (listed apart, rulebook R1-05) and standing guests, of every body of a joint session. Adds only who is
 * missing, so it may run again after a late appointment.
 * @returns how many rows were added
 * @throws NotFound, Forbidden, RuleViolation `council_session_not_constituted` while the new members are designated only
 */
export async function prepareRoll(tx: WriteCtx, meetingId: string): Promise<number> {
	const session = await lockSession(tx, meetingId);
	if (session.kind === 'constituting' && (await awaitsConstitution(tx, session.councilBodyId)))
		throw new RuleViolation('council_session_not_constituted');
	let added = 0;
	for (const councilBodyId of session.bodies) {
		const invited = councilBodyId === session.councilBodyId ? await invitedGuests(tx, meetingId, session.date) : [];
		const committed = await committedGuests(tx, councilBodyId, session.date);
		for (const expected of [...(await expectedIn(tx, councilBodyId, session.date)), ...invited, ...committed]) {
			if (await listed(tx, meetingId, councilBodyId, session.councilBodyId, expected)) continue;
			await addToList(tx, meetingId, councilBodyId, expected);
			added++;
		}
	}
	await takeAnswers(tx, meetingId);
	if (added) tx.touch('council.meeting', meetingId, { act: 'rollPrepared', fields: { rows: added } });
	return added;
}

/** Is a new term of the body prepared that has not begun? Its members have no seat yet, the old ones end with it (R1-15). */
export async function awaitsConstitution(ctx: Pick<Ctx, 'db'>, councilBodyId: string): Promise<boolean> {
	const term = await ctx.db
		.selectFrom('council.term')
		.select('id')
		.where('council_body_id', '=', councilBodyId)
		.where('from_date', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return term !== undefined;
}

/** Who answered the invitation with no, or sends a substitute, is excused: notified before the start (rulebook R1-19). */
async function takeAnswers(tx: WriteCtx, meetingId: string): Promise<void> {
	await sql`update council.attendance a set status = 'excused'
		from council.invitation i where a.body_id = ${tx.body.id} and a.meeting_id = ${meetingId} and a.status = 'unknown'
			and i.body_id = a.body_id and i.meeting_id = a.meeting_id and i.person_id = a.person_id
			and i.answer in ('no', 'substitute')`.execute(tx.db);
}

/** The guests of this session's list: by name, or by the function that somebody holds on the day (rulebook R1-08). */
async function invitedGuests(tx: WriteCtx, meetingId: string, date: Temporal.PlainDate): Promise<Expected[]> {
	const body = tx.body.id;
	const { rows } = await sql<Expected>`
		select coalesce(g.person_id, h.person_id) as "personId",
			coalesce(nullif(concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name), ''), g.name) as name,
			coalesce(f.title, g.label) as function, coalesce(nullif(o.short_name, ''), o.name, '') as organisation,
			null as "seatId", false as voting, 'guest' as capacity
		from council.meeting_guest g
		left join registry.office f on f.body_id = ${body} and f.id = g.office_id
		left join registry.office_holding h on h.body_id = ${body} and h.office_id = g.office_id and h.from_date <= ${date}::date
			and (h.until_date is null or h.until_date > ${date}::date)
		left join registry.person p on p.body_id = ${body} and p.id = coalesce(g.person_id, h.person_id)
		left join registry.organisation o on o.body_id = ${body} and o.id = coalesce(g.organisation_id, f.organisation_id)
		where g.body_id = ${body} and g.meeting_id = ${meetingId}
			and (num_nonnulls(g.person_id, g.office_id, g.organisation_id) > 0 or g.name <> '')
		order by g.position`.execute(tx.db);
	return rows;
}

/** Organisations that promised to come (SIT-30), recorded by their name until somebody of them is there. */
async function committedGuests(tx: WriteCtx, councilBodyId: string, date: Temporal.PlainDate): Promise<Expected[]> {
	const body = tx.body.id;
	const { rows } = await sql<Expected>`
		select null as "personId", '' as name, '' as function, coalesce(nullif(o.short_name, ''), o.name) as organisation,
			null as "seatId", false as voting, 'guest' as capacity, o.id as "organisationId"
		from council.commitment c join registry.organisation o on o.body_id = ${body} and o.id = c.organisation_id
		where c.body_id = ${body} and c.council_body_id = ${councilBodyId} and c.from_date <= ${date}::date
			and (c.until_date is null or c.until_date > ${date}::date) order by o.name`.execute(tx.db);
	return rows;
}

/** Puts one more row at the end of the list. @returns its id */
export async function addToList(
	tx: WriteCtx,
	meetingId: string,
	councilBodyId: string,
	row: Omit<Expected, 'capacity'> & {
		/** Made by the client; without one it is made here. */
		id?: string | undefined;
		capacity: Expected['capacity'] | 'substitute';
		substituteForId?: string | null;
	},
): Promise<string> {
	const id = row.id ?? newId();
	if (row.id && (await rowExists(tx, id))) throw new Conflict('attendance');
	const last = await tx.db
		.selectFrom('council.attendance')
		.select(({ fn }) => fn.max('position').as('position'))
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	await tx.db
		.insertInto('council.attendance')
		.values({
			id,
			meeting_id: meetingId,
			council_body_id: councilBodyId,
			position: (last?.position ?? -1) + 1,
			person_id: row.personId,
			name: row.name,
			function: row.function,
			organisation: row.organisation,
			organisation_id: row.organisationId ?? null,
			seat_id: row.seatId,
			voting: row.voting,
			status: 'unknown',
			capacity: row.capacity,
			guest: row.capacity === 'guest',
			substitute_for_person_id: row.substituteForId ?? null,
		})
		.execute();
	return id;
}

async function rowExists(tx: WriteCtx, id: string): Promise<boolean> {
	const row = await tx.db.selectFrom('council.attendance').select('id').where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

async function listed(
	tx: WriteCtx,
	meetingId: string,
	councilBodyId: string,
	leading: string,
	{ personId, seatId, name, organisation, capacity }: Expected,
): Promise<boolean> {
	const { rows } = await sql`select from council.attendance a where a.body_id = ${tx.body.id}
		and a.meeting_id = ${meetingId} and coalesce(a.council_body_id, ${leading}::uuid) = ${councilBodyId}
		and (a.person_id = ${personId}::uuid or (a.seat_id = ${seatId}::uuid and a.substitute_for_person_id is null)
			or (${capacity === 'guest' && !personId} and a.guest and a.person_id is null and a.name = ${name}
				and a.organisation = ${organisation})) limit 1`.execute(tx.db);
	return rows.length > 0;
}

async function expectedIn(tx: WriteCtx, councilBodyId: string, date: Temporal.PlainDate): Promise<Expected[]> {
	const body = tx.body.id;
	const inForce = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${date}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${date}::date)`;
	const { rows } = await sql<Expected>`
with member as (
	select m.id, m.kind, m.rank, m.voting_right, m.role_label, m.on_behalf_of_id, p.id as person_id,
		concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) as name, p.family_name
	from registry.membership m join registry.person p on p.body_id = ${body} and p.id = m.person_id
	where m.body_id = ${body} and m.organisation_id = ${councilBodyId} and ${inForce('m')}
),
seated as (
	select s.id as seat_id, s.number, s.voting, s.label, s.organisation_id, member.*
	from council.seat s
	join council.seat_filling f on f.body_id = ${body} and f.seat_id = s.id and ${inForce('f')}
	join member on member.id = f.membership_id
	where s.body_id = ${body} and s.council_body_id = ${councilBodyId} and ${inForce('s')}
),
everybody as (
	select 0 as part, number as place, person_id, name, role_label as function,
		coalesce(organisation_id, on_behalf_of_id) as organisation_id, seat_id, voting,
		case when voting then 'member' else 'advisory' end as capacity, family_name
	from seated
	union all
	select case m.kind when 'member' then 1 when 'advisory' then 2 when 'successor' then 3 else 4 end, coalesce(m.rank, 0),
		m.person_id, m.name, m.role_label, m.on_behalf_of_id, null, m.kind = 'member' and m.voting_right,
		case m.kind when 'member' then 'member' when 'advisory' then 'advisory' when 'successor' then 'successor' else 'guest' end,
		m.family_name
	from member m where m.kind <> 'substitute' and not exists (select from seated s where s.person_id = m.person_id)
)
select e.person_id as "personId", e.name, e.function, coalesce(nullif(o.short_name, ''), o.name, '') as organisation,
	e.seat_id as "seatId", e.voting, e.capacity
from everybody e left join registry.organisation o on o.body_id = ${body} and o.id = e.organisation_id
order by e.part, e.place, e.family_name`.execute(tx.db);
	return rows;
}
