import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { readSettings } from '../settings.ts';

/** The city's own sign-in (OpenID Connect), as configured by the operator. */
export interface OidcConfig {
	id: 'stadt';
	/** Without a slash at the end, as its discovery document spells it. */
	issuer: string;
	clientId: string;
	clientSecret: string;
	/** Words on the button, e.g. "Mit dem Konto der Stadt". */
	label: string;
	/** The other side vouches for its addresses even where it does not say `email_verified`. */
	trustEmail: boolean;
	/** Further scopes to ask for, where claims come only with one of their own (`groups`). */
	scopes: string[];
}

/**
 * `OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, `OIDC_LABEL`, `OIDC_SCOPES`, `OIDC_TRUST_EMAIL=yes` from the
 * environment or the settings of the data folder. @returns undefined without an issuer @throws UserError for a half configuration
 */
export function oidcConfig(config: Config, env: NodeJS.ProcessEnv = process.env): OidcConfig | undefined {
	const value = { ...readSettings(config.dataDir), ...env };
	const issuer = value.OIDC_ISSUER?.trim().replace(/\/$/, '');
	if (!issuer) return undefined;
	const { OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_LABEL: label = '' } = value;
	if (!clientId || !clientSecret) {
		throw new UserError('OIDC_ISSUER ist gesetzt: dann braucht es auch OIDC_CLIENT_ID und OIDC_CLIENT_SECRET.');
	}
	const url = URL.parse(issuer);
	const local = url && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
	if (url?.protocol !== 'https:' && !(local && url?.protocol === 'http:')) {
		throw new UserError(`OIDC_ISSUER muss mit https:// beginnen, nicht „${issuer}“.`);
	}
	const scopes = (value.OIDC_SCOPES ?? '').split(/[\s,]+/).filter(Boolean);
	return { id: 'stadt', issuer, clientId, clientSecret, label, scopes, trustEmail: value.OIDC_TRUST_EMAIL === 'yes' };
}
