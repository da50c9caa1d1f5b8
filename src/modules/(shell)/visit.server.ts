import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { accountOf, type Account } from '#kernel/identity/account.ts';
import { cookieHeader, type SetCookie, type Visit } from '#kernel/identity/visit.ts';

/** A request as the sign-in sees it, with the cookies that this answer has set so far: a page is rendered after its act. */
export function visitOf(event: RequestEvent): Visit {
	return { headers: headersOf(event), origin: event.url.origin, address: event.getClientAddress() };
}

function headersOf({ request, cookies }: RequestEvent): Headers {
	const headers = new Headers(request.headers);
	headers.set('cookie', cookieHeader(cookies.getAll()));
	return headers;
}

/** Passes the cookies of an answer on. */
export function keepCookies(cookies: Cookies, list: SetCookie[]): void {
	for (const { name, value, ...attributes } of list) cookies.set(name, value, attributes);
}

/** The account of this request. Strangers are led to the sign-in and come back afterwards. */
export async function accountOrSignIn(event: RequestEvent): Promise<Account> {
	const account = await accountOf(headersOf(event));
	return account ?? toSignIn(event.url, event.locals.ctx.locale);
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
