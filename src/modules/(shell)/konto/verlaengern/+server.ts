import { json, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { extendSession } from '#kernel/identity/sessions.ts';
import { dayAndClock } from '../../clock.ts';
import { keepCookies, visitOf } from '../../visit.server.ts';
import type { RequestHandler } from './$types';

/** Staying on: to script it tells how long; a form is led to the account's page, which says so. */
export const POST: RequestHandler = async (event) => {
	const { ctx } = event.locals;
	const isForm = event.request.headers.get('accept')?.includes('text/html');
	try {
		const { cookies, expiresAt } = await extendSession(visitOf(event));
		keepCookies(event.cookies, cookies);
		if (isForm) redirect(303, `${inLocale('/konto', ctx.locale)}?getan=verlaengert`);
		const left = Math.floor((expiresAt.epochMilliseconds - ctx.now.epochMilliseconds) / 1000);
		return json({ left, says: m.shell_session_stays({ time: dayAndClock(expiresAt, ctx) }) });
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		if (isForm) redirect(303, inLocale('/anmelden', ctx.locale));
		return new Response(null, { status: 403 });
	}
};
