/** The city's own server says that somebody is signed out, or gone: OpenID Connect Back-Channel Logout 1.0. */
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { runtime } from '../runtime.ts';
import { identity } from './auth.ts';
import { providerOf } from './oidc-claims.ts';
import { keyedHash } from './secret.ts';

/** Why a message was not believed; for the other server's log, in English as all of its protocol is. */
export class LogoutRefused extends Error {
	override name = 'LogoutRefused';
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Seconds: an older message is none, and so long each is remembered. Clocks of two servers differ by a minute at most. */
const AGE = 600;
const SKEW = 60;

/**
 * Ends the sessions that a logout token names: the one of its `sid`, or, where it names a person alone, every session of the
 * account, however it began.
 * @param token as posted, unverified
 * @returns how many ended
 * @throws LogoutRefused for anything but a fresh, rightly signed token of our provider for us (section 2.6 of the
 * specification); Error when the provider's keys cannot be had
 */
export async function backChannelLogout(token: string): Promise<number> {
	const payload = await verified(token);
	const { sub, sid } = payload as { sub?: unknown; sid?: unknown };
	const events = payload.events as Record<string, unknown> | undefined;
	if (typeof events?.[EVENT] !== 'object' || events[EVENT] === null) throw new LogoutRefused('no logout event');
	if ('nonce' in payload) throw new LogoutRefused('a nonce is prohibited');
	if (typeof sub !== 'string' && typeof sid !== 'string') throw new LogoutRefused('neither sub nor sid');
	await onlyOnce(payload);
	const { rowCount } = await runtime().pool.query(
		`delete from auth."session" where
			($1::text is null or "id" in (select session_id from auth.oidc_session where sid = $1))
			and ($2::text is null or "userId" in (select "userId" from auth."account" where "providerId" = $3 and "accountId" = $2))`,
		[typeof sid === 'string' ? sid : null, typeof sub === 'string' ? sub : null, identity().oidc!.id],
	);
	return rowCount ?? 0;
}

async function verified(token: string): Promise<JWTPayload> {
	const { oidc } = identity();
	if (!oidc) throw new LogoutRefused('no provider');
	const { issuer, keys, algorithms } = await providerOf(oidc);
	try {
		const { payload } = await jwtVerify(token, keys, {
			issuer,
			audience: oidc.clientId,
			algorithms,
			clockTolerance: SKEW,
			maxTokenAge: AGE,
			requiredClaims: ['jti', 'iat'],
		});
		return payload;
	} catch (error) {
		// Its keys were not to be had: the message may be right, and the other server may send it again.
		const isAway =
			!(error instanceof errors.JOSEError) || ['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC'].includes(error.code);
		if (isAway) throw error;
		throw new LogoutRefused(error.code);
	}
}

async function onlyOnce({ jti }: JWTPayload): Promise<void> {
	if (typeof jti !== 'string' || jti === '') throw new LogoutRefused('no jti');
	const { rowCount } = await runtime().pool.query(
		`insert into auth.logout_token (jti, free_at) values ($1, now() + make_interval(secs => $2)) on conflict do nothing`,
		[keyedHash(identity().hashKey, `logout ${jti}`), AGE + 2 * SKEW],
	);
	if (rowCount === 0) throw new LogoutRefused('heard before');
}

/** Remembers which session of the other server began this one; it may name none. */
export async function noteSession(sessionId: string, sid: unknown): Promise<void> {
	if (typeof sid !== 'string' || !sid) return;
	await runtime().pool.query('insert into auth.oidc_session (session_id, sid) values ($1, $2)', [sessionId, sid]);
}

/** Nothing is asked of the other server after the sign-in: its tokens, with what they say of the person, are not kept. */
export async function forgetTokens(accountId: string): Promise<void> {
	await runtime().pool.query(
		`update auth."account" set "accessToken" = null, "refreshToken" = null, "idToken" = null, "accessTokenExpiresAt" = null,
			"refreshTokenExpiresAt" = null where "userId" = $1 and "providerId" = $2`,
		[accountId, identity().oidc!.id],
	);
}

/** Has this account ever been signed in by the city's own server? */
export async function comesFromTheCity(accountId: string): Promise<boolean> {
	const { rows } = await runtime().pool.query('select from auth."account" where "userId" = $1 and "providerId" = $2', [
		accountId,
		identity().oidc!.id,
	]);
	return rows.length > 0;
}
