import type { StationFacts } from './facts.ts';

/** A station of a way for tests: planned, advisory, of an invented committee. */
export function station(given: Partial<StationFacts> & { name?: string; council?: boolean } = {}): StationFacts {
	const { name = 'Ausschuss', council = false, ...rest } = given;
	return {
		id: `${name} ${rest.step ?? 1}`,
		step: 1,
		role: 'advisory',
		state: rest.result ? 'done' : 'planned',
		result: null,
		plannedOn: null,
		happenedOn: null,
		repeated: false,
		repeatsId: null,
		secondReason: '',
		bodies: [{ name, councilBody: council }],
		...rest,
	};
}
