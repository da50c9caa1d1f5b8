import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { completeLink, lookAtLink } from '#kernel/identity/links.ts';
import { dayAndClock } from '../../clock.ts';
import { orRefusal } from '../../refusal.server.ts';
import { keepCookies, visitOf } from '../../visit.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the link of a mail only looks: programs open links, too. The button uses it up. */
export const load: PageServerLoad = async ({ locals: { ctx }, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const token = url.searchParams.get('schein') ?? '';
	const link = await lookAtLink(token);
	return {
		link: link && { token, email: link.email, purpose: link.purpose, until: dayAndClock(link.validUntil, ctx) },
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { ctx } = event.locals;
		const token = String((await event.request.formData()).get('schein') ?? '');
		return orRefusal(ctx, 'schein', {}, async () => {
			const { cookies, secondStep, next } = await completeLink(visitOf(event), token);
			keepCookies(event.cookies, cookies);
			const code = `${inLocale('/anmelden/code', ctx.locale)}?${new URLSearchParams({ weiter: next })}`;
			redirect(303, secondStep ? code : next);
		});
	},
};
