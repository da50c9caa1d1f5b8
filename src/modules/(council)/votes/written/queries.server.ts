import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { insideOf } from '../../queries/sight.server.ts';
import { profileFor } from '../../structure/profiles.server.ts';
import type { WrittenRule } from '../../rules/profile.ts';
import { offered } from './answer.server.ts';
import type { OwnAnswer, WrittenRow, WrittenView } from './view.ts';

export interface WrittenBody {
	id: string;
	slug: string;
	name: string;
	/** Null where the rules of today know no such procedure. */
	rule: WrittenRule | null;
	/** ISO day: the first one that a new procedure may end on. */
	earliest: string | null;
	mayOpen: boolean;
}

/** Told by a session that has been held: from then on a public body's procedures are everybody's to read. */
const TOLD = sql`exists (select from council.agenda_item ti join council.meeting tm on tm.body_id = ti.body_id and tm.id = ti.meeting_id
	where ti.body_id = w.body_id and ti.id = w.announced_item_id and not ti.removed and ti.opened_at is not null
	and tm.public and tm.published and tm.state in ('held', 'minutesSigned'))`;

/** Condition for SQL over `w` and its body `cb`: may this reader know of the procedure? */
export const seenInWriting = (ctx: Ctx): RawBuilder<boolean> =>
	sql<boolean>`(${insideOf(ctx, 'w.council_body_id')} or (cb.visibility = 'public' and ${TOLD}))`;

const row = ({ body: { timeZone } }: Ctx) => sql`w.id, w.number, w.title, w.state,
	(w.opened_at at time zone ${timeZone})::date::text as "openedOn", w.last_day::text as "lastDay",
	(w.closed_at at time zone ${timeZone})::date::text as "closedOn"`;

/** Procedures of a body that this reader may know of, the newest first; and whether a new one may begin. */
export async function writtenOf(ctx: Ctx, slug: string): Promise<{ body: WrittenBody; rows: WrittenRow[] }> {
	const body = await bodyOf(ctx, slug);
	const { rows } = await sql<WrittenRow>`select ${row(ctx)} from council.written_procedure w
		join council.council_body cb on cb.body_id = w.body_id and cb.id = w.council_body_id
		where w.body_id = ${ctx.body.id} and w.council_body_id = ${body.id} and ${seenInWriting(ctx)}
		order by (w.state = 'running') desc, w.number desc limit 200`.execute(ctx.db);
	const profile = await profileFor(ctx, body.id, ctx.today);
	const rule = profile && profile.rules.written.mode !== 'off' ? profile.rules.written : null;
	return {
		body: {
			...body,
			rule,
			earliest: rule && ctx.today.add({ days: rule.days }).toString(),
			mayOpen: may(ctx.actor, 'council.convene', body.id),
		},
		rows,
	};
}

async function bodyOf(ctx: Ctx, slug: string): Promise<{ id: string; slug: string; name: string }> {
	const { rows } = await sql<{ id: string; slug: string; name: string }>`select cb.id, cb.slug, o.name
		from council.council_body cb join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = ${ctx.body.id} and cb.slug = ${slug} and (cb.visibility = 'public' or ${insideOf(ctx, 'cb.id')})`.execute(
		ctx.db,
	);
	if (!rows[0]) throw new NotFound('council body');
	return rows[0];
}

/** One procedure by its address. @throws NotFound for one this reader may not know of */
export async function writtenView(ctx: Ctx, slug: string, number: string): Promise<WrittenView> {
	if (!/^\d{1,6}$/.test(number)) throw new NotFound('written procedure');
	const own = sql`a.person_id = ${ctx.actor.personId}::uuid`;
	const view = await one(
		ctx,
		sql`cb.slug = ${slug} and w.number = ${Number(number)} and (${seenInWriting(ctx)} or exists (select from council.written_answer a
			where a.body_id = w.body_id and a.procedure_id = w.id and ${own}))`,
		own,
	);
	return { ...view, answers: may(ctx.actor, 'council.convene', view.body.id) ? view.answers : [] };
}

/** The procedure behind an address of a mail, with the answer it belongs to. @throws NotFound for one never given out */
export async function writtenByToken(ctx: Ctx, token: string): Promise<WrittenView & { ownPersonId: string }> {
	const hash = hashToken(token);
	const answer = await ctx.db
		.selectFrom('council.written_answer')
		.select(['id', 'person_id', 'procedure_id'])
		.where('link_hash', '=', hash)
		.executeTakeFirst();
	if (!answer) throw new NotFound('written procedure');
	const view = await one(ctx, sql`w.id = ${answer.procedure_id}`, sql`a.id = ${answer.id}`);
	return { ...view, answers: [], ownPersonId: answer.person_id };
}

async function one(ctx: Ctx, which: RawBuilder<unknown>, own: RawBuilder<unknown>): Promise<WrittenView> {
	const { rows } = await sql<Omit<WrittenView, 'own'> & { own: Omit<OwnAnswer, 'choices'> | null }>`
select ${row(ctx)}, w.text, w.reason, w.close_note as "closeNote", w.rule, w.finding,
	(select count(*)::int from council.written_answer a where a.body_id = w.body_id and a.procedure_id = w.id) as asked,
	(select count(*)::int from council.written_answer a where a.body_id = w.body_id and a.procedure_id = w.id
		and a.voice is not null) as answered,
	json_build_object('id', cb.id, 'slug', cb.slug, 'name', o.name, 'advisory', cb.advisory) as body,
	(select json_build_object('slug', m.slug, 'date', m.date, 'number', m.number, 'kind', m.kind, 'public', m.public)
		from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where i.body_id = w.body_id and i.id = w.announced_item_id and not i.removed) as session,
	coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'voice', a.voice, 'consents', a.consents,
		'remark', a.remark, 'via', a.via) order by s.number nulls last, a.name) from council.written_answer a
		left join council.seat s on s.body_id = a.body_id and s.id = a.seat_id
		where a.body_id = w.body_id and a.procedure_id = w.id), '[]') as answers,
	(select json_build_object('name', a.name, 'voice', a.voice, 'consents', a.consents, 'remark', a.remark)
		from council.written_answer a where a.body_id = w.body_id and a.procedure_id = w.id and ${own}) as own
from council.written_procedure w
join council.council_body cb on cb.body_id = w.body_id and cb.id = w.council_body_id
join registry.organisation o on o.body_id = w.body_id and o.id = w.council_body_id
where w.body_id = ${ctx.body.id} and ${which}`.execute(ctx.db);
	const [found] = rows;
	if (!found) throw new NotFound('written procedure');
	const open = found.state === 'running' && found.lastDay >= ctx.today.toString();
	return { ...found, own: found.own && { ...found.own, choices: open ? offered(found) : [] } };
}

export interface WaitingForMe {
	id: string;
	slug: string;
	number: number;
	title: string;
	body: string;
	lastDay: string;
	/** One objection ends it; there is nothing to outvote. */
	silent: boolean;
}

/** Running procedures that wait for this actor's answer. One query. */
export function waitingInWriting(ctx: Ctx): Question<WaitingForMe[]> {
	const select = sql<WaitingForMe>`select w.id, cb.slug, w.number, w.title, o.name as body, w.last_day::text as "lastDay",
			w.rule ->> 'mode' <> 'consentQuorum' as silent
		from council.written_answer a
		join council.written_procedure w on w.body_id = a.body_id and w.id = a.procedure_id
		join council.council_body cb on cb.body_id = w.body_id and cb.id = w.council_body_id
		join registry.organisation o on o.body_id = w.body_id and o.id = w.council_body_id
		where a.body_id = ${ctx.body.id} and a.person_id = ${ctx.actor.personId}::uuid and a.voice is null and w.state = 'running'
			and w.last_day >= ${ctx.today}::date
		order by w.last_day, w.id`;
	return question(select, (rows) => rows);
}
