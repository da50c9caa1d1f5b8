/** What the city's own server says of somebody at a sign-in. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRemoteJWKSet, decodeJwt } from 'jose';
import type { OidcConfig } from './oidc-config.ts';

export interface Claims {
	all: Record<string, unknown>;
	/** False where a part could not be asked: then a claim that is missing says nothing. */
	complete: boolean;
}

/** The parts of a provider's description (OpenID Connect Discovery 1.0) that we ask for ourselves. */
export interface Provider {
	issuer: string;
	userinfo: string | undefined;
	algorithms: string[];
	keys: ReturnType<typeof createRemoteJWKSet>;
}

const PATIENCE_MS = 6_000;
const KEPT_MS = 10 * 60_000;
const providers = new Map<string, { until: number; provider: Promise<Provider> }>();

/** Reads the description, at most every ten minutes. @throws Error when the server is away or describes something else */
export function providerOf({ issuer }: Pick<OidcConfig, 'issuer'>): Promise<Provider> {
	const known = providers.get(issuer);
	if (known && known.until > Date.now()) return known.provider;
	const provider = describe(issuer);
	providers.set(issuer, { until: Date.now() + KEPT_MS, provider });
	provider.catch(() => providers.delete(issuer));
	return provider;
}

async function describe(issuer: string): Promise<Provider> {
	const told = (await asked(`${issuer}/.well-known/openid-configuration`)) as Record<string, unknown>;
	if (typeof told.issuer !== 'string' || told.issuer.replace(/\/$/, '') !== issuer || typeof told.jwks_uri !== 'string')
		throw new Error('the description of the provider names another issuer, or no keys');
	const named = told.id_token_signing_alg_values_supported;
	return {
		issuer: told.issuer,
		userinfo: typeof told.userinfo_endpoint === 'string' ? told.userinfo_endpoint : undefined,
		// Those with a shared secret can't be checked with public keys; "none" is no signature.
		algorithms: (Array.isArray(named) ? named.map(String) : ['RS256']).filter((name) => !/^(HS|none)/.test(name)),
		keys: createRemoteJWKSet(new URL(told.jwks_uri), { timeoutDuration: PATIENCE_MS }),
	};
}

async function asked(url: string, token?: string): Promise<unknown> {
	const answer = await fetch(url, {
		signal: AbortSignal.timeout(PATIENCE_MS),
		headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
	});
	if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
	return answer.json();
}

const hearing = new AsyncLocalStorage<{ claims?: Claims }>();

/** Runs a sign-in of the library and hands out what was said of the person meanwhile. */
export async function hearingClaims<T>(work: () => Promise<T>): Promise<{ value: T; claims: Claims | undefined }> {
	const heard: { claims?: Claims } = {};
	const value = await hearing.run(heard, work);
	return { value, claims: heard.claims };
}

/** @returns nothing where the provider has no such endpoint @throws Error when it does not answer */
async function userinfoOf(config: OidcConfig, accessToken: string | undefined): Promise<unknown> {
	const { userinfo } = await providerOf(config);
	return userinfo && accessToken ? asked(userinfo, accessToken) : {};
}

/**
 * The person as the library wants them. The id token has been verified by the library before; what the userinfo endpoint adds
 * is of the same person or counts for nothing. Address and its verification come from one of the two, never mixed.
 * @returns null (which ends the sign-in) without an id token, and when the two speak of different people
 */
export async function profileOf(config: OidcConfig, tokens: { idToken?: string; accessToken?: string }) {
	if (!tokens.idToken) return null;
	const first = decodeJwt(tokens.idToken) as Record<string, unknown>;
	const second = await userinfoOf(config, tokens.accessToken).catch(() => null);
	const more = (second ?? {}) as Record<string, unknown>;
	if (second && Object.keys(more).length && more.sub !== first.sub) return null;
	const all = { ...first, ...more };
	const store = hearing.getStore();
	if (store) store.claims = { all, complete: second !== null };
	const { email, email_verified } = first.email ? first : more;
	return {
		...all,
		id: String(first.sub),
		email: typeof email === 'string' ? email : undefined,
		emailVerified: email_verified === true || email_verified === 'true',
		name: typeof all.name === 'string' ? all.name : '',
	};
}
