/** The order of a way: steps follow each other, stations of one step stand side by side. Pure. */

export interface Placed {
	id: string;
	step: number;
	position: number;
	/** It has been there: what happened is not moved any more. */
	fixed: boolean;
}

/** Steps in their order, each with its stations. */
export function stepsOf<S extends Pick<Placed, 'step' | 'position' | 'id'>>(stations: readonly S[]): S[][] {
	const sorted = [...stations].sort((a, b) => a.step - b.step || a.position - b.position || (a.id < b.id ? -1 : 1));
	const steps: S[][] = [];
	for (const station of sorted) {
		const last = steps.at(-1);
		if (last?.[0]?.step === station.step) last.push(station);
		else steps.push([station]);
	}
	return steps;
}

/** Steps and positions written anew from 1 on, as they stand. */
function written(steps: readonly Placed[][]): Placed[] {
	return steps
		.filter((step) => step.length)
		.flatMap((step, at) => step.map((station, position) => ({ ...station, step: at + 1, position })));
}

/** The first place behind everything that has happened. */
function firstFree(steps: readonly Placed[][]): number {
	return steps.findLastIndex((step) => step.some(({ fixed }) => fixed)) + 1;
}

function lifted(stations: readonly Placed[], id: string): { one: Placed; rest: Placed[][] } | null {
	const one = stations.find((station) => station.id === id);
	if (!one || one.fixed) return null;
	return { one, rest: stepsOf(stations).map((step) => step.filter((station) => station.id !== id)) };
}

/**
 * One place up (-1) or down (1). Out of a parallel step it gets a step of its own before or behind it; alone it passes the
 * neighbouring step. It never moves before what has happened, and what has happened never moves.
 */
export function moved(stations: readonly Placed[], id: string, by: -1 | 1): Placed[] {
	const found = lifted(stations, id);
	if (!found) return written(stepsOf(stations));
	const { one, rest } = found;
	const at = stepsOf(stations).findIndex((step) => step.some((station) => station.id === id));
	const together = rest[at]!.length > 0;
	const wanted = by < 0 ? (together ? at : at - 1) : together ? at + 1 : at + 2;
	const place = Math.min(Math.max(wanted, firstFree(rest)), rest.length);
	return written(rest.toSpliced(place, 0, [one]));
}

/** Its own step before the one in which `beforeId` stands; null: at the end. */
export function placedBefore(stations: readonly Placed[], id: string, beforeId: string | null): Placed[] {
	const found = beforeId === id ? null : lifted(stations, id);
	if (!found) return written(stepsOf(stations));
	const { one, rest } = found;
	const at = rest.findIndex((step) => step.some((station) => station.id === beforeId));
	const place = Math.max(at < 0 ? rest.length : at, firstFree(rest));
	return written(rest.toSpliced(place, 0, [one]));
}

/** In the same step as another one (rulebook R3-12: in parallel), unless the way has gone on since. */
export function besides(stations: readonly Placed[], id: string, otherId: string): Placed[] {
	const found = id === otherId ? null : lifted(stations, id);
	const other = found?.rest.findIndex((step) => step.some((station) => station.id === otherId)) ?? -1;
	if (!found || other < firstFree(found.rest) - 1 || other < 0) return written(stepsOf(stations));
	return written(found.rest.map((step, at) => (at === other ? [...step, found.one] : step)));
}
