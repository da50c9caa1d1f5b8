import { bodyRows } from '../../../queries/bodies.server.ts';
import { bodyToChange, changeBody, closeWorkingGroup } from '../../../structure/bodies.server.ts';
import { act } from '../../../structure/form.server.ts';
import { bodyFacts, commissionerOffices } from '../../../structure/queries.server.ts';
import { BodyForm, ClosingForm } from '../../../structure/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const body = await bodyToChange(ctx, params.slug);
	const facts = await bodyFacts(ctx, body.id);
	const offices = await commissionerOffices(ctx);
	const bodies = (await bodyRows(ctx)).filter(({ id }) => id !== body.id).map(({ id, name }) => ({ id, name }));
	return { body, facts, offices, bodies, today: ctx.today.toString() };
};

export const actions: Actions = {
	angaben: async (event) => {
		const { ctx } = event.locals;
		const { id, slug } = await bodyToChange(ctx, event.params.slug);
		return act(event, {
			of: 'angaben',
			councilBodyId: id,
			schema: BodyForm,
			run: async (given) => (await changeBody(ctx, id, given), `/gremien/${slug}`),
		});
	},
	abschliessen: async (event) => {
		const { ctx } = event.locals;
		const { id, slug } = await bodyToChange(ctx, event.params.slug);
		return act(event, {
			of: 'abschliessen',
			councilBodyId: id,
			schema: ClosingForm,
			run: async (given) => (await closeWorkingGroup(ctx, id, given), `/gremien/${slug}`),
		});
	},
};
