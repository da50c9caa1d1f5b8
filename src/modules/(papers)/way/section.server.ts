import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { PaperView } from '../view.ts';
import { findingsOf } from './checks.server.ts';
import { factsOf, wayOf } from './queries.server.ts';
import { became } from './rules/became.ts';
import type { WaySection } from './view.ts';

/** The way of a paper as this reader may know it, and what became of the paper. Two queries, a third for who works on it. */
export async function waySection(ctx: Ctx, paper: PaperView): Promise<WaySection> {
	const stations = await wayOf(ctx, paper.id);
	const facts = await becameFacts(ctx, paper.id);
	const mayOpen = paper.mayChange || may(ctx.actor, 'papers.outcome');
	return {
		stations,
		became: became({ state: paper.state, asks: paper.code === 'inquiry', ...facts }, factsOf(stations)),
		findings: mayOpen ? await findingsOf(ctx, paper.id, stations) : [],
		mayOpen,
	};
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
