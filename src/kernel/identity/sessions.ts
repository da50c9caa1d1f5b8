import { RuleViolation } from '../errors.ts';
import { runtime } from '../runtime.ts';
import { requireAccount, sessionCookie, sessionToken, type Account } from './account.ts';
import { ask } from './answer.ts';
import { authFor } from './auth.ts';
import { headersFor, type SetCookie, type Visit } from './visit.ts';
import { LIFETIME } from './lifetimes.ts';

export interface Session {
	id: string;
	/** Browser and system in two words, e.g. 'Firefox, Windows'; may be empty. */
	device: string;
	signedInAt: Temporal.Instant;
	seenAt: Temporal.Instant;
	expiresAt: Temporal.Instant;
	/** The one that asks. */
	current: boolean;
}

/** Where the account is signed in, the present session first, then the latest used. */
export async function listSessions(account: Account): Promise<Session[]> {
	const { rows } = await runtime().pool.query<Session>(
		`select "id", coalesce("userAgent", '') as device, "createdAt" as "signedInAt", "updatedAt" as "seenAt", "expiresAt",
			"id" = $2 as current
		 from auth."session"
		 where "userId" = $1 and "expiresAt" > now() and "updatedAt" > now() - make_interval(secs => $3)
		 order by current desc, "updatedAt" desc`,
		[account.id, account.sessionId, LIFETIME.idle],
	);
	return rows;
}

/** Ends one session of the account, at once. @returns false if there was none of that id */
export async function endSession(account: Account, sessionId: string): Promise<boolean> {
	const { rowCount } = await runtime().pool.query('delete from auth."session" where "userId" = $1 and "id" = $2', [
		account.id,
		sessionId,
	]);
	return rowCount === 1;
}

/** @returns how many were ended */
export async function endOtherSessions(account: Account): Promise<number> {
	const { rowCount } = await runtime().pool.query('delete from auth."session" where "userId" = $1 and "id" <> $2', [
		account.id,
		account.sessionId,
	]);
	return rowCount ?? 0;
}

/**
 * The session of this browser goes on for a day from now, if it would end before; the longest one ends seventeen days
 * after its sign-in.
 * @throws RuleViolation `identity.signInAgain` for strangers, and when it can't be longer
 */
export async function extendSession(visit: Visit): Promise<{ cookies: SetCookie[]; expiresAt: Temporal.Instant }> {
	const account = await requireAccount(visit.headers);
	const { rows } = await runtime().pool.query<{ expiresAt: Temporal.Instant; longer: boolean }>(
		`update auth."session" s
		 set "expiresAt" = greatest(s."expiresAt", least(now() + make_interval(secs => $2), s."createdAt" + make_interval(secs => $3))),
			"updatedAt" = now()
		 where s."id" = $1
		 returning "expiresAt", "expiresAt" > now() + make_interval(secs => $4) as longer`,
		[account.sessionId, LIFETIME.extension, LIFETIME.longest, LIFETIME.warning],
	);
	const [row] = rows;
	if (!row?.longer) throw new RuleViolation('identity.signInAgain');
	const maxAge = Math.floor((row.expiresAt.epochMilliseconds - Date.now()) / 1000);
	const { name, value } = sessionCookie(visit.headers)!;
	const secure = visit.origin.startsWith('https:');
	return {
		cookies: [{ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'lax', secure }],
		expiresAt: row.expiresAt,
	};
}

/** All of them: for administrators, and when a person is erased. */
export async function endAllSessions(accountId: string): Promise<void> {
	await runtime().pool.query('delete from auth."session" where "userId" = $1', [accountId]);
}

/** Somebody signs in again in the same browser: the session that was there before ends with the first step. */
export async function endFormerSession(visit: Visit): Promise<void> {
	const token = sessionToken(visit.headers);
	if (token) await runtime().pool.query('delete from auth."session" where "token" = $1', [token]);
}

/** Ends the session of this browser. Harmless for strangers. */
export async function signOut(visit: Visit): Promise<{ cookies: SetCookie[] }> {
	return ask(authFor(visit.origin).api.signOut({ headers: headersFor(visit), returnHeaders: true }));
}
