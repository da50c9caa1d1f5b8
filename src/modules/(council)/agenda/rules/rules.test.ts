import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../rules/presets.ts';
import type { Profile } from '../../rules/profile.ts';
import { answersFor, linkState } from './answers.ts';
import { composeAgenda, type Inherited, type TemplateLine } from './compose.ts';
import { conveningState } from './defect.ts';
import { dueReminders, missingForClosed, warningFor } from './items.ts';
import { findNotice, inTime, lastDayOf } from './notice.ts';
import { modeDoubt } from './mode.ts';
import { moved, nextNumber, numbered, placedBefore, titleFrom } from './numbering.ts';
import { urgentAdmitted, yesNeeded } from './urgent.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const profile: Profile = {
	id: 'p',
	name: 'Satzung 2024',
	fromDate: '2020-01-01',
	untilDate: null,
	rules: PRESETS[1]!.rules,
	citations: PRESETS[1]!.citations,
};
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => day('2000-01-01').add({ days }));
const anyRule = fc.record({
	days: fc.integer({ min: 0, max: 60 }),
	counting: fc.constantFrom('fullDaysBetween' as const, 'sameWeekday' as const),
	urgentShortNotice: fc.boolean(),
});

describe('notice period (rulebook R2-03, R2-04)', () => {
	test('seven days for Wednesday the 19th: Tuesday the 11th by full days, Wednesday the 12th by weekday', () => {
		const session = day('2023-04-19');
		expect(lastDayOf(session, { days: 7, counting: 'fullDaysBetween' }).toString()).toBe('2023-04-11');
		expect(lastDayOf(session, { days: 7, counting: 'sameWeekday' }).toString()).toBe('2023-04-12');
	});

	test('between the last day and the session lie as many full days as the rule asks for, and one day later too few', () => {
		fc.assert(
			fc.property(anyDay, anyRule, (session, rule) => {
				const last = lastDayOf(session, rule);
				expect(inTime(last, session, rule)).toBe(true);
				expect(inTime(last.add({ days: 1 }), session, rule)).toBe(false);
				if (rule.days === 0) return;
				const between = last.until(session).days - 1;
				expect(between).toBe(rule.counting === 'fullDaysBetween' ? rule.days : rule.days - 1);
				if (rule.counting === 'sameWeekday' && rule.days % 7 === 0) expect(last.dayOfWeek).toBe(session.dayOfWeek);
			}),
		);
	});

	test('what is in time under full days is in time by weekday, and earlier is never worse', () => {
		fc.assert(
			fc.property(
				anyDay,
				anyRule,
				fc.integer({ min: 0, max: 100 }),
				fc.integer({ min: 0, max: 100 }),
				(session, rule, a, b) => {
					const [early, late] = [Math.max(a, b), Math.min(a, b)].map((days) => session.subtract({ days }));
					if (inTime(late!, session, rule)) expect(inTime(early!, session, rule)).toBe(true);
					if (inTime(late!, session, { ...rule, counting: 'fullDaysBetween' }))
						expect(inTime(late!, session, { ...rule, counting: 'sameWeekday' })).toBe(true);
				},
			),
		);
	});

	test('the day of sending is the town’s, at midnight and in the nights in which clocks change', () => {
		const sent = (instant: string, session: string) =>
			findNotice(profile, day(session), Temporal.Instant.from(instant), 'Europe/Berlin').outcome;
		// 23:59 and 00:00 in Berlin, summer time.
		expect(sent('2023-04-11T21:59:00Z', '2023-04-19').kept).toBe(true);
		expect(sent('2023-04-11T22:00:00Z', '2023-04-19').kept).toBe(false);
		// The period holds the Sunday with 23 hours, and the one with 25.
		expect(sent('2027-03-22T22:59:00Z', '2027-03-30').kept).toBe(true);
		expect(sent('2027-03-22T23:00:00Z', '2027-03-30').kept).toBe(false);
		expect(sent('2027-10-25T21:59:00Z', '2027-11-02').kept).toBe(true);
		expect(sent('2027-10-25T22:00:00Z', '2027-11-02').kept).toBe(false);
	});

	test('the finding keeps profile, inputs, outcome and sources; urgency counts only with a reason and where it is allowed', () => {
		const at = Temporal.Instant.from('2023-04-17T10:00:00Z');
		const found = findNotice(profile, day('2023-04-19'), at, 'Europe/Berlin', ' Das Heim schließt. ');
		expect(found.inputs).toMatchObject({
			session: '2023-04-19',
			sentOn: '2023-04-17',
			days: 7,
			counting: 'fullDaysBetween',
		});
		expect(found.outcome).toMatchObject({
			lastDay: '2023-04-11',
			kept: false,
			urgent: true,
			reason: 'Das Heim schließt.',
		});
		expect(found.citations[0]!.text).toContain('§ 53');
		expect(findNotice(profile, day('2023-04-19'), at, 'Europe/Berlin', '  ').outcome.urgent).toBe(false);
		const strict = structuredClone(profile);
		strict.rules.notice.urgentShortNotice = false;
		expect(findNotice(strict, day('2023-04-19'), at, 'Europe/Berlin', 'Grund').outcome.urgent).toBe(false);
	});
});

describe('convening defects (rulebook R2-06)', () => {
	const members = ['a', 'b', 'c'];
	const late = { noticeOk: false, allInvited: true, votingMembers: members, objecting: [] };

	test('heal when all voting members are there and nobody objects, and only then', () => {
		expect(conveningState({ ...late, present: members }).state).toBe('healed');
		expect(conveningState({ ...late, present: ['a', 'b', 'guest'] })).toMatchObject({
			state: 'defective',
			missing: ['c'],
		});
		expect(conveningState({ ...late, present: members, objecting: ['b'] }).state).toBe('defective');
		expect(conveningState({ ...late, present: members, objecting: ['guest'] }).state).toBe('healed');
	});

	test('a session convened properly needs nobody to be there; missing papers remove only the items objected to', () => {
		const papers = [
			{ itemId: 'one', objected: true },
			{ itemId: 'two', objected: false },
		];
		expect(conveningState({ ...late, noticeOk: true, present: [], itemsWithoutPapers: papers })).toEqual({
			state: 'proper',
			removedItems: ['one'],
			missing: [],
		});
	});

	test('somebody more who is there never makes it worse', () => {
		fc.assert(
			fc.property(fc.subarray(members), fc.constantFrom(...members), (present, more) => {
				const before = conveningState({ ...late, present }).state;
				const after = conveningState({ ...late, present: [...present, more] }).state;
				if (before === 'healed') expect(after).toBe('healed');
			}),
		);
	});
});

describe('order and numbers', () => {
	const items = fc
		.uniqueArray(fc.record({ id: fc.uuid(), public: fc.boolean(), removed: fc.boolean() }), {
			selector: ({ id }) => id,
			maxLength: 12,
		})
		.filter((some) => some.length > 0);

	test('the public part stands first, numbers run through without gaps, what is off has none', () => {
		fc.assert(
			fc.property(items, (some) => {
				const all = numbered(some);
				expect(all.map(({ id }) => id).sort()).toEqual(some.map(({ id }) => id).sort());
				const firstClosed = all.findIndex((item) => !item.public);
				if (firstClosed >= 0) expect(all.slice(firstClosed).every((item) => !item.public)).toBe(true);
				expect(all.filter(({ removed }) => !removed).map(({ number }) => number)).toEqual(
					all.filter(({ removed }) => !removed).map((_, index) => String(index + 1)),
				);
			}),
		);
	});

	test('moving up and down again changes nothing; an item never leaves its part, none is lost', () => {
		fc.assert(
			fc.property(items, fc.nat(), fc.nat(), (some, a, b) => {
				const order = numbered(some);
				const item = order[a % order.length]!;
				const other = order[b % order.length]!;
				const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
				const up = moved(order, item.id, -1);
				expect(new Set(ids(up))).toEqual(new Set(ids(order)));
				if (ids(up).join() !== ids(order).join()) expect(ids(moved(up, item.id, 1))).toEqual(ids(order));
				const placed = placedBefore(order, item.id, other.id);
				expect(new Set(ids(placed))).toEqual(new Set(ids(order)));
				expect(ids(numbered(placed))).toEqual(ids(placed));
			}),
		);
	});

	test('the next number is free and titles follow the house style', () => {
		fc.assert(
			fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 99 }))), (taken) => {
				expect(taken).not.toContain(nextNumber(taken));
			}),
		);
		expect(titleFrom('{nummer}. {art} Sitzung {jahr}', { number: 2, public: true, year: 2023, body: 'Beirat' })).toBe(
			'2. öffentliche Sitzung 2023',
		);
		expect(titleFrom('{gremium} {x}', { number: 2, public: true, year: 2023, body: 'Beirat' })).toBe('Beirat {x}');
	});
});

describe('an agenda composed', () => {
	const line = (id: string, kind: TemplateLine['kind'], reviewsTasks = false): TemplateLine => ({
		id,
		kind,
		title: id,
		public: true,
		closedCode: '',
		closedBasis: '',
		neutralTitle: '',
		reporterOfficeId: null,
		reporterText: '',
		reviewsTasks,
	});
	const inherited: Inherited = {
		approvals: [{ meetingId: 'm', title: 'Niederschrift' }],
		carried: [{ ...line('x', 'topic'), title: 'Vertagt', itemId: 'i', papers: ['A1'] }],
		announcement: 'Bekanntgabe',
		hasOpenTasks: false,
	};

	test('approval and announcement after the opening, postponed items before "Verschiedenes", no review without tasks', () => {
		const lines = [line('Eröffnung', 'opening'), line('Aufgaben', 'topic', true), line('Verschiedenes', 'anyOther')];
		expect(composeAgenda(lines, inherited).map(({ title }) => title)).toEqual([
			'Eröffnung',
			'Niederschrift',
			'Bekanntgabe',
			'Vertagt',
			'Verschiedenes',
		]);
	});

	test('whatever the template, everything that was left open comes along once', () => {
		const kinds = fc.constantFrom<TemplateLine['kind']>('opening', 'minutesApproval', 'topic', 'report', 'anyOther');
		fc.assert(
			fc.property(fc.uniqueArray(kinds), fc.boolean(), (some, hasOpenTasks) => {
				const items = composeAgenda(
					some.map((kind) => line(kind, kind)),
					{ ...inherited, hasOpenTasks },
				);
				for (const origin of ['minutesApproval', 'announcement', 'carriedOver'])
					expect(items.filter((item) => item.origin === origin)).toHaveLength(1);
			}),
		);
	});
});

describe('smaller rules', () => {
	test('"Verschiedenes" is for information: resolutions, votes and elections are warned of, taking note is not (R2-41)', () => {
		expect(
			['resolution', 'vote', 'election', 'noted'].map((outcome) => warningFor('anyOther', outcome as 'vote')),
		).toEqual(['anyOtherNoResolution', 'anyOtherNoResolution', 'anyOtherNoResolution', null]);
		expect(warningFor('topic', 'resolution')).toBeNull();
	});

	test('a closed item lacks what is empty, an open one nothing', () => {
		const empty = { closedCode: '', closedBasis: ' ', neutralTitle: '' };
		expect(missingForClosed({ public: false, ...empty })).toHaveLength(3);
		expect(missingForClosed({ public: true, ...empty })).toEqual([]);
	});

	test('reminders are due from their day on, never before the invitation and never after the session', () => {
		const due = (today: string) => dueReminders([7, 1], day('2026-12-09'), day('2026-11-20'), day(today));
		expect([due('2026-12-01'), due('2026-12-02'), due('2026-12-08'), due('2026-12-10')]).toEqual([[], [7], [7, 1], []]);
		expect(dueReminders([7], day('2026-12-09'), day('2026-12-03'), day('2026-12-04'))).toEqual([]);
	});

	test('an urgent item needs the profile’s majority of those present; more yes never hurts', () => {
		const vote = { yes: 6, no: 3, abstain: 0, present: 9, seats: 15 };
		expect(urgentAdmitted({ kind: 'twoThirds', of: 'present' }, vote)).toBe(true);
		expect(urgentAdmitted({ kind: 'twoThirds', of: 'present' }, { ...vote, yes: 5, no: 4 })).toBe(false);
		expect(yesNeeded({ kind: 'fourFifths', of: 'seats' }, vote)).toBe(12);
		expect(
			urgentAdmitted({ kind: 'twoThirds', of: 'present' }, { yes: 0, no: 0, abstain: 0, present: 0, seats: 0 }),
		).toBe(false);
		const kind = fc.constantFrom('simple', 'absolute', 'twoThirds', 'fourFifths');
		const of = fc.constantFrom('present', 'seats');
		fc.assert(
			fc.property(kind, of, fc.nat(30), fc.nat(30), fc.nat(30), (kind_, of_, yes, no, abstain) => {
				const given = { yes, no, abstain, present: yes + no + abstain, seats: 40 };
				const rule = { kind: kind_ as 'simple', of: of_ as 'present' };
				if (urgentAdmitted(rule, given))
					expect(urgentAdmitted(rule, { ...given, yes: yes + 1, no: Math.max(0, no - 1) })).toBe(true);
			}),
		);
	});

	test('answers: remote only where session and profile allow it, a substitute only for a seat that may have one', () => {
		const base = { mode: 'hybrid', remote: 'hybrid', role: 'member', substitutes: 'anyOfGroup' } as const;
		expect(answersFor(base)).toEqual(['yes', 'no', 'late', 'remote', 'substitute']);
		expect(answersFor({ ...base, mode: 'room' })).not.toContain('remote');
		expect(answersFor({ ...base, remote: 'off' })).not.toContain('remote');
		expect(answersFor({ ...base, role: 'substitute' })).not.toContain('substitute');
		expect(answersFor({ ...base, substitutes: 'none' })).not.toContain('substitute');
	});

	test('a link works until the session opens; over midnight the end counts, not the day', () => {
		const at = (now: string, more: object = {}) =>
			linkState({
				state: 'invited',
				cancelled: false,
				withdrawn: false,
				endsOrStarts: Temporal.Instant.from('2026-12-10T00:30:00Z'),
				date: day('2026-12-09'),
				now: Temporal.Instant.from(now),
				today: day('2026-12-10'),
				...more,
			});
		expect([at('2026-12-10T00:10:00Z'), at('2026-12-10T00:31:00Z')]).toEqual(['open', 'over']);
		expect([at('2026-12-09T12:00:00Z', { state: 'running' }), at('2026-12-09T12:00:00Z', { cancelled: true })]).toEqual(
			['running', 'cancelled'],
		);
	});
});

describe('the form of a session', () => {
	const under = (mode: 'off' | 'emergencyOnly' | 'hybrid' | 'video') => ({
		...profile,
		rules: { ...profile.rules, remote: { mode, electionsAllowed: false } },
	});
	test.each([
		['off', 'off', 'off'],
		['emergencyOnly', 'emergencyOnly', 'emergencyOnly'],
		['hybrid', undefined, 'besideRoom'],
		['video', undefined, undefined],
	] as const)('under the rule "%s": hybrid %s, by video alone %s', (rule, hybrid, video) => {
		expect(modeDoubt(under(rule), 'hybrid')?.because).toBe(hybrid);
		expect(modeDoubt(under(rule), 'video')?.because).toBe(video);
		expect(modeDoubt(under(rule), 'room')).toBeNull();
	});
});
