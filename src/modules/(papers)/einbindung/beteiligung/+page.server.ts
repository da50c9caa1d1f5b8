import { demand, may } from '#kernel/access/actor.ts';
import { act } from '../../involvement/act.server.ts';
import { openRound, roundRows } from '../../involvement/participation.server.ts';
import { RoundForm } from '../../involvement/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demand(ctx.actor, 'papers.involvement.answer');
	return {
		rounds: await roundRows(ctx),
		mayOpen: may(ctx.actor, 'papers.participation'),
		today: ctx.today.toString(),
	};
};

export const actions: Actions = {
	default: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.participation');
		return act(event, 'runde', async (form) => {
			const id = await openRound(ctx, RoundForm.parse(Object.fromEntries(form)));
			return `/einbindung/beteiligung/${id}`;
		});
	},
};
