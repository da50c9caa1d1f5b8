import { demand } from '#kernel/access/actor.ts';
import { act } from '../../duties/act.server.ts';
import { planRows, setPlan } from '../../duties/plans.server.ts';
import { PlanForm } from '../../duties/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.duties');
	return { plans: await planRows(ctx), said: url.searchParams.has('geaendert') };
};

export const actions: Actions = {
	default: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.duties');
		return act(event, 'plan', async (typed) => {
			await setPlan(ctx, PlanForm.parse(typed));
			return '/berichtspflichten/erinnerungen?geaendert';
		});
	},
};
