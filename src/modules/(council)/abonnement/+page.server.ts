import { countTry } from '#kernel/identity/limits.ts';
import { subscribe } from '../member/news/commands.server.ts';
import { newsBodies } from '../member/news/queries.server.ts';
import { SubscribeForm } from '../member/news/schema.ts';
import { furtherChoices } from '../member/news/sources.server.ts';
import { act } from '../planning/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const bodies = await newsBodies(ctx);
	// From a search: "?frage=shell.search?q=…".
	const wish = url.searchParams.get('frage');
	const further = await furtherChoices(ctx, { wish });
	// From a page of another module: "?mehr=papers.topic:<id>" chooses that and no body.
	const more = url.searchParams.get('mehr') ?? wish;
	const wanted = url.searchParams.get('gremium');
	return {
		bodies,
		further,
		chosen: bodies.find(({ slug }) => slug === wanted)?.id ?? (more ? null : (bodies[0]?.id ?? null)),
		chosenFurther: more,
		wish,
		asked: url.searchParams.has('gebeten'),
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, 'bestellen', async (form) => {
			const { ctx } = event.locals;
			// A field that people do not see: who fills it is a program, and believes to have succeeded.
			if (form.get('website')) return '/abonnement?gebeten';
			const given = SubscribeForm.parse({
				email: form.get('email'),
				bodies: form.getAll('bodies'),
				further: form.getAll('further'),
			});
			await countTry('feedback/address', event.getClientAddress());
			await subscribe(ctx, given, event.url.origin);
			return '/abonnement?gebeten';
		}),
};
