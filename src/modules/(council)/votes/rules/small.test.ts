import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barredSeats, BIAS_GROUNDS, findBias, quorateByBias, type BiasClaim } from './bias.ts';
import { methodFor } from './method.ts';
import { profileWith } from './profile.fixture.ts';
import { consentsNeeded, findWritten, writtenInputs, type WrittenInputs } from './written.ts';

describe('how a vote is taken (R2-44)', () => {
	const profile = profileWith({
		voting: {
			standard: { kind: 'simple', of: 'votesCast' },
			urgentItem: { kind: 'twoThirds', of: 'present' },
			rollCallAskers: 3,
			secretAskers: 4,
			unanimousWithAbstentions: true,
		},
	});
	test('openly unless enough members ask for something else', () => {
		expect(methodFor(profile, { rollCall: 2, secret: 3 })).toBe('open');
		expect(methodFor(profile, { rollCall: 3, secret: 0 })).toBe('rollCall');
	});
	test('secretly before by name, if both are asked for', () => {
		fc.assert(
			fc.property(
				fc.nat({ max: 60 }),
				(rollCall) => void expect(methodFor(profile, { rollCall, secret: 4 })).toBe('secret'),
			),
		);
	});
});

describe('bias (R2-28 to R2-31)', () => {
	const claim: BiasClaim = { ground: 'self', direct: true, election: false, sentByMunicipality: false };
	const found = (more: Partial<BiasClaim>) => findBias(profileWith(), { ...claim, ...more }).outcome;

	test('the interest of a whole group is none, whatever else is said', () => {
		fc.assert(
			fc.property(
				fc.boolean(),
				fc.boolean(),
				(direct, election) => void expect(found({ ground: 'groupInterest', direct, election })).toBe('free'),
			),
		);
	});

	test('a board member of the association that would get the money is barred; not if the town sent them', () => {
		expect(found({ ground: 'boardMember', direct: false })).toBe('barred');
		expect(found({ ground: 'boardMember', sentByMunicipality: true })).toBe('free');
	});

	test('an election to an honorary office bars nobody', () => {
		for (const ground of BIAS_GROUNDS) expect(found({ ground, election: true })).toBe('free');
	});

	test('an advantage that is not direct goes to the body', () => {
		expect(found({ ground: 'relative', direct: false })).toBe('bodyDecides');
		expect(found({ ground: 'relative' })).toBe('barred');
	});

	test('the member’s own word bars until the body says otherwise; a doubt alone bars nobody', () => {
		const state = { seat: 's', decided: null, declaredBySelf: true, withdrawn: false };
		expect(barredSeats([state]).size).toBe(1);
		expect(barredSeats([state, { ...state, declaredBySelf: false, decided: 'barred' }]).size).toBe(1);
		expect(barredSeats([{ ...state, decided: 'free' }]).size).toBe(0);
		expect(barredSeats([{ ...state, declaredBySelf: false }]).size).toBe(0);
		expect(barredSeats([{ ...state, withdrawn: true }]).size).toBe(0);
	});

	test('more than half barred makes the rest quorate', () => {
		expect(quorateByBias(8, 15)).toBe(true);
		expect(quorateByBias(7, 14)).toBe(false);
		expect(quorateByBias(0, 0)).toBe(false);
	});
});

describe('a written procedure (R2-53)', () => {
	const silentRule = profileWith({ written: { mode: 'silentUnlessObjection', consent: [4, 5], days: 7 } });
	const quorum = profileWith({ written: { mode: 'consentQuorum', consent: [4, 5], days: 7 } });
	const none: WrittenInputs = {
		asked: 15,
		biased: 0,
		consents: 0,
		yes: 0,
		no: 0,
		abstain: 0,
		objections: 0,
		over: false,
	};
	const answers = fc
		.record({
			yes: fc.nat({ max: 9 }),
			no: fc.nat({ max: 9 }),
			abstain: fc.nat({ max: 9 }),
			silentOnes: fc.nat({ max: 9 }),
		})
		.chain(({ yes, no, abstain, silentOnes }) => {
			const asked = yes + no + abstain + silentOnes;
			return fc.nat({ max: asked }).map((consents) => ({ ...none, asked, consents, yes, no, abstain }));
		});

	test('one objection ends it at once, however many agree', () => {
		fc.assert(
			fc.property(answers, fc.boolean(), (given, over) => {
				const objected = { ...given, asked: given.asked + 1, objections: 1, over };
				expect(findWritten(silentRule, objected).outcome).toMatchObject({ state: 'failed', because: 'objection' });
			}),
		);
	});

	test('is adopted when the time is over and nobody objected, not before', () => {
		expect(findWritten(silentRule, none).outcome.state).toBe('running');
		expect(findWritten(silentRule, { ...none, over: true }).outcome).toMatchObject({ state: 'adopted', silent: 15 });
	});

	test('four fifths must agree to the procedure: 12 of 15, and 12 of 14', () => {
		expect(consentsNeeded([4, 5], 15)).toBe(12);
		expect(consentsNeeded([4, 5], 14)).toBe(12);
		const over = { ...none, yes: 11, over: true };
		expect(findWritten(quorum, { ...over, consents: 11 }).outcome).toMatchObject({ because: 'consentMissing' });
		expect(findWritten(quorum, { ...over, consents: 12, yes: 12 }).outcome.state).toBe('adopted');
	});

	test('who is biased is not asked, and everybody else is counted once', () => {
		const voice = fc.constantFrom('yes', 'no', 'abstain', 'objection', 'biased', null);
		const given = fc.array(fc.record({ voice, consents: fc.constantFrom(true, false, null) }), { maxLength: 30 });
		fc.assert(
			fc.property(given, (all) => {
				const inputs = writtenInputs(all, false);
				const { silent } = findWritten(silentRule, inputs).outcome;
				expect(inputs.yes + inputs.no + inputs.abstain + inputs.objections + inputs.biased + silent).toBe(all.length);
				expect(inputs.consents).toBeLessThanOrEqual(inputs.asked);
			}),
		);
	});

	test('no reply is never a yes', () => {
		fc.assert(
			fc.property(answers, fc.nat({ max: 20 }), (given, more) => {
				const before = findWritten(quorum, { ...given, consents: given.asked, over: true }).outcome.state;
				const asked = given.asked + more;
				const after = findWritten(quorum, { ...given, asked, consents: asked, over: true }).outcome.state;
				if (before !== 'adopted') expect(after).not.toBe('adopted');
			}),
		);
	});
});
