import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, question, together, type Question } from '#kernel/db/questions.ts';
import type { PaperFacts } from '../paper/queries.server.ts';
import { readable } from '../paper/sight.server.ts';
import type { PaperView } from '../view.ts';
import { checkedPaper, findings } from './checks.server.ts';
import { factsOf, wayAsked } from './queries.server.ts';
import { became } from './rules/became.ts';
import type { WaySection } from './view.ts';

/**
 * The way of a paper as this reader may know it, and what became of the paper; of a statement, what became of the paper it
 * answers.
 */
export function waySection(ctx: Ctx, paper: PaperFacts): Question<WaySection> {
	const answered = paper.code === 'administrationStatement' ? answeredBy(ctx, paper.id) : null;
	const mayOpen = paper.mayChange || may(ctx.actor, 'papers.outcome');
	const asked = together({
		stations: wayAsked(ctx, sql`${paper.id}::uuid`),
		told: toldOf(ctx, answered ? sql`coalesce(${answered}, ${paper.id}::uuid)` : sql`${paper.id}::uuid`),
		answeredWay: answered ? wayAsked(ctx, answered) : known([]),
		checked: mayOpen ? checkedPaper(ctx, paper.id) : known(undefined),
	});
	return answeredAs(asked, ({ stations, told, answeredWay, checked }) => {
		const own = told.id === paper.id;
		const { state, code, takenOver, withdrawnOn, answer } = told;
		return {
			stations,
			became: became(
				{ state, takenOver, asks: code === 'inquiry', tells: code === 'information', withdrawnOn, answer },
				factsOf(own ? stations : answeredWay),
			),
			becameOf: own ? null : told.reference,
			findings: findings(ctx, checked, stations),
			mayOpen,
		};
	});
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

/** Select of the first paper that a statement answers, where this reader may know of it. */
const answeredBy = (ctx: Ctx, statementId: string) => sql`(select p.id from papers.paper_relation r
	join papers.paper p on p.body_id = r.body_id and p.id = r.to_paper_id and p.state <> 'draft'
	where r.body_id = ${ctx.body.id} and r.from_paper_id = ${statementId} and r.kind = 'answers' and r.state = 'confirmed'
	and ${readable(ctx)} order by p.date, p.id limit 1)`;

/** The paper of which is told what became of it: itself, or the one that a statement answers. */
function toldOf(ctx: Ctx, paper: RawBuilder<unknown>): Question<Told> {
	const select = sql<Told>`select p.id, p.state, t.code, p.taken_over as "takenOver", p.reference,
		(p.withdrawn_at at time zone ${ctx.body.timeZone})::date::text as "withdrawnOn",
		(select json_build_object('reference', a.reference, 'on', a.date) from papers.paper_relation r
			join papers.paper a on a.body_id = r.body_id and a.id = r.from_paper_id
			where r.body_id = p.body_id and r.to_paper_id = p.id and r.kind = 'answers' and r.state = 'confirmed'
			and a.state = 'filed' and a.public and a.published_at is not null and a.depublished_at is null
			order by a.date, a.id limit 1) as answer
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.id = ${paper}`;
	return question(select, ([told]) => told!);
}
