import { isAPIError } from 'better-auth/api';
import { RuleViolation } from '../errors.ts';
import { parseSetCookie, type SetCookie } from './visit.ts';

/** What the caller does with the library's answer: pass the cookies on. */
export interface Answer<T> {
	value: T;
	cookies: SetCookie[];
}

/** A successful first step: either signed in, or a code is asked for now. */
export interface SignIn {
	cookies: SetCookie[];
	secondStep: boolean;
}

/** Answers of the library that a person has to hear of; anything else is a defect. */
const RULES: Record<string, [code: string, params?: Record<string, number>]> = {
	INVALID_EMAIL: ['identity.wrongPassword'],
	INVALID_EMAIL_OR_PASSWORD: ['identity.wrongPassword'],
	INVALID_PASSWORD: ['identity.wrongPassword'],
	PASSWORD_TOO_LONG: ['identity.wrongPassword'],
	INVALID_CODE: ['identity.wrongCode'],
	INVALID_BACKUP_CODE: ['identity.wrongCode'],
	INVALID_TWO_FACTOR_COOKIE: ['identity.challengeOver'],
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['identity.challengeOver'],
	ACCOUNT_TEMPORARILY_LOCKED: ['identity.wait', { seconds: 900 }],
	TOTP_NOT_ENABLED: ['identity.noSecondStep'],
	TOTP_ALREADY_ENABLED: ['identity.secondStepIsOn'],
	SESSION_NOT_FRESH: ['identity.signInAgain'],
	UNAUTHORIZED: ['identity.signInAgain'],
	PASSKEY_NOT_FOUND: ['identity.passkeyFailed'],
	CHALLENGE_NOT_FOUND: ['identity.passkeyFailed'],
	AUTHENTICATION_FAILED: ['identity.passkeyFailed'],
	FAILED_TO_VERIFY_REGISTRATION: ['identity.passkeyFailed'],
};

/**
 * Runs one call of the library with `returnHeaders: true`.
 * @throws RuleViolation with a code `identity.…` where the person can do something about it
 */
export async function ask<T>(call: Promise<{ headers: Headers; response: T }>): Promise<Answer<T>> {
	try {
		const { headers, response } = await call;
		return { value: response, cookies: cookiesOf(headers) };
	} catch (error) {
		throw asRule(error);
	}
}

/** A call whose only way to answer is to redirect. */
export async function askForRedirect(call: Promise<unknown>): Promise<Answer<string>> {
	try {
		await call;
	} catch (error) {
		const headers = isAPIError(error) && error.status === 'FOUND' ? new Headers(error.headers) : undefined;
		const location = headers?.get('location');
		if (headers && location) return { value: location, cookies: cookiesOf(headers) };
		throw asRule(error);
	}
	throw new Error('the library did not redirect');
}

function asRule(error: unknown): unknown {
	if (!isAPIError(error)) return error;
	const [code, params] = RULES[error.body?.code ?? ''] ?? [];
	return code ? new RuleViolation(code, params) : error;
}

function cookiesOf(headers: Headers): SetCookie[] {
	return headers.getSetCookie().map(parseSetCookie);
}
