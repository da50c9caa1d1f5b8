import { runtime } from './runtime.ts';
import type { Town } from './town.ts';

const FRESH_MS = 5_000;

interface TownList {
	towns: Town[];
	readAt: number;
}
let list: TownList | undefined;

/**
 * The town that a host name leads to. A town alone on its installation needs no host name; among several an unknown
 * host leads nowhere. The list is read again every five seconds and whenever `forgetTowns` was called.
 */
export async function townOfHost(host: string): Promise<Town | undefined> {
	const towns = await allTowns();
	const name = host.replace(/:\d+$/, '').toLowerCase();
	return towns.find((town) => town.hosts.includes(name)) ?? (towns.length === 1 ? towns[0] : undefined);
}

/** Every town that is complete: one that is still being loaded is nobody's yet. */
export async function allTowns(): Promise<Town[]> {
	if (list && Date.now() - list.readAt < FRESH_MS) return list.towns;
	const { rows } = await runtime().pool.query<Town>(
		`select id, name, short_name as "shortName", ags, time_zone as "timeZone", hosts, demonstration, settings
		 from kernel.town where settings->'loading' is null order by name`,
	);
	list = { towns: rows, readAt: Date.now() };
	return rows;
}

export function forgetTowns(): void {
	list = undefined;
}
