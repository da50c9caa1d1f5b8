import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { besides, moved, placedBefore, stepsOf, type Placed } from './order.ts';

/** Ways whose first stations have happened, some in parallel. */
const ways = fc
	.array(fc.record({ joins: fc.boolean(), fixed: fc.boolean() }), { minLength: 1, maxLength: 8 })
	.map((parts): Placed[] => {
		let step = 0;
		let open = false;
		return parts.map(({ joins, fixed }, at) => {
			const happened = fixed && !open;
			open ||= !happened;
			if (!joins || at === 0) step++;
			return { id: `s${at}`, step, position: at, fixed: happened };
		});
	});
const acts = fc.array(
	fc.tuple(fc.constantFrom('up', 'down', 'before', 'end', 'beside'), fc.nat({ max: 7 }), fc.nat({ max: 7 })),
	{ maxLength: 10 },
);

function after(way: Placed[], done: readonly (readonly [string, number, number])[]): Placed[] {
	let now = way;
	for (const [act, a, b] of done) {
		const [one, other] = [`s${a}`, `s${b}`];
		if (act === 'up' || act === 'down') now = moved(now, one, act === 'up' ? -1 : 1);
		else if (act === 'beside') now = besides(now, one, other);
		else now = placedBefore(now, one, act === 'end' ? null : other);
	}
	return now;
}

describe('the order of a way', () => {
	test('whatever is moved: no station is lost or doubled, steps count from one without a gap', () => {
		fc.assert(
			fc.property(ways, acts, (way, done) => {
				const now = after(way, done);
				expect(now.map(({ id }) => id).sort()).toEqual(way.map(({ id }) => id).sort());
				const steps = [...new Set(now.map(({ step }) => step))].sort((a, b) => a - b);
				expect(done.length === 0 || steps.every((step, at) => step === at + 1)).toBe(true);
			}),
		);
	});

	test('what has happened stays in its order, and nothing is moved before it', () => {
		fc.assert(
			fc.property(ways, acts, (way, done) => {
				const now = stepsOf(after(way, done));
				const order = (steps: Placed[][]) => steps.flat().filter(({ fixed }) => fixed);
				expect(order(now).map(({ id }) => id)).toEqual(order(stepsOf(way)).map(({ id }) => id));
				const last = now.findLastIndex((step) => step.some(({ fixed }) => fixed));
				const wasBefore = (id: string) => {
					const steps = stepsOf(way);
					const mine = steps.findIndex((step) => step.some((station) => station.id === id));
					return mine <= steps.findLastIndex((step) => step.some(({ fixed }) => fixed));
				};
				for (const station of now.slice(0, Math.max(last, 0)).flat())
					expect(station.fixed || wasBefore(station.id)).toBe(true);
			}),
		);
	});

	test('up and down again leads back, for stations that stand alone', () => {
		const way: Placed[] = [1, 2, 3, 4].map((step) => ({ id: `s${step}`, step, position: 0, fixed: step === 1 }));
		const ids = (now: Placed[]) => now.map(({ id }) => id);
		expect(ids(moved(way, 's3', -1))).toEqual(['s1', 's3', 's2', 's4']);
		expect(ids(moved(moved(way, 's3', -1), 's3', 1))).toEqual(ids(way));
		expect(ids(moved(way, 's2', -1)), 'not before what has happened').toEqual(ids(way));
		expect(ids(moved(way, 's1', 1)), 'what has happened stays').toEqual(ids(way));
	});

	test('a parallel station leaves its step first', () => {
		const way = besides(
			[1, 2, 3].map((step) => ({ id: `s${step}`, step, position: 0, fixed: false })),
			's2',
			's1',
		);
		expect(stepsOf(way).map((step) => step.map(({ id }) => id))).toEqual([['s1', 's2'], ['s3']]);
		expect(stepsOf(moved(way, 's2', -1)).map((step) => step.map(({ id }) => id))).toEqual([['s2'], ['s1'], ['s3']]);
		expect(stepsOf(moved(way, 's2', 1)).map((step) => step.map(({ id }) => id))).toEqual([['s1'], ['s2'], ['s3']]);
	});
});
