import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { readable } from '../../paper/sight.server.ts';
import { mayTrace } from './commands.server.ts';
import { inOrder, isOverdue, stageOf, type TraceStep, type TreatmentKind, type TreatmentStage } from './rules.ts';

export interface TreatmentStepView extends TraceStep {
	id: string;
	kind: TreatmentKind;
	organisation: string | null;
	place: string;
	result: string | null;
	note: string;
	answer: { slug: string; reference: string; title: string } | null;
}

export interface TreatmentView {
	id: string;
	body: string;
	sentOn: string;
	dueOn: string;
	stage: TreatmentStage;
	overdue: boolean;
	closedReason: string;
	steps: TreatmentStepView[];
	mayEnter: boolean;
}

interface Row {
	id: string;
	organisationId: string;
	body: string;
	sentOn: string;
	dueOn: string;
	closed: boolean;
	closedReason: string;
	steps: TreatmentStepView[];
	origin: string[];
}

/** What became of a paper at each body it went to. One query. */
export async function treatmentViews(ctx: Ctx, paperId: string): Promise<TreatmentView[]> {
	const { rows } = await sql<Row>`select w.id, w.organisation_id as "organisationId", g.name as body,
		w.sent_on::text as "sentOn", w.due_on::text as "dueOn", w.closed_on is not null as closed,
		w.closed_reason as "closedReason",
		(select coalesce(json_agg(json_build_object('id', e.id, 'kind', e.kind, 'on', e.happened_on::text,
			'organisation', o.name, 'place', e.place, 'result', e.result, 'note', e.note,
			'answer', case when p.id is null then null else
				json_build_object('slug', p.slug, 'reference', p.reference, 'title', p.title) end)), '[]')
			from papers.treatment_step e
			left join registry.organisation o on o.body_id = e.body_id and o.id = e.organisation_id
			left join papers.paper p on p.body_id = e.body_id and p.id = e.answer_paper_id and p.state <> 'draft'
				and ${readable(ctx)}
			where e.body_id = w.body_id and e.treatment_id = w.id) as steps,
		(select coalesce(json_agg(r.organisation_id), '[]') from papers.originator r where r.body_id = w.body_id
			and r.paper_id = w.paper_id and r.left_on is null and r.organisation_id is not null) as origin
		from papers.treatment w join registry.organisation g on g.body_id = w.body_id and g.id = w.organisation_id
		where w.body_id = ${ctx.body.id} and w.paper_id = ${paperId} order by w.sent_on, w.id`.execute(ctx.db);
	return rows.map((row) => {
		const stage = stageOf(row.steps, row.closed);
		return {
			id: row.id,
			body: row.body,
			sentOn: row.sentOn,
			dueOn: row.dueOn,
			stage,
			overdue: isOverdue(stage, row.dueOn, ctx.today.toString()),
			closedReason: row.closedReason,
			steps: inOrder(row.steps),
			mayEnter: mayTrace(ctx.actor, [...row.origin, row.organisationId]),
		};
	});
}

export interface TreatedRow {
	id: string;
	slug: string;
	reference: string;
	title: string;
	type: string;
	body: string;
	sentOn: string;
	dueOn: string;
	answeredOn: string | null;
	stage: TreatmentStage;
	overdue: boolean;
}

/**
 * Recommendations, position papers and letters with whether they were answered, unanswered ones first.
 * @param of only those that bodies of this actor sent
 */
export function treatedRows(
	ctx: Ctx,
	{ of, limit = 100 }: { of?: readonly string[]; limit?: number } = {},
): Question<TreatedRow[]> {
	const select = sql<Omit<TreatedRow, 'stage' | 'overdue'> & { kinds: TreatmentKind[]; closed: boolean }>`
		select w.id, p.slug, p.reference, p.title, t.name as type, g.name as body, w.sent_on::text as "sentOn",
		w.due_on::text as "dueOn", w.answered_on::text as "answeredOn", w.closed_on is not null as closed,
		(select coalesce(json_agg(e.kind), '[]') from papers.treatment_step e
			where e.body_id = w.body_id and e.treatment_id = w.id) as kinds
		from papers.treatment w
		join papers.paper p on p.body_id = w.body_id and p.id = w.paper_id and p.state = 'filed'
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		join registry.organisation g on g.body_id = w.body_id and g.id = w.organisation_id
		where w.body_id = ${ctx.body.id} and ${readable(ctx)}
		${
			of
				? sql`and exists (select from papers.originator r where r.body_id = w.body_id and r.paper_id = w.paper_id
				and r.left_on is null and r.organisation_id = any (${[...of]}::uuid[]))`
				: sql``
		}
		order by (w.answered_on is null and w.closed_on is null) desc, w.due_on, w.id limit ${limit}`;
	return question(select, (rows) =>
		rows.map(({ kinds, closed, ...row }) => {
			const stage = stageOf(
				kinds.map((kind) => ({ kind, on: '' })),
				closed,
			);
			return { ...row, stage, overdue: isOverdue(stage, row.dueOn, ctx.today.toString()) };
		}),
	);
}
