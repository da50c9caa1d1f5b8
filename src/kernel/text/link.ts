/**
 * Whether a text may link there: http(s), mailto and tel, and paths of this site (`/sitzungen/12`, `#anchor`).
 * Everything else is refused: `javascript:` above all, and `//host`, which only looks like a path.
 */
export function isSafeLink(link: string): boolean {
	// A browser strips tabs and line ends from an address before reading its scheme: so none may be there.
	if (/[\s\p{Cc}\p{Cf}<>"\\]/u.test(link)) return false;
	if (/^(https?:\/\/[^/]|mailto:[^/]|tel:[+\d])/i.test(link)) return URL.canParse(link);
	return /^(\/(?!\/)|#)/.test(link);
}
