import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { toHtml } from '#kernel/text/html.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { readable } from '../paper/sight.server.ts';
import type { StatementState } from './rules/steps.ts';
import type { Recommendation } from './schema.ts';
import { isLate, stageOf } from './queries.server.ts';
import type { PublicStage, StatedPaper } from './view.ts';

/** One answer to a paper, as its page shows it. */
export interface Answer {
	kind: 'statement' | 'paper' | 'treatment';
	/** ISO day. */
	on: string;
	recommendation: Recommendation | null;
	counter: boolean;
	/** Of a treatment the body that answered; of a paper its type. */
	who: string;
	text: string;
	slug: string | null;
	reference: string | null;
}

export interface AnswersSection {
	/** In time order. */
	answers: Answer[];
	/** A statement that is still owed. */
	waiting: { stage: PublicStage; dueOn: string | null; late: boolean } | null;
	/** If this paper is a statement: on what, and what it recommends. */
	states: { papers: StatedPaper[]; recommendation: Recommendation | null; counterHtml: string } | null;
	/** It goes to another body: its treatment has a page. */
	treated: boolean;
}

interface Row {
	waiting: { state: StatementState; dueOn: string | null }[];
	answers: Answer[];
	states: { recommendation: Recommendation | null; counter: TextDocument | null; papers: StatedPaper[] } | null;
	treated: boolean;
}

/** What was answered to a paper, as far as this reader may read it. */
export function answersSection(ctx: Ctx, paper: { id: string }): Question<AnswersSection> {
	const select = sql<Row>`select
		(select coalesce(json_agg(json_build_object('state', s.state, 'dueOn', s.due_on::text) order by s.due_on), '[]')
			from papers.statement s join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
			join papers.paper q on q.body_id = o.body_id and q.id = o.paper_id and q.state = 'filed'
			where s.body_id = ${ctx.body.id} and o.paper_id = ${paper.id} and s.state not in ('published', 'stopped')) as waiting,
		(select coalesce(json_agg(a order by a.on, a.reference), '[]') from (
			select case when s.id is null then 'paper' else 'statement' end as kind,
				coalesce(s.published_on, p.date)::text as on, s.recommendation, s.counter_proposal is not null as counter,
				t.name as who, coalesce(nullif(s.summary, ''), case when s.id is null then p.title else '' end) as text,
				p.slug, p.reference
			from papers.paper_relation r
			join papers.paper p on p.body_id = r.body_id and p.id = r.from_paper_id
			join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
			left join papers.statement s on s.body_id = p.body_id and s.paper_id = p.id
			where r.body_id = ${ctx.body.id} and r.to_paper_id = ${paper.id} and r.kind = 'answers' and r.state = 'confirmed'
			and p.state <> 'draft' and ${readable(ctx)}
			union all
			select 'treatment', e.happened_on::text, null, false, g.name, e.note, p.slug, p.reference
			from papers.treatment w
			join papers.treatment_step e on e.body_id = w.body_id and e.treatment_id = w.id and e.kind = 'answered'
			join registry.organisation g on g.body_id = w.body_id and g.id = w.organisation_id
			left join papers.paper p on p.body_id = e.body_id and p.id = e.answer_paper_id and ${readable(ctx)}
			where w.body_id = ${ctx.body.id} and w.paper_id = ${paper.id}) a) as answers,
		(select json_build_object('recommendation', s.recommendation, 'counter', s.counter_proposal, 'papers',
			(select coalesce(json_agg(json_build_object('id', p.id, 'slug', p.slug, 'reference', p.reference, 'title', p.title,
				'type', t.name, 'code', t.code) order by o.position), '[]')
				from papers.statement_on o join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id
				join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
				where o.body_id = s.body_id and o.statement_id = s.id and ${readable(ctx)}))
			from papers.statement s where s.body_id = ${ctx.body.id} and s.paper_id = ${paper.id}
			and s.state = 'published') as states,
		exists (select from papers.treatment w where w.body_id = ${ctx.body.id} and w.paper_id = ${paper.id}) as treated`;
	return question(select, ([row]) => sectionOf(ctx, row!));
}

function sectionOf(ctx: Ctx, { waiting, answers, states, treated }: Row): AnswersSection {
	const first = waiting[0];
	// The paper by which a body answered is told with the body's words.
	const treatedBy = new Set(answers.flatMap(({ kind, slug }) => (kind === 'treatment' && slug ? [slug] : [])));
	return {
		answers: answers.filter(({ kind, slug }) => kind !== 'paper' || slug === null || !treatedBy.has(slug)),
		waiting: first
			? { stage: stageOf(first.state), dueOn: first.dueOn, late: isLate(ctx, first.state, first.dueOn) }
			: null,
		states: states && {
			papers: states.papers,
			recommendation: states.recommendation,
			counterHtml: states.counter ? toHtml(states.counter, { headingOffset: 2 }) : '',
		},
		treated,
	};
}
