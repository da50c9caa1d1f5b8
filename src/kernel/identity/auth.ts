import pg from 'pg';
import { surviveLosses } from '../db/survive-losses.ts';
import { traceClients } from '../observe/trace-queries.ts';
import { onClose, runtime, type Runtime } from '../runtime.ts';
import { makeAuth, makeOidcAuth, type Auth, type Ground, type OidcAuth } from './library.ts';
import { oidcConfig, type OidcConfig } from './oidc-config.ts';
import { derivedKey, identitySecret } from './secret.ts';

/** What the rooms of one process share for signing in: a small pool, the secret, the library, made when first needed. */
export interface Identity {
	secret: string;
	/** Key of salted hashes: rate limits, used codes. */
	hashKey: Buffer;
	oidc: OidcConfig | undefined;
	ground: (secure: boolean) => Ground;
	auth: Partial<Record<'secure' | 'plain', Auth>>;
	oidcAuth: Partial<Record<'secure' | 'plain', OidcAuth>>;
}

const identities = new WeakMap<Runtime, Identity>();

export function identity(): Identity {
	const current = runtime();
	const known = identities.get(current);
	if (known) return known;
	const made = make(current);
	identities.set(current, made);
	return made;
}

function make({ config, app }: Runtime): Identity {
	const secret = identitySecret(config.dataDir);
	// The library wants dates as Date; the parsers of the other pools give Temporal values.
	const pool = new pg.Pool({ ...app, types: undefined, max: 4 });
	surviveLosses(pool);
	traceClients(pool);
	onClose(() => pool.end());
	return {
		secret,
		hashKey: derivedKey(secret, 'hashes'),
		oidc: oidcConfig(config),
		ground: (secure) => ({ pool, secret, secure, name: 'Mitrat' }),
		auth: {},
		oidcAuth: {},
	};
}

const keyOf = (origin: string) => (origin.startsWith('https:') ? 'secure' : 'plain');

/** The library as this origin needs it: cookies differ with and without TLS, nothing else does. */
export function authFor(origin: string): Auth {
	const { auth, ground } = identity();
	const key = keyOf(origin);
	return (auth[key] ??= makeAuth(ground(key === 'secure')));
}

/** @throws Error when no other sign-in is configured */
export function oidcAuthFor(origin: string): OidcAuth {
	const { oidcAuth, oidc, ground } = identity();
	if (!oidc) throw new Error('no OpenID Connect provider is configured');
	const key = keyOf(origin);
	return (oidcAuth[key] ??= makeOidcAuth(ground(key === 'secure'), oidc));
}

/** Discovery failed: the next try asks the provider anew. */
export function forgetOidcAuth(): void {
	identity().oidcAuth = {};
}

/** Accounts exist without any request: commands of the operator come through here. */
export function anyAuth(): Auth {
	const { auth } = identity();
	return auth.secure ?? auth.plain ?? authFor('http://localhost');
}
