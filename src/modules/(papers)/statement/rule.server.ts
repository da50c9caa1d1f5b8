import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { holidaysBetween } from '#server/council';
import { offDays, USUAL_RULE, type IsOff, type StatementRule } from './rules/due.ts';

/** The rule in force on a day; the usual one where the town has none yet. One query. */
export async function ruleOn(ctx: Pick<Ctx, 'db'>, day: Temporal.PlainDate): Promise<StatementRule> {
	const row = await ctx.db
		.selectFrom('papers.statement_rule')
		.selectAll()
		.where('valid_from', '<=', day)
		.orderBy('valid_from', 'desc')
		.executeTakeFirst();
	return row ? ruleOf(row) : USUAL_RULE;
}

/** All rules the town gave itself, the newest first. One query. */
export async function ruleRows(ctx: Pick<Ctx, 'db'>): Promise<StatementRule[]> {
	const rows = await ctx.db.selectFrom('papers.statement_rule').selectAll().orderBy('valid_from', 'desc').execute();
	return rows.map(ruleOf);
}

interface Row {
	valid_from: Temporal.PlainDate;
	before_committee: number;
	counted_in: string;
	approval_days: number;
	inquiry_days: number;
	co_sign_days: number;
	treatment_days: number;
	reminder_days: number[];
	citation: string;
}

function ruleOf(row: Row): StatementRule {
	return {
		validFrom: row.valid_from,
		beforeCommittee: row.before_committee,
		countedIn: row.counted_in as StatementRule['countedIn'],
		approvalDays: row.approval_days,
		inquiryDays: row.inquiry_days,
		coSignDays: row.co_sign_days,
		treatmentDays: row.treatment_days,
		reminderDays: row.reminder_days,
		citation: row.citation,
	};
}

/** Saturdays, Sundays and the town's holidays two years around today. One query. */
export async function townOff(ctx: Pick<Ctx, 'db' | 'body' | 'today'>): Promise<IsOff> {
	const range = { from: ctx.today.subtract({ years: 1 }), until: ctx.today.add({ years: 2 }) };
	return offDays(await holidaysBetween(ctx, range));
}

/** The first day on which a committee deals with a paper; approvals of the mayor are none. SQL over `p`. */
export const FIRST_COMMITTEE = sql<Temporal.PlainDate | null>`(select min(coalesce(c.happened_on, c.planned_on))
	from papers.consultation c where c.body_id = p.body_id and c.paper_id = p.id and c.role <> 'approval'
	and c.state <> 'skipped')`;
