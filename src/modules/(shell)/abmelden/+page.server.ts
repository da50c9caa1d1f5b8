import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { signOut } from '#kernel/identity/sessions.ts';
import { keepCookies, visitOf } from '../visit.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async (event) => {
		const { cookies } = await signOut(visitOf(event));
		keepCookies(event.cookies, cookies);
		redirect(303, inLocale('/', event.locals.ctx.locale));
	},
};
