import { describe, expect, it } from 'vitest';
import { seatPlan } from './seats.ts';

describe('seatPlan', () => {
	it('places every seat once, without touching a neighbour, inside the drawing', () => {
		for (let n = 1; n <= 60; n++) {
			const { points, radius, height } = seatPlan(n);
			expect(points).toHaveLength(n);
			for (const [i, a] of points.entries()) {
				expect(a.x - radius).toBeGreaterThanOrEqual(0);
				expect(a.x + radius).toBeLessThanOrEqual(420);
				expect(a.y + radius).toBeLessThanOrEqual(height);
				for (const b of points.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * radius);
			}
		}
	});

	it('keeps the council’s own rows: seven delegates inside, eight residents outside', () => {
		const { points, arcs } = seatPlan(15, [7, 8]);
		expect(points.filter((p) => p.row === 0)).toHaveLength(7);
		expect(points.filter((p) => p.row === 1)).toHaveLength(8);
		expect(arcs).toHaveLength(2);
	});

	it('refuses rows that do not hold the seats', () => {
		expect(() => seatPlan(15, [7, 7])).toThrow(RangeError);
	});
});
