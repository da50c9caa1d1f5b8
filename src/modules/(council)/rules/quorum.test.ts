import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRESETS } from './presets.ts';
import { profileOn, type Profile } from './profile.ts';
import { countPresent, findQuorum, neededFor, type Presence, type QuorumInputs } from './quorum.ts';

const preset = (key: string): Profile => ({
	id: key,
	fromDate: '2019-11-27',
	untilDate: null,
	...PRESETS.find((p) => p.key === key)!,
});
const inputs = (given: Partial<QuorumInputs>): QuorumInputs => ({
	statutorySeats: 15,
	filledSeats: 15,
	members: 0,
	substitutes: 0,
	secondConvening: false,
	...given,
});

describe('how many must be there', () => {
	test.each([
		[15, 8],
		[20, 11],
		[14, 8],
		[13, 7],
		[21, 11],
		[42, 22],
		[1, 1],
	])('more than half of %i are %i', (base, needed) => {
		expect(neededFor('moreThanHalf', base)).toBe(needed);
	});

	test('more than half is always more than half, and never one too many', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 10_000 }), (n) => {
				const needed = neededFor('moreThanHalf', n);
				expect(needed * 2).toBeGreaterThan(n);
				expect((needed - 1) * 2).toBeLessThanOrEqual(n);
			}),
		);
	});
});

describe('the base of the count', () => {
	test('with 13 of 15 seats filled, the actual number asks for 7 and the statutory one for 8', () => {
		expect(findQuorum(preset('st-beirat-2019'), inputs({ filledSeats: 13, members: 7 })).outcome).toMatchObject({
			base: 13,
			needed: 7,
			quorate: true,
		});
		expect(findQuorum(preset('nrw-27go'), inputs({ filledSeats: 13, members: 7 })).outcome).toMatchObject({
			base: 15,
			needed: 8,
			quorate: false,
		});
	});

	test('a body without voting members is never quorate', () => {
		const { outcome } = findQuorum(
			preset('st-beirat-2019'),
			inputs({ statutorySeats: 0, filledSeats: 0, secondConvening: true }),
		);
		expect(outcome).toMatchObject({ quorate: false, because: 'noVotingMembers' });
	});

	test('convened again with the sentence, any number will do, but somebody must be there', () => {
		expect(findQuorum(preset('st-beirat-2019'), inputs({ members: 2, secondConvening: true })).outcome).toMatchObject({
			quorate: true,
			because: 'secondConvening',
		});
		expect(findQuorum(preset('st-beirat-2019'), inputs({ secondConvening: true })).outcome.quorate).toBe(false);
		expect(findQuorum(preset('round-table'), inputs({ members: 2, secondConvening: true })).outcome.quorate).toBe(
			false,
		);
	});
});

describe('who counts', () => {
	const row = (given: Partial<Presence>): Presence => ({
		seat: null,
		voting: true,
		status: 'present',
		substitute: false,
		...given,
	});

	test('four of the groups (three of them substitutes) and five residents are nine', () => {
		const rows = [
			row({ status: 'excused' }),
			row({ substitute: true }),
			row({}),
			row({ substitute: true }),
			row({ status: 'unknown' }),
			row({ status: 'unknown' }),
			row({ substitute: true }),
			row({}),
			row({ status: 'excused' }),
			row({}),
			row({}),
			row({}),
			row({ status: 'unknown' }),
			row({}),
			row({ status: 'excused' }),
			row({ voting: false }),
			row({ voting: false, status: 'unknown' }),
		];
		expect(countPresent(rows)).toEqual({ members: 6, substitutes: 3 });
	});

	test('a principal who comes after the substitute takes the same one seat', () => {
		expect(countPresent([row({ seat: 'a', substitute: true }), row({ seat: 'a' })])).toEqual({
			members: 1,
			substitutes: 0,
		});
	});

	test('nobody is counted twice and nobody without a vote is counted', () => {
		const presence = fc.record({
			seat: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null }),
			voting: fc.boolean(),
			substitute: fc.boolean(),
			status: fc.constantFrom('present', 'remote', 'excused', 'absent', 'unknown'),
		}) as fc.Arbitrary<Presence>;
		fc.assert(
			fc.property(fc.array(presence), (rows) => {
				const { members, substitutes } = countPresent(rows);
				const there = rows.filter((r) => r.voting && (r.status === 'present' || r.status === 'remote'));
				const seats =
					new Set(there.filter((r) => r.seat).map((r) => r.seat)).size + there.filter((r) => !r.seat).length;
				expect(members + substitutes).toBe(seats);
			}),
		);
	});
});

test('the profile of a day is the one in force then', () => {
	const old = { ...preset('st-beirat-2019'), untilDate: '2024-12-05' };
	const now = { ...preset('st-beirat-2024'), fromDate: '2024-12-05' };
	expect(profileOn([old, now], '2024-12-04')).toBe(old);
	expect(profileOn([old, now], '2024-12-05')).toBe(now);
	expect(profileOn([old, now], '2018-01-01')).toBeUndefined();
});
