import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import type { MeetingView } from '../view.ts';
import { taskWho } from './public-names.server.ts';
import { insideOf } from './sight.server.ts';

/**
 * Everything the page of a session shows, in one query: PostgreSQL builds the JSON, so that a page costs one round trip.
 * Readers without `council.members` get published sessions only, closed items under their neutral title and without
 * content, people without a seat by function (rulebook R2-08, R8-12).
 * @throws NotFound for an unknown session and for one this reader may not know of
 */
export async function meetingView(ctx: Ctx, slug: string): Promise<MeetingView> {
	const { rows } = await meetingSql(ctx, slug).execute(ctx.db);
	const view = rows[0]?.view;
	if (!view) throw new NotFound('session');
	return view;
}

function meetingSql(ctx: Ctx, slug: string) {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	return sql<{ view: MeetingView }>`
with m as (
	select m.* from council.meeting m where m.body_id = ${body} and m.slug = ${slug} and (${inside} or (m.published and m.public))
),
item as (
	select i.*, (i.public or ${insideOf(ctx, '(select council_body_id from m)')}) as seen from council.agenda_item i
	where i.body_id = ${body} and i.meeting_id = (select id from m)
)
select json_build_object(
	'id', m.id, 'slug', m.slug, 'number', m.number, 'kind', m.kind, 'title', m.title, 'state', m.state,
	'cancelled', m.cancelled, 'cancelNote', m.cancel_note, 'public', m.public, 'published', m.published,
	'date', m.date, 'startsAt', m.starts_at, 'endsAt', m.ends_at, 'openedAt', m.opened_at, 'closedAt', m.closed_at,
	'invitedOn', m.invited_on, 'minutesSignedOn', m.minutes_signed_on,
	'place', coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), ''),
	'accessibility', coalesce(p.accessibility, ''), 'chair', m.chair_name, 'languageHelp', m.language_help,
	'summary', m.summary,
	'body', json_build_object('id', o.id, 'name', o.name, 'slug', cb.slug, 'advisory', cb.advisory),
	'items', coalesce((select json_agg(json_build_object(
		'id', i.id, 'number', i.number, 'public', i.public, 'kind', i.kind,
		'title', case when i.seen then i.title else i.neutral_title end,
		'closedReason', i.closed_reason, 'hidden', not i.seen,
		'text', case when i.seen then i.text else '{"blocks":[]}'::jsonb end,
		'result', case when i.seen then i.result end, 'resultNote', case when i.seen then i.result_note else '' end,
		'votes', coalesce((select json_agg(json_build_object('id', v.id, 'text', v.text, 'yes', v.yes, 'no', v.no,
			'abstain', v.abstain, 'invalid', v.invalid, 'biased', v.biased, 'unanimous', v.unanimous,
			'adopted', v.adopted) order by v.position)
			from council.vote v where v.body_id = ${body} and v.agenda_item_id = i.id and i.seen), '[]'),
		'resolutions', coalesce((select json_agg(json_build_object('id', r.id, 'number', r.number, 'text', r.text,
			'kind', r.kind) order by r.number, r.id)
			from council.resolution r where r.body_id = ${body} and r.agenda_item_id = i.id and i.seen), '[]'),
		'papers', coalesce((select json_agg(pm.reference order by pm.reference)
			from council.paper_mention pm where pm.body_id = ${body} and pm.agenda_item_id = i.id and i.seen), '[]')
		) order by i.position) from item i), '[]'),
	'attendance', coalesce((select json_agg(json_build_object(
		'id', a.id, 'name', case when ${inside} or a.voting or pe.name_public then a.name else '' end,
		'function', a.function, 'organisation', a.organisation, 'grouping', a.grouping, 'seatNumber', s.number,
		'voting', a.voting, 'guest', a.guest, 'status', a.status,
		'substituteFor', case when a.voting then coalesce(nullif(a.substitute_for_name, ''),
			(select concat_ws(' ', nullif(sp.affix, ''), sp.given_name, sp.family_name) from registry.person sp
			where sp.body_id = ${body} and sp.id = a.substitute_for_person_id), '') else '' end,
		'from', a.present_from, 'until', a.present_until) order by a.position)
		from council.attendance a
		left join council.seat s on s.body_id = ${body} and s.id = a.seat_id
		left join registry.person pe on pe.body_id = ${body} and pe.id = a.person_id
		where a.body_id = ${body} and a.meeting_id = m.id), '[]'),
	'seats', coalesce((select json_agg(json_build_object('id', s.id, 'number', s.number, 'kind', s.kind,
		'voting', s.voting, 'organisation', coalesce(nullif(so.short_name, ''), so.name, ''), 'holder',
		coalesce((select concat_ws(' ', nullif(hp.affix, ''), hp.given_name, hp.family_name)
			from council.seat_filling f
			join registry.membership hm on hm.body_id = ${body} and hm.id = f.membership_id
			join registry.person hp on hp.body_id = ${body} and hp.id = hm.person_id
			where f.body_id = ${body} and f.seat_id = s.id and f.from_date <= m.date
			and (f.until_date is null or f.until_date > m.date) limit 1), '')) order by s.number)
		from council.seat s left join registry.organisation so on so.body_id = ${body} and so.id = s.organisation_id
		where s.body_id = ${body} and s.council_body_id = m.council_body_id and s.voting and s.from_date <= m.date
		and (s.until_date is null or s.until_date > m.date)), '[]'),
	'quorum', (select json_build_object('stated', q.stated, 'statedPresent', q.stated_present, 'statedAt', q.stated_at,
		'computed', q.computed) from council.quorum_finding q
		where q.body_id = ${body} and q.meeting_id = m.id and q.agenda_item_id is null limit 1),
	'tasks', coalesce((select json_agg(json_build_object('id', t.id, 'meetingSlug', m.slug, 'meetingDate', m.date,
		'itemNumber', ti.number, 'what', t.what, 'who', ${taskWho(body, inside)}, 'due', t.due, 'dueText', t.due_text, 'state', t.state,
		'doneOn', t.done_on, 'public', t.public) order by ti.position nulls last, t.due)
		from council.task t left join item ti on ti.id = t.agenda_item_id
		where t.body_id = ${body} and t.meeting_id = m.id and (${inside} or (t.public and coalesce(ti.public, true)))), '[]'),
	'dates', coalesce((select json_agg(json_build_object('id', d.id, 'title', d.title, 'date', d.date,
		'start', d.start_time, 'end', d.end_time, 'place', d.place) order by d.date, d.start_time)
		from council.date_entry d where d.body_id = ${body} and d.meeting_id = m.id and (${inside} or d.public)), '[]'),
	'files', coalesce((select json_agg(json_build_object('id', mf.id, 'fileId', kf.id, 'kind', mf.kind,
		'title', mf.title, 'format', kf.format, 'pages', kf.pages, 'size', kf.size, 'public', mf.public,
		'itemId', mf.agenda_item_id) order by mf.position, mf.title)
		from council.meeting_file mf join kernel.file kf on kf.body_id = ${body} and kf.id = mf.file_id
		left join item fi on fi.id = mf.agenda_item_id
		where mf.body_id = ${body} and mf.meeting_id = m.id
		and (${inside} or (mf.public and coalesce(fi.public, true)))), '[]')
) as view
from m
join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id
join registry.organisation o on o.body_id = ${body} and o.id = m.council_body_id
left join registry.place p on p.body_id = ${body} and p.id = m.place_id`;
}
