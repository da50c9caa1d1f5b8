import { error, redirect } from '@sveltejs/kit';
import { RuleViolation } from '#kernel/errors.ts';
import { finishOidc, oidcLabel } from '#kernel/identity/oidc.ts';
import { applyRoleRules } from '#server/registry';
import { keepCookies, visitOf } from '../../../visit.server.ts';
import type { RequestHandler } from './$types';

/** The city's own sign-in sends the browser back here. */
export const GET: RequestHandler = async (event) => {
	if (oidcLabel() === undefined) error(404);
	try {
		const { cookies, next, accountId, said } = await finishOidc(visitOf(event), event.url.searchParams);
		// Before the browser gets its session: it never has rights that the city has taken away.
		await applyRoleRules(event.locals.ctx.body, accountId, said);
		keepCookies(event.cookies, cookies);
		redirect(303, next);
	} catch (caught) {
		if (!(caught instanceof RuleViolation)) throw caught;
		const reason = caught.code.replace('identity.', '');
		redirect(303, `${caught.params.page ?? '/anmelden'}?${new URLSearchParams({ dienst: reason })}`);
	}
};
