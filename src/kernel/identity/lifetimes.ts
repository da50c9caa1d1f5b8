/** How long things of the sign-in live, in seconds. What a reader has to know of them is said on the pages. */
export const LIFETIME = {
	/** A session ends after a week at the latest: then one signs in again. */
	session: 7 * 24 * 3600,
	/** Without a request for a day it ends sooner. Longer than 20 hours: no warning is due (WCAG 2.2, 2.2.1). */
	idle: 24 * 3600,
	/** The last request is written down at most this often. */
	seen: 10 * 60,
	/** Changes to the account itself (second step, passkeys, password) need a sign-in no older than this. */
	fresh: 30 * 60,
	/** A link in a mail; another one is a button away. */
	link: 30 * 60,
	invitation: 7 * 24 * 3600,
	/** Time to type the code of the second step. */
	challenge: 10 * 60,
	/** A code of an app is valid for 90 seconds at most (its own half minute, the one before and the one after). */
	usedCode: 5 * 60,
} as const;
