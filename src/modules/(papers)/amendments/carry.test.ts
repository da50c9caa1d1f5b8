import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amended } from '#kernel/text/amend/arbitrary.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';
import { carryOver } from './carry.ts';

const BASE = 'Es wird an drei Tagen gedolmetscht.\n\n1. Die Stadt zahlt.\n2. Sie berichtet.';

function carried(current: string, proposed: string) {
	const base = fromWriting(BASE);
	const [now, wish] = [current, proposed].map((writing) => fromWriting(writing, { previous: base })) as [
		typeof base,
		typeof base,
	];
	const found = carryOver(base, now, wish);
	return { text: toWriting(found.proposed), lost: found.lost };
}

test('a proposal on an older version keeps what still fits, and says what does not', () => {
	const current = BASE.replace('zahlt', 'zahlt alles');
	expect(carried(current, BASE.replace('drei', 'zwei'))).toEqual({ text: current.replace('drei', 'zwei'), lost: 0 });
	expect(carried(BASE.replace('drei', 'vier'), BASE.replace('drei', 'zwei'))).toEqual({
		text: BASE.replace('drei', 'vier'),
		lost: 1,
	});
	expect(carried(BASE.replace('drei', 'zwei'), BASE.replace('drei', 'zwei')).lost).toBe(0);
});

test('on an unchanged text nothing is lost; what was taken over already asks for nothing', () => {
	fc.assert(
		fc.property(amended(1), ({ base, proposed: [wish = base] }) => {
			expect(carryOver(base, base, wish)).toEqual({ proposed: wish, lost: 0 });
			const done = carryOver(base, wish, wish);
			expect([documentHash(done.proposed), done.lost]).toEqual([documentHash(wish), 0]);
		}),
		{ numRuns: 200 },
	);
});
