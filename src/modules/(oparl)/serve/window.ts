import { isId } from '#kernel/ids.ts';

/** What a client asks of a list (OParl 1.1, 2.5.2 and 2.6.3). */
export interface Window {
	createdSince: Temporal.Instant | null;
	createdUntil: Temporal.Instant | null;
	modifiedSince: Temporal.Instant | null;
	modifiedUntil: Temporal.Instant | null;
	limit: number;
	omitInternal: boolean;
	/** The last object of the page before. */
	after: string | null;
}

export const MOST = 100;

const TIMES = {
	created_since: 'createdSince',
	created_until: 'createdUntil',
	modified_since: 'modifiedSince',
	modified_until: 'modifiedUntil',
} as const;
/** Parameters that links to other pages carry on. */
export const KEPT = [...Object.keys(TIMES), 'limit', 'omit_internal'];

/**
 * Reads the parameters of a list. A plus sign of an offset that nobody encoded arrives as a space and is understood.
 * @returns the name of the first parameter that says nothing readable
 */
export function readWindow(parameters: URLSearchParams): Window | { unreadable: string } {
	const window: Window = {
		createdSince: null,
		createdUntil: null,
		modifiedSince: null,
		modifiedUntil: null,
		limit: MOST,
		omitInternal: /^(true|1)$/.test(parameters.get('omit_internal') ?? ''),
		after: parameters.get('after'),
	};
	for (const [name, key] of Object.entries(TIMES)) {
		const typed = parameters.get(name);
		if (!typed) continue;
		const instant = readMoment(typed);
		if (!instant) return { unreadable: name };
		window[key] = instant;
	}
	const limit = parameters.get('limit');
	if (limit !== null) {
		if (!/^[1-9]\d{0,6}$/.test(limit)) return { unreadable: 'limit' };
		window.limit = Math.min(Number(limit), MOST);
	}
	if (window.after !== null && !isId(window.after)) return { unreadable: 'after' };
	return window;
}

function readMoment(typed: string): Temporal.Instant | null {
	try {
		return Temporal.Instant.from(typed.trim().replace(/ (\d\d:?\d\d)$/, '+$1'));
	} catch {
		return null;
	}
}
