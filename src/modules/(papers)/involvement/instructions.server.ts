import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { NewInstruction, NewRule } from './schema.ts';

/**
 * Enters an instruction of the town with its validity (MIT-01). As the successor of another one it ends that one on its own
 * first day and, if wished, begins with the same rules; matters opened before keep the old ones.
 * @returns its id
 * @throws RuleViolation `papers.instructionTwice`, `papers.instructionOrder` when it would begin before the one it follows,
 * `papers.instructionPast` when it would change what counted for matters that are open
 */
export async function addInstruction(
	ctx: Ctx,
	given: NewInstruction,
	successor: { of: string; copyRules: boolean } | null = null,
): Promise<string> {
	demand(ctx.actor, 'papers.involvement.rules');
	return write(ctx, async (tx) => {
		const from = Temporal.PlainDate.from(given.from);
		if (successor) await endFor(tx, successor.of, from);
		const id = newId();
		const { rows } =
			await sql`insert into papers.instruction (body_id, id, reference, title, note, from_date, until_date,
			replaces_id) values (${tx.body.id}, ${id}, ${given.reference}, ${given.title}, ${given.note}, ${from}::date,
			${given.until || null}::date, ${successor?.of ?? null}) on conflict do nothing returning id`.execute(tx.db);
		if (!rows.length) throw new RuleViolation('papers.instructionTwice', {}, 'reference');
		if (successor?.copyRules) await copyRules(tx, successor.of, { to: id, from });
		tx.touch('papers.instruction', id, {
			act: successor ? 'replaced' : 'created',
			fields: { reference: given.reference, from: given.from },
		});
		return id;
	});
}

async function endFor(tx: WriteCtx, id: string, on: Temporal.PlainDate): Promise<void> {
	const old = isId(id)
		? await tx.db
				.selectFrom('papers.instruction')
				.select(['from_date', 'until_date'])
				.where('id', '=', id)
				.forUpdate()
				.executeTakeFirst()
		: undefined;
	if (!old) throw new NotFound('instruction');
	if (Temporal.PlainDate.compare(on, old.from_date) <= 0)
		throw new RuleViolation('papers.instructionOrder', {}, 'from');
	if (Temporal.PlainDate.compare(on, tx.today) < 0) throw new RuleViolation('papers.instructionPast', {}, 'from');
	if (old.until_date && Temporal.PlainDate.compare(old.until_date, on) <= 0) return;
	await tx.db.updateTable('papers.instruction').set({ until_date: on }).where('id', '=', id).execute();
	tx.touch('papers.instruction', id, { act: 'ended', fields: { until: on.toString() } });
}

async function copyRules(
	tx: WriteCtx,
	oldId: string,
	{ to, from }: { to: string; from: Temporal.PlainDate },
): Promise<void> {
	const rules = await tx.db
		.selectFrom('papers.involvement_rule')
		.selectAll()
		.where('instruction_id', '=', oldId)
		.where((is) => is.or([is('until_date', 'is', null), is('until_date', '>', from)]))
		.execute();
	for (const { body_id: _, id: oldRule, ...rule } of rules) {
		const id = newId();
		await tx.db
			.insertInto('papers.involvement_rule')
			.values({ ...rule, id, instruction_id: to, from_date: from })
			.execute();
		await sql`insert into papers.involvement_rule_topic (body_id, rule_id, topic_id) select body_id, ${id}, topic_id
			from papers.involvement_rule_topic where body_id = ${tx.body.id} and rule_id = ${oldRule}`.execute(tx.db);
	}
}

/**
 * Adds a rule to an instruction. It counts for matters opened from today on, never for earlier ones.
 * @returns its id @throws NotFound
 */
export async function addRule(ctx: Ctx, instructionId: string, given: NewRule): Promise<string> {
	demand(ctx.actor, 'papers.involvement.rules');
	return write(ctx, async (tx) => {
		const instruction = isId(instructionId)
			? await tx.db
					.selectFrom('papers.instruction')
					.select('from_date')
					.where('id', '=', instructionId)
					.executeTakeFirst()
			: undefined;
		if (!instruction) throw new NotFound('instruction');
		const [kind, addressee] = given.who.split(':');
		const id = newId();
		const begins = Temporal.PlainDate.compare(instruction.from_date, tx.today) > 0 ? instruction.from_date : tx.today;
		await tx.db
			.insertInto('papers.involvement_rule')
			.values({
				id,
				instruction_id: instructionId,
				office_id: kind === 'office' ? addressee! : null,
				organisation_id: kind === 'body' ? addressee! : null,
				form: given.form,
				relevance: given.relevance,
				department_id: given.departmentId || null,
				paper_type_id: given.paperTypeId || null,
				answer_days: given.answerDays,
				urgent_days: given.urgentDays,
				citation: given.citation,
				from_date: begins,
			})
			.execute();
		for (const topic_id of new Set(given.topics))
			await tx.db.insertInto('papers.involvement_rule_topic').values({ rule_id: id, topic_id }).execute();
		tx.touch('papers.instruction', instructionId, { act: 'ruleAdded', fields: { rule: id, form: given.form } });
		return id;
	});
}

/**
 * Ends a rule with today: matters of today and earlier keep it, those of tomorrow don't know it. One that has not begun is
 * removed. Again: it counts on (undo on the same day).
 */
export async function endRule(ctx: Ctx, ruleId: string, ended: boolean): Promise<void> {
	demand(ctx.actor, 'papers.involvement.rules');
	await write(ctx, async (tx) => {
		const rule = isId(ruleId)
			? await tx.db
					.selectFrom('papers.involvement_rule')
					.select(['instruction_id', 'from_date', 'until_date'])
					.where('id', '=', ruleId)
					.forUpdate()
					.executeTakeFirst()
			: undefined;
		if (!rule) throw new RuleViolation('choice', {}, 'h1');
		const tomorrow = tx.today.add({ days: 1 });
		const begun = Temporal.PlainDate.compare(rule.from_date, tx.today) <= 0;
		if (!ended && rule.until_date && Temporal.PlainDate.compare(rule.until_date, tomorrow) < 0)
			throw new RuleViolation('papers.rulePast', {}, 'h1');
		if (ended && !begun) await tx.db.deleteFrom('papers.involvement_rule').where('id', '=', ruleId).execute();
		else
			await tx.db
				.updateTable('papers.involvement_rule')
				.set({ until_date: ended ? tomorrow : null })
				.where('id', '=', ruleId)
				.execute();
		tx.touch('papers.instruction', rule.instruction_id, { act: ended ? 'ruleEnded' : 'ruleReopened' });
	});
}
