import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { accountOf } from '#kernel/identity/account.ts';
import { demonstrationAccounts } from '#kernel/identity/accounts.ts';
import { requestLink, signInDemonstration } from '#kernel/identity/links.ts';
import { oidcLabel, startOidc } from '#kernel/identity/oidc.ts';
import { signInWithPassword } from '#kernel/identity/password.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { linkMails } from '../link-mails.server.ts';
import { orRefusal, refuse } from '../refusal.server.ts';
import { isKnownRule, ruleWords } from '../rule-words.server.ts';
import { keepCookies, visitOf } from '../visit.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, request, url }) => {
	const account = await accountOf(request.headers);
	const failed = `identity.${url.searchParams.get('dienst')}`;
	const city = oidcLabel();
	return {
		next: nextOf(url, ctx),
		again: url.searchParams.has('nochmal'),
		name: account?.name ?? null,
		city: city === undefined ? null : city || m.shell_login_oidc(),
		cityFailed: isKnownRule(failed) ? ruleWords(new RuleViolation(failed), ctx) : null,
		people: ctx.body.demonstration ? await people() : [],
	};
};

async function people() {
	const accounts = await demonstrationAccounts();
	return accounts.map(({ id, name, demonstration }) => ({ id, name, role: demonstration! }));
}

const Email = z.email().max(254);

/** Fields of a form as texts, and where to go afterwards. */
async function typedIn({ request, url, locals }: RequestEvent) {
	const form = await request.formData();
	const text = (name: string) => String(form.get(name) ?? '');
	return { text, email: text('email').trim(), next: nextOf(url, locals.ctx) };
}

/** Forms keep `weiter` in their address, so it is still there when one comes back. */
function nextOf(url: URL, { locale }: Ctx): string {
	return safePath(url.searchParams.get('weiter'), inLocale('/tisch', locale));
}

export const actions: Actions = {
	link: async (event) => {
		const { ctx } = event.locals;
		const { email, next } = await typedIn(event);
		if (!Email.safeParse(email).success) return refuse('email', m.shell_login_error_email(), { email });
		return orRefusal(ctx, 'email', { email }, async () => {
			const { validMinutes } = await requestLink(visitOf(event), { email, next }, linkMails(ctx));
			return { sent: { email, minutes: validMinutes } };
		});
	},

	passwort: async (event) => {
		const { email, text, next } = await typedIn(event);
		const typed = { passwordEmail: email };
		if (!Email.safeParse(email).success) return refuse('password-email', m.shell_login_error_email(), typed);
		return orRefusal(event.locals.ctx, 'password', typed, async () => {
			const { cookies } = await signInWithPassword(visitOf(event), { email, password: text('password') });
			keepCookies(event.cookies, cookies);
			redirect(303, codePage(event, next));
		});
	},

	/** The address of the other server can't be the answer to a form (`form-action`): the page leads on. */
	stadt: async (event) => {
		if (oidcLabel() === undefined) error(404);
		const { next } = await typedIn(event);
		const failed = inLocale('/anmelden', event.locals.ctx.locale);
		return orRefusal(event.locals.ctx, 'stadt', {}, async () => {
			const { url, cookies } = await startOidc(visitOf(event), { next, failed });
			keepCookies(event.cookies, cookies);
			return { goTo: url };
		});
	},

	demo: async (event) => {
		const { text, next } = await typedIn(event);
		return orRefusal(event.locals.ctx, 'demo', {}, async () => {
			const { cookies, secondStep } = await signInDemonstration(visitOf(event), text('konto'));
			keepCookies(event.cookies, cookies);
			redirect(303, secondStep ? codePage(event, next) : next);
		});
	},
};

function codePage({ locals }: RequestEvent, next: string): string {
	return `${inLocale('/anmelden/code', locals.ctx.locale)}?${new URLSearchParams({ weiter: next })}`;
}
