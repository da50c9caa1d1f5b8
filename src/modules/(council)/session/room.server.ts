import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { toWriting } from '#kernel/text/writing.ts';
import type { RoomItem, RoomView } from './view.ts';

/** Which session an address means, for acts of its office. @throws NotFound, Forbidden without `council.edit` */
export async function sessionAt(ctx: Ctx, slug: string): Promise<{ id: string; councilBodyId: string }> {
	const row = await ctx.db
		.selectFrom('council.meeting')
		.select(['id', 'council_body_id'])
		.where('slug', '=', slug)
		.executeTakeFirst();
	demand(ctx.actor, 'council.edit', row?.council_body_id);
	if (!row) throw new NotFound('session');
	return { id: row.id, councilBodyId: row.council_body_id };
}

/** Slug of the session that was convened again after this one had no quorum. */
export async function convenedAgain(ctx: Ctx, meetingId: string): Promise<string | null> {
	const row = await ctx.db
		.selectFrom('council.meeting')
		.select('slug')
		.where('second_convening_of', '=', meetingId)
		.executeTakeFirst();
	return row?.slug ?? null;
}

/** Everything on the office's screen of a session, in one query. @throws NotFound */
export async function roomView(ctx: Ctx, meetingId: string): Promise<RoomView> {
	type Raw = Omit<RoomView, 'items'> & { items: (Omit<RoomItem, 'text' | 'hash'> & { text: TextDocument })[] };
	const { rows } = await roomSql(ctx, meetingId).execute(ctx.db);
	const raw = rows[0]?.view as Raw | undefined;
	if (!raw) throw new NotFound('session');
	return {
		...raw,
		items: raw.items.map((item) => {
			const text = normalise(item.text);
			return { ...item, text: toWriting(text), hash: documentHash(text) };
		}),
	};
}

const fullName = (alias: string) =>
	sql.raw(`concat_ws(' ', nullif(${alias}.affix, ''), ${alias}.given_name, ${alias}.family_name)`);

function roomSql(ctx: Ctx, meetingId: string) {
	const body = ctx.body.id;
	return sql<{ view: unknown }>`
with m as (select * from council.meeting where body_id = ${body} and id = ${meetingId}),
span as (
	select p.attendance_id, min(p.from_at) as since, bool_or(p.until_at is null) as here, max(p.until_at) as until,
		bool_or(p.until_at is null and p.seat_id is not null) as holds,
		(array_agg(p.mode order by p.from_at desc))[1] as mode, (array_agg(p.ended order by p.from_at desc))[1] as ended
	from council.presence p where p.body_id = ${body} and p.meeting_id = ${meetingId} group by p.attendance_id
)
select json_build_object(
	'id', m.id, 'slug', m.slug, 'number', m.number, 'kind', m.kind, 'public', m.public, 'state', m.state,
	'cancelled', m.cancelled, 'date', m.date, 'mode', m.mode, 'startsAt', m.starts_at, 'endsAt', m.ends_at,
	'openedAt', m.opened_at, 'closedAt', m.closed_at, 'closedPart', m.closed_part_now, 'currentItemId', m.current_item_id,
	'chair', m.chair_name, 'chairPersonId', m.chair_person_id, 'convening', m.convening,
	'closedWithoutQuorum', m.closed_without_quorum,
	'bodies', (select json_agg(json_build_object('id', o.id, 'name', o.name, 'slug', cb.slug, 'advisory', cb.advisory)
		order by o.id <> m.council_body_id, o.id)
		from registry.organisation o join council.council_body cb on cb.body_id = ${body} and cb.id = o.id
		where o.body_id = ${body} and (o.id = m.council_body_id or o.id in
			(select council_body_id from council.meeting_body where body_id = ${body} and meeting_id = m.id))),
	'items', coalesce((select json_agg(json_build_object('id', i.id, 'number', i.number, 'title', i.title,
		'public', i.public, 'kind', i.kind, 'result', i.result, 'resultNote', i.result_note, 'text', i.text,
		'openedAt', i.opened_at, 'closedAt', i.closed_at, 'added', i.added_in_session, 'removed', i.removed,
		'reason', i.change_reason, 'secondConvening', i.second_convening,
		'opinions', coalesce((select json_agg(r.text order by r.id) from council.resolution r
			where r.body_id = ${body} and r.agenda_item_id = i.id and r.kind = 'opinion'), '[]'),
		'papers', coalesce((select json_agg(pm.reference order by pm.reference) from council.paper_mention pm
			where pm.body_id = ${body} and pm.agenda_item_id = i.id), '[]')) order by i.position)
		from council.agenda_item i where i.body_id = ${body} and i.meeting_id = m.id), '[]'),
	'people', coalesce((select json_agg(json_build_object('id', a.id, 'personId', a.person_id,
		'bodyId', coalesce(a.council_body_id, m.council_body_id), 'name', a.name, 'function', a.function,
		'organisation', a.organisation, 'seatId', a.seat_id, 'seatNumber', s.number, 'seatSubstitutes', s.substitutes,
		'voting', a.voting, 'capacity', a.capacity, 'committed', a.organisation_id is not null and a.guest, 'status', a.status, 'answer', inv.answer, 'arrivesAt', to_char(inv.arrives_at, 'HH24:MI'), 'unexcused', a.unexcused_since is not null,
		'substituteFor', coalesce(nullif(a.substitute_for_name, ''), (select ${fullName('sp')} from registry.person sp
			where sp.body_id = ${body} and sp.id = a.substitute_for_person_id), ''),
		'here', coalesce(span.here, false), 'holdsSeat', coalesce(span.holds, false),
		'mode', case when span.here then span.mode end, 'lost', coalesce(not span.here and span.ended = 'connectionLost', false),
		'since', coalesce(span.since, a.present_from), 'until', case when span.here then null else coalesce(span.until, a.present_until) end)
		order by a.capacity = 'guest', a.capacity = 'successor', s.number nulls last, a.position)
		from council.attendance a
		left join council.seat s on s.body_id = ${body} and s.id = a.seat_id
		left join span on span.attendance_id = a.id
		left join council.invitation inv on inv.body_id = ${body} and inv.meeting_id = m.id and inv.person_id = a.person_id and not inv.withdrawn
		where a.body_id = ${body} and a.meeting_id = m.id), '[]'),
	'speakers', coalesce((select json_agg(json_build_object('id', sp.id, 'itemId', sp.agenda_item_id,
		'rowId', sp.attendance_id, 'name', coalesce(nullif(a.name, ''), nullif(a.function, ''), a.organisation), 'guest', a.guest,
		'askedAt', sp.asked_at, 'fromAt', sp.from_at, 'untilAt', sp.until_at) order by sp.from_at nulls last, sp.asked_at)
		from council.speaker sp join council.attendance a on a.body_id = ${body} and a.id = sp.attendance_id
		where sp.body_id = ${body} and sp.meeting_id = m.id), '[]'),
	'findings', coalesce((select json_agg(json_build_object('bodyId', coalesce(q.council_body_id, m.council_body_id),
		'occasion', q.occasion, 'at', q.at, 'itemId', q.agenda_item_id, 'challengedBy', coalesce((select ${fullName('cp')}
			from registry.person cp where cp.body_id = ${body} and cp.id = q.challenged_by), ''),
		'quorate', coalesce(q.stated, (q.computed #>> '{outcome,quorate}')::boolean), 'computed', q.computed) order by q.at, q.id)
		from council.quorum_finding q where q.body_id = ${body} and q.meeting_id = m.id), '[]'),
	'tasks', coalesce((select json_agg(json_build_object('id', t.id, 'itemId', t.agenda_item_id, 'what', t.what,
		'who', concat_ws(', ', nullif(t.who, ''), (select string_agg(o.name, ', ' order by o.position) from council.task_owner o
			where o.body_id = ${body} and o.task_id = t.id)), 'due', t.due) order by t.id) from council.task t
		where t.body_id = ${body} and t.meeting_id = m.id), '[]'),
	'reviews', coalesce((select json_agg(json_build_object('id', t.id, 'what', t.what, 'who', t.who, 'due', t.due,
		'fromDate', pm.date, 'outcome', r.outcome) order by t.due nulls last, t.id)
		from council.task t join council.meeting pm on pm.body_id = ${body} and pm.id = t.meeting_id
		left join council.task_review r on r.body_id = ${body} and r.task_id = t.id and r.meeting_id = m.id
		where t.body_id = ${body} and pm.council_body_id = m.council_body_id and pm.id <> m.id and pm.date <= m.date
			and (t.state = 'open' or r.outcome is not null)), '[]'),
	'breaks', coalesce((select json_agg(json_build_object('from', b.from_at, 'until', b.until_at, 'reason', b.reason)
		order by b.from_at) from council.session_break b where b.body_id = ${body} and b.meeting_id = m.id), '[]'),
	'changes', coalesce((select json_agg(json_build_object('itemId', c.agenda_item_id, 'act', c.act, 'reason', c.reason,
		'at', c.at, 'majority', c.majority) order by c.at, c.id) from council.agenda_change c where c.body_id = ${body} and c.meeting_id = m.id), '[]')
) as view from m`;
}
