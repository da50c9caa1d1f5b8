import { expect, test } from 'vitest';
import { PRESETS } from '../../rules/presets.ts';
import type { Rules } from '../../rules/profile.ts';
import { basisOf, beyondTerm, decideDeparture, inContinuation, type TermFacts } from './membership.ts';

const citations = [{ rule: 'membership', text: '§ 3 Abs. 2', url: null }];
const profile = (membership: Partial<Rules['membership']> = {}) => ({
	id: 'p',
	name: 'Satzung',
	statuteTitle: 'Satzung 2018',
	statuteUrl: null,
	citations,
	rules: { ...PRESETS[0]!.rules, membership: { ...PRESETS[0]!.rules.membership, ...membership } },
});
const term: TermFacts = { councilTermUntil: '2019-07-01', newCouncilElectedOn: null };

test('a councillor who loses the mandate stays only inside the continuation window', () => {
	const lost = (on: string, facts: TermFacts = term) =>
		decideDeparture(profile(), { ...facts, reason: 'mandateLost', on }).outcome;
	expect(lost('2018-03-01')).toBe('ends');
	expect(lost('2019-07-01')).toBe('staysUntilConstitution');
	expect(lost('2019-05-27', { ...term, newCouncilElectedOn: '2019-05-26' })).toBe('staysUntilConstitution');
	expect(lost('2019-05-25', { ...term, newCouncilElectedOn: '2019-05-26' })).toBe('ends');
});

test('statutes that say otherwise are followed, and the finding names them', () => {
	const facts = { ...term, on: '2018-03-01' };
	expect(decideDeparture(profile({ mandateLost: 'stays' }), { ...facts, reason: 'mandateLost' }).outcome).toBe('stays');
	expect(decideDeparture(profile({ groupLeft: 'ends' }), { ...facts, reason: 'leftGroup' }).outcome).toBe('ends');
	expect(decideDeparture(profile(), { ...facts, reason: 'leftGroup' }).outcome).toBe('stays');
	for (const reason of ['resigned', 'recalled', 'movedAway', 'died', 'ineligible', 'other'] as const)
		expect(decideDeparture(profile({ mandateLost: 'stays' }), { ...facts, reason }).outcome).toBe('ends');
	expect(decideDeparture(profile(), { ...facts, reason: 'mandateLost' })).toMatchObject({
		profileId: 'p',
		statute: { title: 'Satzung 2018' },
		citations: [{ text: '§ 3 Abs. 2' }],
		inputs: { continuation: false, on: '2018-03-01' },
	});
	expect(decideDeparture(undefined, { ...facts, reason: 'mandateLost' })).toMatchObject({
		profileId: null,
		outcome: 'ends',
	});
});

test('a running membership rests on the term, on its continuation, or on nothing', () => {
	const on = (day: string, membership: Partial<Rules['membership']> = {}) =>
		basisOf(profile(membership), { ...term, day, mandateLostOn: null }).outcome;
	expect(on('2019-06-30')).toBe('term');
	expect(on('2019-07-01')).toBe('continues');
	expect(on('2019-07-01', { end: 'councilTerm' })).toBe('beyond');
	expect(inContinuation({ councilTermUntil: null, newCouncilElectedOn: null }, '2030-01-01')).toBe(false);
});

test('a written end after the council’s term is too late, an open one is not', () => {
	const memberships = [{ until: null }, { until: '2019-07-01' }, { until: '2019-07-02' }];
	expect(beyondTerm(memberships, term)).toEqual([{ until: '2019-07-02' }]);
	expect(beyondTerm(memberships, { councilTermUntil: null })).toEqual([]);
});
