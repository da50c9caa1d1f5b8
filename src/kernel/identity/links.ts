import { setTimeout as sleep } from 'node:timers/promises';
import { RuleViolation } from '../errors.ts';
import type { Locale } from '../i18n/locales.ts';
import { runtime } from '../runtime.ts';
import { createAccount, demonstrationAccounts, findAccount, type KnownAccount, type NewAccount } from './accounts.ts';
import { ask, type SignIn } from './answer.ts';
import { anyAuth, authFor } from './auth.ts';
import { LIFETIME } from './lifetimes.ts';
import { countTry } from './limits.ts';
import { endFormerSession } from './sessions.ts';
import { hashToken, newToken } from './token.ts';
import { headersFor, safePath, type Visit } from './visit.ts';

export type LinkPurpose = 'signIn' | 'invitation';

/** What a mail of this room has to say; its words come from the module that sends it. */
export interface LinkMail {
	purpose: LinkPurpose;
	to: string;
	name: string;
	/** Language the person chose for mails; null: that of the page. */
	locale: Locale | null;
	/** Leads to a page with one button; opening it uses nothing up. */
	url: string;
	validUntil: Temporal.Instant;
}
export type SendLinkMail = (mail: LinkMail) => Promise<void>;

/** An answer that takes as long for unknown addresses as for known ones tells nobody which is which. */
const ANSWER_MS = 300;

/**
 * Sends a link to an address, if it belongs to an account. Callers learn nothing about that: the answer is the same, and
 * after the same time.
 * @param next where to go after signing in
 * @throws RuleViolation `identity.wait` with `seconds`, counted per address of either kind
 */
export async function requestLink(
	visit: Visit,
	{ email, next }: { email: string; next?: string | null },
	send: SendLinkMail,
): Promise<{ validMinutes: number }> {
	await countTry('link/address', visit.address);
	await countTry('link/account', email);
	const work = findAccount(email).then(async (account) => {
		if (!account) return;
		await send(await mailWithLink(account, visit.origin, 'signIn', next));
	});
	await Promise.all([work, sleep(ANSWER_MS)]);
	return { validMinutes: LIFETIME.link / 60 };
}

/**
 * Makes an account (or finds it) and a link that signs it in once, valid for a week. For administrators, and for
 * `mitrat setup`, which prints the link of the first one instead of sending it.
 * @param origin address of the town's site, e.g. `https://rat.example`
 */
export async function inviteAccount(
	person: NewAccount,
	{ origin, next, send }: { origin: string; next?: string; send?: SendLinkMail },
): Promise<{ accountId: string; created: boolean; url: string; validUntil: Temporal.Instant }> {
	const { id, created } = await createAccount(person);
	const account = (await findAccount(person.email))!;
	const mail = await mailWithLink(account, origin, 'invitation', next);
	await send?.(mail);
	return { accountId: id, created, url: mail.url, validUntil: mail.validUntil };
}

async function mailWithLink(
	account: KnownAccount,
	origin: string,
	purpose: LinkPurpose,
	next?: string | null,
): Promise<LinkMail> {
	const { token, validUntil } = await makeToken(account.email, purpose, next);
	const url = new URL('/anmelden/link', origin);
	url.searchParams.set('schein', token);
	return { purpose, to: account.email, name: account.name, locale: account.locale, url: url.href, validUntil };
}

async function makeToken(email: string, purpose: LinkPurpose, next?: string | null) {
	const seconds = purpose === 'invitation' ? LIFETIME.invitation : LIFETIME.link;
	const validUntil = Temporal.Now.instant().add({ seconds });
	const token = newToken();
	const { internalAdapter } = await anyAuth().$context;
	await internalAdapter.createVerificationValue({
		identifier: hashToken(token),
		value: JSON.stringify({ email, purpose, next: safePath(next) } satisfies TokenValue),
		expiresAt: new Date(validUntil.epochMilliseconds),
	});
	return { token, validUntil };
}

interface TokenValue {
	email: string;
	purpose: LinkPurpose;
	next: string;
}

/** What a link is good for, without using it up: what the page with the button shows. */
export interface WaitingLink extends TokenValue {
	validUntil: Temporal.Instant;
}

/** @returns null for a link that was used, is over or never was */
export async function lookAtLink(token: string): Promise<WaitingLink | null> {
	const { rows } = await runtime().pool.query<{ value: string; validUntil: Temporal.Instant }>(
		`select "value", "expiresAt" as "validUntil" from auth."verification" where "identifier" = $1 and "expiresAt" > now()`,
		[hashToken(token)],
	);
	const [row] = rows;
	return row ? { ...(JSON.parse(row.value) as TokenValue), validUntil: row.validUntil } : null;
}

/**
 * Uses a link up and signs its account in (or asks for the code of the second step). Only ever called for a POST.
 * @throws RuleViolation `identity.linkOver` for a link that was used or is over, `identity.wait`
 */
export async function completeLink(visit: Visit, token: string): Promise<SignIn & { next: string }> {
	await countTry('token/address', visit.address);
	const link = await lookAtLink(token);
	if (!link) throw new RuleViolation('identity.linkOver');
	const { value, cookies } = await ask(
		authFor(visit.origin).api.magicLinkVerify({ query: { token }, headers: headersFor(visit), returnHeaders: true }),
	).catch((error: unknown) => {
		// The library answers a second use with a redirect: somebody was faster.
		throw isRedirect(error) ? new RuleViolation('identity.linkOver') : error;
	});
	await endFormerSession(visit);
	return { cookies, secondStep: 'twoFactorRedirect' in value, next: safePath(link.next) };
}

function isRedirect(error: unknown): boolean {
	return (error as { status?: unknown }).status === 'FOUND';
}

/**
 * Signs in as one of the demonstration's people.
 * @throws RuleViolation `identity.linkOver` in production and for accounts that do not belong to the demonstration
 */
export async function signInDemonstration(visit: Visit, accountId: string): Promise<SignIn> {
	const account = (await demonstrationAccounts()).find(({ id }) => id === accountId);
	if (!account) throw new RuleViolation('identity.linkOver');
	const { token } = await makeToken(account.email, 'signIn');
	return completeLink(visit, token);
}
