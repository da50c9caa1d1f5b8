import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { SessionRow } from './meetings.server.ts';

/** Somebody who is to be invited, as the records of the day of the session say. */
export interface Recipient {
	/** The person, else the place on the guest list. */
	personId: string | null;
	guestId: string | null;
	role: 'member' | 'advisory' | 'reporter' | 'guest';
	/** Function under which somebody comes; empty for members. */
	function: string;
	seatId: string | null;
	voting: boolean;
	name: string;
	email: string;
	locale: string;
}

/**
 * Who is invited: members on the day of the session, who reports under an item, guests. Functions lead to whoever holds
 * them on that day (rulebook R1-08, GRE-09). Each person once; a membership comes before a function. To a constituting
 * session those are invited who are designated and whoever stays by office: the old members end with it (R1-13, R1-14).
 */
export async function recipientsOf(ctx: Pick<Ctx, 'db' | 'body'>, session: SessionRow): Promise<Recipient[]> {
	const body = ctx.body.id;
	const on = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${session.date}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${session.date}::date)`;
	const name = sql`concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name)`;
	const constituting = session.kind === 'constituting';
	const { rows } = await sql<Recipient & { rank: number }>`
	with coming as (select t.id from council.term t where ${constituting} and t.body_id = ${body}
		and t.council_body_id = ${session.councilBodyId} and t.from_date is null),
	body as (select ${session.councilBodyId}::uuid as id
		union select b.council_body_id from council.meeting_body b where b.body_id = ${body} and b.meeting_id = ${session.id}),
	office_day as (select h.office_id, h.person_id from registry.office_holding h where h.body_id = ${body} and ${on('h')})
	select p.id as "personId", null::uuid as "guestId",
		case when m.kind = 'member' then 'member' else 'advisory' end as role, '' as function, s.id as "seatId",
		coalesce(s.voting, m.voting_right) as voting, ${name} as name, coalesce(p.email, '') as email, p.locale,
		coalesce(s.number, 1000) as rank
		from registry.membership m join body on body.id = m.organisation_id
		join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		left join council.seat_filling f on f.body_id = m.body_id and f.membership_id = m.id and ${on('f')}
		left join council.seat s on s.body_id = m.body_id and s.id = f.seat_id
		where m.body_id = ${body} and m.kind in ('member', 'advisory') and ${on('m')}
		and (not exists (select from coming) or m.post is not distinct from 'managingOffice' or coalesce(s.kind = 'exOfficio', false))
	union all
	select p.id, null, case when m.kind = 'member' then 'member' else 'advisory' end, '', null, coalesce(t.voting, m.voting_right),
		${name}, coalesce(p.email, ''), p.locale, coalesce(t.number, 999)
		from registry.membership m join coming on true
		join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		left join council.term_seat t on t.body_id = m.body_id and t.term_id = coming.id and t.membership_id = m.id
		where m.body_id = ${body} and m.organisation_id = ${session.councilBodyId} and m.kind in ('member', 'advisory')
		and m.from_date is null
	union all
	select p.id, null, 'reporter', f.title, null, false, ${name}, coalesce(p.email, ''), p.locale, 2000
		from council.agenda_item i join office_day d on d.office_id = i.reporter_office_id
		join registry.office f on f.body_id = ${body} and f.id = d.office_id
		join registry.person p on p.body_id = ${body} and p.id = d.person_id
		where i.body_id = ${body} and i.meeting_id = ${session.id} and not i.removed
	union all
	select p.id, g.id, 'guest', f.title, null, false, ${name}, coalesce(p.email, ''), p.locale, 3000 + g.position
		from council.meeting_guest g join office_day d on d.office_id = g.office_id
		join registry.office f on f.body_id = ${body} and f.id = d.office_id
		join registry.person p on p.body_id = ${body} and p.id = d.person_id
		where g.body_id = ${body} and g.meeting_id = ${session.id}
	union all
	select p.id, g.id, 'guest', coalesce(o.name, g.label), null, false, coalesce(${name}, nullif(g.name, ''), o.name),
		coalesce(nullif(g.email, ''), p.email, ''), coalesce(p.locale, 'de'), 3000 + g.position
		from council.meeting_guest g left join registry.organisation o on o.body_id = ${body} and o.id = g.organisation_id
		left join lateral (select m.person_id from registry.membership m where m.body_id = ${body} and m.organisation_id = g.organisation_id
			and m.post in ('speaker', 'chair', 'managingOffice') and ${on('m')} order by m.post = 'speaker' desc limit 1) c on true
		left join registry.person p on p.body_id = ${body} and p.id = coalesce(g.person_id, case when g.email = '' then c.person_id end)
		where g.body_id = ${body} and g.meeting_id = ${session.id} and g.office_id is null
		and (g.organisation_id is not null or g.person_id is not null or g.name <> '')
	order by rank`.execute(ctx.db);
	const seen = new Set<string>();
	return rows.filter(({ personId, guestId }) => {
		const key = personId ?? guestId!;
		return !seen.has(key) && seen.add(key);
	});
}

/** Writes a row for each who is to be invited and has none yet; who is no longer among them is asked no more. */
export async function keepInvitations(tx: WriteCtx, session: SessionRow): Promise<number> {
	const recipients = await recipientsOf(tx, session);
	const rows = await tx.db
		.selectFrom('council.invitation')
		.select(['id', 'person_id', 'guest_id', 'role', 'withdrawn'])
		.where('meeting_id', '=', session.id)
		.execute();
	const keyOf = (personId: string | null, guestId: string | null) => personId ?? guestId;
	const known = new Map(rows.map((row) => [keyOf(row.person_id, row.guest_id), row]));
	for (const given of recipients) {
		const there = known.get(keyOf(given.personId, given.guestId));
		known.delete(keyOf(given.personId, given.guestId));
		const values = {
			role: given.role,
			function: given.function,
			seat_id: given.seatId,
			voting: given.voting,
			name: given.name,
			email: given.email,
			locale: given.locale,
			withdrawn: false,
		};
		if (there) {
			if (there.role !== 'substitute')
				await tx.db.updateTable('council.invitation').set(values).where('id', '=', there.id).execute();
			continue;
		}
		await tx.db
			.insertInto('council.invitation')
			.values({
				id: newId(),
				meeting_id: session.id,
				person_id: given.personId,
				guest_id: given.guestId,
				created_at: tx.now,
				...values,
			})
			.execute();
	}
	const gone = [...known.values()].filter((row) => row.role !== 'substitute').map(({ id }) => id);
	if (gone.length)
		await tx.db.updateTable('council.invitation').set({ withdrawn: true }).where('id', 'in', gone).execute();
	return recipients.length;
}
