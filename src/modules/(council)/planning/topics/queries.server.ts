import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { insideOf } from '../../queries/sight.server.ts';

export type TopicState = 'received' | 'accepted' | 'declined' | 'parked' | 'onAgenda' | 'withdrawn';

export interface TopicRow {
	id: string;
	councilBodyId: string;
	bodyName: string;
	title: string;
	text: string;
	origin: 'member' | 'resident' | 'office';
	/** Whoever proposed it, for those who decide; empty once it is forgotten. */
	name: string;
	email: string;
	state: TopicState;
	reason: string;
	/** ISO days. */
	proposedOn: string;
	decidedOn: string | null;
	/** The session on whose agenda it stands. */
	meeting: { slug: string; date: string; public: boolean } | null;
	mine: boolean;
	mayDecide: boolean;
}

const columns = (ctx: Ctx) => sql`
t.id, t.council_body_id as "councilBodyId", o.name as "bodyName", t.title, t.text, t.origin, t.name, t.email, t.state, t.reason,
	(t.created_at at time zone ${ctx.body.timeZone})::date::text as "proposedOn", t.decided_on::text as "decidedOn",
	case when m.id is not null then json_build_object('slug', m.slug, 'date', m.date, 'public', m.public and m.published) end as meeting,
	coalesce(t.person_id = ${ctx.actor.personId}::uuid, false) as mine
from council.topic_proposal t join registry.organisation o on o.body_id = t.body_id and o.id = t.council_body_id
left join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
where t.body_id = ${ctx.body.id}`;

/**
 * Proposed topics: members read their own and what is parked, the chair and the office everything of their bodies; newest
 * first. One query.
 */
export async function topicRows(ctx: Ctx): Promise<TopicRow[]> {
	demand(ctx.actor, 'council.members');
	const { rows } = await sql<
		Omit<TopicRow, 'mayDecide'>
	>`select ${columns(ctx)} and ${insideOf(ctx, 't.council_body_id')}
order by t.created_at desc limit 300`.execute(ctx.db);
	return rows.flatMap((row) => {
		const mayDecide = may(ctx.actor, 'council.convene', row.councilBodyId);
		if (!mayDecide && !row.mine && row.state !== 'parked') return [];
		return [{ ...row, mayDecide, ...(mayDecide || row.mine ? {} : { name: '', email: '' }) }];
	});
}

/** What the private address of a proposal shows: its state, never who else proposed what. One query. @throws NotFound */
export async function topicByToken(
	ctx: Ctx,
	token: string,
): Promise<Omit<TopicRow, 'mayDecide' | 'name' | 'email' | 'mine'>> {
	const { rows } = await sql<TopicRow>`select ${columns(ctx)} and t.token_hash = ${hashToken(token)}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('proposal');
	const { name: _name, email: _email, mine: _mine, ...row } = rows[0];
	return row;
}

/** Proposals that wait for this actor's decision. */
export function waitingTopics(ctx: Ctx): Question<{ id: string; title: string; proposedOn: string }[]> {
	const select = sql<{ id: string; title: string; proposedOn: string; councilBodyId: string }>`
select id, title, created_at::date::text as "proposedOn", council_body_id as "councilBodyId" from council.topic_proposal
where body_id = ${ctx.body.id} and state = 'received' order by created_at limit 50`;
	return question(select, (rows) =>
		rows.filter(({ councilBodyId }) => may(ctx.actor, 'council.convene', councilBodyId)),
	);
}
