import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
import type { Rule } from './rules/triggers.ts';

/** Every rule of the town, with the days on which both it and its instruction are in force. One query. */
export function rulesOn(ctx: Pick<Ctx, 'db' | 'body'>): Promise<Rule[]> {
	return ask(ctx, rulesAsked(ctx));
}

/** The same, to be asked with more. */
export function rulesAsked({ body }: Pick<Ctx, 'body'>): Question<Rule[]> {
	const select = sql<Rule>`select r.id, r.office_id as "officeId", r.organisation_id as "organisationId", r.form,
		r.relevance, r.department_id as "departmentId", r.paper_type_id as "paperTypeId", r.answer_days as "answerDays",
		r.urgent_days as "urgentDays", greatest(r.from_date, n.from_date)::text as "from",
		least(r.until_date, n.until_date)::text as "until",
		coalesce((select json_agg(x.topic_id) from papers.involvement_rule_topic x
			where x.body_id = r.body_id and x.rule_id = r.id), '[]') as topics
		from papers.involvement_rule r join papers.instruction n on n.body_id = r.body_id and n.id = r.instruction_id
		where r.body_id = ${body.id}`;
	return question(select, (rows) => rows);
}
