import { RuleViolation } from '../errors.ts';
import { runtime } from '../runtime.ts';
import { requireFreshAccount } from './account.ts';
import { ask, type Answer } from './answer.ts';
import { authFor } from './auth.ts';
import { countTry } from './limits.ts';
import { endFormerSession } from './sessions.ts';
import { headersFor, type SetCookie, type Visit } from './visit.ts';

export interface Passkey {
	id: string;
	name: string;
	createdAt: Temporal.Instant | null;
	/** Kept by the maker of the device, so that it survives the loss of one device. */
	synced: boolean;
}

/** Options as `navigator.credentials` takes them (JSON spelling of WebAuthn level 3). */
export type PasskeyOptions = Record<string, unknown>;

/** Begins a sign-in with a passkey; no address is asked for, the passkey knows whose it is. */
export async function beginPasskeySignIn(visit: Visit): Promise<Answer<PasskeyOptions>> {
	await countTry('passkey/address', visit.address);
	const { value, cookies } = await ask(
		authFor(visit.origin).api.generatePasskeyAuthenticationOptions({ headers: headersFor(visit), returnHeaders: true }),
	);
	// Whoever is signed in may be somebody else: every passkey of this site counts.
	return { value: { ...value, allowCredentials: [], userVerification: 'required' }, cookies };
}

/** @throws RuleViolation `identity.passkeyFailed` for an unknown, altered or unverified passkey */
export async function finishPasskeySignIn(
	visit: Visit,
	response: Record<string, unknown>,
): Promise<{ cookies: SetCookie[] }> {
	await countTry('passkey/address', visit.address);
	if (typeof response.id !== 'string') throw new RuleViolation('identity.passkeyFailed');
	// Its shape is checked by the library, not believed.
	const body = { response: response as never };
	const { cookies } = await ask(
		authFor(visit.origin).api.verifyPasskeyAuthentication({ body, headers: headersFor(visit), returnHeaders: true }),
	);
	await endFormerSession(visit);
	return { cookies };
}

/** Begins to add a passkey to the account that is signed in. @throws RuleViolation `identity.signInAgain` */
export async function beginPasskeyRegistration(visit: Visit): Promise<Answer<PasskeyOptions>> {
	await requireFreshAccount(visit.headers);
	const { value, cookies } = await ask(
		authFor(visit.origin).api.generatePasskeyRegistrationOptions({
			query: {},
			headers: headersFor(visit),
			returnHeaders: true,
		}),
	);
	return { value: { ...value }, cookies };
}

/** @throws RuleViolation `identity.passkeyFailed`, `identity.signInAgain` */
export async function finishPasskeyRegistration(
	visit: Visit,
	{ response, name }: { response: Record<string, unknown>; name: string },
): Promise<{ cookies: SetCookie[] }> {
	await requireFreshAccount(visit.headers);
	const body = { response, name: name.trim().slice(0, 80) };
	const { cookies } = await ask(
		authFor(visit.origin).api.verifyPasskeyRegistration({ body, headers: headersFor(visit), returnHeaders: true }),
	);
	return { cookies };
}

export async function passkeysOf(accountId: string): Promise<Passkey[]> {
	const { rows } = await runtime().pool.query<Passkey>(
		`select "id", coalesce("name", '') as name, "createdAt", "backedUp" as synced
		 from auth."passkey" where "userId" = $1 order by "createdAt", "id"`,
		[accountId],
	);
	return rows;
}

/** @throws RuleViolation `identity.signInAgain` */
export async function removePasskey(visit: Visit, id: string): Promise<void> {
	const account = await requireFreshAccount(visit.headers);
	await runtime().pool.query('delete from auth."passkey" where "userId" = $1 and "id" = $2', [account.id, id]);
}
