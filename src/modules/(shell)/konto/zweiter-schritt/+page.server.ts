import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import {
	confirmSecondStep,
	disableSecondStep,
	enrolSecondStep,
	renewEmergencyCodes,
	waitingKey,
} from '#kernel/identity/second-step.ts';
import { orRefusal } from '../../refusal.server.ts';
import { accountOrSignIn, keepCookies, visitOf, withFreshSignIn } from '../../visit.server.ts';
import { qrPicture } from './qr.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': 'no-store' });
	const { secondStep } = await accountOrSignIn(event);
	const key = (await withFreshSignIn(event, () => waitingKey(visitOf(event)))) ?? null;
	return { on: secondStep, key, qr: key && qrPicture(key.uri) };
};

export const actions: Actions = {
	beginnen: (event) =>
		withFreshSignIn(event, () =>
			orRefusal(event.locals.ctx, 'code', {}, async () => {
				await enrolSecondStep(visitOf(event));
				redirect(303, inLocale('/konto/zweiter-schritt', event.locals.ctx.locale));
			}),
		),
	bestaetigen: async (event) => {
		const code = String((await event.request.formData()).get('code') ?? '');
		return withFreshSignIn(event, () =>
			orRefusal(event.locals.ctx, 'code', {}, async () => {
				const { cookies, emergencyCodes } = await confirmSecondStep(visitOf(event), code);
				keepCookies(event.cookies, cookies);
				return { emergencyCodes };
			}),
		);
	},
	codes: (event) =>
		withFreshSignIn(event, () =>
			orRefusal(event.locals.ctx, 'code', {}, async () => ({
				emergencyCodes: await renewEmergencyCodes(visitOf(event)),
			})),
		),
	ausschalten: (event) =>
		withFreshSignIn(event, async () => {
			const { cookies } = await disableSecondStep(visitOf(event));
			keepCookies(event.cookies, cookies);
			redirect(303, `${inLocale('/konto', event.locals.ctx.locale)}?getan=schrittWeg`);
		}),
};
