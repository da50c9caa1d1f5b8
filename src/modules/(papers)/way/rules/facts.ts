import type { Role, StationResult } from '../types.ts';

/** What the rules of a way need of a station. Days are ISO texts. Pure. */
export interface StationFacts {
	id: string;
	step: number;
	role: Role;
	state: 'planned' | 'done' | 'skipped';
	result: StationResult | null;
	/** When it was or is to be; null where nobody has said. */
	plannedOn: string | null;
	happenedOn: string | null;
	/** It stands on the way again; what counts is the later one. */
	repeated: boolean;
	repeatsId: string | null;
	secondReason: string;
	bodies: { name: string; councilBody: boolean }[];
}

/** Results that end a station's own part; the others lead it back, or on (rulebook R3-20). */
export const FINAL: readonly StationResult[] = [
	'approved',
	'adopted',
	'adoptedChanged',
	'rejected',
	'noted',
	'settled',
	'withdrawn',
	'noRecommendation',
	'opinion',
];

export const isFinal = ({ state, result }: Pick<StationFacts, 'state' | 'result'>): boolean =>
	state === 'done' && result !== null && FINAL.includes(result);

/** The stations that decide, without those that come again or were left out. */
export function decidingOf<S extends StationFacts>(stations: readonly S[]): S[] {
	return stations.filter(({ role, state, repeated }) => role === 'deciding' && state !== 'skipped' && !repeated);
}

/** The station that decided: the last final one, null while nothing is decided. */
export function decisionOf<S extends StationFacts>(stations: readonly S[]): S | null {
	const done = decidingOf(stations).filter(isFinal);
	return done.sort((a, b) => (a.happenedOn ?? '').localeCompare(b.happenedOn ?? '') || a.step - b.step).at(-1) ?? null;
}

/** The station that comes next: what is planned first on the way. */
export function nextOf<S extends StationFacts>(stations: readonly S[]): S | null {
	const planned = stations.filter(({ state }) => state === 'planned');
	return planned.sort((a, b) => a.step - b.step || (a.plannedOn ?? '9').localeCompare(b.plannedOn ?? '9'))[0] ?? null;
}
