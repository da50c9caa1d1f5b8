import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseAddressee } from './addressee.ts';
import { gateOf } from './gate.ts';
import { halfYearOf, readHalfYear, shifted } from './half-year.ts';
import { askedInTime, earliness, fixedOn, type Milestones } from './milestones.ts';
import { inTime, letsOthersGoOn, standingOf, type RequestFacts } from './standing.ts';
import { owed, type Rule } from './triggers.ts';
import { addWorkingDays, isWorkingDay } from './working-days.ts';

const anyDay = fc
	.date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

describe('working days', () => {
	const free = fc.array(
		anyDay.map((from) => ({ from, last: from })),
		{ maxLength: 5 },
	);

	test('a deadline of n ends on the n-th working day after the day of asking, whatever is free', () => {
		fc.assert(
			fc.property(anyDay, fc.integer({ min: 1, max: 40 }), free, (from, count, off) => {
				const start = Temporal.PlainDate.from(from);
				const end = addWorkingDays(start, count, off);
				let counted = 0;
				for (let day = start.add({ days: 1 }); Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 }))
					if (isWorkingDay(day, off)) counted++;
				expect(counted).toBe(count);
				expect(isWorkingDay(end, off)).toBe(true);
			}),
		);
	});

	test('five working days from a Friday end on the next Friday, one of them a holiday: on Monday', () => {
		const friday = Temporal.PlainDate.from('2026-11-20');
		expect(addWorkingDays(friday, 5, []).toString()).toBe('2026-11-27');
		expect(addWorkingDays(friday, 5, [{ from: '2026-11-25', last: '2026-11-25' }]).toString()).toBe('2026-11-30');
	});
});

describe('who is owed', () => {
	const rule = (more: Partial<Rule>): Rule => ({
		id: 'a',
		officeId: 'integration',
		organisationId: null,
		form: 'coSign',
		relevance: 'relevant',
		departmentId: null,
		paperTypeId: null,
		topics: [],
		answerDays: 5,
		urgentDays: 1,
		from: '2020-01-01',
		until: null,
		...more,
	});
	const matter = { openedOn: '2026-05-01', relevant: true, departmentId: 'd', paperTypeId: null, topics: ['schule'] };

	test('a matter keeps the rules of its first day, also after they were replaced', () => {
		const old = rule({ until: '2026-06-01' });
		const next = rule({ id: 'b', from: '2026-06-01', answerDays: 3 });
		expect(owed([old, next], matter).map(({ id }) => id)).toEqual(['a']);
		expect(owed([old, next], { ...matter, openedOn: '2026-06-01' }).map(({ id }) => id)).toEqual(['b']);
	});

	test('relevance, department, type and topic narrow a rule', () => {
		expect(owed([rule({})], { ...matter, relevant: false })).toEqual([]);
		expect(owed([rule({ relevance: 'always' })], { ...matter, relevant: false })).toHaveLength(1);
		expect(owed([rule({ departmentId: 'other' })], matter)).toEqual([]);
		expect(owed([rule({ paperTypeId: 't' })], { ...matter, paperTypeId: 'u' })).toEqual([]);
		expect(owed([rule({ paperTypeId: 't' })], matter), 'what it becomes is open: nobody is left out').toHaveLength(1);
		expect(owed([rule({ topics: ['wohnen'] })], matter)).toEqual([]);
		expect(owed([rule({ topics: ['wohnen', 'schule'] })], matter)).toHaveLength(1);
	});

	test('several rules for one office are one involvement in the strictest form; a body is another one', () => {
		const rules = [
			rule({ id: 'a', form: 'inform' }),
			rule({ id: 'b', form: 'coSign' }),
			rule({ id: 'c', form: 'consult', officeId: null, organisationId: 'beirat' }),
		];
		expect(owed(rules, matter).map(({ id, form }) => `${id} ${form}`)).toEqual(['b coSign', 'c consult']);
	});
});

describe('how a request stands', () => {
	const request = fc.record<RequestFacts>({
		state: fc.constantFrom('waiting', 'open', 'answered', 'outdated', 'withdrawn'),
		hash: fc.constantFrom('x', 'y'),
		dueOn: fc.option(anyDay, { nil: null }),
		vacant: fc.boolean(),
		answer: fc.option(fc.constantFrom('agreed', 'agreedWithRemarks', 'refused', 'notAffected', 'abstainedBias'), {
			nil: null,
		}),
		answeredOn: fc.option(anyDay, { nil: null }),
	});

	test('silence is never agreement, however long it lasts and whatever changes', () => {
		fc.assert(
			fc.property(request, anyDay, fc.option(fc.constantFrom('x', 'y'), { nil: null }), (facts, today, hash) => {
				const standing = standingOf(facts, today, hash);
				if (facts.state !== 'answered') expect(['agreed', 'agreedWithRemarks', 'notAffected']).not.toContain(standing);
				if (standing === 'agreed') expect(facts.answer).toBe('agreed');
			}),
		);
	});

	test('an answer counts for the words it was given for, and for no others', () => {
		const facts: RequestFacts = {
			state: 'answered',
			hash: 'x',
			dueOn: '2026-05-08',
			vacant: false,
			answer: 'agreed',
			answeredOn: '2026-05-05',
		};
		expect(standingOf(facts, '2026-05-06', 'x')).toBe('agreed');
		expect(standingOf(facts, '2026-05-06', 'y')).toBe('outdated');
	});

	test('the last day still counts, the day after is silence, and the next in line may go on', () => {
		const facts: RequestFacts = {
			state: 'open',
			hash: 'x',
			dueOn: '2026-05-08',
			vacant: false,
			answer: null,
			answeredOn: null,
		};
		expect(standingOf(facts, '2026-05-08', 'x')).toBe('open');
		expect(standingOf(facts, '2026-05-09', 'x')).toBe('noAnswer');
		expect(letsOthersGoOn('noAnswer')).toBe(true);
		expect(letsOthersGoOn('open')).toBe(false);
		expect(inTime({ answeredOn: '2026-05-08', dueOn: '2026-05-08' })).toBe(true);
		expect(inTime({ answeredOn: '2026-05-09', dueOn: '2026-05-08' })).toBe(false);
	});
});

describe('early and late', () => {
	const days = fc.record<Milestones>({
		openedOn: anyDay,
		firstInformedOn: fc.option(anyDay, { nil: null }),
		draftFinalOn: fc.option(anyDay, { nil: null }),
		mayorApprovedOn: fc.option(anyDay, { nil: null }),
		decidedOn: fc.option(anyDay, { nil: null }),
	});

	test('early is only what was told by the day on which the draft was fixed', () => {
		fc.assert(
			fc.property(days, anyDay, (milestones, today) => {
				const fixed = fixedOn(milestones);
				const told = milestones.firstInformedOn;
				if (earliness(milestones, today) === 'early') {
					expect(told !== null && told <= today).toBe(true);
					expect(fixed === null || told! <= fixed).toBe(true);
				}
				if (told !== null && fixed !== null && told > fixed) expect(earliness(milestones, today)).toBe('late');
			}),
		);
	});

	test('asking after the council decided, or after an omission was recorded, is late', () => {
		const open = { openedOn: '2026-01-01', firstInformedOn: null, draftFinalOn: null, mayorApprovedOn: null };
		expect(askedInTime('2026-03-02', { ...open, decidedOn: '2026-03-01' }, null)).toBe(false);
		expect(askedInTime('2026-03-01', { ...open, decidedOn: null }, '2026-03-01')).toBe(false);
		expect(askedInTime('2026-03-01', { ...open, decidedOn: null }, null)).toBe(true);
	});
});

describe('the gate', () => {
	test('no answer is a veto: every answer, silence, a vacant office and a recorded omission let it pass', () => {
		for (const standing of [
			'agreed',
			'agreedWithRemarks',
			'refused',
			'notAffected',
			'abstainedBias',
			'noAnswer',
			'vacant',
		] as const) {
			const matter = { relevant: true, signatures: [{ who: 'B', standing, omitted: false }] };
			expect(gateOf({ relevant: true, ruleHits: true, matter }).open, standing).toBe(true);
		}
		const omitted = { relevant: true, signatures: [{ who: 'B', standing: null, omitted: true }] };
		expect(gateOf({ relevant: true, ruleHits: true, matter: omitted }).open).toBe(true);
	});

	test('shut while nobody was asked, the deadline runs, or the words have changed', () => {
		for (const [standing, reason] of [
			[null, 'notRequested'],
			['open', 'waiting'],
			['waiting', 'waiting'],
			['outdated', 'outdated'],
		] as const) {
			const matter = { relevant: true, signatures: [{ who: 'B', standing, omitted: false }] };
			expect(gateOf({ relevant: true, ruleHits: true, matter })).toMatchObject({ open: false, reason });
		}
	});

	test('an unanswered question holds a paper that a rule would hit; a town without rules is held by nothing', () => {
		expect(gateOf({ relevant: null, ruleHits: true, matter: null })).toMatchObject({
			open: false,
			reason: 'relevanceOpen',
		});
		expect(gateOf({ relevant: true, ruleHits: true, matter: null })).toMatchObject({ open: false, reason: 'noMatter' });
		expect(gateOf({ relevant: null, ruleHits: false, matter: null }).open).toBe(true);
		expect(gateOf({ relevant: true, ruleHits: false, matter: { relevant: false, signatures: [] } }).reason).toBe(
			'relevanceDiffers',
		);
	});
});

describe('who is asked', () => {
	const person = (personId: string, deputy: boolean, awayUntil: string | null) => ({ personId, deputy, awayUntil });

	test('the holder, the deputy while the holder is away, the holder later if both are away, nobody while it is vacant', () => {
		const holder = person('h', false, null);
		const away = person('h', false, '2026-05-20');
		expect(chooseAddressee([person('d', true, null), holder], '2026-05-01')).toMatchObject({
			personId: 'h',
			as: 'holder',
		});
		expect(chooseAddressee([away, person('d', true, null)], '2026-05-01')).toMatchObject({
			personId: 'd',
			as: 'deputy',
		});
		expect(chooseAddressee([away, person('d', true, '2026-05-30')], '2026-05-01')).toEqual({
			personId: 'h',
			as: 'holder',
			startOn: '2026-05-20',
		});
		expect(chooseAddressee([], '2026-05-01')).toMatchObject({ personId: null, as: 'vacant' });
	});
});

test('half-years follow each other without a gap', () => {
	fc.assert(
		fc.property(anyDay, (day) => {
			const half = halfYearOf(day);
			expect(half.from <= day && day < half.until).toBe(true);
			expect(shifted(half, 1).from).toBe(half.until);
			expect(shifted(shifted(half, -3), 3)).toEqual(half);
			expect(readHalfYear(half.key)).toEqual(half);
		}),
	);
	expect(readHalfYear('2026-3')).toBeUndefined();
});
