import { demand } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { act } from '../../../votes/written/forms.server.ts';
import { openWritten } from '../../../votes/written/procedure.server.ts';
import { writtenOf } from '../../../votes/written/queries.server.ts';
import { NewWritten } from '../../../votes/written/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { body, rows } = await writtenOf(ctx, params.slug);
	// The id of the form makes a second press of the same button harmless.
	return { body, rows, id: body.mayOpen ? newId() : '' };
};

export const actions: Actions = {
	default: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.convene');
		return act(event, 'beginnen', async (typed) => {
			const { body } = await writtenOf(ctx, event.params.slug);
			demand(ctx.actor, 'council.convene', body.id);
			const number = await openWritten(ctx, body.id, NewWritten.parse(typed), event.url.origin);
			return `/gremien/${body.slug}/umlauf/${number}?begonnen`;
		});
	},
};
