import type { BeforeKit } from './before-kit.ts';

/**
 * Addresses that `List-Unsubscribe` names: `/abonnement/<token>/ende`, also under a language; and the one to which the city's
 * own sign-in says that somebody is signed out.
 */
const BY_SERVERS = /^(?:(?:\/[a-z-]+)?\/abonnement\/[\w-]+\/ende|\/anmelden\/abmeldung)$/;

/**
 * Ending a subscription by one click in a mail program (RFC 8058), and a back-channel logout, are forms sent by a server: they
 * have no `Origin`, which the framework takes for another site's form. A browser always names the origin of a form, and what
 * names one is left to the framework. The token, in the address or signed in the form, is the right to do it; so it is passed
 * on as bytes.
 */
export const oneClick: BeforeKit = (req) => {
	const { origin, cookie } = req.headers;
	const path = req.url?.split('?', 1)[0] ?? '';
	if (req.method === 'POST' && origin === undefined && cookie === undefined && BY_SERVERS.test(path))
		req.headers['content-type'] = 'application/octet-stream';
	return false;
};
