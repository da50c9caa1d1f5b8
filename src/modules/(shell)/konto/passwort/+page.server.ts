import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { choosePassword, PASSWORD_LENGTH } from '#kernel/identity/password.ts';
import { orRefusal } from '../../refusal.server.ts';
import { accountOrSignIn, visitOf, withFreshSignIn } from '../../visit.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { email, secondStep } = await accountOrSignIn(event);
	return { email, secondStep, min: PASSWORD_LENGTH.min };
};

export const actions: Actions = {
	default: async (event) => {
		const password = String((await event.request.formData()).get('password') ?? '');
		return withFreshSignIn(event, () =>
			orRefusal(event.locals.ctx, 'password', {}, async () => {
				await choosePassword(visitOf(event), password);
				redirect(303, `${inLocale('/konto', event.locals.ctx.locale)}?getan=passwort`);
			}),
		);
	},
};
