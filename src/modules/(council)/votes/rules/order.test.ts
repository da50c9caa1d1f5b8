import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { before, finalText, settledBy, votingOrder, type OrderedMotion } from './order.ts';

const motion = (id: string, more: Partial<OrderedMotion> = {}): OrderedMotion => ({
	id,
	kind: 'main',
	amendsId: null,
	reach: 1,
	position: 0,
	state: 'open',
	...more,
});
/** Main motions, amendments to any of them, procedural motions, in any order of arrival. */
const motions = fc
	.array(
		fc.record({
			kind: fc.constantFrom<OrderedMotion['kind']>('main', 'amendment', 'procedural'),
			reach: fc.integer({ min: 1, max: 3 }),
			target: fc.nat(),
		}),
		{ maxLength: 12 },
	)
	.map((drawn) => {
		const mains = drawn.flatMap(({ kind }, i) => (kind === 'main' ? [`m${i}`] : []));
		return drawn.map(({ kind, reach, target }, i) =>
			motion(`m${i}`, {
				kind: kind === 'amendment' && !mains.length ? 'main' : kind,
				reach,
				position: i,
				amendsId: kind === 'amendment' && mains.length ? mains[target % mains.length]! : null,
			}),
		);
	});

describe('the order of voting (R2-48)', () => {
	test('puts procedural motions first, each amendment before its main motion, the farthest-reaching first', () => {
		fc.assert(
			fc.property(motions, (given) => {
				const order = votingOrder(given);
				expect(new Set(order)).toEqual(new Set(given));
				const at = (id: string) => order.findIndex((m) => m.id === id);
				for (const m of order) {
					if (m.kind === 'procedural')
						expect(order.slice(0, at(m.id)).every((x) => x.kind === 'procedural')).toBe(true);
					if (m.amendsId) expect(at(m.id)).toBeLessThan(at(m.amendsId));
				}
				const reaches = order.filter((m) => m.kind === 'main').map((m) => m.reach);
				expect(reaches).toEqual([...reaches].sort((a, b) => a - b));
			}),
		);
	});

	test('does not depend on the order in which the motions are given', () => {
		fc.assert(
			fc.property(
				motions,
				(given) =>
					void expect(votingOrder([...given].reverse()).map((m) => m.id)).toEqual(votingOrder(given).map((m) => m.id)),
			),
		);
	});

	test('names what has to be voted on before', () => {
		const given = [
			motion('haupt'),
			motion('änderung', { kind: 'amendment', amendsId: 'haupt', position: 1 }),
			motion('schluss', { kind: 'procedural', position: 2 }),
		];
		expect(before(given, 'haupt').map((m) => m.id)).toEqual(['schluss', 'änderung']);
		expect(before(given, 'schluss')).toEqual([]);
		const decided = given.map((m) => (m.id === 'haupt' ? m : { ...m, state: 'adopted' as const }));
		expect(before(decided, 'haupt')).toEqual([]);
	});
});

test('an adopted main motion settles those behind it; a rejected one only its own amendments', () => {
	const given = [
		motion('weit'),
		motion('näher', { reach: 2 }),
		motion('zu weit', { kind: 'amendment', amendsId: 'weit' }),
		motion('zu näher', { kind: 'amendment', amendsId: 'näher' }),
		motion('vertagen', { kind: 'procedural' }),
	];
	expect(settledBy(given, 'weit', true).map((m) => m.id)).toEqual(['näher', 'zu weit', 'zu näher']);
	expect(settledBy(given, 'weit', false).map((m) => m.id)).toEqual(['zu weit']);
	expect(settledBy(given, 'vertagen', true)).toEqual([]);
});

test('after an adopted amendment the main text as amended is what is voted on', () => {
	expect(finalText({ text: 'Zehn Kurse', amendedText: null }, 0)).toBe('Zehn Kurse');
	expect(finalText({ text: 'Zehn Kurse', amendedText: null }, 1)).toBeNull();
	expect(finalText({ text: 'Zehn Kurse', amendedText: 'Zwölf Kurse' }, 1)).toBe('Zwölf Kurse');
});
