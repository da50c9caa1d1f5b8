/** How long things of the sign-in live, in seconds. What a reader has to know of them is said on the pages. */
export const LIFETIME = {
	/** A session ends after a week, unless its person stays on. */
	session: 7 * 24 * 3600,
	/** Staying on lasts this long each time; ten times at least (WCAG 2.2, 2.2.1), then one signs in again. */
	extension: 24 * 3600,
	longest: (7 + 10) * 24 * 3600,
	/** From here on every page says when the session ends. Long, because without script a page can't speak up later. */
	warning: 12 * 3600,
	/** Without a request for a day it ends sooner; a page left open warns by script. */
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
