import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RESULTS, ROLES } from '../types.ts';
import { became, type BecamePaper } from './became.ts';
import { station } from './sample-way.ts';

const filed: BecamePaper = { state: 'filed', withdrawnOn: null, answer: null, asks: false, takenOver: false };

describe('what became of it', () => {
	test('committees agree on changes, the council of the town decides on a day', () => {
		const way = [
			station({ name: 'Beirat', step: 1, result: 'adoptedChanged', happenedOn: '2026-10-28' }),
			station({ name: 'Sozialausschuss', step: 2, result: 'adoptedChanged', happenedOn: '2026-11-18' }),
			station({ name: 'Stadtrat', step: 3, role: 'deciding', plannedOn: '2026-12-10' }),
		];
		expect(became(filed, way)).toEqual({
			kind: 'open',
			said: 'changed',
			bodies: ['Beirat', 'Sozialausschuss'],
			next: { kind: 'decides', on: '2026-12-10', body: 'Stadtrat' },
		});
	});

	test('an old paper whose outcome nobody entered is unknown, not undecided; what is still planned for it counts', () => {
		const old = { ...filed, takenOver: true };
		const held = station({ name: 'Stadtrat', step: 1, role: 'deciding', state: 'done', result: null });
		expect(became(old, [held])).toEqual({ kind: 'unknown' });
		expect(became(old, [])).toEqual({ kind: 'unknown' });
		expect(became(old, [station({ name: 'Stadtrat', step: 1, role: 'deciding', result: 'adopted' })])).toMatchObject({
			kind: 'decided',
		});
		expect(became(old, [station({ name: 'Stadtrat', step: 1, role: 'deciding' })])).toMatchObject({ kind: 'open' });
	});

	test('adopted in a changed form by one committee and rejected by another one is no common recommendation', () => {
		const way = [
			station({ name: 'A', step: 1, result: 'adoptedChanged' }),
			station({ name: 'B', step: 2, result: 'rejected' }),
		];
		expect(became(filed, way)).toMatchObject({
			kind: 'open',
			said: 'mixed',
			bodies: ['A', 'B'],
			next: { kind: 'none' },
		});
	});

	test('the deciding station has the last word, whatever was recommended', () => {
		const way = [
			station({ name: 'A', step: 1, result: 'adopted' }),
			station({ name: 'Stadtrat', step: 2, role: 'deciding', result: 'rejected', happenedOn: '2027-02-16' }),
		];
		expect(became(filed, way)).toEqual({ kind: 'decided', how: 'rejected', on: '2027-02-16', body: 'Stadtrat' });
	});

	test('a decision that was postponed is none: its return counts', () => {
		const way = [
			station({ name: 'Stadtrat', step: 1, role: 'deciding', result: 'postponed', repeated: true }),
			station({ name: 'Stadtrat', step: 2, role: 'deciding', plannedOn: '2027-03-01', repeatsId: 'x' }),
		];
		expect(became(filed, way)).toMatchObject({
			kind: 'open',
			said: 'none',
			next: { kind: 'decides', on: '2027-03-01' },
		});
	});

	test('the approval inside the house is never told', () => {
		const way = [
			station({ name: 'OB', step: 1, role: 'approval', plannedOn: '2026-01-01' }),
			station({ name: 'Ausschuss', step: 2, plannedOn: null }),
		];
		expect(became(filed, way)).toMatchObject({ next: { kind: 'consults', body: 'Ausschuss', on: null } });
	});

	test('an inquiry was answered; information was taken note of; a paper was withdrawn', () => {
		const answer = { reference: 'S0003/26', on: '2026-02-01' };
		expect(became({ ...filed, asks: true, answer }, [])).toEqual({
			kind: 'answered',
			by: 'S0003/26',
			on: '2026-02-01',
		});
		const noted = [station({ name: 'Stadtrat', role: 'information', result: 'noted', happenedOn: '2026-03-01' })];
		expect(became(filed, noted)).toEqual({ kind: 'noted', on: '2026-03-01', body: 'Stadtrat' });
		expect(became({ ...filed, state: 'withdrawn', withdrawnOn: '2026-01-05' }, noted)).toMatchObject({
			kind: 'withdrawn',
		});
	});

	test('of every combination of stations there is one thing to say, and no decision without a deciding station', () => {
		const stations = fc.array(
			fc.record({
				role: fc.constantFrom(...ROLES),
				state: fc.constantFrom('planned' as const, 'done' as const, 'skipped' as const),
				result: fc.option(fc.constantFrom(...RESULTS)),
				repeated: fc.boolean(),
				plannedOn: fc.option(fc.constant('2027-01-01')),
				happenedOn: fc.option(fc.constant('2027-01-01')),
			}),
			{ maxLength: 6 },
		);
		fc.assert(
			fc.property(stations, (given) => {
				const way = given.map((one, at) => station({ ...one, step: at + 1 }));
				const said = became(filed, way);
				if (said.kind === 'decided')
					expect(way.some(({ role, state }) => role === 'deciding' && state === 'done')).toBe(true);
				if (said.kind === 'open') expect(said.said === 'none').toBe(said.bodies.length === 0);
			}),
		);
	});

	test('what only tells something waits for no decision, unless a body hears it', () => {
		expect(became({ ...filed, tells: true }, [])).toEqual({ kind: 'tells' });
		const heard = became({ ...filed, tells: true }, [station({ role: 'information', plannedOn: '2026-12-09' })]);
		expect(heard).toMatchObject({ kind: 'open' });
	});
});
