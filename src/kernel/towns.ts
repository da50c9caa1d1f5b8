import { runtime } from './runtime.ts';
import type { Town } from './town.ts';

const FRESH_MS = 5_000;

interface TownList {
	towns: Town[];
	/** When it was asked for, and when it was there. Epoch milliseconds. */
	askedAt: number;
	readAt: number;
}

// The entry says by this list which state of a page is the present one, and the built application renders by it: were theirs not the
// same, a page of before could be kept as the present one. Each carries its own copy of this file.
const KEY = Symbol.for('mitrat.towns');
const store = globalThis as unknown as Record<symbol, TownList | undefined>;

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
	const list = store[KEY];
	if (list && Date.now() - list.readAt < FRESH_MS) return list.towns;
	const askedAt = Date.now();
	const { rows } = await runtime().pool.query<Town>(
		`select id, name, short_name as "shortName", ags, time_zone as "timeZone", hosts, demonstration, settings
		 from kernel.town where settings->'loading' is null order by name`,
	);
	// One that was asked for later may have come first.
	if ((store[KEY]?.askedAt ?? 0) <= askedAt) store[KEY] = { towns: rows, askedAt, readAt: Date.now() };
	return rows;
}

export function forgetTowns(): void {
	delete store[KEY];
}

/** When the list was there that is in use; 0 without one. Epoch milliseconds. */
export function townsReadAt(): number {
	return store[KEY]?.readAt ?? 0;
}

/** For a thread that works for another one: its list must not be older than the one by which it is asked (`townsReadAt`). */
export function forgetTownsBefore(moment: number): void {
	const list = store[KEY];
	if (list && list.askedAt <= moment) forgetTowns();
}
