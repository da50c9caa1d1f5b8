import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { entryRules } from './queries.server.ts';
import { termPlan } from './rules.ts';

/**
 * Lays out the way from the election of the town council to the constituting session (GRE-15). Planning anew replaces what
 * was planned and not done yet; what is done stays, and so do steps of the office's own. Steps from before the election belong
 * to the term before and are left out from then on.
 * @throws Forbidden without `council.edit`
 */
export async function planTerm(ctx: Ctx, councilBodyId: string, electedOn: Temporal.PlainDate): Promise<void> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	await write(ctx, async (tx) => {
		await tx.db
			.deleteFrom('council.term_step')
			.where('council_body_id', '=', councilBodyId)
			.where('due', '<', electedOn)
			.execute();
		await tx.db
			.deleteFrom('council.term_step')
			.where('council_body_id', '=', councilBodyId)
			.where('key', '<>', '')
			.where('done_on', 'is', null)
			.execute();
		const kept = await tx.db
			.selectFrom('council.term_step')
			.select('key')
			.where('council_body_id', '=', councilBodyId)
			.where('key', '<>', '')
			.execute();
		const done = new Set(kept.map(({ key }) => key));
		const steps = termPlan(electedOn).filter(({ key }) => !done.has(key));
		for (const [position, { key, due }] of steps.entries())
			await tx.db
				.insertInto('council.term_step')
				.values({ id: newId(), council_body_id: councilBodyId, position, key, due })
				.execute();
		tx.touch('council.councilBody', councilBodyId, {
			act: 'termPlanned',
			fields: { electedOn: electedOn.toString() },
		});
	});
}

/** Adds a step of the office's own. @throws Forbidden */
export async function addStep(ctx: Ctx, councilBodyId: string, step: { title: string; due: string }): Promise<void> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	await write(ctx, async (tx) => {
		const due = Temporal.PlainDate.from(step.due);
		await tx.db
			.insertInto('council.term_step')
			.values({ id: newId(), council_body_id: councilBodyId, position: 99, title: step.title, due })
			.execute();
		tx.touch('council.councilBody', councilBodyId, { act: 'stepAdded', fields: { due: step.due } });
	});
}

/** Ticks a step, moves its day, or opens it again. @throws NotFound, Forbidden */
export async function changeStep(ctx: Ctx, id: string, to: { done?: boolean; due?: string }): Promise<void> {
	demand(ctx.actor, 'council.edit');
	if (!isId(id)) throw new NotFound('step');
	await write(ctx, async (tx) => {
		const row = await tx.db
			.updateTable('council.term_step')
			.set({
				...(to.done !== undefined && { done_on: to.done ? tx.today : null }),
				...(to.due !== undefined && { due: Temporal.PlainDate.from(to.due) }),
			})
			.where('id', '=', id)
			.returning('council_body_id')
			.executeTakeFirst();
		if (!row) throw new NotFound('step');
		demand(tx.actor, 'council.edit', row.council_body_id);
		tx.touch('council.councilBody', row.council_body_id, { act: 'stepChanged', fields: { step: id, ...to } });
	});
}

/**
 * Notes that a new member has done a step of the onboarding list. The member may tick the own steps; the instruction on the
 * duties of the office is for the office alone to note, because it has to be on file (rulebook R1-20).
 * @throws NotFound, Forbidden, RuleViolation `council.onboardingOffice`
 */
export async function onboard(ctx: Ctx, membershipId: string, key: string, done: boolean): Promise<void> {
	demand(ctx.actor, 'council.onboarding');
	if (!isId(membershipId)) throw new NotFound('membership');
	await write(ctx, async (tx) => {
		const member = await tx.db
			.selectFrom('registry.membership')
			.select(['organisation_id', 'person_id'])
			.where('id', '=', membershipId)
			.executeTakeFirst();
		if (!member) throw new NotFound('membership');
		const { onboarding } = await entryRules(tx, member.organisation_id);
		if (!onboarding.some((step) => step.key === key)) throw new NotFound('step');
		const office = tx.actor.grants.some(({ role }) => role === 'office') || tx.actor.kind === 'operator';
		if (!office && member.person_id !== tx.actor.personId) throw new Forbidden('council.onboarding');
		if (!office && OFFICE_NOTES.includes(key)) throw new RuleViolation('council.onboardingOffice');
		if (done)
			await tx.db
				.insertInto('council.onboarding_step')
				.values({ membership_id: membershipId, key, done_on: tx.today })
				.onConflict((oc) => oc.doNothing())
				.execute();
		else
			await tx.db
				.deleteFrom('council.onboarding_step')
				.where('membership_id', '=', membershipId)
				.where('key', '=', key)
				.execute();
		tx.touch('registry.membership', membershipId, { act: 'onboarding', fields: { step: key, done } });
	});
}

/** Steps that the office notes, because they have to be on file. */
export const OFFICE_NOTES: readonly string[] = ['duties', 'secrecy'];
