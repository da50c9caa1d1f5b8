import { PRESETS } from '../../rules/presets.ts';
import { createBody, demandTownWide } from '../../structure/bodies.server.ts';
import { act } from '../../structure/form.server.ts';
import { bodyRows } from '../../queries/bodies.server.ts';
import { councilTerms } from '../../structure/term-queries.server.ts';
import { NewBodyForm } from '../../structure/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demandTownWide(ctx);
	const presets = PRESETS.map(({ key, name, seats }) => ({
		key,
		name,
		votingSeats: seats.filter(({ voting }) => voting).reduce((sum, { count }) => sum + count, 0),
	}));
	const terms = await councilTerms(ctx);
	const bodies = (await bodyRows(ctx)).map(({ id, name }) => ({ id, name }));
	return { presets, terms, bodies, today: ctx.today.toString() };
};

export const actions: Actions = {
	anlegen: (event) =>
		act(event, {
			of: 'anlegen',
			schema: NewBodyForm,
			run: async (given) => `/gremien/${await createBody(event.locals.ctx, given)}`,
		}),
};
