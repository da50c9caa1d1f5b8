import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowanceRows, type Confirmed } from './allowance.ts';

const row = fc.record<Confirmed>({
	personId: fc.constantFrom('a', 'b', 'c', 'd'),
	name: fc.constantFrom('Ada', 'Bo', 'Cy', 'Di'),
	seatId: fc.constantFrom('s1', 's2', 's3', null),
	seatNumber: fc.constant(null),
	voting: fc.boolean(),
	guest: fc.boolean(),
	status: fc.constantFrom('present', 'remote', 'excused', 'absent', 'unknown'),
	organisation: fc.constant(''),
	body: fc.constant('Beirat'),
	substituteFor: fc.constantFrom('', 'Ada'),
	from: fc.constantFrom(null, '2026-10-28T16:00:00Z', '2026-10-28T16:30:00Z'),
	until: fc.constantFrom(null, '2026-10-28T17:00:00Z', '2026-10-28T18:00:00Z'),
});

test('a seat is paid once: the substitute or the principal, never both; guests and absent people never (R1-22)', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
			const there = rows.filter((one) => !one.guest && ['present', 'remote'].includes(one.status));
			const keys = new Set(there.map((one) => one.seatId ?? one.personId));
			expect(allowanceRows(rows)).toHaveLength(keys.size);
			for (const paid of allowanceRows(rows)) expect(['present', 'remote']).toContain(paid.status);
		}),
	);
});

test('who held the seat longer is the one', () => {
	const seat = {
		personId: 'a',
		seatId: 's',
		seatNumber: 3,
		voting: true,
		guest: false,
		organisation: 'A',
		body: 'Beirat',
		status: 'present' as const,
	};
	const principal = {
		...seat,
		name: 'Ada',
		substituteFor: '',
		from: '2026-10-28T18:00:00Z',
		until: '2026-10-28T18:30:00Z',
	};
	const substitute = {
		...seat,
		name: 'Bo',
		substituteFor: 'Ada',
		from: '2026-10-28T16:00:00Z',
		until: '2026-10-28T18:00:00Z',
	};
	expect(allowanceRows([principal, substitute]).map(({ name }) => name)).toEqual(['Bo']);
});
