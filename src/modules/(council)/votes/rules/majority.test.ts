import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MajorityRule } from '../../rules/profile.ts';
import { checkSum, isUnanimous, restIsYes, type Figures } from './figures.ts';
import { decide, findMajority, neededVotes, type MajorityInputs } from './majority.ts';
import { profileWith } from './profile.fixture.ts';

const simple: MajorityRule = { kind: 'simple', of: 'votesCast' };
const count = fc.integer({ min: 0, max: 60 });
const figures = fc.record<Figures>({
	yes: count,
	no: count,
	abstain: count,
	invalid: count,
	presentNotVoting: count,
	biased: count,
});
/** A vote whose sum fits; some seats of the body are empty or away. */
const inputs = fc.tuple(figures, count).map(([f, away]): MajorityInputs => {
	const present = f.yes + f.no + f.abstain + f.invalid + f.presentNotVoting + f.biased;
	return { ...f, present, seats: present + away };
});
const vote = (yes: number, no: number, abstain = 0, more: Partial<MajorityInputs> = {}): MajorityInputs => {
	const f = { yes, no, abstain, invalid: 0, presentNotVoting: 0, biased: 0, ...more };
	const present = f.yes + f.no + f.abstain + f.invalid + f.presentNotVoting + f.biased;
	return { present, seats: Math.max(present, 15), ...f };
};

describe('a simple majority (R2-45)', () => {
	test('is more yes than no, whatever else was said', () => {
		fc.assert(
			fc.property(inputs, (given) => void expect(decide(simple, given, true).adopted).toBe(given.yes > given.no)),
		);
	});

	test('does not change with abstentions, invalid votes, silence and bias', () => {
		fc.assert(
			fc.property(inputs, figures, (given, other) => {
				const changed = { ...given, abstain: other.abstain, invalid: other.invalid, biased: other.biased };
				expect(decide(simple, changed, true).adopted).toBe(decide(simple, given, true).adopted);
			}),
		);
	});

	test.each([
		['a tie is a rejection', vote(4, 4, 1), false, 'tie'],
		['0 : 0 : 9 is a rejection', vote(0, 0, 9), false, 'noVotes'],
		['4 : 1 of six left is adopted', vote(4, 1, 1), true, 'reached'],
		['1 : 0 : 8 is adopted', vote(1, 0, 8), true, 'reached'],
		['3 : 5 is a rejection', vote(3, 5), false, 'missed'],
	])('%s', (_, given, adopted, because) => {
		expect(decide(simple, given, true)).toMatchObject({ adopted, because });
	});
});

describe('a qualified majority', () => {
	test.each<[MajorityRule['kind'], MajorityRule['of'], number, number]>([
		['absolute', 'present', 9, 5],
		['absolute', 'present', 10, 6],
		['absolute', 'seats', 15, 8],
		['twoThirds', 'present', 9, 6],
		['twoThirds', 'present', 10, 7],
		['twoThirds', 'seats', 15, 10],
		['fourFifths', 'seats', 15, 12],
		['fourFifths', 'present', 14, 12],
	])('%s of %s: of %i at least %i', (kind, of, people, needed) => {
		const given = vote(0, 0, people, { seats: people });
		expect(neededVotes({ kind, of }, given)).toEqual({ base: people, needed });
		expect(decide({ kind, of }, vote(needed, 0, people - needed, { seats: people }), true).adopted).toBe(true);
		expect(decide({ kind, of }, vote(needed - 1, 0, people - needed + 1, { seats: people }), true).adopted).toBe(false);
	});

	test('is never reached by less than what a smaller one asks for, and never by nobody', () => {
		const of = fc.constantFrom<MajorityRule['of']>('votesCast', 'present', 'seats');
		fc.assert(
			fc.property(inputs, of, (given, base) => {
				const [half, two, four] = (['absolute', 'twoThirds', 'fourFifths'] as const).map(
					(kind) => decide({ kind, of: base }, given, true).adopted,
				);
				if (four) expect(two).toBe(true);
				if (two && base !== 'votesCast') expect(half).toBe(true);
				if (given.yes === 0) expect([half, two, four]).toEqual([false, false, false]);
			}),
		);
	});

	test('one more yes never turns an adoption into a rejection', () => {
		const kind = fc.constantFrom<MajorityRule['kind']>('simple', 'absolute', 'twoThirds', 'fourFifths');
		fc.assert(
			fc.property(inputs, kind, (given, which) => {
				const rule: MajorityRule = { kind: which, of: 'present' };
				fc.pre(given.abstain > 0 && decide(rule, given, true).adopted);
				const more = { ...given, yes: given.yes + 1, abstain: given.abstain - 1 };
				expect(decide(rule, more, true).adopted).toBe(true);
			}),
		);
	});

	test('counts who is biased neither as present nor as a missing seat', () => {
		const rule: MajorityRule = { kind: 'twoThirds', of: 'present' };
		expect(neededVotes(rule, vote(6, 2, 0, { biased: 1 }))).toEqual({ base: 8, needed: 6 });
		expect(neededVotes({ ...rule, of: 'seats' }, vote(6, 2, 0, { biased: 1 }))).toEqual({ base: 15, needed: 10 });
	});
});

describe('the sum check (R2-46)', () => {
	test('fits exactly when every voting member present stands in one column', () => {
		fc.assert(fc.property(inputs, (given) => void expect(checkSum(given, given.present).fits).toBe(true)));
		fc.assert(
			fc.property(inputs, fc.integer({ min: -5, max: 5 }), (given, off) => {
				expect(checkSum(given, given.present + off)).toMatchObject({ fits: off === 0, missing: off });
			}),
		);
	});

	test('absent is not abstained: nine of fifteen present are nine voices, not fifteen', () => {
		expect(checkSum(vote(6, 1, 2), 9)).toMatchObject({ fits: true, counted: 9 });
		expect(checkSum(vote(6, 1, 8), 9)).toMatchObject({ fits: false, missing: -6 });
	});

	test('the rest is yes where only no votes and abstentions were counted', () => {
		const none = { no: 1, abstain: 2, invalid: 0, presentNotVoting: 0, biased: 1 };
		expect(restIsYes(none, 9)).toMatchObject({ yes: 5 });
		expect(restIsYes({ ...none, no: 9 }, 9)).toBeNull();
	});
});

describe('unanimous (R2-47)', () => {
	test('needs a yes and no no; abstentions only where the profile lets them', () => {
		expect(isUnanimous({ yes: 7, no: 0, abstain: 2 }, true)).toBe(true);
		expect(isUnanimous({ yes: 7, no: 0, abstain: 2 }, false)).toBe(false);
		expect(isUnanimous({ yes: 9, no: 0, abstain: 0 }, false)).toBe(true);
		expect(isUnanimous({ yes: 0, no: 0, abstain: 9 }, true)).toBe(false);
		fc.assert(
			fc.property(inputs, fc.boolean(), (given, withAbstentions) => {
				if (given.no > 0) expect(isUnanimous(given, withAbstentions)).toBe(false);
				if (isUnanimous(given, withAbstentions)) expect(decide(simple, given, true).adopted).toBe(true);
			}),
		);
	});
});

test('a finding keeps profile, rule, inputs, outcome and source', () => {
	const given = vote(6, 1, 2);
	expect(findMajority(profileWith(), given)).toEqual({
		profileId: '00000000-0000-7000-8000-000000000001',
		profileName: 'Satzung',
		rule: simple,
		citations: [{ text: 'Quelle zu voting', url: null }],
		inputs: given,
		outcome: {
			adopted: true,
			needed: 2,
			base: 7,
			because: 'reached',
			unanimous: false,
			sum: { fits: true, present: 9, counted: 9, missing: 0 },
		},
	});
});
