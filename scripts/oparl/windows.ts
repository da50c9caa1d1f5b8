/** Filters of lists (OParl 1.1, 2.5.2, 2.6.3): by time, by number, without embedded objects. */
import type { Findings } from './finding.ts';
import { typeOf, type Json } from './objects.ts';

type Get = (address: string) => Promise<Json | null>;

const FILTERS = [
	['created_since', 'created', (at: number, edge: number) => at >= edge],
	['created_until', 'created', (at: number, edge: number) => at <= edge],
	['modified_since', 'modified', (at: number, edge: number) => at >= edge],
	['modified_until', 'modified', (at: number, edge: number) => at <= edge],
] as const;

/** @param objects all of the list, as it is without a filter */
export async function checkWindows(
	address: string,
	objects: readonly Json[],
	get: Get,
	findings: Findings,
): Promise<void> {
	const future = await get(withParameters(address, { created_since: '2999-01-01T00:00:00+00:00' }));
	if (future && (future.data as Json[] | undefined)?.length !== 0)
		findings.add('a window without objects is not an empty list', address);
	if (!objects.length) return;
	for (const [name, property, fits] of FILTERS) {
		const times = objects.map((object) => String(object[property])).sort((a, b) => Date.parse(a) - Date.parse(b));
		const edge = times[times.length >> 1]!;
		const page = await get(withParameters(address, { [name]: edge, limit: '1000' }));
		const told = (page?.data ?? []) as Json[];
		// Moments are told in whole seconds: what lies within the second of the edge may stand on either side.
		const within = (object: Json, slack: number) =>
			[-slack, slack].some((by) => fits(Date.parse(String(object[property])) + by, Date.parse(edge)));
		if (told.some((object) => !within(object, 1000)))
			findings.add(`${name} lets objects pass that it should keep out`, address);
		const links = (page?.links ?? {}) as Record<string, string>;
		if (Object.values(links).some((link) => !link.includes(name)))
			findings.add('a list forgets its filter in its links', address);
		const ids = new Set(told.map(({ id }) => id));
		const sure = (object: Json) =>
			[-1000, 1000].every((by) => fits(Date.parse(String(object[property])) + by, Date.parse(edge)));
		if (!links.next && objects.some((object) => sure(object) && !ids.has(object.id)))
			findings.add(`${name} keeps objects out that it should let pass`, address);
	}
	await checkSize(address, get, findings);
}

async function checkSize(address: string, get: Get, findings: Findings): Promise<void> {
	const one = await get(withParameters(address, { limit: '1' }));
	if (((one?.data ?? []) as Json[]).length > 1) findings.add('a page is longer than limit', address);
	const brief = await get(withParameters(address, { omit_internal: 'true', limit: '5' }));
	for (const object of (brief?.data ?? []) as Json[]) {
		const inside = Object.values(object)
			.flat()
			.some((value) => value && typeof value === 'object' && 'type' in value && typeOf(value as Json));
		if (inside) findings.add('omit_internal leaves embedded objects in', address);
	}
}

export function withParameters(address: string, parameters: Record<string, string>): string {
	const url = new URL(address);
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url.href;
}
