import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { accountOf, type Account } from '#kernel/identity/account.ts';
import type { SetCookie, Visit } from '#kernel/identity/visit.ts';

/** A request as the sign-in sees it. */
export function visitOf({ request, url, getClientAddress }: RequestEvent): Visit {
	return { headers: request.headers, origin: url.origin, address: getClientAddress() };
}

/** Passes the cookies of an answer on; their values are encoded already. */
export function keepCookies(cookies: Cookies, list: SetCookie[]): void {
	for (const { name, value, ...attributes } of list) cookies.set(name, value, { ...attributes, encode: (text) => text });
}

/** The account of this request. Strangers are led to the sign-in and come back afterwards. */
export async function accountOrSignIn({ request, url, locals }: RequestEvent): Promise<Account> {
	const account = await accountOf(request.headers);
	if (!account) toSignIn(url, locals.ctx.locale);
	return account!;
}

/** Some changes need a sign-in of the last half hour: runs `work`, or leads there and back. */
export async function withFreshSignIn<T>({ url, locals }: RequestEvent, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof RuleViolation && error.code === 'identity.signInAgain') toSignIn(url, locals.ctx.locale, true);
		throw error;
	}
}

function toSignIn(url: URL, locale: Parameters<typeof inLocale>[1], again = false): never {
	const query = new URLSearchParams({ weiter: url.pathname, ...(again && { nochmal: '1' }) });
	redirect(303, `${inLocale('/anmelden', locale)}?${query}`);
}
