import { isLink, plain } from './node.ts';

/**
 * Vendor properties as they are told: texts plain, and what says nothing left out at every depth: null, undefined, empty texts,
 * lists and objects. @returns undefined when nothing is left
 */
export function told(value: unknown): unknown {
	if (value === null || value === undefined) return undefined;
	if (typeof value === 'string') return isLink(value) ? value : plain(value);
	if (Array.isArray(value)) {
		const kept = value.map(told).filter((one) => one !== undefined);
		return kept.length ? kept : undefined;
	}
	if (typeof value !== 'object') return value;
	const entries = Object.entries(value).flatMap(([key, one]) => {
		const kept = told(one);
		return kept === undefined ? [] : [[key, kept] as const];
	});
	return entries.length ? Object.fromEntries(entries) : undefined;
}
