/** What stands in objects of real servers where something else should. */
import fc from 'fast-check';

export const wrongValues = fc.oneof(
	fc.constantFrom<unknown>(null, '', 0, -1, 1.5, true, [], {}, [[]], [null], 'unbekannt', '0000-00-00', '31.2.2020'),
	fc.constantFrom<unknown>('2021-01-01T10:00:00', '<p>&auml;</p>', 'StraÃŸe', '../x', 'http://', { id: 7 }, 1e308),
	fc.constantFrom<unknown>(
		'\u0000',
		'\ud800',
		'x'.repeat(5000),
		'9999-12-31',
		'1800-01-01',
		'2021-01-11T24:00:00+01:00',
	),
	fc.jsonValue(),
);

/** Puts a value at the n-th property of an object or of one inside. */
export function mutate(object: Record<string, unknown>, place: number, value: unknown): void {
	const spots: [Record<string, unknown>, string][] = [];
	const walk = (one: unknown): void => {
		if (Array.isArray(one)) one.forEach(walk);
		else if (typeof one === 'object' && one !== null)
			for (const key of Object.keys(one)) {
				spots.push([one as Record<string, unknown>, key]);
				walk((one as Record<string, unknown>)[key]);
			}
	};
	walk(object);
	const spot = spots[place % spots.length];
	if (spot) spot[0][spot[1]] = value;
}
