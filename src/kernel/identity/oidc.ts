import { RuleViolation } from '../errors.ts';
import { accountOf } from './account.ts';
import { askForRedirect, ask } from './answer.ts';
import { forgetOidcAuth, identity, oidcAuthFor } from './auth.ts';
import type { OidcAuth } from './library.ts';
import { countTry } from './limits.ts';
import { hearingClaims, type Claims } from './oidc-claims.ts';
import { comesFromTheCity, forgetTokens, noteSession } from './oidc-logout.ts';
import { endAllSessions, endFormerSession } from './sessions.ts';
import { cookieHeader, headersFor, safePath, type SetCookie, type Visit } from './visit.ts';

const DISCOVERY_MS = 6_000;

/** The button's words, or undefined when the operator configured no other sign-in. */
export function oidcLabel(): string | undefined {
	return identity().oidc?.label;
}

/**
 * Begins a sign-in at the city's own server (authorization code with PKCE, state and nonce).
 * @param way where to go afterwards, and the page that tells of a failure (in the reader's language, as `/ar/anmelden`)
 * @returns the address to go to
 * @throws RuleViolation `identity.oidcUnreachable`, `identity.wait`
 */
export async function startOidc(
	visit: Visit,
	way: { next?: string | null; failed: string },
): Promise<{ url: string; cookies: SetCookie[] }> {
	await countTry('oidc/address', visit.address);
	const auth = await readyAuth(visit);
	const body = {
		provider: identity().oidc!.id,
		callbackURL: safePath(way.next),
		errorCallbackURL: way.failed,
		disableRedirect: true,
	};
	const { value, cookies } = await ask(
		auth.api.signInSocial({ body, headers: headersFor(visit), returnHeaders: true }),
	);
	if (!value.url) throw new Error('the library gave no address');
	return { url: value.url, cookies };
}

/** Who came back, and what the other server says of them. */
export interface CitySignIn {
	cookies: SetCookie[];
	next: string;
	accountId: string;
	said: Claims;
}

/**
 * Finishes it, with the query of the address that the other server called back. There is no sign-up: only accounts with
 * the address that the other side has verified get in. Whom the other side refuses while they are still signed in here, with
 * an account that came from there before, is signed out everywhere.
 * @throws RuleViolation `identity.oidcFailed` (state, signature, refusal), `identity.oidcUnknown` (no account here); its
 * `page` is the one named at the start, or '/anmelden' where nothing is known of a start
 */
export async function finishOidc(visit: Visit, query: URLSearchParams): Promise<CitySignIn> {
	await countTry('oidc/address', visit.address);
	const auth = await readyAuth(visit);
	const { claims, value } = await hearingClaims(() =>
		askForRedirect(
			auth.api.callbackOAuth({
				method: 'GET',
				params: { id: identity().oidc!.id },
				query: Object.fromEntries(query),
				headers: headersFor(visit),
				returnHeaders: true,
			} as never),
		),
	);
	const { value: location, cookies } = value;
	const { searchParams, pathname } = new URL(location, visit.origin);
	const error = searchParams.get('error');
	if (error) {
		if (error === 'access_denied') await endRefused(visit);
		const page = pathname.endsWith('/anmelden') ? pathname : '/anmelden';
		throw new RuleViolation(UNKNOWN.has(error) ? 'identity.oidcUnknown' : 'identity.oidcFailed', { page });
	}
	const account = await accountOf(new Headers({ cookie: cookieHeader(cookies) }));
	if (!claims || !account) throw new Error('signed in, but nothing was said of whom');
	await endFormerSession(visit);
	await noteSession(account.sessionId, claims.all.sid);
	await forgetTokens(account.id);
	return { cookies, next: safePath(location), accountId: account.id, said: claims };
}

/** Blocked or deleted there, and still signed in here from before: nothing of that stays. */
async function endRefused(visit: Visit): Promise<void> {
	const account = await accountOf(visit.headers);
	if (account && (await comesFromTheCity(account.id))) await endAllSessions(account.id);
}

const UNKNOWN = new Set(['signup_disabled', 'account_not_linked', 'email_not_found']);

/** The library reads the other server's description once, when it is made; where that failed, it is made anew. */
async function readyAuth(visit: Visit): Promise<OidcAuth> {
	const auth = oidcAuthFor(visit.origin);
	const providers = await Promise.race([
		auth.$context.then((context) => context.socialProviders),
		afterwards(DISCOVERY_MS),
	]);
	if (providers.some((provider) => (typeof provider === 'function' ? true : provider.id === identity().oidc!.id)))
		return auth;
	forgetOidcAuth();
	throw new RuleViolation('identity.oidcUnreachable');
}

function afterwards(ms: number): Promise<never[]> {
	return new Promise((resolve) => setTimeout(resolve, ms, []).unref());
}
