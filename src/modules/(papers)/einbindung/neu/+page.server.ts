import { demand, may } from '#kernel/access/actor.ts';
import { act } from '../../involvement/act.server.ts';
import { openMatter } from '../../involvement/matter-commands.server.ts';
import { draftOffer } from '../../involvement/draft-offer.server.ts';
import { choices } from '../../involvement/rule-rows.server.ts';
import { MatterForm } from '../../involvement/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement.open');
	const { departments, types, topics } = await choices(ctx);
	const slug = url.searchParams.get('vorlage');
	return {
		departments: departments.filter(({ value }) => may(ctx.actor, 'papers.involvement.open', value)),
		types,
		topics,
		paper: slug ? await draftOffer(ctx, slug) : null,
		today: ctx.today.toString(),
	};
};

export const actions: Actions = {
	default: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.involvement.open');
		return act(event, 'neu', async (form) => {
			const { topics: _, ...typed } = Object.fromEntries(form);
			const given = MatterForm.parse({ ...typed, topics: form.getAll('topics') });
			const id = await openMatter(ctx, given, String(form.get('paper') ?? '') || null);
			return `/einbindung/${id}?geoeffnet`;
		});
	},
};
