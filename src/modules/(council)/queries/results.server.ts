import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { ItemResult, MeetingView } from '../view.ts';

/** A public session with what came of its public items, as open data. Instants are ISO strings with offset. */
export interface ResultMeeting {
	id: string;
	body: string;
	bodySlug: string;
	number: number | null;
	kind: MeetingView['kind'];
	state: MeetingView['state'];
	cancelled: boolean;
	date: string;
	start: string | null;
	end: string | null;
	place: string;
	path: string;
	/** Voting members present, seats that count and how many are needed; empty where nothing was found. */
	quorum: { present: number; base: number; needed: number; quorate: boolean } | null;
	items: ResultItem[];
}

export interface ResultItem {
	number: string;
	/** False: a closed item stands here under its neutral title and without a result. */
	public: boolean;
	title: string;
	result: ItemResult | null;
	resultNote: string;
	resolutions: string[];
	papers: string[];
	votes: ResultVote[];
}

/** A vote that stands. In a joint session each body votes by itself. */
export interface ResultVote {
	body: string;
	/** The wording that was voted on; empty in old records. */
	text: string;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	biased: number | null;
	unanimous: boolean;
	adopted: boolean | null;
}

/** All public sessions, newest first, as everybody may read them, whoever asks. One query. */
export async function publicResults(ctx: Ctx): Promise<ResultMeeting[]> {
	const body = ctx.body.id;
	const { rows } = await sql<ResultMeeting>`
select m.id, o.name as body, cb.slug as "bodySlug", m.number, m.kind, m.state, m.cancelled, m.date::text as date,
	to_json(coalesce(m.opened_at, m.starts_at))#>>'{}' as start, to_json(case when m.opened_at is null then m.ends_at else m.closed_at end)#>>'{}' as "end",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, '')), '') as place, '/sitzungen/' || m.slug as path,
	(select json_build_object('present', q.computed->'outcome'->'present', 'base', q.computed->'outcome'->'base',
		'needed', q.computed->'outcome'->'needed', 'quorate', q.computed->'outcome'->'quorate')
		from council.quorum_finding q where q.body_id = ${body} and q.meeting_id = m.id and q.occasion <> 'vote'
			and (q.agenda_item_id is null or q.at is not null) and coalesce(q.council_body_id, m.council_body_id) = m.council_body_id
		order by q.at desc nulls last, q.id desc limit 1) as quorum,
	coalesce((select json_agg(json_build_object('number', i.number, 'public', i.public,
		'title', case when i.public then i.title else i.neutral_title end,
		'result', case when i.public then i.result end, 'resultNote', case when i.public then i.result_note else '' end,
		'resolutions', coalesce((select json_agg(w.text order by w.number, w.id) from (
			-- what two bodies resolve together in the same words is told once
			select distinct on (r.text) r.text, r.number, r.id from council.resolution r
			where r.body_id = ${body} and r.agenda_item_id = i.id and i.public order by r.text, r.number, r.id) w), '[]'),
		'papers', coalesce((select json_agg(pm.reference order by pm.reference) from council.paper_mention pm
			where pm.body_id = ${body} and pm.agenda_item_id = i.id and i.public), '[]'),
		'votes', coalesce((select json_agg(json_build_object('body', vo.name, 'text', v.text, 'yes', v.yes, 'no', v.no,
			'abstain', v.abstain, 'biased', v.biased, 'unanimous', v.unanimous, 'adopted', v.adopted) order by v.position)
			from council.vote v
			join registry.organisation vo on vo.body_id = ${body} and vo.id = coalesce(v.council_body_id, m.council_body_id)
			where v.body_id = ${body} and v.agenda_item_id = i.id and i.public and v.state = 'closed'), '[]')
		) order by i.position) from council.agenda_item i where i.body_id = ${body} and i.meeting_id = m.id), '[]') as items
from council.meeting m
join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id
join registry.organisation o on o.body_id = ${body} and o.id = m.council_body_id
left join registry.place p on p.body_id = ${body} and p.id = m.place_id
where m.body_id = ${body} and m.published and m.public
order by m.date desc, m.starts_at desc, m.id`.execute(ctx.db);
	return rows;
}

export const RESULT_COLUMNS = [
	'date',
	'start',
	'end',
	'body',
	'meetingNumber',
	'meetingKind',
	'meetingState',
	'cancelled',
	'place',
	'present',
	'needed',
	'itemNumber',
	'itemPublic',
	'itemTitle',
	'result',
	'resultNote',
	'resolution',
	'votingBody',
	'voteText',
	'adopted',
	'yes',
	'no',
	'abstain',
	'biased',
	'papers',
	'url',
] as const;
export type ResultRow = Record<(typeof RESULT_COLUMNS)[number], unknown>;

/** The same as a flat table: one line per item and vote on it, one for an item or a session without any. */
export function resultRows(meetings: ResultMeeting[], origin: string): ResultRow[] {
	return meetings.flatMap((meeting) => {
		const { date, start, end, body, cancelled, place, quorum } = meeting;
		const common = {
			date,
			start,
			end,
			body,
			meetingNumber: meeting.number,
			meetingKind: meeting.kind,
			meetingState: meeting.state,
			cancelled,
			place,
			present: quorum?.present,
			needed: quorum?.needed,
			url: `${origin}${meeting.path}`,
		};
		const items = meeting.items.length ? meeting.items : [undefined];
		return items.flatMap((item) => {
			const votes = item?.votes.length ? item.votes : [undefined];
			return votes.map((vote) => ({
				...common,
				itemNumber: item?.number,
				itemPublic: item?.public,
				itemTitle: item?.title,
				result: item?.result,
				resultNote: item?.resultNote,
				resolution: item?.resolutions.join('\n\n'),
				papers: item?.papers.join(', '),
				votingBody: vote?.body,
				voteText: vote?.text,
				adopted: vote?.adopted,
				yes: vote?.yes,
				no: vote?.no,
				abstain: vote?.abstain,
				biased: vote?.biased,
			}));
		});
	});
}
