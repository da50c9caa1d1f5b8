import type { BeforeKit } from './before-kit.ts';

/** Addresses that `List-Unsubscribe` names: `/abonnement/<token>/ende`, also under a language. */
const ENDS = /^(?:\/[a-z-]+)?\/abonnement\/[\w-]+\/ende$/;

/**
 * Ending a subscription by one click in a mail program (RFC 8058) is a form sent by a mail server: it has no `Origin`, which
 * the framework takes for another site's form. A browser always names the origin of a form, and what names one is left to
 * the framework. The token in the address is the right to do it, nothing of the form is read, so it is passed on as bytes.
 */
export const oneClick: BeforeKit = (req) => {
	const { origin, cookie } = req.headers;
	const path = req.url?.split('?', 1)[0] ?? '';
	if (req.method === 'POST' && origin === undefined && cookie === undefined && ENDS.test(path))
		req.headers['content-type'] = 'application/octet-stream';
	return false;
};
