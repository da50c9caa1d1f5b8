import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { formatDay, formatTime } from '#kernel/i18n/format.ts';
import { meetingView } from '../queries/meeting.server.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { writtenToldIn, type ToldInWriting } from '../votes/written/place.server.ts';
import { eventsOf, type Happened } from './rules/happened.ts';
import type { Event, Source } from './rules/record.ts';
import { styleOf, type Gender, type StyleName } from './rules/style.ts';

type More = Omit<
	Source,
	'meeting' | 'town' | 'timeZone' | 'style' | 'signers' | 'invited' | 'events' | 'changes' | 'told'
> & {
	councilKind: string;
	ownStyle: { style: StyleName; gender: Gender | null; sentences: Record<string, string> } | null;
	invited: unknown;
	happened: Happened;
	motions: MotionRow[];
	elections: ElectionRow[];
	retreats: { id: string; itemId: string; date: string; text: string }[];
	biased: { itemId: string; id: string; name: string; at: string }[];
	agendaChanges: { act: 'added' | 'removed' | 'moved'; title: string; reason: string; public: boolean }[];
};

/**
 * Everything the minutes of a session are built from, as those who write them may know it. Call it for people of the body
 * or the office alone: it hides nothing. Three queries more than the session's page, and the profile's.
 * @throws NotFound for a session that this actor may not know of
 */
export async function minutesSource(ctx: Ctx, slug: string): Promise<Source> {
	const meeting = await meetingView(ctx, slug);
	const { rows } = await moreSql(ctx, meeting.id).execute(ctx.db);
	const { ownStyle, councilKind, invited, happened, agendaChanges, motions, elections, retreats, biased, ...more } =
		rows[0]!.more;
	const profile = await profileFor(ctx, meeting.body.id, Temporal.PlainDate.from(meeting.date));
	const shipped: StyleName = ['board', 'roundTable', 'workingGroup'].includes(councilKind) ? 'roundTable' : 'results';
	return {
		...more,
		chair: nameAndPost(more.chair.name),
		minuteTaker: nameAndPost(more.minuteTaker.name),
		meeting,
		town: ctx.body.name,
		timeZone: ctx.body.timeZone,
		style: styleOf(ownStyle?.style ?? shipped, ownStyle?.gender ?? 'star', ownStyle?.sentences),
		signers: profile?.rules.minutes.signers ?? ['chair', 'minuteTaker'],
		invited: invitedItems(invited),
		// A session that was run here kept every span; a list of attendance knows times at most.
		events: [
			...(happened.spans.length ? [] : comingsAndGoings(meeting)),
			...biased.map(({ itemId, id, name, at }): Event => ({
				at,
				kind: 'bias',
				itemId,
				key: `bias:${id}`,
				values: { name },
			})),
			...eventsOf(happened, meeting.openedAt, (iso) => formatTime(iso, 'de', ctx.body.timeZone)),
		],
		changes: agendaChanges,
		told: [
			...(await writtenToldIn(ctx, meeting.id)).map(writtenTold),
			...motions.flatMap(motionTold),
			...elections.flatMap(electionTold),
			...retreats.map(retreatTold),
		],
	};
}

/** "Nadja Rehm, Vorsitzende" as it stands in the record: who, and in which function. */
function nameAndPost(written: string): { name: string; function: string } {
	const [name = '', ...post] = written.split(', ');
	return { name, function: post.join(', ') };
}

interface MotionRow {
	id: string;
	itemId: string;
	kind: 'main' | 'amendment' | 'procedural';
	text: string;
	mover: string;
	state: string;
}

/** The wording of every motion, whoever moved it (rulebook R2-60). */
function motionTold({ id, itemId, kind, text, mover, state }: MotionRow): Source['told'] {
	const template = mover ? (`motion.${kind}` as const) : (`motion.${kind}Plain` as const);
	const key = `motion:${id}`;
	const moved = { itemId, place: 'before' as const, key, template, values: { name: mover, text } };
	if (state !== 'withdrawn') return [moved];
	return [moved, { itemId, place: 'after', key: `${key}:withdrawn`, template: 'motion.withdrawn', values: { text } }];
}

interface ElectionRow {
	id: string;
	itemId: string;
	title: string;
	state: string;
	elected: string;
	rounds: number;
	lot: boolean;
}

/** Who was elected in which round, by lot or not, and whether they accepted (rulebook R2-51). */
function electionTold({ id, itemId, title, state, elected, rounds, lot }: ElectionRow): Source['told'] {
	const told = (part: string, template: Source['told'][number]['template']) => ({
		itemId,
		place: 'after' as const,
		key: `election:${id}:${part}`,
		template,
		values: { title, name: elected, round: rounds },
	});
	if (!elected) return [told('failed', 'election.failed')];
	const answered = state === 'accepted' || state === 'declined' ? [told('answer', `election.${state}`)] : [];
	return [told('elected', 'election.elected'), ...(lot ? [told('lot', 'election.lot')] : []), ...answered];
}

/** What came of a written procedure is told in the next session (rulebook R2-53). */
function writtenTold({ id, itemId, number, title, because, day: date, inputs }: ToldInWriting): Source['told'][number] {
	const template = (
		{
			objection: 'written.objection',
			nobodyObjected: 'written.nobodyObjected',
			consentMissing: 'written.consentMissing',
			majority: 'written.majority',
			noMajority: 'written.noMajority',
		} as const
	)[because];
	const { yes, no, abstain, consents } = inputs;
	const values = { number, title, date, yes, no, abstain, consents };
	return { itemId, place: 'before', key: `written:${id}`, template, values };
}

/** What a closed retreat came to is told where it was attached to a public session (scenario SIT-14). */
function retreatTold({ id, itemId, date, text }: More['retreats'][number]): Source['told'][number] {
	const values = { date: formatDay(date, 'long', 'de'), text };
	return { itemId, place: 'after', key: `retreat:${id}`, template: 'retreat.result', values };
}

/** The agenda as it went out: a list of items, or an object that holds one. */
function invitedItems(stored: unknown): Source['invited'] {
	const list = Array.isArray(stored) ? stored : (stored as { items?: unknown } | null)?.items;
	if (!Array.isArray(list)) return null;
	return list.map((item: { number?: string; title?: string; public?: boolean; neutralTitle?: string }) => ({
		number: item.number ?? '',
		title: (item.public === false ? item.neutralTitle : item.title) ?? '',
		public: item.public !== false,
	}));
}

/** Who came late or left early, from the list of attendance. */
function comingsAndGoings(meeting: Source['meeting']): Event[] {
	const { openedAt, closedAt } = meeting;
	const later = (a: string, b: string | null) =>
		b !== null && Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b)) > 0;
	return meeting.attendance.flatMap((row): Event[] => {
		if (row.status !== 'present' && row.status !== 'remote') return [];
		const shown = row.voting ? row.name : row.function || row.organisation;
		const event = (kind: 'arrival' | 'departure', at: string): Event => ({
			at,
			kind,
			itemId: null,
			key: `${kind}:${row.id}`,
			values: { name: row.name || shown },
			publicValues: { name: shown },
		});
		const events: Event[] = [];
		if (row.from && later(row.from, openedAt)) events.push(event('arrival', row.from));
		if (row.until && closedAt && later(closedAt, row.until)) events.push(event('departure', row.until));
		return events;
	});
}

function moreSql(ctx: Ctx, meetingId: string) {
	const body = ctx.body.id;
	return sql<{ more: More }>`
with m as (select * from council.meeting m where m.body_id = ${body} and m.id = ${meetingId}),
-- which earlier session an item confirms the minutes of: the one it names, else the last one before
confirmed as (
	select i.id as item_id, i.result, coalesce(i.approves_meeting_id, (select e.id from council.meeting e
		where e.body_id = ${body} and e.council_body_id = m.council_body_id and not e.cancelled and e.date < m.date
		order by e.date desc limit 1)) as meeting_id
	from council.agenda_item i, m where i.body_id = ${body} and i.meeting_id = m.id and i.kind = 'minutesApproval'
)
select json_build_object(
	'councilKind', cb.kind,
	'ownStyle', (select json_build_object('style', s.style, 'gender', s.gender, 'sentences', s.sentences)
		from council.minutes_style s where s.body_id = ${body} and s.council_body_id = m.council_body_id),
	'chair', json_build_object('name', m.chair_name, 'function', ''), 'opener', coalesce(m.convening ->> 'led', ''), 'convening', case when m.convening ? 'proper' then m.convening end,
	'minuteTaker', json_build_object('name', m.minutes_taker_name, 'function', ''),
	'items', coalesce((select json_object_agg(i.id, json_build_object('neutralTitle', i.neutral_title, 'removed', i.removed,
		'openedAt', i.opened_at))
		from council.agenda_item i where i.body_id = ${body} and i.meeting_id = m.id), '{}'),
	'attendance', coalesce((select json_object_agg(a.id, json_build_object(
		'namePublic', a.voting or coalesce(pe.name_public, false), 'unexcused', a.unexcused_since is not null,
		'capacity', a.capacity))
		from council.attendance a left join registry.person pe on pe.body_id = ${body} and pe.id = a.person_id
		where a.body_id = ${body} and a.meeting_id = m.id), '{}'),
	'missing', coalesce((select json_agg(json_build_object('personId', ms.person_id, 'name',
		concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name), 'organisation',
		coalesce(nullif(b.short_name, ''), b.name, ''), 'seatNumber', (select st.number from council.seat_filling f
			join council.seat st on st.body_id = ${body} and st.id = f.seat_id where f.body_id = ${body}
			and f.membership_id = ms.id and f.from_date <= m.date and (f.until_date is null or f.until_date > m.date) limit 1),
		'voting', ms.voting_right) order by p.family_name, p.given_name)
		from registry.membership ms join registry.person p on p.body_id = ${body} and p.id = ms.person_id
		left join registry.organisation b on b.body_id = ${body} and b.id = ms.on_behalf_of_id
		where ms.body_id = ${body} and ms.organisation_id = m.council_body_id and ms.kind = 'member'
		and ms.from_date <= m.date and (ms.until_date is null or ms.until_date > m.date)
		and not exists (select from council.attendance a where a.body_id = ${body} and a.meeting_id = m.id
			and (a.person_id = ms.person_id or a.substitute_for_person_id = ms.person_id))), '[]'),
	'statements', coalesce((select json_agg(json_build_object('itemId', s.agenda_item_id, 'name', s.name, 'text', s.text)
		order by s.position) from council.minutes_statement s
		join council.agenda_item i on i.body_id = ${body} and i.id = s.agenda_item_id and i.meeting_id = m.id
		where s.body_id = ${body}), '[]'),
	'sentences', coalesce((select json_object_agg(s.key, s.text) from council.minutes_sentence s
		where s.body_id = ${body} and s.meeting_id = m.id), '{}'),
	'tasks', coalesce((select json_object_agg(t.id, json_build_object(
		'publicWho', concat_ws(', ', case when t.organisation_id is not null then nullif(t.who, '') end,
			(select string_agg(o.name, ', ' order by o.position) from council.task_owner o
			where o.body_id = ${body} and o.task_id = t.id and o.organisation_id is not null))))
		from council.task t where t.body_id = ${body} and t.meeting_id = m.id), '{}'),
	'review', coalesce((select json_agg(json_build_object('what', t.what, 'who', concat_ws(', ', nullif(t.who, ''),
			(select string_agg(o.name, ', ' order by o.position) from council.task_owner o where o.body_id = ${body} and o.task_id = t.id)),
		'publicWho', case when t.organisation_id is not null then t.who else '' end,
		'outcome', v.outcome, 'due', coalesce(v.due, t.due)) order by e.date, t.due nulls last, t.id)
		from council.task t join council.meeting e on e.body_id = ${body} and e.id = t.meeting_id
		left join council.task_review v on v.body_id = ${body} and v.task_id = t.id and v.meeting_id = m.id
		where t.body_id = ${body} and e.council_body_id = m.council_body_id and e.date < m.date
		and (v.outcome is not null or (t.public and t.state = 'open' and m.state in ('running', 'held')))), '[]'),
	'invited', m.agenda_invited,
	'publicDates', coalesce((select json_agg(d.id) from council.date_entry d
		where d.body_id = ${body} and d.meeting_id = m.id and d.public), '[]'),
	'confirms', coalesce((select json_agg(json_build_object('itemId', c.item_id, 'date', e.date,
		'corrected', exists (select from council.minutes_objection o where o.body_id = ${body}
			and o.decided_item_id = c.item_id and o.state = 'accepted'),
		'objections', coalesce((select json_agg(json_build_object('name', o.name, 'text', o.text,
			'accepted', o.state = 'accepted') order by o.filed_at) from council.minutes_objection o
			where o.body_id = ${body} and o.decided_item_id = c.item_id and o.state in ('accepted', 'rejected')), '[]')))
		from confirmed c join council.meeting e on e.body_id = ${body} and e.id = c.meeting_id), '[]'),
	'announcements', coalesce((select json_agg(json_build_object('itemId', a.announced_item_id, 'number', r.number,
		'date', e.date, 'text', coalesce(nullif(a.public_text, ''), r.text)) order by e.date, r.number)
		from council.resolution_announcement a
		join council.resolution r on r.body_id = ${body} and r.id = a.resolution_id
		join council.agenda_item ri on ri.body_id = ${body} and ri.id = r.agenda_item_id
		join council.meeting e on e.body_id = ${body} and e.id = ri.meeting_id
		join council.agenda_item ai on ai.body_id = ${body} and ai.id = a.announced_item_id and ai.meeting_id = m.id
		where a.body_id = ${body} and a.state = 'announced'), '[]'),
	'rollCalls', coalesce((select json_object_agg(v.id, (select json_agg(json_build_object('name', c.name,
			'vote', case c.voice when 'presentNotVoting' then 'notVoting' else c.voice end) order by c.name)
			from council.roll_call_voice c where c.body_id = ${body} and c.vote_id = v.id))
		from council.vote v join council.agenda_item i on i.body_id = ${body} and i.id = v.agenda_item_id and i.meeting_id = m.id
		where v.body_id = ${body} and v.method = 'rollCall' and v.state = 'closed'
			and exists (select from council.roll_call_voice c where c.body_id = ${body} and c.vote_id = v.id)), '{}'),
	'motions', coalesce((select json_agg(json_build_object('id', o.id, 'itemId', o.agenda_item_id, 'kind', o.kind,
		'text', coalesce(nullif(o.amended_text, ''), o.text), 'mover', o.mover_name, 'state', o.state) order by i.position, o.position)
		from council.motion o join council.agenda_item i on i.body_id = ${body} and i.id = o.agenda_item_id and i.meeting_id = m.id
		where o.body_id = ${body}), '[]'),
	'elections', coalesce((select json_agg(json_build_object('id', e.id, 'itemId', e.agenda_item_id, 'title',
			coalesce(nullif(e.title, ''), i.title), 'state', e.state, 'elected', coalesce(c.name, ''),
		'rounds', (select count(*)::int from council.election_round n where n.body_id = ${body} and n.election_id = e.id),
		'lot', exists (select from council.election_round n where n.body_id = ${body} and n.election_id = e.id and n.lot is not null))
		order by i.position, e.position)
		from council.election e join council.agenda_item i on i.body_id = ${body} and i.id = e.agenda_item_id and i.meeting_id = m.id
		left join council.candidate c on c.body_id = ${body} and c.id = e.elected_id
		where e.body_id = ${body} and e.state in ('decided', 'accepted', 'declined', 'failed')), '[]'),
	'retreats', coalesce((select json_agg(json_build_object('id', rr.meeting_id, 'itemId', rr.agenda_item_id, 'date', rm.date,
		'text', rr.text) order by rm.date) from council.retreat_result rr
		join council.meeting rm on rm.body_id = ${body} and rm.id = rr.meeting_id
		join council.agenda_item i on i.body_id = ${body} and i.id = rr.agenda_item_id and i.meeting_id = m.id
		where rr.body_id = ${body} and rr.text <> ''), '[]'),
	'biased', coalesce((select json_agg(json_build_object('itemId', b.agenda_item_id, 'id', b.id, 'name', b.name, 'at',
		coalesce(b.out_at, b.declared_at)) order by b.declared_at)
		from council.bias b join council.agenda_item i on i.body_id = ${body} and i.id = b.agenda_item_id and i.meeting_id = m.id
		where b.body_id = ${body} and b.withdrawn_at is null and coalesce(b.decided, 'barred') = 'barred'), '[]'),
	'agendaConfirmed', exists (select from council.agenda_change c where c.body_id = ${body} and c.meeting_id = m.id and c.act = 'confirmed'),
	'agendaChanges', coalesce((select json_agg(json_build_object('act', c.act, 'title', i.title, 'reason', c.reason, 'public', i.public)
		order by c.at) from council.agenda_change c join council.agenda_item i on i.body_id = ${body} and i.id = c.agenda_item_id
		where c.body_id = ${body} and c.meeting_id = m.id and c.act in ('added', 'removed', 'moved')), '[]'),
	'happened', json_build_object(
		'spans', coalesce((select json_agg(json_build_object('attendanceId', p.attendance_id, 'name', a.name,
			'publicName', case when a.voting or coalesce(pe.name_public, false) then a.name else coalesce(nullif(a.function, ''), a.organisation) end,
			'substituteFor', a.substitute_for_name, 'seatId', p.seat_id, 'from', p.from_at, 'until', p.until_at, 'ended', p.ended)
			order by p.from_at, p.id) from council.presence p join council.attendance a on a.body_id = ${body} and a.id = p.attendance_id
			left join registry.person pe on pe.body_id = ${body} and pe.id = a.person_id
			where p.body_id = ${body} and p.meeting_id = m.id), '[]'),
		'switches', coalesce((select json_agg(json_build_object('closed', w.closed, 'at', w.at) order by w.at)
			from council.public_switch w where w.body_id = ${body} and w.meeting_id = m.id), '[]'),
		'breaks', coalesce((select json_agg(json_build_object('from', b.from_at, 'until', b.until_at) order by b.from_at)
			from council.session_break b where b.body_id = ${body} and b.meeting_id = m.id), '[]'),
		'floor', coalesce((select json_agg(json_build_object('itemId', k.agenda_item_id, 'name', a.name,
			'publicName', case when coalesce(pe.name_public, false) then a.name else coalesce(nullif(a.function, ''), a.organisation) end,
			'at', k.from_at) order by k.from_at) from council.speaker k
			join council.attendance a on a.body_id = ${body} and a.id = k.attendance_id and a.guest
			left join registry.person pe on pe.body_id = ${body} and pe.id = a.person_id
			where k.body_id = ${body} and k.meeting_id = m.id and k.from_at is not null), '[]')),
	'closedWithoutQuorum', m.closed_without_quorum
) as more
from m join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id`;
}
