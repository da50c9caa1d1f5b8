import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { linksOf, slotColumn, type SlotRows } from '#kernel/slots.ts';
import type { ItemLinks } from '../ui/slot-links.ts';
import type { MeetingView } from '../view.ts';
import { taskOwners } from './public-names.server.ts';
import { insideOf, knowsSession } from './sight.server.ts';

/**
 * Everything the page of a session shows, in one query: PostgreSQL builds the JSON, so that a page costs one round trip.
 * Readers without `council.members` get published sessions only, closed items under their neutral title and without
 * content, people without a seat by function, and nobody's reason for being away (rulebook R2-08, R8-12). What was said under an item is a draft from the
 * opening until the minutes are published (R2-64).
 * @throws NotFound for an unknown session and for one this reader may not know of
 */
export async function meetingView(ctx: Ctx, slug: string): Promise<MeetingView> {
	return (await found(ctx, slug, sql`null`)).view;
}

/** The same with what later modules put at its items, still in one query. Items that the reader may not know are not asked about. */
export async function meetingWithLinks(ctx: Ctx, slug: string): Promise<{ meeting: MeetingView; links: ItemLinks }> {
	const { view, rows } = await found(ctx, slug, slotColumn(ctx, SLOT, sql`select id from item where seen`));
	return { meeting: view, links: linksOf(ctx, SLOT, rows) };
}

const SLOT = 'council.agendaItem';

async function found(ctx: Ctx, slug: string, links: RawBuilder<unknown>): Promise<Found> {
	const { rows } = await meetingSql(ctx, slug, links).execute(ctx.db);
	if (!rows[0]) throw new NotFound('session');
	const { view } = rows[0];
	const hidden = new Set(view.items.filter((item) => item.hidden).map(({ id }) => id));
	// What lies at the source of a closed item is no more shown than the item.
	const from = view.takenFrom;
	if (from) from.files = from.files.filter(({ itemId }) => !itemId || !hidden.has(itemId));
	return rows[0];
}

interface Found {
	view: MeetingView;
	rows: SlotRows;
}

function meetingSql(ctx: Ctx, slug: string, links: RawBuilder<unknown>) {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	return sql<Found>`
with m as (
	select m.*, (${inside} or coalesce((select r.published_at is not null and r.withdrawn_at is null
		from council.minutes_record r where r.body_id = ${body} and r.meeting_id = m.id), m.state not in ('running', 'held'))) as minutes_shown
	from council.meeting m where m.body_id = ${body} and m.slug = ${slug} and ${knowsSession(ctx)}
),
item as (
	select i.*, (i.public or ${insideOf(ctx, '(select council_body_id from m)')}) as seen from council.agenda_item i
	where i.body_id = ${body} and i.meeting_id = (select id from m)
)
select row_to_json(v) as view, ${links} as rows from (select
	m.id, m.slug, m.number, m.kind, m.title, m.state, m.cancelled, m.cancel_note as "cancelNote", m.public, m.published,
	m.date, m.starts_at as "startsAt", m.ends_at as "endsAt", m.opened_at as "openedAt", m.closed_at as "closedAt",
	m.invited_on as "invitedOn", m.minutes_signed_on as "minutesSignedOn",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), '') as place,
	coalesce(p.accessibility, '') as accessibility, m.chair_name as chair, m.language_help as "languageHelp", m.summary, m.taken_from as "takenFrom",
	json_build_object('id', o.id, 'name', o.name, 'slug', cb.slug, 'advisory', cb.advisory) as body,
	coalesce((select json_agg(jo.name order by jo.name) from council.meeting_body mb
		join registry.organisation jo on jo.body_id = mb.body_id and jo.id = mb.council_body_id
		where mb.body_id = ${body} and mb.meeting_id = m.id and mb.council_body_id <> m.council_body_id), '[]') as "furtherBodies",
	coalesce((select json_agg(line) from (select
		i.id, i.number, i.public, i.kind, case when i.seen then i.title else i.neutral_title end as title,
		i.closed_reason as "closedReason", not i.seen as hidden,
		case when i.seen and (select minutes_shown from m) then i.text else '{"blocks":[]}'::jsonb end as text,
		case when i.seen and (select minutes_shown from m) then i.outcome_plain else '' end as plain, i.removed,
		case when i.removed then (select json_build_object('reason', case when i.seen then i.change_reason else '' end,
			'inSession', c.id is not null, 'votes', case when c.majority is not null then json_build_object(
				'yes', c.majority#>'{inputs,yes}', 'no', c.majority#>'{inputs,no}', 'abstain', c.majority#>'{inputs,abstain}') end,
			'finding', c.majority)
			from (select) one left join lateral (select g.id, g.majority from council.agenda_change g where g.body_id = ${body}
				and g.agenda_item_id = i.id and g.act = 'removed' order by g.at desc limit 1) c on true) end as removal,
		case when i.seen then i.result end as result, case when i.seen then i.result_note else '' end as "resultNote",
		coalesce((select json_agg(line) from (select v.id, v.text, v.yes, v.no, v.abstain, v.invalid, v.biased, v.unanimous,
			v.adopted, v.method, case when v.finding ? 'inputs' then v.finding end as finding,
			coalesce((select json_agg(json_build_object('name', rc.name, 'voice', rc.voice) order by rc.name)
				from council.roll_call_voice rc where rc.body_id = ${body} and rc.vote_id = v.id), '[]') as voices,
			case when exists (select from council.meeting_body mb where mb.body_id = ${body}
				and mb.meeting_id = i.meeting_id) then coalesce(vo.name, o.name) else '' end as "bodyName"
			from council.vote v left join registry.organisation vo on vo.body_id = ${body} and vo.id = v.council_body_id
			where v.body_id = ${body} and v.agenda_item_id = i.id and i.seen and v.state = 'closed'
			order by v.position, v.id) line), '[]') as votes,
		coalesce((select json_agg(line) from (select e.id, e.post, e.title, e.state, coalesce(ec.name, '') as elected,
			coalesce((select json_agg(json_build_object('number', er.number, 'blank', er.blank, 'invalid', er.invalid,
				'against', er.against, 'lot', er.lot is not null, 'votes', coalesce((select json_agg(json_build_object('name', c.name,
					'votes', x.votes) order by x.votes desc, c.position) from council.round_candidate x
					join council.candidate c on c.body_id = ${body} and c.id = x.candidate_id
					where x.body_id = ${body} and x.round_id = er.id), '[]')) order by er.number)
				from council.election_round er where er.body_id = ${body} and er.election_id = e.id and er.state = 'counted'), '[]') as rounds
			from council.election e left join council.candidate ec on ec.body_id = ${body} and ec.id = e.elected_id
			where e.body_id = ${body} and e.agenda_item_id = i.id and i.seen and e.state <> 'cancelled'
			order by e.position) line), '[]') as elections,
		coalesce((select json_agg(line) from (select r.id, r.number, r.text, r.kind,
			case when exists (select from council.meeting_body mb where mb.body_id = ${body}
				and mb.meeting_id = i.meeting_id) then coalesce(ro.name, o.name) else '' end as "bodyName"
			from council.resolution r left join registry.organisation ro on ro.body_id = ${body} and ro.id = r.council_body_id
			where r.body_id = ${body} and r.agenda_item_id = i.id and i.seen order by r.number, r.id) line), '[]') as resolutions,
		coalesce((select json_agg(pm.reference order by pm.reference)
			from council.paper_mention pm where pm.body_id = ${body} and pm.agenda_item_id = i.id and i.seen), '[]') as papers
		from item i order by i.position) line), '[]') as items,
	coalesce((select json_agg(line) from (select
		a.id, case when ${inside} or a.voting or pe.name_public then a.name else '' end as name,
		a.function, coalesce(nullif(a.organisation, ''), fo.name, '') as organisation, a.grouping,
		-- seats have numbers of their own in each body: those of the leading one stand in the plan
		case when fo.id is null then s.number end as "seatNumber", coalesce(fo.name, '') as "bodyName", a.voting, a.guest,
		case when a.status = 'excused' and not ${inside} then 'absent' else a.status end as status,
		case when a.voting then coalesce(nullif(a.substitute_for_name, ''),
			concat_ws(' ', nullif(sp.affix, ''), sp.given_name, sp.family_name)) else '' end as "substituteFor",
		a.present_from as "from", a.present_until as until
		from council.attendance a
		left join council.seat s on s.body_id = ${body} and s.id = a.seat_id
		left join registry.organisation fo on fo.body_id = ${body} and fo.id = a.council_body_id and fo.id <> m.council_body_id
		left join registry.person pe on pe.body_id = ${body} and pe.id = a.person_id
		left join registry.person sp on sp.body_id = ${body} and sp.id = a.substitute_for_person_id
		where a.body_id = ${body} and a.meeting_id = m.id order by a.position) line), '[]') as attendance,
	coalesce((select json_agg(line) from (select
		s.id, s.number, s.kind, s.voting, coalesce(nullif(so.short_name, ''), so.name, '') as organisation,
		concat_ws(' ', nullif(hp.affix, ''), hp.given_name, hp.family_name) as holder
		from council.seat s
		left join registry.organisation so on so.body_id = ${body} and so.id = s.organisation_id
		left join council.seat_filling f on f.body_id = ${body} and f.seat_id = s.id and f.from_date <= m.date
			and (f.until_date is null or f.until_date > m.date)
		left join registry.membership hm on hm.body_id = ${body} and hm.id = f.membership_id
		left join registry.person hp on hp.body_id = ${body} and hp.id = hm.person_id
		where s.body_id = ${body} and s.council_body_id = m.council_body_id and s.voting and s.from_date <= m.date
		and (s.until_date is null or s.until_date > m.date) order by s.number) line), '[]') as seats,
	(select row_to_json(line) from (select q.stated, q.stated_present as "statedPresent", q.stated_at as "statedAt", q.computed
		from council.quorum_finding q
		where q.body_id = ${body} and q.meeting_id = m.id and q.occasion <> 'vote'
			and (q.agenda_item_id is null or q.at is not null) and coalesce(q.council_body_id, m.council_body_id) = m.council_body_id
		order by q.at desc nulls last, q.id desc limit 1) line) as quorum,
	coalesce((select json_agg(line order by line."bodyName") from (select distinct on (q.council_body_id) qo.name as "bodyName",
		q.stated, q.stated_present as "statedPresent", q.stated_at as "statedAt", q.computed
		from council.quorum_finding q join registry.organisation qo on qo.body_id = ${body} and qo.id = q.council_body_id
		where q.body_id = ${body} and q.meeting_id = m.id and q.occasion <> 'vote' and q.council_body_id <> m.council_body_id
		order by q.council_body_id, q.at desc nulls last, q.id desc) line), '[]') as "furtherQuorums",
	case when ${inside} then m.notice else m.notice #- '{outcome,reason}' end as notice,
	coalesce((select json_agg(line) from (select
		t.id, m.slug as "meetingSlug", m.date as "meetingDate", ti.number as "itemNumber", t.what,
		${taskOwners(body, inside)} as who, t.due, t.due_text as "dueText", t.state, t.done_on as "doneOn", t.public
		from council.task t left join item ti on ti.id = t.agenda_item_id
		where t.body_id = ${body} and t.meeting_id = m.id and (${inside} or (t.public and coalesce(ti.public, true)))
		order by ti.position nulls last, t.due) line), '[]') as tasks,
	coalesce((select json_agg(line) from (select
		d.id, d.title, d.date, d.start_time as start, d.end_time as "end", d.place from council.date_entry d
		where d.body_id = ${body} and d.meeting_id = m.id and (${inside} or d.public)
		order by d.date, d.start_time) line), '[]') as dates,
	coalesce((select json_agg(line) from (select
		mf.id, kf.id as "fileId", mf.kind, mf.title, kf.format, kf.pages, kf.size, mf.public, mf.agenda_item_id as "itemId"
		from council.meeting_file mf join kernel.file kf on kf.body_id = ${body} and kf.id = mf.file_id
		left join item fi on fi.id = mf.agenda_item_id
		where mf.body_id = ${body} and mf.meeting_id = m.id and (${inside} or (mf.public and coalesce(fi.public, true)))
		order by mf.position, mf.title) line), '[]') as files
	from m
	join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id
	join registry.organisation o on o.body_id = ${body} and o.id = m.council_body_id
	left join registry.place p on p.body_id = ${body} and p.id = m.place_id
) v`;
}
