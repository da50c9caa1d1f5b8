import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ElectionRound } from '../../rules/profile.ts';
import { PRESETS } from '../../rules/presets.ts';
import { findRound, isEligible, missingSteps } from './election.ts';
import { profileWith } from './profile.fixture.ts';
import { checkRound, neededToWin, votesCast, type RoundInputs } from './round.ts';

const lsa = profileWith();
const rp = profileWith({ election: PRESETS.find(({ key }) => key === 'rp-beirat')!.rules.election });

/** A round in which everybody present returned a ballot; what is left over is blank. */
function round(number: number, votes: number[], more: Partial<RoundInputs> = {}): RoundInputs {
	const against = more.against ?? 0;
	const cast = votes.reduce((a, b) => a + b, against);
	const present = more.present ?? cast + (more.blank ?? 0) + (more.invalid ?? 0);
	const names = votes.map((count, i) => ({ candidate: 'ABCDEF'[i]!, votes: count }));
	const blank = present - cast - (more.invalid ?? 0);
	return { number, issued: present, returned: present, blank, invalid: 0, against, ...more, present, votes: names };
}
const rounds = fc
	.record({
		number: fc.integer({ min: 1, max: 3 }),
		votes: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 }),
		blank: fc.integer({ min: 0, max: 5 }),
		invalid: fc.integer({ min: 0, max: 5 }),
	})
	.map(({ number, votes, ...more }) => round(number, votes, more));

describe('an election in rounds (R2-50)', () => {
	test('one candidate, 4 of 9: the majority of those present is 5, and there is no further round', () => {
		const { outcome, rule } = findRound(lsa, round(1, [4], { present: 9, against: 3 }));
		expect(rule.win).toBe('majorityOfPresent');
		expect(outcome).toEqual({ kind: 'failed', because: 'singleCandidate', needed: 5 });
		expect(findRound(lsa, round(1, [5], { present: 9 })).outcome).toMatchObject({ kind: 'elected', candidate: 'A' });
	});

	test('4 : 3 : 2 of nine elects nobody at first, and A in the second round', () => {
		expect(findRound(lsa, round(1, [4, 3, 2])).outcome).toMatchObject({
			kind: 'nextRound',
			candidates: ['A', 'B', 'C'],
			needed: 5,
		});
		expect(findRound(lsa, round(2, [4, 3, 2])).outcome).toMatchObject({ kind: 'elected', candidate: 'A' });
	});

	test('a tie in the last round is settled by lot, between those who lead alone', () => {
		expect(findRound(lsa, round(2, [4, 4, 1])).outcome).toMatchObject({ kind: 'lot', between: ['A', 'B'] });
	});

	test('a run-off takes the first two; a tie for second place is settled by lot, the first is certain', () => {
		expect(findRound(rp, round(2, [4, 3, 2])).outcome).toMatchObject({ kind: 'nextRound', candidates: ['A', 'B'] });
		expect(findRound(rp, round(2, [4, 3, 3])).outcome).toMatchObject({
			kind: 'lot',
			for: 'runOff',
			certain: ['A'],
			between: ['B', 'C'],
		});
		expect(findRound(rp, round(3, [4, 4])).outcome).toMatchObject({ kind: 'lot', between: ['A', 'B'] });
	});

	test('elects only who has more votes than everybody else and enough of them', () => {
		fc.assert(
			fc.property(rounds, fc.constantFrom(lsa, rp), (inputs, profile) => {
				const { outcome, rule } = findRound(profile, inputs);
				if (outcome.kind !== 'elected') return;
				const winner = inputs.votes.find(({ candidate }) => candidate === outcome.candidate)!;
				expect(winner.votes).toBeGreaterThanOrEqual(neededToWin(rule, inputs));
				for (const other of inputs.votes) if (other !== winner) expect(other.votes).toBeLessThan(winner.votes);
			}),
		);
	});

	test('a lot is drawn only between equals, and only a lot decides between equals', () => {
		fc.assert(
			fc.property(rounds, fc.constantFrom(lsa, rp), (inputs, profile) => {
				const { outcome } = findRound(profile, inputs);
				const most = Math.max(...inputs.votes.map(({ votes }) => votes));
				const leaders = inputs.votes.filter(({ votes }) => votes === most);
				if (outcome.kind === 'lot') {
					const counts = outcome.between.map((id) => inputs.votes.find((v) => v.candidate === id)!.votes);
					expect(new Set(counts).size).toBe(1);
					expect(outcome.between.length).toBeGreaterThan(1);
				}
				if (leaders.length > 1) expect(outcome.kind).not.toBe('elected');
			}),
		);
	});

	test('the order of the candidates changes nothing but the order of the names', () => {
		fc.assert(
			fc.property(rounds, (inputs) => {
				const turned = { ...inputs, votes: [...inputs.votes].reverse() };
				const [a, b] = [findRound(rp, inputs).outcome, findRound(rp, turned).outcome];
				expect(b.kind).toBe(a.kind);
				if (a.kind === 'elected' && b.kind === 'elected') expect(b.candidate).toBe(a.candidate);
				if (a.kind === 'nextRound' && b.kind === 'nextRound')
					expect(new Set(b.candidates)).toEqual(new Set(a.candidates));
			}),
		);
	});

	test('nobody is elected without a vote', () => {
		const win = fc.constantFrom<ElectionRound['win']>('majorityOfPresent', 'majorityOfVotes', 'mostVotes');
		fc.assert(
			fc.property(win, fc.integer({ min: 1, max: 4 }), (rule, candidates) => {
				const profile = profileWith({
					election: { ...lsa.rules.election, rounds: [{ win: rule, candidates: 'all' }] },
				});
				const inputs = round(
					1,
					Array.from({ length: candidates }, () => 0),
					{ present: 9 },
				);
				expect(findRound(profile, inputs).outcome.kind).toBe('failed');
			}),
		);
	});
});

describe('the ballots of a round (R2-51, R2-52)', () => {
	test('fit when everything returned was counted once', () => {
		fc.assert(
			fc.property(rounds, (inputs) => {
				expect(checkRound(inputs).fits).toBe(true);
				expect(votesCast(inputs) + inputs.blank + inputs.invalid).toBe(inputs.returned);
				expect(checkRound({ ...inputs, blank: inputs.blank + 1 })).toMatchObject({ fits: false, missing: -1 });
			}),
		);
	});

	test('can’t be more than were issued, nor issued to more than were there', () => {
		const nine = round(1, [5, 4]);
		expect(checkRound({ ...nine, issued: 8 }).fault).toBe('moreReturnedThanIssued');
		expect(checkRound({ ...nine, issued: 10 }).fault).toBe('moreIssuedThanPresent');
		expect(checkRound({ ...nine, issued: 9, returned: 8, votes: [{ candidate: 'A', votes: 8 }] }).fits).toBe(true);
	});

	test('a blank one is an abstention and counts against a majority of those present', () => {
		expect(findRound(lsa, round(1, [5, 4], { present: 10 })).outcome.kind).toBe('nextRound');
		expect(findRound(lsa, round(1, [6, 3], { present: 10 })).outcome.kind).toBe('elected');
	});
});

describe('who can stand (R1-09, GRE-11, GRE-26, GRE-27)', () => {
	const member = { votingMember: true, designated: false, organisation: null, consented: true, withdrawn: false };
	test('a voting member who said yes', () => {
		expect(missingSteps(member)).toEqual([]);
	});

	test('not yet, while the organisation is no member; that step is named', () => {
		const stranger = { ...member, votingMember: false, organisation: { name: 'Verein', hasSeat: false } };
		expect(missingSteps(stranger)).toEqual(['organisationNotMember']);
		expect(isEligible(stranger)).toBe(false);
		expect(missingSteps({ ...stranger, organisation: { name: 'Verein', hasSeat: true } })).toEqual([
			'notAVotingMember',
		]);
	});

	test('not while designated, and on no ballot without consent', () => {
		expect(missingSteps({ ...member, votingMember: false, designated: true })).toEqual(['designatedOnly']);
		expect(missingSteps({ ...member, consented: false })).toEqual(['noConsent']);
		expect(isEligible({ ...member, consented: false })).toBe(true);
		expect(isEligible({ ...member, withdrawn: true })).toBe(false);
	});
});
