import type { Ctx } from '#kernel/ctx.ts';
import { ask } from '#kernel/db/questions.ts';
import { takeUnderControl } from './commands.server.ts';
import { controlOffers } from './offers.server.ts';
import { StandingForm } from './schema.ts';

/** Three resolutions of the demonstration's council under control; the others are offered. */
export async function demoControl(ctx: Ctx): Promise<void> {
	const department = await ctx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('name', '=', 'Bürgeramt')
		.executeTakeFirstOrThrow();
	const [first, second, third] = (await ask(ctx, controlOffers(ctx))).filter((offer) => offer.kind === 'resolution');
	const soon = ctx.today.add({ days: 9 }).toString();
	const standings = [
		{ state: 'inProgress', due: soon, departmentId: department.id, note: 'Die Stellen sind ausgeschrieben.' },
		{ state: 'done', note: 'Umgesetzt und dem Beirat mitgeteilt.' },
		{
			state: 'deadline',
			due: ctx.today.add({ months: 4 }).toString(),
			delayReason: 'Die Übersetzungen werden noch geprüft.',
			departmentId: department.id,
		},
	];
	for (const [index, offer] of [first, second, third].entries())
		if (offer) await takeUnderControl(ctx, { kind: offer.kind, id: offer.id }, StandingForm.parse(standings[index]));
}
