import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { inviterLabel } from '../planning/guests/queries.server.ts';
import type { NoticeFinding } from './rules/notice.ts';

/** A session as its letters tell of it. Times are ISO strings. */
export interface LetterSession {
	id: string;
	slug: string;
	number: number | null;
	kind: 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';
	public: boolean;
	cancelled: boolean;
	cancelNote: string;
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	place: string;
	accessibility: string;
	mode: 'room' | 'hybrid' | 'video';
	joinUrl: string;
	languageHelp: string;
	bodyName: string;
	chair: string;
	/** Who invites and answers for the guest list (rulebook R2-09a); empty: the body itself. */
	inviter: string;
	version: number;
	urgentReason: string;
	notice: NoticeFinding | null;
	modifiedAt: string;
	items: {
		number: string;
		title: string;
		public: boolean;
		neutralTitle: string;
		secondConvening: boolean;
		reporter: string;
		papers: string[];
		nominations: string[];
	}[];
}

/** A session with its agenda, as letters need it. Two queries. */
export async function letterSession(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string): Promise<LetterSession> {
	const body = ctx.body.id;
	const { rows } = await sql<{
		view: Omit<LetterSession, 'inviter'>;
	}>`select json_build_object('id', m.id, 'slug', m.slug, 'number', m.number,
		'kind', m.kind, 'public', m.public, 'cancelled', m.cancelled, 'cancelNote', m.cancel_note, 'date', m.date,
		'startsAt', m.starts_at, 'endsAt', m.ends_at, 'place',
		coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), ''),
		'accessibility', coalesce(p.accessibility, ''), 'mode', m.mode, 'joinUrl', m.join_url, 'languageHelp', m.language_help,
		'bodyName', o.name, 'version', coalesce(c.version, 1), 'urgentReason', coalesce(c.urgent_reason, ''),
		'notice', m.notice, 'modifiedAt', m.modified_at,
		'chair', coalesce((select concat_ws(' ', nullif(q.affix, ''), q.given_name, q.family_name) from registry.membership s
			join registry.person q on q.body_id = s.body_id and q.id = s.person_id
			where s.body_id = ${body} and s.organisation_id = m.council_body_id and s.post = 'chair' and s.from_date <= m.date
			and (s.until_date is null or s.until_date > m.date) limit 1), ''),
		'items', coalesce((select json_agg(json_build_object('number', i.number, 'title', i.title, 'public', i.public,
			'neutralTitle', i.neutral_title, 'secondConvening', i.second_convening,
			'reporter', coalesce(nullif(i.reporter_text, ''), f.title, ''),
			'papers', coalesce((select json_agg(r.reference order by r.reference) from council.paper_mention r
				where r.body_id = ${body} and r.agenda_item_id = i.id), '[]'),
			'nominations', coalesce((select json_agg(n.name order by n.position) from council.nomination n
				where n.body_id = ${body} and n.agenda_item_id = i.id), '[]')) order by i.position)
			from council.agenda_item i left join registry.office f on f.body_id = i.body_id and f.id = i.reporter_office_id
			where i.body_id = ${body} and i.meeting_id = m.id and not i.removed), '[]')) as view
		from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		left join council.convening c on c.body_id = m.body_id and c.meeting_id = m.id
		left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
		where m.body_id = ${body} and m.id = ${meetingId}`.execute(ctx.db);
	return { ...rows[0]!.view, inviter: await inviterLabel(ctx, meetingId) };
}
