import { passkey } from '@better-auth/passkey';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { magicLink, twoFactor, genericOAuth } from 'better-auth/plugins';
import { PostgresDialect } from 'kysely';
import type pg from 'pg';
import { logError } from '../log.ts';
import { LIFETIME } from './lifetimes.ts';
import { hashToken } from './token.ts';
import { profileOf } from './oidc-claims.ts';
import type { OidcConfig } from './oidc-config.ts';

/** What an instance of the library is made of. */
export interface Ground {
	pool: pg.Pool;
	secret: string;
	/** Behind TLS: cookies are `Secure` and bound to the host by their name. */
	secure: boolean;
	/** Shown by authenticator apps and password managers. */
	name: string;
}

export type Auth = ReturnType<typeof makeAuth>;
export type OidcAuth = ReturnType<typeof makeOidcAuth>;

export const cookiePrefix = (secure: boolean) => (secure ? '__Host-mitrat' : 'mitrat');

/** E-mail link, passkey, password and second step. */
export function makeAuth(ground: Ground) {
	return betterAuth({
		...common(ground),
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			autoSignIn: false,
			minPasswordLength: 12,
			maxPasswordLength: 200,
		},
		plugins: [
			magicLink({
				disableSignUp: true,
				storeToken: { type: 'custom-hasher', hash: async (token) => hashToken(token) },
				sendMagicLink: () => {
					throw new Error('links are made by links.ts');
				},
			}),
			secondStep(ground.name),
			passkey({
				advanced: { webAuthnChallengeCookie: 'passkey' },
				rpName: ground.name,
				authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
				authentication: {
					// A passkey stands for two factors only if its device asked who holds it.
					afterVerification: async ({ verification }) => {
						if (!verification.authenticationInfo.userVerified) throw new Error('the passkey did not verify its user');
					},
				},
			}),
		],
	});
}

/** The city's own sign-in, apart from the rest: when that server hangs, everything else goes on. */
export function makeOidcAuth(ground: Ground, oidc: OidcConfig) {
	return betterAuth({
		...common(ground),
		account: {
			// Tokens of the other side are of no use here: they are forgotten as soon as the sign-in is finished.
			encryptOAuthTokens: true,
			accountLinking: { enabled: true, trustedProviders: oidc.trustEmail ? [oidc.id] : [] },
		},
		plugins: [
			genericOAuth({
				config: [
					{
						providerId: oidc.id,
						discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
						clientId: oidc.clientId,
						clientSecret: oidc.clientSecret,
						scopes: ['openid', 'email', 'profile', ...oidc.scopes],
						getUserInfo: (tokens) => profileOf(oidc, tokens),
						pkce: true,
						disableSignUp: true,
						requireIdTokenVerification: true,
					},
				],
			}),
		],
	});
}

/** The part that the database, too, depends on: tables follow from all plugins together. */
function common({ pool, secret, secure, name }: Ground) {
	return {
		appName: name,
		secret,
		basePath: '/anmelden',
		// Callers name the host in every call, checked against the list of towns before.
		baseURL: { allowedHosts: ['*'], protocol: secure ? 'https' : 'http' },
		database: { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: 'auth', transaction: true },
		user: {
			additionalFields: {
				locale: { type: 'string', required: false, input: false },
				demonstration: { type: 'string', required: false, input: false },
			},
		},
		// The end of a session is fixed when it begins; idle time is counted by `accountOf`.
		session: { expiresIn: LIFETIME.session, disableSessionRefresh: true, freshAge: LIFETIME.fresh },
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		logger: { level: 'error', log: (_level, _message, ...details) => void logFailure(details) },
		advanced: {
			useSecureCookies: false,
			cookiePrefix: cookiePrefix(secure),
			defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
			ipAddress: { disableIpTracking: true },
			database: { validateSchema: false },
		},
	} satisfies BetterAuthOptions;
}

/** Messages of the library quote addresses and codes: only what was thrown is logged, without its text. */
function logFailure(details: unknown[]): void {
	const error = details.find((detail) => detail instanceof Error);
	// A way back from the city's server that is old or belongs to another browser: told on the page, nobody's defect.
	const isStale = String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('state_');
	if (error && !isStale) logError(error, { room: 'identity' });
}

/**
 * The second step asks after e-mail links as well as after passwords: whoever turned it on expects it everywhere.
 * (Passkeys are two steps in one; the city's own sign-in has its own.)
 */
function secondStep(issuer: string) {
	const plugin = twoFactor({ issuer, allowPasswordless: true, twoFactorCookieMaxAge: LIFETIME.challenge });
	const [hook] = plugin.hooks.after;
	hook!.matcher = ({ path }) => path === '/sign-in/email' || path === '/magic-link/verify';
	return plugin;
}
