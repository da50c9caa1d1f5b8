import { may } from '#kernel/access/actor.ts';
import { bodyView } from '../../../queries/bodies.server.ts';
import { bodyActions } from '../../../structure/actions.server.ts';
import { delegate, delegationsOf, endDelegation } from '../../../structure/delegations.server.ts';
import { choicesFor } from '../../../structure/queries.server.ts';
import { DelegationEndForm, DelegationForm } from '../../../structure/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { id, slug, name } = await bodyView(ctx, params.slug);
	const mayChange = may(ctx.actor, 'council.structure', id);
	const { people, organisations } = mayChange ? await choicesFor(ctx) : { people: [], organisations: [] };
	return {
		body: { slug, name },
		delegations: await delegationsOf(ctx, id),
		mayChange,
		people,
		organisations: organisations.filter((one) => one.id !== id && one.type !== 'group'),
		today: ctx.today.toString(),
	};
};

const inBody = bodyActions('entsandte');

export const actions: Actions = {
	entsenden: inBody('entsenden', DelegationForm, ({ locals: { ctx } }, id, given) => delegate(ctx, id, given)),
	beenden: inBody('beenden', DelegationEndForm, ({ locals: { ctx } }, id, given) => endDelegation(ctx, id, given)),
};
