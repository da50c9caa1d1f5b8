import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toWriting, fromWriting } from '#kernel/text/writing.ts';
import { PaperForm, type NewPaper } from '../schema.ts';
import { mergeForms } from './merge.ts';

const form = (more: Partial<NewPaper>): NewPaper => ({
	...PaperForm.parse({ typeId: '00000000-0000-7000-8000-000000000000', title: 'Titel' }),
	...more,
});
const word = fc.constantFrom('Bänke', 'Bäume', 'Wege', 'drei', 'Tage', 'Stadt', 'Bericht');
const paragraph = fc.array(word, { minLength: 2, maxLength: 6 }).map((words) => words.join(' '));
const text = fc
	.uniqueArray(paragraph, { minLength: 1, maxLength: 5 })
	.map((lines) => toWriting(fromWriting(lines.map((line, n) => `${line} ${n}.`).join('\n\n'))));
const paper = fc
	.record({ title: word, operative: text, costs: fc.constantFrom('', '100 Euro', '200 Euro') })
	.map((given) => form(given));

test('who changed nothing takes over what the other one changed', () => {
	fc.assert(
		fc.property(paper, paper, (base, changed) => {
			expect(mergeForms(base, changed, base)).toEqual({ content: changed, collisions: [] });
			expect(mergeForms(base, base, changed)).toEqual({ content: changed, collisions: [] });
		}),
	);
});

test('nothing is lost: each part is mine, theirs, both in one, or named as a collision with mine kept', () => {
	fc.assert(
		fc.property(paper, paper, paper, (base, theirs, mine) => {
			const { content, collisions } = mergeForms(base, theirs, mine);
			for (const part of collisions) expect(content[part]).toEqual(mine[part]);
			for (const part of ['title', 'costs'] as const)
				if (!collisions.includes(part)) expect([mine[part], theirs[part]]).toContain(content[part]);
		}),
	);
});

test('changes of different paragraphs come together; of the same words they collide', () => {
	const base = form({ operative: 'Erstens drei Bänke.\n\nZweitens ein Baum.' });
	const theirs = form({ operative: 'Erstens vier Bänke.\n\nZweitens ein Baum.' });
	const apart = mergeForms(base, theirs, form({ operative: 'Erstens drei Bänke.\n\nZweitens zwei Bäume.' }));
	expect(apart).toMatchObject({
		collisions: [],
		content: { operative: 'Erstens vier Bänke.\n\nZweitens zwei Bäume.' },
	});
	const same = mergeForms(base, theirs, form({ operative: 'Erstens fünf Bänke.\n\nZweitens ein Baum.' }));
	expect(same).toMatchObject({
		collisions: ['operative'],
		content: { operative: 'Erstens fünf Bänke.\n\nZweitens ein Baum.' },
	});
});

test('without the base, what differs has to be decided', () => {
	expect(mergeForms(null, form({ costs: '1' }), form({ costs: '2' })).collisions).toEqual(['costs']);
});
