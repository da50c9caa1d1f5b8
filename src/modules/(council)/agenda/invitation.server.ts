import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, known, question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { profileFor } from '../structure/profiles.server.ts';
import type { LetterReader } from './letter.server.ts';
import { letterSession } from './letter-session.server.ts';
import { answerToken } from './links.server.ts';
import type { SessionRow } from './meetings.server.ts';
import { recipientsOf } from './recipients.server.ts';
import { findNotice, lastDayOf, type NoticeFinding } from './rules/notice.ts';
import type { Answer } from './rules/answers.ts';

export interface InvitedRow {
	/** Invitation, or before it went out the person or guest. */
	key: string;
	name: string;
	role: 'member' | 'advisory' | 'reporter' | 'guest' | 'substitute';
	function: string;
	email: string;
	locale: string;
	voting: boolean;
	answer: Answer | 'open';
	arrivesAt: string;
	/** Only for the office. */
	reason: string;
	/** The answer was given before the date changed. */
	stale: boolean;
	substituteFor: string;
	withdrawn: boolean;
	mails: { purpose: string; at: string; state: string | null; byPost: boolean }[];
}

export interface NoticePreview {
	days: number;
	counting: 'fullDaysBetween' | 'sameWeekday';
	urgentAllowed: boolean;
	/** ISO day. */
	lastDay: string;
	/** Would an invitation sent now be in time? */
	inTime: boolean;
	source: string;
	/** Stored when the invitation went out. */
	stored: NoticeFinding | null;
}

/** How the notice period stands today, and what was found when the invitation went out. Null without a profile. */
export async function noticePreview(ctx: Ctx, session: SessionRow): Promise<NoticePreview | null> {
	const profile = await profileFor(ctx, session.councilBodyId, session.date);
	if (!profile) return null;
	const { notice } = profile.rules;
	const now = findNotice(profile, session.date, ctx.now, ctx.body.timeZone);
	const { rows } = await sql<{ notice: NoticeFinding | null }>`select notice from council.meeting
		where body_id = ${ctx.body.id} and id = ${session.id}`.execute(ctx.db);
	return {
		days: notice.days,
		counting: notice.counting,
		urgentAllowed: notice.urgentShortNotice,
		lastDay: lastDayOf(session.date, notice).toString(),
		inTime: now.outcome.kept,
		source: now.citations.map(({ text }) => text).join('; '),
		stored: rows[0]?.notice ?? null,
	};
}

/** Who is invited, with their answers and what was sent; before the invitation, who will be. */
export async function invitedRows(ctx: Ctx, session: SessionRow): Promise<InvitedRow[]> {
	const office = may(ctx.actor, 'council.edit', session.councilBodyId);
	const { rows } =
		await sql<InvitedRow>`select v.id as key, v.name, v.role, v.function, v.email, v.locale, v.voting, v.answer,
		coalesce(to_char(v.arrives_at, 'HH24:MI'), '') as "arrivesAt", case when ${office} then v.reason else '' end as reason,
		v.answer <> 'open' and v.answered_version < ${session.version} as stale, v.withdrawn,
		coalesce((select o.name from council.invitation o where o.body_id = v.body_id and o.id = v.substitute_for_id), '') as "substituteFor",
		coalesce((select json_agg(json_build_object('purpose', l.purpose, 'at', l.at, 'state', k.state,
			'byPost', l.mail_id is null and v.email = '') order by l.at) from council.invitation_mail l
			left join kernel.mail k on k.body_id = l.body_id and k.id = l.mail_id
			where l.body_id = v.body_id and l.invitation_id = v.id), '[]') as mails
		from council.invitation v left join council.seat s on s.body_id = v.body_id and s.id = v.seat_id
		where v.body_id = ${ctx.body.id} and v.meeting_id = ${session.id}
		order by v.withdrawn, array_position(array['member','substitute','advisory','reporter','guest'], v.role), v.voting desc, s.number nulls last, v.name`.execute(
			ctx.db,
		);
	if (rows.length || session.state !== 'planned') return rows;
	return (await recipientsOf(ctx, session)).map(({ personId, guestId, ...given }) => ({
		...given,
		key: (personId ?? guestId)!,
		answer: 'open',
		arrivesAt: '',
		reason: '',
		stale: false,
		substituteFor: '',
		withdrawn: false,
		mails: [],
	}));
}

/**
 * The letter of one of them, as it goes out or went out. In a preview the address of the answer is left out: it belongs to
 * its reader alone.
 * @throws NotFound for somebody who is not invited
 */
export async function letterOf(ctx: Ctx, session: SessionRow, key: string, origin: string) {
	const row = (await invitedRows(ctx, session)).find((each) => each.key === key);
	if (!row) throw new NotFound('recipient');
	const { name, locale, role, function: office, substituteFor, email } = row;
	const reader: LetterReader = { name, locale, role, function: office, substituteFor, email, answerUrl: '' };
	return {
		session: await letterSession(ctx, session.id),
		reader,
		purpose: role === 'substitute' ? ('substitute' as const) : ('invitation' as const),
		origin,
		timeZone: ctx.body.timeZone,
	};
}

export interface MyInvitation {
	id: string;
	token: string;
	slug: string;
	number: number | null;
	kind: SessionRow['kind'];
	public: boolean;
	bodyName: string;
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	answer: Answer | 'open';
	version: number;
	/** Answered before the date was changed. */
	stale: boolean;
	substituteFor: string;
}

/** Invitations of the actor to sessions that have not begun: for the desk and the page of a session. */
export function myInvitations(ctx: Ctx, slug?: string): Question<MyInvitation[]> {
	if (!ctx.actor.personId) return known([]);
	const select = sql<Omit<MyInvitation, 'token'>>`select v.id, m.slug, m.number, m.kind, m.public, o.name as "bodyName",
		m.date::text as date, to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt", v.answer,
		coalesce(c.version, 1) as version, v.answer <> 'open' and v.answered_version < coalesce(c.version, 1) as stale,
		coalesce((select p.name from council.invitation p where p.body_id = v.body_id and p.id = v.substitute_for_id), '') as "substituteFor"
		from council.invitation v join council.meeting m on m.body_id = v.body_id and m.id = v.meeting_id
		join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		left join council.convening c on c.body_id = m.body_id and c.meeting_id = m.id
		where v.body_id = ${ctx.body.id} and v.person_id = ${ctx.actor.personId} and not v.withdrawn and m.state = 'invited'
		and not m.cancelled and coalesce(m.ends_at, m.starts_at, m.date + interval '1 day') > ${ctx.now}
		${slug === undefined ? sql`` : sql`and m.slug = ${slug}`} order by m.date`;
	return question(select, (rows) => rows.map((row) => ({ ...row, token: answerToken(row.id) })));
}

/** What the page of a session offers beside its facts: one's own answer, and the ways of whoever convenes. */
export async function sessionDoors(ctx: Ctx, meeting: { slug: string; body: { id: string }; state: string }) {
	const [mine] = meeting.state === 'invited' ? await ask(ctx, myInvitations(ctx, meeting.slug)) : [];
	const mayConvene =
		may(ctx.actor, 'council.convene', meeting.body.id) && ['planned', 'invited'].includes(meeting.state);
	return { mayConvene, answer: mine?.answer ?? null, token: mine?.token ?? '' };
}
