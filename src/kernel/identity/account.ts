import { isLocale, type Locale } from '../i18n/locales.ts';
import { runtime } from '../runtime.ts';
import { RuleViolation } from '../errors.ts';
import { identity } from './auth.ts';
import { cookiePrefix } from './library.ts';
import { LIFETIME } from './lifetimes.ts';
import { signedValue } from './secret.ts';
import { cookieOf } from './visit.ts';

/** Who is signed in. Roles are not here: they belong to a town and come from its records. */
export interface Account {
	id: string;
	email: string;
	name: string;
	/** Language of mails, if the person chose one. */
	locale: Locale | null;
	/** Does a second step guard link and password? */
	secondStep: boolean;
	sessionId: string;
	signedInAt: Temporal.Instant;
	/** Then one has to sign in again, whatever happens. */
	expiresAt: Temporal.Instant;
}

interface Row extends Omit<Account, 'locale' | 'secondStep'> {
	locale: string | null;
	secondStep: boolean | null;
	seenAt: Temporal.Instant;
}

/**
 * The account behind the session cookie of a request: one query by a unique key, a quarter of the time of
 * the library's own way. Nothing is cached: a
 * session that was ended is over with the next request.
 * @returns null without a cookie, with a forged one, and when the session is over or was idle for too long
 */
export async function accountOf(headers: Headers): Promise<Account | null> {
	const token = sessionToken(headers);
	if (!token) return null;
	const { rows } = await runtime().pool.query<Row>({ name: 'identity-account', text: SESSION, values: [token] });
	const [row] = rows;
	if (!row) return null;
	const { seenAt, locale, secondStep, ...account } = row;
	const idle = (Date.now() - seenAt.epochMilliseconds) / 1000;
	if (idle > LIFETIME.idle) return null;
	if (idle > LIFETIME.seen) await seen(row.sessionId);
	return {
		...account,
		locale: isLocale(locale ?? undefined) ? (locale as Locale) : null,
		secondStep: secondStep ?? false,
	};
}

const SESSION = `select u."id", u."email", u."name", u."locale", u."twoFactorEnabled" as "secondStep",
	s."id" as "sessionId", s."createdAt" as "signedInAt", s."expiresAt", s."updatedAt" as "seenAt"
	from auth."session" s join auth."user" u on u."id" = s."userId"
	where s."token" = $1 and s."expiresAt" > now()`;

async function seen(sessionId: string): Promise<void> {
	await runtime().pool.query('update auth."session" set "updatedAt" = now() where "id" = $1', [sessionId]);
}

/** The token in the session's cookie, if its signature is ours. */
export function sessionToken(headers: Headers): string | undefined {
	return signedValue(identity().secret, sessionCookie(headers)?.value);
}

/** The cookie's name is bound to the host behind TLS; where all addresses are known to be https, no other one counts. */
export function sessionCookie(headers: Headers): { name: string; value: string } | undefined {
	const { origins } = runtime().config;
	const onlyTls = origins.length > 0 && origins.every((origin) => origin.startsWith('https:'));
	for (const secure of onlyTls ? [true] : [true, false]) {
		const name = `${cookiePrefix(secure)}.session_token`;
		const value = cookieOf(headers, name);
		if (value) return { name, value };
	}
	return undefined;
}

/** @throws RuleViolation `identity.signInAgain` when nobody is signed in */
export async function requireAccount(headers: Headers): Promise<Account> {
	const account = await accountOf(headers);
	if (!account) throw new RuleViolation('identity.signInAgain');
	return account;
}

/** Signed in lately enough to change the ways of signing in. */
export function isFresh(account: Account): boolean {
	return Date.now() - account.signedInAt.epochMilliseconds < LIFETIME.fresh * 1000;
}

/** @throws RuleViolation `identity.signInAgain` when the sign-in is too old for a change of the account itself */
export async function requireFreshAccount(headers: Headers): Promise<Account> {
	const account = await requireAccount(headers);
	if (!isFresh(account)) throw new RuleViolation('identity.signInAgain');
	return account;
}
