import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { USUAL_PLANS, type About, type ReminderPlan } from './rules/reminders.ts';
import type { NewPlan } from './schema.ts';

export interface PlanRow extends ReminderPlan {
	about: About;
	citation: string;
	/** Null: the proposal the program begins with. */
	from: string | null;
	until: string | null;
}

/** Plans of the town, the newest of each kind first; a kind without any has the usual one. One query. */
export function planRows(ctx: Pick<Ctx, 'db' | 'body'>): Promise<PlanRow[]> {
	return ask(ctx, plansAsked(ctx));
}

/** The same, to be asked with more. */
export function plansAsked(ctx: Pick<Ctx, 'body'>): Question<PlanRow[]> {
	const select = sql<PlanRow>`select about, days_before as "daysBefore", repeat_days as "repeatDays", citation,
		from_date::text as "from", until_date::text as until from papers.reminder_plan
		where body_id = ${ctx.body.id} order by from_date desc`;
	return question(select, (rows) =>
		(Object.keys(USUAL_PLANS) as About[]).flatMap((about): PlanRow[] => [
			...rows.filter((row) => row.about === about),
			{ about, ...USUAL_PLANS[about], citation: '', from: null, until: null },
		]),
	);
}

/** The plan in force on a day. */
export function planOn(plans: readonly PlanRow[], about: About, day: Temporal.PlainDate): ReminderPlan {
	const text = day.toString();
	return plans.find(
		(plan) => plan.about === about && (plan.from === null || (plan.from <= text && (!plan.until || plan.until > text))),
	)!;
}

/**
 * A new plan from a day on; the one before ends there. One that begins on the same day takes its place.
 * @throws RuleViolation `papers.planEarly` when a later plan is there already
 */
export async function setPlan(ctx: Ctx, given: NewPlan): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => setPlanIn(tx, given));
}

async function setPlanIn(tx: WriteCtx, given: NewPlan): Promise<void> {
	const from = Temporal.PlainDate.from(given.from);
	const rows = await tx.db
		.selectFrom('papers.reminder_plan')
		.select(['id', 'from_date', 'until_date'])
		.where('about', '=', given.about)
		.orderBy('from_date')
		.forUpdate()
		.execute();
	if (rows.some((row) => Temporal.PlainDate.compare(row.from_date, from) > 0))
		throw new RuleViolation('papers.planEarly', {}, 'from');
	const last = rows.at(-1);
	if (last?.from_date.equals(from)) await tx.db.deleteFrom('papers.reminder_plan').where('id', '=', last.id).execute();
	else if (last)
		await tx.db.updateTable('papers.reminder_plan').set({ until_date: from }).where('id', '=', last.id).execute();
	const id = newId();
	await tx.db
		.insertInto('papers.reminder_plan')
		.values({
			id,
			about: given.about,
			days_before: given.daysBefore,
			repeat_days: given.repeatDays,
			citation: given.citation,
			from_date: from,
		})
		.execute();
	tx.touch('papers.reminderPlan', id, { act: 'set', fields: { about: given.about, from: given.from } });
}
