import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { lockMatter } from './matter-commands.server.ts';

/**
 * Records an urgent decision of the mayor: who was not asked by then is on record as left out for urgency, and it is owed to
 * report it afterwards (section 4, edge cases).
 */
export async function decideUrgently(ctx: Ctx, id: string, given: { on: string; reason: string }): Promise<void> {
	demand(ctx.actor, 'papers.involvement.approve');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, id);
		if (matter.withdrawn) throw new RuleViolation('papers.matterWithdrawn', {}, 'on');
		const on = Temporal.PlainDate.from(given.on);
		await tx.db
			.updateTable('papers.matter')
			.set({ urgent_on: on, urgent_reason: given.reason, urgent_reported_on: null, mayor_approved_on: on })
			.where('id', '=', id)
			.execute();
		for (const { id: involvement, requests, omittedCode } of matter.involvements) {
			if (requests.length || omittedCode) continue;
			await tx.db
				.updateTable('papers.involvement')
				.set({ omitted_code: 'urgent', omitted_reason: given.reason, omitted_on: on, omitted_by: tx.actor.personId })
				.where('id', '=', involvement)
				.where('form', '<>', 'inform')
				.execute();
		}
		tx.touch('papers.matter', id, { act: 'decidedUrgently', fields: { on: given.on } });
	});
}

/** Says when the urgent decision was reported. @throws RuleViolation `period` before the decision */
export async function reportUrgent(ctx: Ctx, id: string, on: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, id);
		if (!matter.urgentOn || on < matter.urgentOn) throw new RuleViolation('period', {}, 'reportedOn');
		await tx.db
			.updateTable('papers.matter')
			.set({ urgent_reported_on: Temporal.PlainDate.from(on) })
			.where('id', '=', id)
			.execute();
		tx.touch('papers.matter', id, { act: 'urgentReported', fields: { on } });
	});
}
