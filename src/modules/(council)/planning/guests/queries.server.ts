import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { cameTo, hasRoll, saidBy } from './promises.server.ts';

export interface GuestRow {
	id: string;
	/** Function, organisation or name, as those inside read it. */
	label: string;
	/** Whoever holds the function on the day of the session. */
	person: string;
	commitment: 'open' | 'committed' | 'declined';
	committedOn: string | null;
	/** The office noted it, or may; otherwise the guest's own answer or a promise for all sessions says it. */
	byOffice: boolean;
	attended: boolean | null;
	/** There is a list of attendance: it says who came. */
	onRoll: boolean;
}

export interface GuestList {
	inviter: { value: string; label: string } | null;
	/** ISO instant; null: to be confirmed. */
	confirmedAt: string | null;
	confirmedBy: string;
	guests: GuestRow[];
	log: { id: string; at: string; by: string; act: string; subject: string; reason: string }[];
}

const NAME = (alias: string) =>
	sql.raw(`concat_ws(' ', nullif(${alias}.affix, ''), nullif(${alias}.given_name, ''), ${alias}.family_name)`);

/** The one line that says who a guest is (alias `g`, joined as below). */
const guestLabel = sql`coalesce(nullif(g.label, ''), f.title, o.name, nullif(${NAME('p')}, ''), nullif(g.name, ''), '')`;
const guestJoins = sql`left join registry.office f on f.body_id = g.body_id and f.id = g.office_id
	left join registry.organisation o on o.body_id = g.body_id and o.id = g.organisation_id
	left join registry.person p on p.body_id = g.body_id and p.id = g.person_id`;
const inviterColumns = sql`coalesce(f.title || coalesce(', ' || fo.name, ''), o.name, nullif(${NAME('p')}, ''))`;
const inviterJoins = sql`left join registry.office f on f.body_id = l.body_id and f.id = l.inviter_office_id
	left join registry.organisation fo on fo.body_id = f.body_id and fo.id = f.organisation_id
	left join registry.organisation o on o.body_id = l.body_id and o.id = l.inviter_organisation_id
	left join registry.person p on p.body_id = l.body_id and p.id = l.inviter_person_id`;

/** Who invites to a session, in words; empty where nobody was named. The invitation shows it. One query. */
export async function inviterLabel(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string): Promise<string> {
	const { rows } = await sql<{
		label: string | null;
	}>`select ${inviterColumns} as label from council.guest_list l ${inviterJoins}
		where l.body_id = ${ctx.body.id} and l.meeting_id = ${meetingId}`.execute(ctx.db);
	return rows[0]?.label ?? '';
}

/** The guest list of a session with its decisions; the caller asked for the right. Three queries. */
export async function guestList(ctx: Ctx, meetingId: string): Promise<GuestList> {
	const body = ctx.body.id;
	const { rows: lists } = await sql<{
		value: string | null;
		label: string | null;
		confirmedAt: string | null;
		confirmedBy: string;
	}>`
select case when l.inviter_person_id is not null then 'person:' || l.inviter_person_id when l.inviter_organisation_id is not null
	then 'organisation:' || l.inviter_organisation_id when l.inviter_office_id is not null then 'office:' || l.inviter_office_id end as value,
	${inviterColumns} as label, to_json(l.confirmed_at)#>>'{}' as "confirmedAt",
	coalesce((select ${NAME('c')} from registry.person c where c.body_id = l.body_id and c.id = l.confirmed_by_id), '') as "confirmedBy"
from council.guest_list l ${inviterJoins} where l.body_id = ${body} and l.meeting_id = ${meetingId}`.execute(ctx.db);
	const { rows: guests } = await sql<GuestRow>`
select g.id, ${guestLabel} as label, ${saidBy(ctx)} as commitment, g.committed_on::text as "committedOn",
	g.commitment <> 'open' or ${saidBy(ctx)} = 'open' as "byOffice",
	case when m.state in ('running', 'held', 'minutesSigned') or g.attended is not null then ${cameTo(ctx)} end as attended,
	${hasRoll(ctx)} as "onRoll",
	coalesce((select string_agg(${NAME('h')}, ', ') from registry.office_holding oh
		join registry.person h on h.body_id = oh.body_id and h.id = oh.person_id
		where oh.body_id = g.body_id and oh.office_id = g.office_id and oh.from_date <= m.date
		and (oh.until_date is null or oh.until_date > m.date)), case when g.person_id is not null and (g.label <> '' or g.office_id is not null)
		then ${NAME('p')} end, '') as person
from council.meeting_guest g join council.meeting m on m.body_id = g.body_id and m.id = g.meeting_id ${guestJoins}
where g.body_id = ${body} and g.meeting_id = ${meetingId} order by g.position, g.id`.execute(ctx.db);
	const { rows: log } = await sql<GuestList['log'][number]>`
select e.id, to_json(e.at)#>>'{}' as at, coalesce(${NAME('p')}, '') as by, e.act, e.subject, e.reason
from council.guest_list_entry e left join registry.person p on p.body_id = e.body_id and p.id = e.by_person_id
where e.body_id = ${body} and e.meeting_id = ${meetingId} order by e.at desc, e.id desc limit 100`.execute(ctx.db);
	const list = lists[0];
	return {
		inviter: list?.value ? { value: list.value, label: list.label ?? '' } : null,
		confirmedAt: list?.confirmedAt ?? null,
		confirmedBy: list?.confirmedBy ?? '',
		guests,
		log,
	};
}

/** Organisations and offices that may invite or be invited, and the people of the body. One query. */
export async function guestChoices(ctx: Ctx, councilBodyId: string): Promise<{ value: string; label: string }[]> {
	const { rows } = await sql<{ value: string; label: string }>`
select 'office:' || f.id as value, f.title || coalesce(', ' || o.name, '') as label, 1 as part from registry.office f
	left join registry.organisation o on o.body_id = f.body_id and o.id = f.organisation_id where f.body_id = ${ctx.body.id}
union all select 'organisation:' || id, name, 2 from registry.organisation where body_id = ${ctx.body.id}
	and (until_date is null or until_date > ${ctx.today}::date)
union all select 'person:' || p.id, ${NAME('p')}, 3 from registry.person p where p.body_id = ${ctx.body.id} and exists (
	select from registry.membership s where s.body_id = p.body_id and s.person_id = p.id and s.organisation_id = ${councilBodyId}
	and s.from_date <= ${ctx.today}::date and (s.until_date is null or s.until_date > ${ctx.today}::date))
order by part, label`.execute(ctx.db);
	return rows;
}
