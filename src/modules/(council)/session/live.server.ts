import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from '../queries/sight.server.ts';

/** Id of a session that this reader may know of; null for others. */
export async function visibleSession(ctx: Ctx, slug: string): Promise<string | null> {
	const { rows } = await sql<{ id: string }>`select m.id from council.meeting m where m.body_id = ${ctx.body.id}
		and m.slug = ${slug} and ((m.public and m.published) or ${insideOf(ctx, 'm.council_body_id')})`.execute(ctx.db);
	return rows[0]?.id ?? null;
}

/** What is said of a running session to everybody; what is closed is left out, people appear as far as they are public. */
export interface LiveView {
	id: string;
	slug: string;
	state: string;
	openedAt: string | null;
	closedAt: string | null;
	/** The public has left: nothing is said of what happens. */
	closedPart: boolean;
	pause: { from: string; reason: string } | null;
	item: { id: string; number: string; title: string; since: string | null } | null;
	/** Who speaks; empty for people whose name is not public. */
	speaker: { name: string; function: string; since: string } | null;
	waiting: number;
	/** As stated last, of each body. */
	quorum: { body: string; quorate: boolean; present: number; needed: number; base: number }[];
	/** Voting members there now. */
	present: number;
	/** The vote that was counted last under the current item. */
	vote: { text: string; yes: number; no: number; abstain: number; adopted: boolean | null } | null;
}

/** What a projector and the public page show of a session now, in one query. Undefined for who may not know of it. */
export async function liveView(ctx: Ctx, slug: string): Promise<LiveView | undefined> {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	const { rows } = await sql<{ view: LiveView }>`
with m as (select * from council.meeting m where m.body_id = ${body} and m.slug = ${slug}
	and (${inside} or (m.public and m.published))),
item as (select i.* from council.agenda_item i, m where i.body_id = ${body} and i.id = m.current_item_id and i.public
	and not m.closed_part_now)
select json_build_object('id', m.id, 'slug', m.slug, 'state', m.state, 'openedAt', m.opened_at, 'closedAt', m.closed_at,
	'closedPart', m.closed_part_now,
	'pause', (select json_build_object('from', b.from_at, 'reason', b.reason) from council.session_break b
		where b.body_id = ${body} and b.meeting_id = m.id and b.until_at is null limit 1),
	'item', (select json_build_object('id', item.id, 'number', item.number, 'title', item.title, 'since', item.opened_at) from item),
	'speaker', (select json_build_object('name', case when a.voting or p.name_public then a.name else '' end,
		'function', coalesce(nullif(a.function, ''), a.organisation), 'since', s.from_at)
		from council.speaker s join item on item.id = s.agenda_item_id
		join council.attendance a on a.body_id = ${body} and a.id = s.attendance_id
		left join registry.person p on p.body_id = ${body} and p.id = a.person_id
		where s.body_id = ${body} and s.from_at is not null and s.until_at is null limit 1),
	'waiting', (select count(*)::int from council.speaker s join item on item.id = s.agenda_item_id
		where s.body_id = ${body} and s.from_at is null),
	'quorum', coalesce((select json_agg(json_build_object('body', q.name, 'quorate', q.quorate, 'present', q.present,
		'needed', q.needed, 'base', q.base) order by q.name) from (
		select distinct on (f.council_body_id) o.name, coalesce(f.stated, (f.computed #>> '{outcome,quorate}')::boolean) as quorate,
			(f.computed #>> '{outcome,present}')::int as present, (f.computed #>> '{outcome,needed}')::int as needed,
			(f.computed #>> '{outcome,base}')::int as base
		from council.quorum_finding f
		join registry.organisation o on o.body_id = ${body} and o.id = coalesce(f.council_body_id, m.council_body_id)
		where f.body_id = ${body} and f.meeting_id = m.id and f.occasion <> 'vote'
		order by f.council_body_id, f.at desc, f.id desc) q), '[]'),
	'present', (select count(*)::int from council.presence p join council.attendance a on a.body_id = ${body} and a.id = p.attendance_id
		where p.body_id = ${body} and p.meeting_id = m.id and p.until_at is null and a.voting
		and (p.seat_id is not null or a.seat_id is null)),
	'vote', (select json_build_object('text', v.text, 'yes', v.yes, 'no', v.no, 'abstain', v.abstain, 'adopted', v.adopted)
		from council.vote v join item on item.id = v.agenda_item_id where v.body_id = ${body} and v.yes is not null
		order by v.position desc limit 1)
) as view from m`.execute(ctx.db);
	return rows[0]?.view;
}
