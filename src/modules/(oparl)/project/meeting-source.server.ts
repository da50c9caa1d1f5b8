import { sql } from 'kysely';
import type { FileElsewhere } from '#kernel/taken-from.ts';
import type { FileSource } from './file.ts';
import type { MadeSource } from './made.ts';
import { known } from './known.ts';
import type { AttendanceSource, ElectionSource, QuorumSource, VoteSource } from './record.ts';

export interface MeetingSource {
	id: string;
	slug: string;
	number: number | null;
	title: string;
	state: string;
	/** The minutes are published, or there never were any of our own. */
	minutesShown: boolean;
	cancelled: boolean;
	starts: string | null;
	ends: string | null;
	opened: string | null;
	closed: string | null;
	day: string;
	created: string;
	placeId: string | null;
	placeText: string;
	/** The leading one first; `known` says whether it is an object of its own. */
	bodies: { id: string; name: string; known: boolean }[];
	participants: string[];
	items: ItemSource[];
	files: (FileSource & { kind: string; itemId: string | null })[];
	/** Of a session that was taken over: files that lie there. */
	elsewhere: FileElsewhere[] | null;
	/** Kept here from its beginning: its documents are made here. */
	own: boolean;
	/** Checksum of the newest version of the minutes. */
	version: string | null;
	made: MadeSource[];
	attendance: AttendanceSource[];
	quorum: QuorumSource[];
}

export interface ItemSource {
	id: string;
	number: string;
	name: string;
	public: boolean;
	result: string | null;
	resultNote: string;
	/** Of a session that was taken over: the result in the other system's words. */
	said: string | null;
	resolution: string | null;
	opened: string | null;
	closed: string | null;
	consultation: string | null;
	votes: VoteSource[];
	elections: ElectionSource[];
	duties: unknown[];
}

/** Duties to report that strangers may know of (alias `d`), as the parts of other objects tell them. */
export const DUTY = sql`json_build_object('id', d.id, 'subject', d.subject, 'recipient', case when ${known('organisation', 'd.body_id', 'd.recipient_id')}
		then d.recipient_id end, 'department', case when ${known('organisation', 'd.body_id', 'd.department_id')} then d.department_id end,
	'rhythm', (select y.rhythm from papers.report_rhythm y where y.body_id = d.body_id and y.duty_id = d.id order by y.from_due desc limit 1),
	'state', d.state, 'endDate', d.end_on, 'endCount', d.end_count, 'endCondition', d.end_condition,
	'due', coalesce((select json_agg(json_build_object('date', r.due, 'state', r.state, 'papers', coalesce((select json_agg(q.id order by f.linked_on, f.id)
		from papers.report_fulfilment f join papers.paper q on q.body_id = f.body_id and q.id = f.paper_id
		where f.body_id = r.body_id and f.due_id = r.id and f.taken_back_on is null and q.state <> 'draft' and q.public
		and q.published_at is not null and q.depublished_at is null), '[]')) order by r.due)
		from papers.report_due r where r.body_id = d.body_id and r.duty_id = d.id), '[]'))`;

/** Documents that were made of a record. */
export const MADE = (
	town: ReturnType<typeof sql>,
	root: ReturnType<typeof sql>,
) => sql`coalesce((select json_agg(line) from (select d.id, d.part,
	d.item_id as "itemId", d.title, d.face, df.id as "fileId", df.name, df.media_type as "mediaType", df.size, df.sha512,
	df.created_at as created
	from oparl.made_file d join kernel.file df on df.body_id = d.body_id and df.id = d.file_id
	where d.body_id = ${town} and d.root_id = ${root} and d.current order by d.id) line), '[]')`;

/** Everything of one published session that strangers may know, as one JSON. */
export const MEETING = (ids: readonly string[]) => sql<{ source: MeetingSource }>`
select row_to_json(v) as source from (select m.id, m.slug, m.number, m.title, m.state, m.cancelled, m.starts_at as starts,
	m.ends_at as ends, m.opened_at as opened, m.closed_at as closed, m.date as day, m.created_at as created, m.place_id as "placeId",
	coalesce((select r.published_at is not null and r.withdrawn_at is null from council.minutes_record r
		where r.body_id = m.body_id and r.meeting_id = m.id), m.state not in ('running', 'held')) as "minutesShown",
	case when m.place_id is null then m.place_text else '' end as "placeText",
	(select json_agg(json_build_object('id', o.id, 'name', o.name, 'known', ${known('organisation', 'o.body_id', 'o.id')})
		order by o.id <> m.council_body_id, o.name)
		from registry.organisation o where o.body_id = m.body_id and (o.id = m.council_body_id or o.id in (select mb.council_body_id
			from council.meeting_body mb where mb.body_id = m.body_id and mb.meeting_id = m.id))) as bodies,
	coalesce((select json_agg(distinct a.person_id) from council.attendance a
		where a.body_id = m.body_id and a.meeting_id = m.id and a.voting and a.status in ('present', 'remote')
		and ${known('person', 'a.body_id', 'a.person_id')}), '[]') as participants,
	coalesce((select json_agg(line) from (select i.id, i.number, i.public,
		case when i.public then i.title else i.neutral_title end as name, case when i.public then i.result end as result,
		case when i.public then i.result_note else '' end as "resultNote",
		case when i.public and m.taken_from is not null and not i.note_beside then i.result_note end as said,
		(select string_agg(r.text, E'\n\n' order by r.number, r.id) from council.resolution r
			where r.body_id = i.body_id and r.agenda_item_id = i.id and i.public) as resolution,
		case when i.public then i.opened_at end as opened, case when i.public then i.closed_at end as closed,
		(select c.id from papers.consultation c join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
			where c.body_id = i.body_id and c.agenda_item_id = i.id and i.public and c.public and c.role <> 'approval'
			and p.state <> 'draft' and p.public and p.published_at is not null and p.depublished_at is null
			order by c.id limit 1) as consultation,
		${VOTES} as votes, ${ELECTIONS} as elections,
		coalesce((select json_agg(${DUTY} order by d.id) from papers.report_duty d join council.resolution r on r.body_id = d.body_id
			and r.id = d.resolution_id where d.body_id = i.body_id and r.agenda_item_id = i.id and i.public and d.public
			and (d.paper_id is null or exists (select from papers.paper q where q.body_id = d.body_id and q.id = d.paper_id and q.public
				and q.state <> 'draft' and q.published_at is not null and q.depublished_at is null))), '[]') as duties
		from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id and not i.removed
		order by i.position) line), '[]') as items,
	coalesce((select json_agg(line) from (select mf.id, mf.kind, mf.title, mf.agenda_item_id as "itemId", kf.id as "fileId", kf.name,
		kf.media_type as "mediaType", kf.size, kf.sha512, kf.created_at as created
		from council.meeting_file mf join kernel.file kf on kf.body_id = mf.body_id and kf.id = mf.file_id
		left join council.agenda_item fi on fi.body_id = mf.body_id and fi.id = mf.agenda_item_id
		where mf.body_id = m.body_id and mf.meeting_id = m.id and mf.public and coalesce(fi.public and not fi.removed, true)
		order by mf.position, mf.title, mf.id) line), '[]') as files,
	m.taken_from -> 'files' as elsewhere, m.taken_from is null as own, ${MADE(sql`m.body_id`, sql`m.id`)} as made,
	(select v.sha512 from council.minutes_record r join council.minutes_version v on v.body_id = r.body_id and v.minutes_id = r.id
		where r.body_id = m.body_id and r.meeting_id = m.id order by v.number desc limit 1) as version, ${ATTENDANCE} as attendance, ${QUORUM} as quorum
	from council.meeting m where m.body_id = kernel.current_body() and m.id = any (${ids}::uuid[]) and m.public and m.published) v`;

const VOTES = sql`coalesce((select json_agg(json_build_object('text', vo.text, 'method', vo.method, 'yes', vo.yes, 'no', vo.no,
	'abstain', vo.abstain, 'invalid', vo.invalid, 'biased', vo.biased, 'notVoting', vo.present_not_voting, 'present', vo.present,
	'unanimous', vo.unanimous, 'adopted', vo.adopted, 'majority', vo.finding #>> '{rule,kind}', 'needed', (vo.finding #>> '{outcome,needed}')::int,
	'organisation', case when ${known('organisation', 'vo.body_id', 'vo.council_body_id')} then vo.council_body_id end,
	'voices', coalesce((select json_agg(json_build_object('name', rc.name, 'voice', rc.voice,
		'person', case when ${known('person', 'rc.body_id', 'rc.person_id')} then rc.person_id end) order by rc.name, rc.attendance_id)
		from council.roll_call_voice rc where rc.body_id = vo.body_id and rc.vote_id = vo.id and vo.method = 'rollCall'), '[]'))
	order by vo.position, vo.id)
	from council.vote vo where vo.body_id = i.body_id and vo.agenda_item_id = i.id and i.public and vo.state = 'closed'), '[]')`;

const ELECTIONS = sql`coalesce((select json_agg(json_build_object('post', e.post, 'title', e.title, 'method', e.method, 'state', e.state,
	'elected', (select c.name from council.candidate c where c.body_id = e.body_id and c.id = e.elected_id),
	'rounds', coalesce((select json_agg(json_build_object('number', er.number, 'present', er.present, 'blank', er.blank, 'invalid', er.invalid,
		'against', er.against, 'lot', er.lot is not null, 'votes', coalesce((select json_agg(json_build_object('name', c.name, 'votes', x.votes)
			order by x.votes desc nulls last, c.position) from council.round_candidate x
			join council.candidate c on c.body_id = x.body_id and c.id = x.candidate_id
			where x.body_id = er.body_id and x.round_id = er.id), '[]')) order by er.number)
		from council.election_round er where er.body_id = e.body_id and er.election_id = e.id and er.state = 'counted'), '[]'))
	order by e.position)
	from council.election e where e.body_id = i.body_id and e.agenda_item_id = i.id and i.public and e.state <> 'cancelled'), '[]')`;

/**
 * As the session's page shows it to strangers: who has a seat by name, others by function or consent, guests not; no reasons. Of sessions that
 * were taken over: as they were told.
 */
const ATTENDANCE = sql`coalesce((select json_agg(line) from (select case when a.voting or pe.name_public or m.taken_from is not null then a.name else '' end as name,
	a.function, coalesce(nullif(a.organisation, ''), a.grouping, '') as organisation,
	case when (a.voting or pe.name_public or m.taken_from is not null) and ${known('person', 'a.body_id', 'a.person_id')} then a.person_id end as person,
	case when ${known('organisation', 'a.body_id', 'a.council_body_id')} then a.council_body_id end as council, s.number as seat, a.voting,
	case when a.status = 'excused' then 'absent' else a.status end as status,
	case when a.voting then coalesce(nullif(a.substitute_for_name, ''), concat_ws(' ', nullif(sp.affix, ''), sp.given_name, sp.family_name))
		else '' end as "substituteFor",
	case when a.voting and ${known('person', 'a.body_id', 'sp.id')} then sp.id end as "substituteForPerson",
	a.present_from as "from", a.present_until as until
	from council.attendance a
	left join council.seat s on s.body_id = a.body_id and s.id = a.seat_id
	left join registry.person pe on pe.body_id = a.body_id and pe.id = a.person_id
	left join registry.person sp on sp.body_id = a.body_id and sp.id = a.substitute_for_person_id
	where a.body_id = m.body_id and a.meeting_id = m.id and not a.guest and (a.voting or pe.name_public or a.function <> '' or m.taken_from is not null)
	and (m.state not in ('planned', 'invited') or m.taken_from is not null) order by a.position, a.id) line), '[]')`;

const QUORUM = sql`coalesce((select json_agg(line) from (select distinct on (coalesce(q.council_body_id, m.council_body_id) <> m.council_body_id,
		coalesce(q.council_body_id, m.council_body_id))
	case when ${known('organisation', 'q.body_id', 'coalesce(q.council_body_id, m.council_body_id)')}
		then coalesce(q.council_body_id, m.council_body_id) end as organisation,
	q.stated, q.stated_present as "statedPresent", coalesce(q.stated_at, q.at) as at, q.computed -> 'outcome' as outcome
	from council.quorum_finding q left join council.agenda_item qi on qi.body_id = q.body_id and qi.id = q.agenda_item_id
	where q.body_id = m.body_id and q.meeting_id = m.id and q.occasion <> 'vote' and (qi.id is null or (qi.public and q.at is not null))
	order by coalesce(q.council_body_id, m.council_body_id) <> m.council_body_id, coalesce(q.council_body_id, m.council_body_id),
		q.at desc nulls last, q.id desc) line),
	-- of a session that was taken over: as it was found there
	(select json_agg(jsonb_set(t.q, '{organisation}', case when ${known('organisation', 'm.body_id', "(t.q ->> 'organisation')::uuid")}
		then t.q -> 'organisation' else 'null'::jsonb end)) from jsonb_array_elements(m.taken_from #> '{told,quorum}') as t (q)), '[]')`;
