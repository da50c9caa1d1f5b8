import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayResolveNow, type FindingInTime, type ItemAtVote } from './presumption.ts';

const lsa = {
	rule: 'moreThanHalf',
	base: 'actualVotingMembers',
	presumedUntilChallenged: true,
	secondConvening: true,
} as const;
const counted = { ...lsa, presumedUntilChallenged: false };
const item = (given: Partial<ItemAtVote> = {}): ItemAtVote => ({
	secondConvening: false,
	barred: 0,
	members: 15,
	present: 8,
	...given,
});
const opening = (quorate: boolean): FindingInTime => ({ occasion: 'opening', quorate });
const challenge = (quorate: boolean): FindingInTime => ({ occasion: 'challenge', quorate });

describe('the presumption of quorum', () => {
	test('8 of 15 at the opening, two leave, nobody challenges: the body may resolve', () => {
		expect(mayResolveNow(lsa, [opening(true)], item({ present: 6 }), false)).toEqual({
			may: true,
			because: 'presumed',
		});
	});

	test('the same with a challenge: it may not', () => {
		const told = [opening(true), challenge(false)];
		expect(mayResolveNow(lsa, told, item({ present: 6 }), false)).toEqual({ may: false, because: 'lack' });
	});

	test('counts before single votes never end the presumption', () => {
		const told: FindingInTime[] = [opening(true), { occasion: 'vote', quorate: false }];
		expect(mayResolveNow(lsa, told, item({ present: 6 }), false).may).toBe(true);
	});

	test('a lack at the opening blocks until a new count finds the quorum', () => {
		expect(mayResolveNow(lsa, [opening(false)], item(), true).may).toBe(false);
		expect(mayResolveNow(lsa, [opening(false), { occasion: 'check', quorate: true }], item(), true).may).toBe(true);
	});

	test('nothing may be resolved before the chair has stated it', () => {
		expect(mayResolveNow(lsa, [], item(), true)).toEqual({ may: false, because: 'notStated' });
	});

	test('a profile that presumes nothing counts at every vote', () => {
		expect(mayResolveNow(counted, [opening(true)], item({ present: 6 }), false)).toEqual({
			may: false,
			because: 'lackNow',
		});
		expect(mayResolveNow(counted, [opening(true)], item(), true)).toEqual({ may: true, because: 'counted' });
	});

	test('an item of a second convening is quorate in any number but zero, the others are not', () => {
		const told = [opening(false)];
		expect(mayResolveNow(lsa, told, item({ secondConvening: true, present: 2 }), false).because).toBe(
			'secondConvening',
		);
		expect(mayResolveNow(lsa, told, item({ present: 2 }), false).may).toBe(false);
		expect(mayResolveNow(lsa, told, item({ secondConvening: true, present: 0 }), false).may).toBe(false);
		const never = { ...lsa, secondConvening: false };
		expect(mayResolveNow(never, told, item({ secondConvening: true, present: 2 }), false).may).toBe(false);
	});

	test('with more than half barred by law the rest decides; with exactly half it does not', () => {
		const told = [opening(true), challenge(false)];
		expect(mayResolveNow(lsa, told, item({ barred: 8, present: 5 }), false).because).toBe('biasedMajority');
		expect(mayResolveNow(lsa, told, item({ members: 16, barred: 8, present: 5 }), false).may).toBe(false);
	});

	test('after a challenge that found a lack, nothing but a new count, a second convening or bias lets it resolve', () => {
		const findings = fc.array(
			fc.record({ occasion: fc.constantFrom('opening', 'vote', 'challenge', 'check'), quorate: fc.boolean() }),
		);
		fc.assert(
			fc.property(findings, fc.integer({ min: 1, max: 15 }), fc.boolean(), (before, present, now) => {
				const told = [...(before as FindingInTime[]), challenge(false)];
				expect(mayResolveNow(lsa, told, item({ present }), now).may).toBe(false);
			}),
		);
	});
});
