import { countTry } from '#kernel/identity/limits.ts';
import { subscribe } from '../member/news/commands.server.ts';
import { newsBodies } from '../member/news/queries.server.ts';
import { SubscribeForm } from '../member/news/schema.ts';
import { act } from '../planning/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const bodies = await newsBodies(ctx);
	const wanted = url.searchParams.get('gremium');
	return {
		bodies,
		chosen: bodies.find(({ slug }) => slug === wanted)?.id ?? bodies[0]?.id ?? null,
		asked: url.searchParams.has('gebeten'),
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, 'bestellen', async (form) => {
			const { ctx } = event.locals;
			// A field that people do not see: who fills it is a program, and believes to have succeeded.
			if (form.get('website')) return '/abonnement?gebeten';
			const given = SubscribeForm.parse({ email: form.get('email'), bodies: form.getAll('bodies') });
			await countTry('feedback/address', event.getClientAddress());
			await subscribe(ctx, given, event.url.origin);
			return '/abonnement?gebeten';
		}),
};
