import { describe, expect, it } from 'vitest';
import { monthGrid } from './month.ts';

describe('monthGrid', () => {
	it('begins December 2026 with its Tuesday in the second place', () => {
		const weeks = monthGrid(2026, 12);
		expect(weeks[0]!.map((d) => d.iso)).toEqual([
			'2026-11-30',
			'2026-12-01',
			'2026-12-02',
			'2026-12-03',
			'2026-12-04',
			'2026-12-05',
			'2026-12-06',
		]);
		expect(weeks[0]![0]!.inMonth).toBe(false);
		expect(weeks).toHaveLength(5);
	});

	it('holds every day of every month once, whatever day the week begins with', () => {
		for (const firstDay of [1, 6, 7]) {
			for (let month = 1; month <= 12; month++) {
				const inside = monthGrid(2028, month, firstDay)
					.flat()
					.filter((d) => d.inMonth);
				expect(inside.map((d) => d.day)).toEqual(
					Array.from({ length: new Date(2028, month, 0).getDate() }, (_, i) => i + 1),
				);
			}
		}
	});

	it('needs only four weeks where a month fits them', () => {
		expect(monthGrid(2027, 2)).toHaveLength(4);
	});
});
