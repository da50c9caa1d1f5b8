import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { readable } from '../paper/sight.server.ts';
import type { PaperView } from '../view.ts';
import { findingsOf } from './checks.server.ts';
import { factsOf, wayOf } from './queries.server.ts';
import { became, type Became } from './rules/became.ts';
import type { Station } from './types.ts';
import type { WaySection } from './view.ts';

/**
 * The way of a paper as this reader may know it, and what became of the paper; of a statement, what became of the paper it
 * answers. Two queries, two more for a statement, one more for who works on it.
 */
export async function waySection(ctx: Ctx, paper: PaperView): Promise<WaySection> {
	const stations = await wayOf(ctx, paper.id);
	const answered = paper.code === 'administrationStatement' ? await answeredBy(ctx, paper.id) : null;
	const mayOpen = paper.mayChange || may(ctx.actor, 'papers.outcome');
	return {
		stations,
		became: answered
			? await becameOf(ctx, answered, await wayOf(ctx, answered.id))
			: await becameOf(ctx, paper, stations),
		becameOf: answered?.reference ?? null,
		findings: mayOpen ? await findingsOf(ctx, paper.id, stations) : [],
		mayOpen,
	};
}

type Told = Pick<PaperView, 'id' | 'state' | 'code' | 'takenOver'>;

async function becameOf(ctx: Ctx, paper: Told, stations: Station[]): Promise<Became> {
	const { id, state, code, takenOver } = paper;
	return became({ state, takenOver, asks: code === 'inquiry', ...(await becameFacts(ctx, id)) }, factsOf(stations));
}

/** The first paper that a statement answers, where this reader may know of it. One query. */
async function answeredBy(ctx: Ctx, id: string): Promise<(Told & { reference: string | null }) | null> {
	const { rows } = await sql<
		Told & { reference: string | null }
	>`select p.id, p.state, t.code, p.taken_over as "takenOver",
		p.reference from papers.paper_relation r
		join papers.paper p on p.body_id = r.body_id and p.id = r.to_paper_id and p.state <> 'draft'
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where r.body_id = ${ctx.body.id} and r.from_paper_id = ${id} and r.kind = 'answers' and r.state = 'confirmed'
		and ${readable(ctx)} order by p.date, p.id limit 1`.execute(ctx.db);
	return rows[0] ?? null;
}

interface Facts {
	withdrawnOn: string | null;
	answer: { reference: string; on: string | null } | null;
}

async function becameFacts(ctx: Ctx, paperId: string): Promise<Facts> {
	const { rows } =
		await sql<Facts>`select (p.withdrawn_at at time zone ${ctx.body.timeZone})::date::text as "withdrawnOn",
		(select json_build_object('reference', a.reference, 'on', a.date) from papers.paper_relation r
			join papers.paper a on a.body_id = r.body_id and a.id = r.from_paper_id
			where r.body_id = p.body_id and r.to_paper_id = p.id and r.kind = 'answers' and r.state = 'confirmed'
			and a.state = 'filed' and a.public and a.published_at is not null and a.depublished_at is null
			order by a.date, a.id limit 1) as answer
		from papers.paper p where p.body_id = ${ctx.body.id} and p.id = ${paperId}`.execute(ctx.db);
	return rows[0] ?? { withdrawnOn: null, answer: null };
}
