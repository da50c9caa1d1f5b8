import { RuleViolation } from '../errors.ts';
import { runtime } from '../runtime.ts';
import { accountOf, requireFreshAccount } from './account.ts';
import { ask, type Answer } from './answer.ts';
import { authFor, identity } from './auth.ts';
import { emergencyCode, newEmergencyCodes } from './emergency-codes.ts';
import { cookiePrefix } from './library.ts';
import { countTry, forgetTries } from './limits.ts';
import { removePassword } from './password.ts';
import { signedValue } from './secret.ts';
import { giveCodeBack, takeCode } from './used-code.ts';
import { cookieHeader, cookieOf, headersFor, type SetCookie, type Visit } from './visit.ts';

/**
 * Second step of signing in: the code of the app, or one of the codes for emergencies. Spaces and dashes don't matter.
 * A code of the app counts once, also when it arrives twice at the same moment.
 * @throws RuleViolation `identity.wrongCode`, `identity.usedCode`, `identity.challengeOver` (begin anew), `identity.wait`
 */
export async function verifySecondStep(visit: Visit, given: string): Promise<{ cookies: SetCookie[] }> {
	const accountId = await waitingAccount(visit);
	if (!accountId) throw new RuleViolation('identity.challengeOver');
	await countTry('code/address', visit.address);
	await countTry('code/account', accountId);
	const code = given.replace(/\s/g, '');
	const { cookies } = /^\d{6}$/.test(code)
		? await verifyTotp(visit, accountId, code)
		: await verifyBackupCode(visit, code);
	await forgetTries('code/account', accountId);
	return { cookies };
}

async function verifyTotp(visit: Visit, accountId: string, code: string): Promise<Answer<unknown>> {
	if (!(await takeCode(accountId, code))) throw new RuleViolation('identity.usedCode');
	try {
		return await ask(
			authFor(visit.origin).api.verifyTOTP({ body: { code }, headers: headersFor(visit), returnHeaders: true }),
		);
	} catch (error) {
		await giveCodeBack(accountId, code);
		throw error;
	}
}

async function verifyBackupCode(visit: Visit, code: string): Promise<Answer<unknown>> {
	const body = { code: emergencyCode(code) };
	return ask(authFor(visit.origin).api.verifyBackupCode({ body, headers: headersFor(visit), returnHeaders: true }));
}

/** The account whose first step is done and whose code is awaited. */
export async function waitingAccount(visit: Visit): Promise<string | undefined> {
	const name = `${cookiePrefix(visit.origin.startsWith('https:'))}.two_factor`;
	const identifier = signedValue(identity().secret, cookieOf(visit.headers, name));
	if (!identifier) return undefined;
	const { rows } = await runtime().pool.query<{ value: string }>(
		'select "value" from auth."verification" where "identifier" = $1 and "expiresAt" > now()',
		[identifier],
	);
	return rows[0]?.value;
}

/** What an authenticator app needs: as an address for links and QR codes, and as letters to copy. */
export interface SecondStepKey {
	uri: string;
	secret: string;
}

/**
 * Begins to set up the second step for the account that is signed in. Until a code confirmed it, nothing has changed.
 * @throws RuleViolation `identity.secondStepIsOn`, `identity.signInAgain`
 */
export async function enrolSecondStep(visit: Visit): Promise<SecondStepKey> {
	await requireFreshAccount(visit.headers);
	const call = authFor(visit.origin).api.enableTwoFactor({
		body: { method: 'totp' },
		headers: headersFor(visit),
		returnHeaders: true,
	});
	const { value } = await ask(call);
	if (value.method !== 'totp') throw new Error('the library set up another method');
	return keyOf(value.totpURI);
}

/** The key of a set-up that waits for its first code; undefined otherwise (a key in use is never shown again). */
export async function waitingKey(visit: Visit): Promise<SecondStepKey | undefined> {
	const account = await requireFreshAccount(visit.headers);
	const { rowCount } = await runtime().pool.query(
		'select 1 from auth."twoFactor" where "userId" = $1 and "verified" is false',
		[account.id],
	);
	if (!rowCount || account.secondStep) return undefined;
	const { totpURI } = await authFor(visit.origin).api.getTOTPURI({ body: {}, headers: headersFor(visit) });
	return keyOf(totpURI);
}

function keyOf(uri: string): SecondStepKey {
	return { uri, secret: new URL(uri).searchParams.get('secret') ?? '' };
}

/**
 * Turns the second step on. The session is replaced; all others end, as they began with one step only.
 * @returns codes for emergencies, each good for one sign-in; they are shown this once
 * @throws RuleViolation `identity.wrongCode`, `identity.usedCode`, `identity.wait`, `identity.signInAgain`
 */
export async function confirmSecondStep(
	visit: Visit,
	given: string,
): Promise<{ cookies: SetCookie[]; emergencyCodes: string[] }> {
	const account = await requireFreshAccount(visit.headers);
	await countTry('code/account', account.id);
	const { cookies } = await verifyTotp(visit, account.id, given.replace(/\s/g, ''));
	await forgetTries('code/account', account.id);
	const signedIn = withCookies(visit, cookies);
	const { sessionId } = (await accountOf(signedIn.headers))!;
	await runtime().pool.query('delete from auth."session" where "userId" = $1 and "id" <> $2', [account.id, sessionId]);
	return { cookies, emergencyCodes: await newEmergencyCodes(account.id) };
}

/** Replaces the codes for emergencies. @throws RuleViolation `identity.signInAgain`, `identity.noSecondStep` */
export async function renewEmergencyCodes(visit: Visit): Promise<string[]> {
	const account = await requireFreshAccount(visit.headers);
	if (!account.secondStep) throw new RuleViolation('identity.noSecondStep');
	return newEmergencyCodes(account.id);
}

/**
 * Turns the second step off; a password goes with it, since it is of no use without.
 * @throws RuleViolation `identity.signInAgain`
 */
export async function disableSecondStep(visit: Visit): Promise<{ cookies: SetCookie[] }> {
	const account = await requireFreshAccount(visit.headers);
	await removePassword(account.id);
	return ask(authFor(visit.origin).api.disableTwoFactor({ body: {}, headers: headersFor(visit), returnHeaders: true }));
}

/** For administrators: somebody lost app and emergency codes. All sessions end; the next link signs in with one step. */
export async function resetSecondStep(accountId: string): Promise<void> {
	await removePassword(accountId);
	const { pool } = runtime();
	await pool.query('update auth."user" set "twoFactorEnabled" = false, "updatedAt" = now() where "id" = $1', [
		accountId,
	]);
	await pool.query('delete from auth."twoFactor" where "userId" = $1', [accountId]);
	await pool.query('delete from auth."session" where "userId" = $1', [accountId]);
}

/** The same visit with the cookies it is about to get. */
function withCookies(visit: Visit, cookies: SetCookie[]): Visit {
	const headers = new Headers(visit.headers);
	headers.set('cookie', cookieHeader(cookies.filter(({ maxAge }) => maxAge !== 0)));
	return { ...visit, headers };
}
