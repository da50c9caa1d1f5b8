import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { insideOf } from '../../queries/sight.server.ts';
import type { PollAnswer } from '../rules.ts';
import { addressee, type Addressee } from '../people.server.ts';

export interface PollRow {
	id: string;
	title: string;
	bodyName: string;
	state: 'open' | 'fixed';
	/** ISO day. */
	answerBy: string;
	asked: number;
	answered: number;
	/** The session that came of it. */
	meetingSlug: string | null;
}

export interface PollOption {
	id: string;
	startsAt: string;
	endsAt: string | null;
}

export interface PollView {
	id: string;
	councilBodyId: string;
	bodyName: string;
	title: string;
	note: string;
	kind: 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';
	public: boolean;
	place: string;
	answerBy: string;
	state: 'open' | 'fixed';
	fixedOptionId: string | null;
	meetingSlug: string | null;
	options: PollOption[];
}

export interface PollVoter {
	id: string;
	personId: string;
	name: string;
	/** Nobody without an address got a mail. */
	mailed: boolean;
	answeredAt: string | null;
	answers: Record<string, PollAnswer>;
}

/** Polls of the bodies in which this actor sits, or which they run; open ones first. One query. */
export async function pollRows(ctx: Ctx): Promise<PollRow[]> {
	demand(ctx.actor, 'council.members');
	const { rows } = await sql<PollRow>`
select p.id, p.title, o.name as "bodyName", p.state, p.answer_by::text as "answerBy", m.slug as "meetingSlug",
	(select count(*)::int from council.date_poll_voter v where v.body_id = p.body_id and v.poll_id = p.id) as asked,
	(select count(*)::int from council.date_poll_voter v where v.body_id = p.body_id and v.poll_id = p.id
		and v.answered_at is not null) as answered
from council.date_poll p join registry.organisation o on o.body_id = p.body_id and o.id = p.council_body_id
left join council.meeting m on m.body_id = p.body_id and m.id = p.meeting_id
where p.body_id = ${ctx.body.id} and ${insideOf(ctx, 'p.council_body_id')}
order by (p.state = 'open') desc, p.created_at desc limit 100`.execute(ctx.db);
	return rows;
}

const poll = (ctx: Ctx, id: string) => sql<PollView>`
select p.id, p.council_body_id as "councilBodyId", o.name as "bodyName", p.title, p.note, p.kind, p.public, p.place_text as place,
	p.answer_by::text as "answerBy", p.state, p.fixed_option_id as "fixedOptionId", m.slug as "meetingSlug",
	coalesce((select json_agg(json_build_object('id', q.id, 'startsAt', q.starts_at, 'endsAt', q.ends_at) order by q.starts_at)
		from council.date_poll_option q where q.body_id = p.body_id and q.poll_id = p.id), '[]') as options
from council.date_poll p join registry.organisation o on o.body_id = p.body_id and o.id = p.council_body_id
left join council.meeting m on m.body_id = p.body_id and m.id = p.meeting_id
where p.body_id = ${ctx.body.id} and p.id = ${id}`;

/** One poll with everybody's answers, for the people of the body and its office. Two queries. @throws NotFound, Forbidden */
export async function pollView(ctx: Ctx, id: string): Promise<PollView & { voters: PollVoter[] }> {
	demand(ctx.actor, 'council.members');
	if (!isId(id)) throw new NotFound('poll');
	const { rows } = await poll(ctx, id).execute(ctx.db);
	if (!rows[0]) throw new NotFound('poll');
	demand(ctx.actor, 'council.members', rows[0].councilBodyId);
	return { ...rows[0], voters: await voters(ctx, id) };
}

async function voters(ctx: Ctx, pollId: string): Promise<PollVoter[]> {
	const { rows } = await sql<PollVoter>`
select v.id, v.person_id as "personId", concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name,
	v.mailed_at is not null as mailed, to_json(v.answered_at)#>>'{}' as "answeredAt",
	coalesce((select json_object_agg(a.option_id, a.answer) from council.date_poll_answer a
		where a.body_id = v.body_id and a.voter_id = v.id), '{}') as answers
from council.date_poll_voter v join registry.person p on p.body_id = v.body_id and p.id = v.person_id
where v.body_id = ${ctx.body.id} and v.poll_id = ${pollId}
order by p.family_name, p.given_name, v.id`.execute(ctx.db);
	return rows;
}

/** The poll behind the address in a mail, with the answers of the one it was sent to. Two queries. @throws NotFound */
export async function pollByToken(ctx: Ctx, token: string): Promise<PollView & { voter: PollVoter }> {
	const found = await ctx.db
		.selectFrom('council.date_poll_voter')
		.select(['id', 'poll_id'])
		.where('token_hash', '=', hashToken(token))
		.executeTakeFirst();
	if (!found) throw new NotFound('poll');
	const [{ rows }, all] = [await poll(ctx, found.poll_id).execute(ctx.db), await voters(ctx, found.poll_id)];
	return { ...rows[0]!, voter: all.find(({ id }) => id === found.id)! };
}

/** Everybody who was asked, with address and language. One query. */
export async function pollAddressees(
	ctx: Pick<Ctx, 'db' | 'body'>,
	pollId: string,
): Promise<(Addressee & { voterId: string; answered: boolean })[]> {
	const { rows } = await sql<{
		voterId: string;
		answered: boolean;
		personId: string;
		name: string;
		email: string | null;
		locale: string;
	}>`
select v.id as "voterId", v.answered_at is not null as answered, p.id as "personId",
	concat_ws(' ', nullif(p.given_name, ''), p.family_name) as name, p.email, p.locale
from council.date_poll_voter v join registry.person p on p.body_id = v.body_id and p.id = v.person_id
where v.body_id = ${ctx.body.id} and v.poll_id = ${pollId} order by v.id`.execute(ctx.db);
	return rows.map(({ voterId, answered, ...row }) => ({ voterId, answered, ...addressee(row) }));
}

export interface OpenPoll {
	id: string;
	title: string;
	answerBy: string;
	options: string[];
}

/** Open polls that this person has not answered yet. */
export function myOpenPolls(ctx: Ctx): Question<OpenPoll[]> {
	const select = sql<OpenPoll>`
select p.id, p.title, p.answer_by::text as "answerBy", array(select q.id::text from council.date_poll_option q
	where q.body_id = p.body_id and q.poll_id = p.id order by q.starts_at) as options from council.date_poll_voter v
join council.date_poll p on p.body_id = v.body_id and p.id = v.poll_id
where v.body_id = ${ctx.body.id} and v.person_id = ${ctx.actor.personId}::uuid and v.answered_at is null
	and p.state = 'open' and p.answer_by >= ${ctx.today}::date order by p.answer_by limit 20`;
	return question(select, (rows) => rows);
}
