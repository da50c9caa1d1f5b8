/** A request as the sign-in sees it. The web side checks host and protocol before; nothing here believes headers. */
export interface Visit {
	headers: Headers;
	/** Protocol and host as the browser knows them, e.g. `https://rat.example`. */
	origin: string;
	/** Address of the browser; only a salted hash of it is ever stored. */
	address: string;
}

/** A cookie to pass on. */
export interface SetCookie {
	name: string;
	/** Decoded: whoever writes the header encodes it. */
	value: string;
	path: string;
	httpOnly: boolean;
	secure: boolean;
	sameSite: 'lax' | 'strict' | 'none';
	/** Seconds; absent: until the browser closes; 0: forget it. */
	maxAge?: number;
}

/** What the library may know of a request: cookies, the address it was sent to, and roughly which browser it was. */
export function headersFor(visit: Visit): Headers {
	const headers = new Headers({ host: new URL(visit.origin).host, origin: visit.origin });
	const cookie = visit.headers.get('cookie');
	if (cookie) headers.set('cookie', cookie);
	headers.set('user-agent', deviceName(visit.headers.get('user-agent') ?? ''));
	return headers;
}

/** The header of a request with these cookies. */
export function cookieHeader(cookies: { name: string; value: string }[]): string {
	return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
}

/** One cookie of a request, decoded. */
export function cookieOf(headers: Headers, name: string): string | undefined {
	for (const part of (headers.get('cookie') ?? '').split(';')) {
		const equals = part.indexOf('=');
		if (part.slice(0, equals).trim() !== name) continue;
		try {
			return decodeURIComponent(part.slice(equals + 1).trim());
		} catch {
			return undefined;
		}
	}
	return undefined;
}

export function parseSetCookie(line: string): SetCookie {
	const [pair = '', ...rest] = line.split(/;\s*/);
	const equals = pair.indexOf('=');
	const attributes = new Map(rest.map((part) => [part.split('=')[0]!.toLowerCase(), part.split('=')[1] ?? '']));
	const maxAge = attributes.get('max-age');
	return {
		name: pair.slice(0, equals),
		value: decodeURIComponent(pair.slice(equals + 1)),
		path: attributes.get('path') ?? '/',
		httpOnly: attributes.has('httponly'),
		secure: attributes.has('secure'),
		sameSite: (attributes.get('samesite')?.toLowerCase() ?? 'lax') as SetCookie['sameSite'],
		...(maxAge !== undefined && { maxAge: Number(maxAge) }),
	};
}

const BROWSERS: [RegExp, string][] = [
	[/Edg(e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/SamsungBrowser/, 'Samsung Internet'],
	[/Firefox|FxiOS/, 'Firefox'],
	[/Chrome|CriOS|Chromium/, 'Chrome'],
	[/Safari/, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
	[/iPhone|iPad/, 'iOS'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'macOS'],
	[/Linux|X11|CrOS/, 'Linux'],
];

/** 'Firefox, Windows': enough to recognise one's own devices in the list of sessions, too little to follow anybody. */
export function deviceName(userAgent: string): string {
	const names = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(userAgent))?.[1]);
	return names.filter(Boolean).join(', ');
}

/**
 * Where somebody may be led after signing in: a path of this site, never another one and never back to the sign-in.
 * @returns `fallback` for anything else
 */
export function safePath(path: string | null | undefined, fallback = '/tisch'): string {
	if (!path || path.length > 500 || !/^\/(?![/\\])/.test(path) || /[\x00-\x1f\\]/.test(path)) return fallback;
	const url = URL.parse(path, 'http://here.invalid');
	if (url?.origin !== 'http://here.invalid') return fallback;
	return /^(\/[a-z-]+)?\/(an|ab)melden(\/|$)/.test(url.pathname) ? fallback : path;
}
