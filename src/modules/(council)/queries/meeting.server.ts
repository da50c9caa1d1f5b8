import { sql, type RawBuilder } from 'kysely';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { fixed, type Fixed } from '#kernel/db/fixed.ts';
import { NotFound } from '#kernel/errors.ts';
import { installedModules } from '#kernel/module.ts';
import { linksOf, slotColumn, type SlotRows } from '#kernel/slots.ts';
import type { ItemLinks } from '../ui/slot-links.ts';
import type { AttendanceView, MeetingView, QuorumView, TaskView } from '../view.ts';
import { itemColumns, itemViews, type ItemLists } from './meeting-items.server.ts';
import { taskOwners, unnamedGuests } from './public-names.server.ts';
import { insideOf, knowsSession } from './sight.server.ts';

/**
 * Everything the page of a session shows, in one query: PostgreSQL builds the JSON, so that a page costs one round trip.
 * Readers without `council.members` get published sessions only, closed items under their neutral title and without
 * content, people without a seat by function, and nobody's reason for being away (rulebook R2-08, R8-12). What was said under an item is a draft from the
 * opening until the minutes are published (R2-64).
 * @throws NotFound for an unknown session and for one this reader may not know of
 */
export async function meetingView(ctx: Ctx, slug: string): Promise<MeetingView> {
	const { rows } = await meetingSql(ctx, slug, sql`null`).execute(ctx.db);
	return shown(rows).view;
}

/** The same with what later modules put at its items, still in one query. Items that the reader may not know are not asked about. */
export async function meetingWithLinks(ctx: Ctx, slug: string): Promise<{ meeting: MeetingView; links: ItemLinks }> {
	const statement = ctx.actor === VISITOR ? visitorsStatement(ctx) : undefined;
	const found = statement
		? await statement.rows(ctx.db, { town: ctx.body.id, slug })
		: (await meetingSql(ctx, slug, linkColumn(ctx)).execute(ctx.db)).rows;
	const { view, rows } = shown(found);
	return { meeting: view, links: linksOf(ctx, SLOT, rows) };
}

const SLOT = 'council.agendaItem';

function linkColumn(ctx: Ctx): RawBuilder<SlotRows> {
	return slotColumn(ctx, SLOT, sql`(select ids from known)::uuid[]`);
}

type VisitorsStatement = Fixed<Record<'town' | 'slug', string>, FoundRow> | undefined;
/** By language, and by the modules that put something at the items. */
let visitorsStatements: { modules: unknown; by: Map<string, VisitorsStatement> } | undefined;

/** Visitors come by the thousand, and all of them ask the same: only town and session differ. */
function visitorsStatement(ctx: Ctx): VisitorsStatement {
	const modules = installedModules();
	if (visitorsStatements?.modules !== modules) visitorsStatements = { modules, by: new Map() };
	const { by } = visitorsStatements;
	if (!by.has(ctx.locale)) {
		const make = ({ town, slug }: { town: string; slug: string }) => {
			const there = { ...ctx, body: { ...ctx.body, id: town } };
			return meetingSql(there, slug, linkColumn(there));
		};
		by.set(ctx.locale, fixed(ctx.db, ['town', 'slug'], make));
	}
	return by.get(ctx.locale);
}

interface FoundRow {
	found: Found;
	rows: SlotRows;
}

function shown([row]: readonly FoundRow[]): { view: MeetingView; rows: SlotRows } {
	if (!row) throw new NotFound('session');
	const view = viewOf(row.found);
	const hidden = new Set(view.items.filter((item) => item.hidden).map(({ id }) => id));
	// What lies at the source of a closed item is no more shown than the item.
	const from = view.takenFrom;
	if (from) from.files = from.files.filter(({ itemId }) => !itemId || !hidden.has(itemId));
	return { view, rows: row.rows };
}

/** The session as the database tells it: council bodies and items by their id, named once. */
interface Found
	extends
		ItemLists,
		Omit<MeetingView, 'body' | 'furtherBodies' | 'items' | 'attendance' | 'quorum' | 'furtherQuorums' | 'tasks'> {
	/** Of the leading body. */
	bodyId: string;
	/** The leading body, and in a joint session all, by their names; `meets`: stated as one of the bodies that meet. */
	bodies: (MeetingView['body'] & { meets: boolean })[];
	attendance: (Omit<AttendanceView, 'bodyName'> & { bodyId: string | null })[];
	/** The newest of each body. */
	quorums: (QuorumView & { bodyId: string })[];
	/** By the day they are due. */
	tasks: (Omit<TaskView, 'meetingSlug' | 'meetingDate' | 'itemNumber'> & { itemId: string | null })[];
}

function viewOf({
	bodyId,
	bodies,
	quorums,
	removals,
	votes,
	elections,
	resolutions,
	papers,
	...found
}: Found): MeetingView {
	const { meets: _, ...body } = bodies.find(({ id }) => id === bodyId)!;
	const joint = bodies.some(({ meets }) => meets);
	const nameOf = (id: string | null) => bodies.find((one) => one.id === (id ?? bodyId))?.name ?? '';
	const own = quorums.find((quorum) => quorum.bodyId === bodyId);
	return {
		...found,
		body,
		furtherBodies: bodies.filter(({ id, meets }) => meets && id !== bodyId).map(({ name }) => name),
		items: itemViews({ items: found.items, removals, votes, elections, resolutions, papers }, (id) =>
			joint ? nameOf(id) : '',
		),
		attendance: found.attendance.map(({ bodyId: of, ...row }) => {
			const bodyName = of && of !== bodyId ? nameOf(of) : '';
			return { ...row, organisation: row.organisation || bodyName, bodyName };
		}),
		quorum: own ? quorumOf(own) : null,
		furtherQuorums: bodies.flatMap(({ id, name }) =>
			quorums
				.filter((quorum) => quorum.bodyId === id && id !== bodyId)
				.map((quorum) => ({ bodyName: name, ...quorumOf(quorum) })),
		),
		tasks: tasksOf(found),
	};
}

/** In the order of their items, those of none at the end. */
function tasksOf({ slug, date, items, tasks }: Pick<Found, 'slug' | 'date' | 'items' | 'tasks'>): TaskView[] {
	const at = new Map(items.map(({ id, number }, place) => [id, { number, place }]));
	return tasks
		.map(({ itemId, ...task }) => ({ task, item: itemId === null ? undefined : at.get(itemId) }))
		.sort((a, b) => (a.item?.place ?? items.length) - (b.item?.place ?? items.length))
		.map(({ task, item }) => ({ ...task, meetingSlug: slug, meetingDate: date, itemNumber: item?.number ?? null }));
}

function quorumOf({ stated, statedPresent, statedAt, computed }: QuorumView): QuorumView {
	return { stated, statedPresent, statedAt, computed };
}

function meetingSql(ctx: Ctx, slug: string, links: RawBuilder<unknown>) {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	const seen = sql`(i.public or ${inside})`;
	const unnamed = unnamedGuests(sql`select name, voting, name_public from present`);
	// of the session as a whole, or of an item that is not closed
	const isOpen = (item: string) => sql`coalesce(not ${sql.raw(item)} = any ((select closed from known)::uuid[]), true)`;
	return sql<FoundRow>`
with m as (
	select m.*, (${inside} or coalesce((select r.published_at is not null and r.withdrawn_at is null
		from council.minutes_record r where r.body_id = ${body} and r.meeting_id = m.id), m.state not in ('running', 'held'))) as minutes_shown,
		array(select mb.council_body_id from council.meeting_body mb where mb.body_id = ${body} and mb.meeting_id = m.id) as meeting_bodies
	from council.meeting m where m.body_id = ${body} and m.slug = ${slug} and ${knowsSession(ctx)}
),
item as (
	select i.id, i.position, i.public, ${seen} as seen, json_build_object('id', i.id, 'number', i.number, 'public', i.public, 'kind', i.kind,
		'title', case when ${seen} then i.title else i.neutral_title end, 'closedReason', i.closed_reason, 'hidden', not (${seen}),
		'text', case when ${seen} and m.minutes_shown then i.text else '{"blocks":[]}' end,
		'plain', case when ${seen} and m.minutes_shown then i.outcome_plain else '' end, 'removed', i.removed,
		'removalReason', case when i.removed and ${seen} then i.change_reason else '' end,
		'result', case when ${seen} then i.result end, 'resultNote', case when ${seen} then i.result_note else '' end) as line
	from m join council.agenda_item i on i.body_id = ${body} and i.meeting_id = m.id
),
known as (
	select array_agg(id) filter (where seen) as ids, array_agg(id) filter (where not public) as closed from item
),
present as (
	select a.position, a.name, a.voting, pe.name_public, a.council_body_id, json_build_object('id', a.id,
		'name', case when ${inside} or a.voting or pe.name_public then a.name else '' end,
		'function', a.function, 'organisation', a.organisation, 'grouping', a.grouping, 'bodyId', a.council_body_id,
		-- seats have numbers of their own in each body: those of the leading one stand in the plan
		'seatNumber', case when coalesce(a.council_body_id, m.council_body_id) = m.council_body_id then s.number end,
		'voting', a.voting, 'guest', a.guest, 'status', case when a.status = 'excused' and not ${inside} then 'absent' else a.status end,
		'substituteFor', case when a.voting then coalesce(nullif(a.substitute_for_name, ''),
			concat_ws(' ', nullif(sp.affix, ''), sp.given_name, sp.family_name)) else '' end,
		'from', a.present_from, 'until', a.present_until) as line
	from m join council.attendance a on a.body_id = ${body} and a.meeting_id = m.id
	left join registry.person pe on pe.body_id = ${body} and pe.id = a.person_id
	left join council.seat s on s.body_id = ${body} and s.id = a.seat_id
	left join registry.person sp on sp.body_id = ${body} and sp.id = a.substitute_for_person_id
)
select row_to_json(v) as found, ${links} as rows from (select
	m.id, m.slug, m.number, m.kind, m.title, m.state, m.cancelled, m.cancel_note as "cancelNote", m.public, m.published,
	m.date, m.starts_at as "startsAt", m.ends_at as "endsAt", m.opened_at as "openedAt", m.closed_at as "closedAt",
	m.invited_on as "invitedOn", m.minutes_signed_on as "minutesSignedOn",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), '') as place,
	coalesce(p.accessibility, '') as accessibility, m.chair_name as chair, m.language_help as "languageHelp", m.summary, m.taken_from as "takenFrom",
	m.council_body_id as "bodyId",
	(select json_agg(json_build_object('id', cb.id, 'name', o.name, 'slug', cb.slug, 'advisory', cb.advisory,
			'meets', cb.id = any (m.meeting_bodies)) order by o.name)
		from council.council_body cb join registry.organisation o on o.body_id = ${body} and o.id = cb.id
		where cb.body_id = ${body} and (cb.id = m.council_body_id or m.meeting_bodies <> '{}'
			or cb.id in (select council_body_id from present))) as bodies,
	${itemColumns(body)},
	coalesce((select json_agg(line order by position) from present), '[]') as attendance,
	coalesce((select json_agg(json_build_object('id', s.id, 'number', s.number, 'kind', s.kind, 'voting', s.voting,
			'organisation', coalesce(nullif(so.short_name, ''), so.name, ''),
			'holder', concat_ws(' ', nullif(hp.affix, ''), hp.given_name, hp.family_name)) order by s.number)
		from council.seat s
		left join registry.organisation so on so.body_id = ${body} and so.id = s.organisation_id
		left join council.seat_filling f on f.body_id = ${body} and f.seat_id = s.id and f.from_date <= m.date
			and (f.until_date is null or f.until_date > m.date)
		left join registry.membership hm on hm.body_id = ${body} and hm.id = f.membership_id
		left join registry.person hp on hp.body_id = ${body} and hp.id = hm.person_id
		where s.body_id = ${body} and s.council_body_id = m.council_body_id and s.voting and s.from_date <= m.date
		and (s.until_date is null or s.until_date > m.date)), '[]') as seats,
	coalesce((select json_agg(line) from (select distinct on (coalesce(q.council_body_id, m.council_body_id))
		coalesce(q.council_body_id, m.council_body_id) as "bodyId",
		q.stated, q.stated_present as "statedPresent", q.stated_at as "statedAt", q.computed
		from council.quorum_finding q where q.body_id = ${body} and q.meeting_id = m.id and q.occasion <> 'vote'
			and (q.agenda_item_id is null or q.at is not null or q.council_body_id <> m.council_body_id)
		order by coalesce(q.council_body_id, m.council_body_id), q.at desc nulls last, q.id desc) line), '[]') as quorums,
	case when ${inside} then m.notice else m.notice #- '{outcome,reason}' end as notice,
	coalesce((select json_agg(json_build_object('id', t.id, 'itemId', t.agenda_item_id, 'what', t.what,
			'who', ${taskOwners(body, inside, unnamed)}, 'due', t.due, 'dueText', t.due_text, 'state', t.state,
			'doneOn', t.done_on, 'public', t.public) order by t.due)
		from council.task t where t.body_id = ${body} and t.meeting_id = m.id
			and (${inside} or (t.public and ${isOpen('t.agenda_item_id')}))), '[]') as tasks,
	coalesce((select json_agg(json_build_object('id', d.id, 'title', d.title, 'date', d.date, 'start', d.start_time, 'end', d.end_time,
			'place', d.place) order by d.date, d.start_time)
		from council.date_entry d where d.body_id = ${body} and d.meeting_id = m.id and (${inside} or d.public)), '[]') as dates,
	coalesce((select json_agg(json_build_object('id', mf.id, 'fileId', kf.id, 'kind', mf.kind, 'title', mf.title, 'format', kf.format,
			'pages', kf.pages, 'size', kf.size, 'public', mf.public, 'itemId', mf.agenda_item_id) order by mf.position, mf.title)
		from council.meeting_file mf join kernel.file kf on kf.body_id = ${body} and kf.id = mf.file_id
		where mf.body_id = ${body} and mf.meeting_id = m.id
			and (${inside} or (mf.public and ${isOpen('mf.agenda_item_id')}))), '[]') as files
	from m
	left join registry.place p on p.body_id = ${body} and p.id = m.place_id
) v`;
}
