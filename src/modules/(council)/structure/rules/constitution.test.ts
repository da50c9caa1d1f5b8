import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	planConstitution,
	type ConstitutionInputs,
	type ConstitutionPlan,
	type HeldFilling,
	type HeldMembership,
	type PlannedSeat,
	type RunningSeat,
} from './constitution.ts';

const START = Temporal.PlainDate.from('2014-01-01');
const day = (n: number) => START.add({ days: n }).toString();
const KINDS = ['delegated', 'resident', 'exOfficio', 'advisory'] as const;
const ON = 2000;

const shape = (number: number, kind: (typeof KINDS)[number]) => ({
	number,
	kind,
	voting: kind === 'delegated' || kind === 'resident',
	label: '',
	organisation: null,
	appointedBy: '',
	substitutes: 'none' as const,
	successors: 'none' as const,
});

/** A body in office: some seats filled for a while or until now, and a term prepared with some of the same people. */
const situation = fc
	.record({
		seats: fc.array(
			fc.record({ kind: fc.constantFrom(...KINDS), filled: fc.boolean(), from: fc.nat(1500), left: fc.boolean() }),
			{ minLength: 1, maxLength: 12 },
		),
		planned: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), designated: fc.boolean(), again: fc.boolean() }), {
			minLength: 1,
			maxLength: 12,
		}),
	})
	.map(({ seats, planned }): ConstitutionInputs => {
		const running: RunningSeat[] = seats.map(({ kind }, i) => ({ ...shape(i + 1, kind), id: `s${i}`, from: day(0) }));
		const memberships: HeldMembership[] = [];
		const fillings: HeldFilling[] = [];
		for (const [i, seat] of seats.entries()) {
			if (!seat.filled) continue;
			const until = seat.left ? day(seat.from + 1 + (i % 400)) : null;
			const kind = seat.kind === 'advisory' ? 'advisory' : 'member';
			memberships.push({
				id: `m${i}`,
				personId: `p${i}`,
				name: `P ${i}`,
				kind,
				managingOffice: false,
				from: day(seat.from),
				until,
			});
			fillings.push({ id: `f${i}`, seatId: `s${i}`, membershipId: `m${i}`, from: day(seat.from), until });
		}
		const future: PlannedSeat[] = planned.map(({ kind, designated }, i) => ({
			...shape(i + 1, kind),
			id: `t${i}`,
			membershipId: designated && kind !== 'exOfficio' ? `n${i}` : null,
		}));
		const designated = future.flatMap(({ membershipId, kind }, i) =>
			membershipId
				? [
						{
							id: membershipId,
							personId: planned[i]!.again && kind !== 'advisory' && seats[i]?.kind !== 'exOfficio' ? `p${i}` : `q${i}`,
							name: `Q ${i}`,
							kind: kind === 'advisory' ? ('advisory' as const) : ('member' as const),
						},
					]
				: [],
		);
		return { on: day(ON), termBegan: day(0), memberships, fillings, seats: running, planned: future, designated };
	});

interface After {
	memberships: { id: string; personId: string; kind: string; from: string; until: string | null }[];
	fillings: { seat: string; membershipId: string; from: string; until: string | null }[];
	seats: { id: string; number: number; from: string; until: string | null }[];
}

/** What the database would hold after the plan was carried out. */
function carryOut(given: ConstitutionInputs, plan: ConstitutionPlan): After {
	const { on } = given;
	return {
		memberships: [
			...given.memberships.map((m) => (plan.endMemberships.includes(m.id) ? { ...m, until: on } : m)),
			...given.designated.filter(({ id }) => plan.begin.includes(id)).map((m) => ({ ...m, from: on, until: null })),
		],
		fillings: [
			...given.fillings.map((f) => ({ ...f, seat: f.seatId, until: plan.endFillings.includes(f.id) ? on : f.until })),
			...plan.fill.map(({ seat, membershipId }) => ({
				seat: 'running' in seat ? seat.running : seat.planned,
				membershipId,
				from: on,
				until: null,
			})),
		],
		seats: [
			...given.seats.map((s) => ({ ...s, until: plan.endSeats.includes(s.id) ? on : null })),
			...given.planned.filter(({ id }) => plan.newSeats.includes(id)).map((s) => ({ ...s, from: on, until: null })),
		],
	};
}

const covers = ({ from, until }: { from: string | null; until: string | null }, at: string) =>
	from !== null && from <= at && (until === null || at < until);
const DAYS = [0, 700, ON - 1, ON, ON + 1, ON + 900].map(day);

test('no seat is held twice, nobody is a member twice, on any day', () => {
	fc.assert(
		fc.property(situation, (given) => {
			const plan = planConstitution(given);
			if ('code' in plan) throw new Error(plan.code);
			const after = carryOut(given, plan);
			for (const at of DAYS) {
				const seats = after.fillings.filter((filling) => covers(filling, at)).map(({ seat }) => seat);
				expect(new Set(seats).size).toBe(seats.length);
				const people = after.memberships
					.filter((m) => covers(m, at))
					.map(({ personId, kind }) => `${personId} ${kind}`);
				expect(new Set(people).size).toBe(people.length);
				const numbers = after.seats.filter((seat) => covers(seat, at)).map(({ number }) => number);
				expect(new Set(numbers).size).toBe(numbers.length);
			}
		}),
		{ numRuns: 400 },
	);
});

test('until the day before the old body is as it was; from the day on it is exactly the new one', () => {
	fc.assert(
		fc.property(situation, (given) => {
			const plan = planConstitution(given);
			if ('code' in plan) throw new Error(plan.code);
			const after = carryOut(given, plan);
			for (const at of DAYS.filter((one) => one < given.on))
				expect(after.fillings.filter((f) => covers(f, at)).map(({ membershipId }) => membershipId)).toEqual(
					given.fillings.filter((f) => covers(f, at)).map(({ membershipId }) => membershipId),
				);
			const holders = after.fillings.filter((f) => covers(f, given.on)).map(({ membershipId }) => membershipId);
			const byOffice = given.fillings
				.filter((f) => given.seats.find(({ id }) => id === f.seatId)!.kind === 'exOfficio')
				.map((f) => f.membershipId);
			const designated = given.planned.flatMap(({ membershipId }) => membershipId ?? []);
			expect(holders.filter((id) => !byOffice.includes(id)).sort()).toEqual(designated.sort());
			// Whoever sits somewhere is a member then, and the seat exists.
			for (const filling of after.fillings.filter((f) => covers(f, given.on))) {
				expect(
					covers(
						after.memberships.find(({ id }) => id === filling.membershipId)!,
						given.on,
					),
				).toBe(true);
				expect(
					covers(
						after.seats.find(({ id }) => id === filling.seat)!,
						given.on,
					),
				).toBe(true);
			}
			expect(
				after.seats
					.filter((seat) => covers(seat, given.on))
					.map(({ number }) => number)
					.sort(),
			).toEqual(given.planned.map(({ number }) => number).sort());
		}),
		{ numRuns: 400 },
	);
});

test('what would leave a gap or an overlap is refused with its reason', () => {
	const empty: ConstitutionInputs = {
		on: day(ON),
		termBegan: day(0),
		memberships: [],
		fillings: [],
		seats: [],
		planned: [],
		designated: [],
	};
	expect(planConstitution(empty)).toEqual({ code: 'council.noSeats' });
	const planned = [{ ...shape(1, 'resident'), id: 't1', membershipId: null }];
	expect(planConstitution({ ...empty, planned, termBegan: day(ON) })).toEqual({
		code: 'council.termOrder',
		from: day(ON),
	});
	const later = {
		id: 'm',
		personId: 'p',
		name: 'Later',
		kind: 'member' as const,
		managingOffice: false,
		from: day(ON),
		until: null,
	};
	expect(planConstitution({ ...empty, planned, memberships: [later] })).toEqual({
		code: 'council.beginsLater',
		name: 'Later',
		from: day(ON),
	});
});
