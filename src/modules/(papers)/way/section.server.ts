import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { readable } from '../paper/sight.server.ts';
import type { PaperView } from '../view.ts';
import { findingsOf } from './checks.server.ts';
import { factsOf, wayOf } from './queries.server.ts';
import { became } from './rules/became.ts';
import type { WaySection } from './view.ts';

/**
 * The way of a paper as this reader may know it, and what became of the paper; of a statement, what became of the paper it
 * answers. Two queries, one more for a statement, one more for who works on it.
 */
export async function waySection(ctx: Ctx, paper: PaperView): Promise<WaySection> {
	const stations = await wayOf(ctx, paper.id);
	const told = await toldOf(ctx, paper.id, paper.code === 'administrationStatement');
	const own = told.id === paper.id;
	const { state, code, takenOver, withdrawnOn, answer } = told;
	const mayOpen = paper.mayChange || may(ctx.actor, 'papers.outcome');
	return {
		stations,
		became: became(
			{ state, takenOver, asks: code === 'inquiry', withdrawnOn, answer },
			factsOf(own ? stations : await wayOf(ctx, told.id)),
		),
		becameOf: own ? null : told.reference,
		findings: mayOpen ? await findingsOf(ctx, paper.id, stations) : [],
		mayOpen,
	};
}

interface Told {
	id: string;
	state: PaperView['state'];
	code: string;
	takenOver: boolean;
	reference: string | null;
	withdrawnOn: string | null;
	answer: { reference: string; on: string | null } | null;
}

/** The paper of which is told what became of it: itself, or the first that a statement answers, where this reader may know of it. */
async function toldOf(ctx: Ctx, paperId: string, isStatement: boolean): Promise<Told> {
	const answered = isStatement
		? sql`(select p.id from papers.paper_relation r
			join papers.paper p on p.body_id = r.body_id and p.id = r.to_paper_id and p.state <> 'draft'
			where r.body_id = ${ctx.body.id} and r.from_paper_id = ${paperId} and r.kind = 'answers' and r.state = 'confirmed'
			and ${readable(ctx)} order by p.date, p.id limit 1)`
		: sql`null`;
	const { rows } = await sql<Told>`select p.id, p.state, t.code, p.taken_over as "takenOver", p.reference,
		(p.withdrawn_at at time zone ${ctx.body.timeZone})::date::text as "withdrawnOn",
		(select json_build_object('reference', a.reference, 'on', a.date) from papers.paper_relation r
			join papers.paper a on a.body_id = r.body_id and a.id = r.from_paper_id
			where r.body_id = p.body_id and r.to_paper_id = p.id and r.kind = 'answers' and r.state = 'confirmed'
			and a.state = 'filed' and a.public and a.published_at is not null and a.depublished_at is null
			order by a.date, a.id limit 1) as answer
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.id = coalesce(${answered}, ${paperId}::uuid)`.execute(ctx.db);
	return rows[0]!;
}
