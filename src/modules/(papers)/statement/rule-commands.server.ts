import type { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { refreshDues } from './due.server.ts';
import type { RuleForm } from './schema.ts';

/** Saves the rule that counts from a day on; the days of open statements are computed anew. */
export async function saveRule(ctx: Ctx, given: z.infer<typeof RuleForm>): Promise<void> {
	demand(ctx.actor, 'papers.statementRules');
	await write(ctx, async (tx) => {
		const values = {
			before_committee: given.beforeCommittee,
			counted_in: given.countedIn,
			approval_days: given.approvalDays,
			inquiry_days: given.inquiryDays,
			co_sign_days: given.coSignDays,
			treatment_days: given.treatmentDays,
			reminder_days: given.reminderDays,
			citation: given.citation,
		};
		await tx.db
			.insertInto('papers.statement_rule')
			.values({ valid_from: Temporal.PlainDate.from(given.validFrom), ...values })
			.onConflict((conflict) => conflict.columns(['body_id', 'valid_from']).doUpdateSet(values))
			.execute();
		tx.touch('papers.statementRule', tx.body.id, { act: 'saved', fields: { validFrom: given.validFrom, ...values } });
		await refreshDues(tx);
	});
}

/** Takes a rule back; what was in force before counts again. */
export async function removeRule(ctx: Ctx, validFrom: string): Promise<void> {
	demand(ctx.actor, 'papers.statementRules');
	await write(ctx, async (tx) => {
		const day = Temporal.PlainDate.from(validFrom);
		await tx.db.deleteFrom('papers.statement_rule').where('valid_from', '=', day).execute();
		tx.touch('papers.statementRule', tx.body.id, { act: 'removed', fields: { validFrom } });
		await refreshDues(tx);
	});
}
