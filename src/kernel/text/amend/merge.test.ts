import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentHash } from '../hash.ts';
import { fromWriting, toWriting } from '../writing.ts';
import { toPlainText } from '../plain.ts';
import type { TextDocument } from '../schema.ts';
import { amended } from './arbitrary.ts';
import { changesBetween } from './changes.ts';
import { collides } from './collisions.ts';
import { besides, decide, freeChanges, mergedText, openMerge, outcomeOf, passageFor, undo } from './merge.ts';
import type { Choice, Decision, Merge } from './merge.ts';
import { strandOf } from './strand.ts';
import type { Token } from './strand.ts';

const who = { by: 'clerk', at: '2026-11-21T10:00:00Z' };

function open(base: TextDocument, texts: TextDocument[], decisions: Decision[] = []): Merge {
	const hash = documentHash(base);
	return openMerge(
		base,
		texts.map((text, at) => ({ id: `p${at}`, base: hash, text })),
		decisions,
	);
}

function written(base: string, ...proposed: string[]): Merge {
	const text = fromWriting(base);
	return open(
		text,
		proposed.map((writing) => fromWriting(writing, { previous: text })),
	);
}

const say = (merge: Merge) => toWriting(mergedText(merge));
const all = (merge: Merge, proposal: string) =>
	merge.changes.filter(({ proposals }) => proposals.includes(proposal)).map(({ id }) => id);
const choose = (merge: Merge, choice: Choice) => decide(merge, { ...choice, ...who });
const BASE = 'Der Beirat empfiehlt zwei Tage je Woche.\n\n- Stühle holen\n- Tische rücken\n\nDie Stadt zahlt.';

test('changes in one paragraph that do not touch each other both come in', () => {
	const merge = written(BASE, BASE.replace('zwei', 'drei'), BASE.replace('Woche', 'Monat'));
	expect(merge.spots.some(({ collision }) => collision)).toBe(false);
	const both = choose(choose(merge, { kind: 'accept', changes: all(merge, 'p0') }), {
		kind: 'accept',
		changes: all(merge, 'p1'),
	});
	expect(say(both)).toBe(BASE.replace('zwei', 'drei').replace('Woche', 'Monat'));
});

test('the same words changed in two ways collide; equal changes agree', () => {
	const merge = written(BASE, BASE.replace('zwei', 'drei'), BASE.replace('zwei', 'vier'), BASE.replace('zwei', 'drei'));
	expect(merge.changes.map(({ proposals }) => proposals)).toEqual(expect.arrayContaining([['p0', 'p2'], ['p1']]));
	const [agreed, other] = ['p0', 'p1'].map((id) => all(merge, id));
	const one = choose(merge, { kind: 'accept', changes: agreed! });
	expect(() => choose(one, { kind: 'accept', changes: other! })).toThrow('collision');
	const turned = choose(one, { kind: 'take', changes: other! });
	expect(say(turned)).toContain('vier Tage');
	expect([...outcomeOf(turned).standing.values()].sort()).toEqual(['accepted', 'rejected']);
	expect(say(undo(turned))).toContain('drei Tage');
});

test('to strike a paragraph collides with a changed word in it and with words added at its end', () => {
	const struck = BASE.replace('\n\nDie Stadt zahlt.', '');
	for (const changed of ['Die Stadt Elbstadt zahlt.', 'Die Stadt zahlt. Sofort.', 'Sofort: Die Stadt zahlt.']) {
		const merge = written(BASE, struck, BASE.replace('Die Stadt zahlt.', changed));
		expect(merge.spots.filter(({ collision }) => collision)).toHaveLength(1);
	}
	const beside = written(BASE, struck, `${BASE}\n\nDas Ergebnis wird berichtet.`);
	expect(beside.spots.some(({ collision }) => collision)).toBe(false);
});

test('words put beside words that another replaces collide', () => {
	const merge = written(BASE, BASE.replace('zwei', 'drei'), BASE.replace('zwei Tage', 'zwei volle Tage'));
	expect(merge.spots.some(({ collision }) => collision)).toBe(false);
	const direct = written(BASE, BASE.replace('zwei', 'drei'), BASE.replace('empfiehlt zwei', 'empfiehlt nur zwei'));
	expect(direct.spots.some(({ collision }) => collision)).toBe(true);
});

test('own wording for a collision keeps its distance, is listed and can be taken back', () => {
	const merge = written(BASE, BASE.replace('zwei', 'drei'), BASE.replace('zwei', 'vier'));
	const change = merge.changes[0]!.id;
	const { passage, current } = passageFor(merge, change);
	expect(toWriting(current)).toBe('zwei');
	const own = choose(merge, { kind: 'own', change, passage, wording: fromWriting('mindestens dreieinhalb').blocks });
	expect(say(own)).toContain('empfiehlt mindestens dreieinhalb Tage');
	expect([...outcomeOf(own).standing.values()]).toEqual(['replaced', 'replaced']);
	expect(own.decisions.map(({ kind, by }) => [kind, by])).toEqual([['own', 'clerk']]);
	expect(say(undo(own))).toBe(BASE);
	const taken = choose(own, { kind: 'take', changes: [change] });
	expect(say(taken)).not.toContain('dreieinhalb');
	expect([...outcomeOf(taken).standing.values()].sort()).toEqual(['accepted', 'rejected']);
	expect(() => choose(own, { kind: 'accept', changes: [change] })).toThrow('collision');
});

test('own items, rows and blocks go where items, rows and blocks were', () => {
	const item = written(
		BASE,
		BASE.replace('- Tische rücken', '- Tische rücken\n- Kaffee'),
		BASE.replace('- Tische rücken', '- Tische rücken\n- Tee'),
	);
	const at = passageFor(item, item.changes[0]!.id);
	const own = choose(item, {
		kind: 'own',
		change: item.changes[0]!.id,
		passage: at.passage,
		wording: fromWriting('- Kaffee und Tee').blocks,
	});
	expect(say(own)).toContain('- Tische rücken\n- Kaffee und Tee\n');
	const table = '| Monat | Tage |\n| --- | --- |\n| Juli | 54 |';
	const rows = written(table, `${table}\n| August | 1 |`, `${table}\n| August | 2 |`);
	const row = passageFor(rows, rows.changes[0]!.id);
	const three = choose(rows, {
		kind: 'own',
		change: rows.changes[0]!.id,
		passage: row.passage,
		wording: fromWriting('| August | 3 |').blocks,
	});
	expect(say(three)).toBe(`${table}\n| August | 3 |`);
});

test('what a change says is shown in its paragraph, item or row', () => {
	const merge = written(BASE, BASE.replace('zwei', 'drei').replace('Tische', 'Bänke'));
	const shown = merge.changes.map((change) => {
		const { before, after } = besides(merge, [change]);
		return [toPlainText(before), toPlainText(after[0]!)];
	});
	expect(shown).toEqual([
		['Der Beirat empfiehlt zwei Tage je Woche.', 'Der Beirat empfiehlt drei Tage je Woche.'],
		['- Tische rücken', '- Bänke rücken'],
	]);
});

test('an item of a numbered list is shown with its number', () => {
	const list = '1. eins\n2. zwei\n3. drei';
	const merge = written(list, list.replace('zwei', 'anders'));
	const { before, after } = besides(merge, merge.changes);
	expect([before, after[0]!].map(toPlainText)).toEqual(['2. zwei', '2. anders']);
	const items = written(list, list.replace('zwei', 'zwo'), '1. eins\n2. drei');
	const change = items.changes[0]!.id;
	const { passage, current } = passageFor(items, change);
	expect(toWriting(current)).toBe('1. zwei');
	const own = choose(items, { kind: 'own', change, passage, wording: fromWriting('1. zwei\n2. und mehr').blocks });
	expect(say(own)).toBe('1. eins\n2. zwei\n3. und mehr\n4. drei');
});

test('a proposal written on another text is refused', () => {
	const text = fromWriting(BASE);
	expect(() => openMerge(text, [{ id: 'p', base: documentHash(fromWriting('Anders.')), text }])).toThrow('base');
});

const words = (text: TextDocument) =>
	(
		toPlainText(text)
			.replace(/^(?:- |\d+\. )/gmu, '')
			.match(/[\p{L}\p{N}]+/gu) ?? []
	).sort();

test('nothing accepted is the base, one accepted is its text, disjoint ones in any order are one text, no word is lost', () => {
	fc.assert(
		fc.property(amended(3), fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }), ({ base, proposed }, order) => {
			const merge = open(base, proposed);
			expect(documentHash(mergedText(merge))).toBe(documentHash(base));
			for (const [at, text] of proposed.entries()) {
				const alone = choose(merge, { kind: 'take', changes: all(merge, `p${at}`) });
				expect(documentHash(mergedText(alone))).toBe(documentHash(text));
				expect(undo(alone)).toEqual(merge);
			}
			const sequence = [...new Set([...order, 0, 1, 2])].map((at) => `p${at}`);
			const free = (names: string[], from: Merge) =>
				names.reduce((state, name) => choose(state, { kind: 'accept', changes: freeChanges(merge, name) }), from);
			expect(mergedText(free(sequence, merge))).toEqual(mergedText(free(['p0', 'p1', 'p2'], merge)));
		}),
		{ numRuns: 400 },
	);
});

test('collisions are mutual, and never between changes of one proposal', () => {
	fc.assert(
		fc.property(amended(2), ({ base, proposed }) => {
			const [a, b] = [open(base, proposed), open(base, proposed.toReversed())];
			const pairs = (merge: Merge) =>
				merge.changes.flatMap(({ id, collidesWith }) => collidesWith.map((other) => [id, other].join())).sort();
			expect(pairs(a)).toEqual(pairs(b));
			for (const change of a.changes)
				for (const other of change.collidesWith)
					expect(a.changes.find(({ id }) => id === other)?.collidesWith).toContain(change.id);
			for (const text of proposed) {
				const edits = changesBetween(base, text).flatMap((change) => change.edits);
				for (const [at, x] of edits.entries())
					for (const y of edits.slice(at + 1)) expect(collides(x, y)).toBe(collides(y, x));
			}
		}),
		{ numRuns: 400 },
	);
});

test('any decisions: words come from the base, the proposals or own wording, and each step can be taken back', () => {
	const step = fc.record({ kind: fc.constantFrom('accept', 'take', 'reject', 'own'), at: fc.nat(40) });
	fc.assert(
		fc.property(amended(3), fc.array(step, { maxLength: 6 }), ({ base, proposed }, steps) => {
			let merge = open(base, proposed);
			const states = [merge];
			for (const { kind, at } of steps) {
				const change = merge.changes[at % merge.changes.length];
				if (!change) continue;
				const choice: Choice =
					kind === 'own'
						? {
								kind,
								change: change.id,
								passage: passageFor(merge, change.id).passage,
								wording: [{ kind: 'paragraph', content: [{ text: 'Eigenes' }] }],
							}
						: { kind: kind as 'take', changes: [change.id] };
				try {
					merge = choose(merge, choice);
					states.push(merge);
				} catch (error) {
					expect(String(error)).toContain('collision');
				}
			}
			const known = new Set([base, ...proposed].flatMap(words).concat('Eigenes'));
			for (const state of states) {
				const text = mergedText(state);
				for (const word of words(text)) expect(known).toContain(word);
				const rest = undo(state);
				if (state.decisions.length) expect(rest).toEqual({ ...states[0], decisions: state.decisions.slice(0, -1) });
				expect(mergedText(open(base, proposed, [...state.decisions]))).toEqual(text);
			}
		}),
		{ numRuns: 200 },
	);
});

const letters = (tokens: readonly Token[]) =>
	[
		...tokens
			.map((token) => (token.open ? '' : token.run.text))
			.join('')
			.replace(/\s/gu, ''),
	]
		.sort()
		.join('');

test('the merged text holds the letters of the base, less those struck, more those inserted: none more, none fewer', () => {
	fc.assert(
		fc.property(amended(3), fc.array(fc.nat(40), { maxLength: 6 }), ({ base, proposed }, picks) => {
			let merge = open(base, proposed);
			for (const at of picks) {
				const change = merge.changes[at % merge.changes.length];
				if (change) merge = choose(merge, { kind: 'take', changes: [change.id] });
			}
			const { standing } = outcomeOf(merge);
			const edits = merge.changes.filter(({ id }) => standing.get(id) === 'accepted').flatMap((change) => change.edits);
			const struck = edits.flatMap(({ from, to }) => merge.strand.tokens.slice(from, to));
			const inserted = edits.flatMap(({ tokens }) => tokens);
			expect(letters([...strandOf(mergedText(merge).blocks).tokens, ...struck])).toBe(
				letters([...merge.strand.tokens, ...inserted]),
			);
		}),
		{ numRuns: 400 },
	);
});

test('the same texts read anew, as each request reads them, give the same merge', () => {
	const read = () => fromWriting('Der Rat beschließt ein Haus.\n\nEs wird 2027 gebaut.');
	const base = read();
	const proposed = {
		id: 'p',
		base: documentHash(base),
		text: fromWriting('Der Rat beschließt zwei Häuser.\n\nEs wird 2027 gebaut.'),
	};
	const [first, second] = [structuredClone(base), structuredClone(base)].map((one) =>
		openMerge(one, [structuredClone(proposed)]),
	);
	expect(second!.changes).toEqual(first!.changes);
	expect(second!.changes.length).toBeGreaterThan(0);
});
