import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { LIFETIME } from '#kernel/identity/lifetimes.ts';
import { verifySecondStep, waitingAccount } from '#kernel/identity/second-step.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { orRefusal } from '../../refusal.server.ts';
import { keepCookies, visitOf } from '../../visit.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	return {
		next: safePath(url.searchParams.get('weiter'), inLocale('/tisch', locals.ctx.locale)),
		waiting: (await waitingAccount(visitOf(event))) !== undefined,
		minutes: LIFETIME.challenge / 60,
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const next = safePath(String(form.get('weiter') ?? ''), inLocale('/tisch', event.locals.ctx.locale));
		return orRefusal(event.locals.ctx, 'code', {}, async () => {
			const { cookies } = await verifySecondStep(visitOf(event), String(form.get('code') ?? ''));
			keepCookies(event.cookies, cookies);
			redirect(303, next);
		});
	},
};
