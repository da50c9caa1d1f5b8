import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTS, afterAct, isOpen, nextAsked, silent, type CoSign, type StatementState } from './steps.ts';

describe('steps of a statement', () => {
	test('nothing is published without an approval after the last change of its words', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 60 }), (choices) => {
				let state: StatementState = 'requested';
				let approved = false;
				for (const choice of choices) {
					const possible = ACTS.filter((one) => afterAct(state, one));
					if (!possible.length) break;
					const act = possible[choice % possible.length]!;
					if (act === 'draft') approved = false;
					if (act === 'approve') approved = true;
					state = afterAct(state, act)!;
					expect(state !== 'published' || approved).toBe(true);
				}
			}),
		);
	});

	test('every state but the published one leads on, and stopping can be taken back', () => {
		const states: StatementState[] = ['requested', 'drafting', 'coSigning', 'approval', 'approved', 'stopped'];
		for (const state of states) expect(ACTS.some((act) => afterAct(state, act))).toBe(true);
		expect(ACTS.filter((act) => afterAct('published', act))).toEqual([]);
		expect(afterAct('stopped', 'resume')).toBe('drafting');
		expect([isOpen('approved'), isOpen('published'), isOpen('stopped')]).toEqual([true, false, false]);
	});
});

describe('co-signing in series and in parallel', () => {
	const lists = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });

	test('everybody is asked once, a step only after the one before, and in the end nobody is silent', () => {
		fc.assert(
			fc.property(lists, fc.infiniteStream(fc.nat({ max: 7 })), (steps, choices) => {
				const list: CoSign[] = steps.map((step, i) => ({ id: `${i}`, step, state: 'waiting' }));
				const asked: string[] = [];
				const ask = () => {
					for (const id of nextAsked(list)) {
						const one = list[Number(id)]!;
						one.state = 'asked';
						asked.push(id);
						expect(list.every((other) => other.step >= one.step || other.state === 'agreed')).toBe(true);
					}
				};
				ask();
				while (silent(list).length) {
					const open = list.filter(({ state }) => state === 'asked');
					open[choices.next().value! % open.length]!.state = 'agreed';
					ask();
				}
				expect([...asked].sort()).toEqual(list.map(({ id }) => id).sort());
			}),
		);
	});
});
