import { describe, expect, test } from 'vitest';
import { decide, freeChanges, mergedText, openMerge, passageFor } from './amend/merge.ts';
import { diffBlocks } from './diff.ts';
import { diffToHtml } from './diff-html.ts';
import { fromPlainText } from './from-plain.ts';
import { documentHash } from './hash.ts';
import { toHtml } from './html.ts';
import { countedSign, signOf, typedSign } from './lists.ts';
import { normalise } from './normalise.ts';
import { toPlainText } from './plain.ts';
import { TextDocument } from './schema.ts';
import { toTypst } from './typst.ts';
import { fromWriting, toWriting } from './writing.ts';

const DEEP = `1. Stelle schaffen
  a) im Bürgeramt
    – halbtags
  b) im Standesamt
2. Bericht geben`;
const deep = fromWriting(DEEP);
const item = (text: string) => [{ text }];
const placesOf = (document: TextDocument) => {
	const [block] = document.blocks;
	return block?.kind === 'list' ? block.deeper?.map((place) => place && [place.depth, place.sign]) : undefined;
};

test('items that are set in stand below the one above, with their own signs; the list counts its own alone', () => {
	expect(TextDocument.parse(deep)).toEqual(deep);
	expect(placesOf(deep)).toEqual([null, [1, 'a)'], [2, '–'], [1, 'b)'], null]);
	expect(toWriting(deep)).toBe(DEEP);
	expect(toPlainText(deep)).toBe(DEEP);
	expect(toHtml(deep)).toBe(
		'<ol><li>Stelle schaffen<ul class="deeper"><li>a) im Bürgeramt<ul><li>halbtags</li></ul></li><li>b) im Standesamt</li></ul></li><li>Bericht geben</li></ol>',
	);
	expect(toTypst(deep)).toContain(
		'#enum(numbering: n => ("a)", "b)",).at(n - 1))[#"im Bürgeramt"#list(marker: [–])[#"halbtags"]]',
	);
});

test('typed with tabulators, more spaces, empty lines between: the steps count, not their width', () => {
	const typed = '1. Stelle schaffen\n\ta) im Bürgeramt\n\t\t\t- halbtags\n\n\tb) im Standesamt\n\n2. Bericht geben';
	expect(toWriting(fromWriting(typed))).toBe(DEEP);
	expect(toWriting(fromWriting(DEEP.replaceAll('  ', '    ')))).toBe(DEEP);
});

test('lines inside of an item that surely begin a deeper one become one; other words stay words', () => {
	const lines = normalise({
		blocks: [{ kind: 'list', ordered: true, items: [item('eins\na) darunter\nund weiter\n- daneben'), item('zwei')] }],
	});
	expect(toWriting(lines)).toBe('1. eins\n  a) darunter\n    und weiter\n  – daneben\n2. zwei');
	for (const words of ['z. B. Lotsen', '19. April', '1.200 Euro', 'i. d. R. montags', 'usw. und so fort']) {
		const text = normalise({ blocks: [{ kind: 'list', ordered: false, items: [item(`eins\n${words}`)] }] });
		expect(placesOf(text)).toBeUndefined();
		expect(documentHash(fromWriting(toWriting(text)))).toBe(documentHash(text));
	}
	expect(toWriting(fromPlainText('1. eins\na) darunter\n2. zwei'))).toBe('1. eins\n  a) darunter\n2. zwei');
});

test('no item stands more than a step below the one before, and the first is the list’s own', () => {
	const places = [{ depth: 2, sign: 'a)' }, { depth: 3, sign: 'i.' }, { depth: 9, sign: 'x' }, null];
	const items = ['eins', 'zwei', 'drei', 'vier'].map(item);
	const text = normalise({ blocks: [{ kind: 'list', ordered: false, items, deeper: places }] });
	expect(placesOf(text)).toEqual([null, [1, 'i.'], null, null]);
	const broken = { ...text, blocks: [{ ...text.blocks[0], deeper: [null, { depth: 2, sign: 'i.' }, null, null] }] };
	expect(TextDocument.safeParse(broken).success).toBe(false);
});

test('old texts keep their hashes: a list without deeper items is what it was', () => {
	expect(JSON.stringify(fromWriting('- eins\n- zwei').blocks)).not.toContain('deeper');
});

test.each(['a)', '(b)', 'iv.', '12.', '1.2', '10.1.3', 'AA)', '–'])('"%s" is a sign', (sign) => {
	expect(signOf(sign)).toBe(sign);
	expect(typedSign(`${sign} Worte`)).toBe(sign);
});

test.each(['§ 3', 'Punkt', '1', 'a', '2026.', '1.200', ''])('"%s" is none', (sign) => {
	expect(signOf(sign)).toBeUndefined();
	expect(typedSign(`${sign} Worte`)).toBeUndefined();
});

test('what programs count themselves', () => {
	expect(countedSign('(c)')).toEqual({ format: 'letter', before: '(', after: ')', count: 3 });
	expect(countedSign('XIV.')).toEqual({ format: 'ROMAN', before: '', after: '.', count: 14 });
	expect(countedSign('7)')).toMatchObject({ format: 'figure', count: 7 });
	for (const sign of ['–', '1.2', 'iiii)', 'aB)', '007.']) expect(countedSign(sign)).toBeUndefined();
});

describe('what is proposed for deeper items', () => {
	const labels = {
		insertStart: 'Neu:',
		insertEnd: 'Ende.',
		deleteStart: 'Weg:',
		deleteEnd: 'Ende.',
		moved: 'Verschoben',
	};
	const who = { by: 'Schriftführung', at: '2026-11-21T10:00:00Z' };
	const proposal = (id: string, ...[from, to]: [string, string]) => ({
		id,
		base: documentHash(deep),
		text: fromWriting(DEEP.replace(from, to), { previous: deep }),
	});

	test('is shown at its place, signs included', () => {
		const text = proposal('A', '  b) im Standesamt', '  b) im Rathaus\n  c) im Standesamt').text;
		const html = diffToHtml(diffBlocks(deep.blocks, text.blocks), { labels, hiddenClass: 'h' });
		const bare = html.replace(/<span class="h">[^<]*<\/span>/g, '');
		expect(bare).toContain('<li><ins>b) </ins><ins>im Rathaus</ins></li>');
		expect(bare).toContain('<li><del>b) </del><ins>c) </ins>im Standesamt</li>');
		expect(bare).toContain('<li>a) im Bürgeramt<ul><li>halbtags</li></ul></li>');
	});

	test('of two sides at two places comes together', () => {
		let merge = openMerge(deep, [
			proposal('A', 'im Standesamt', 'im Standesamt\n  c) in der Ausländerbehörde'),
			proposal('B', '    – halbtags', '    – ganztags\n    – befristet'),
		]);
		for (const id of ['A', 'B']) merge = decide(merge, { ...who, kind: 'accept', changes: freeChanges(merge, id) });
		expect(toWriting(mergedText(merge))).toBe(`1. Stelle schaffen
  a) im Bürgeramt
    – ganztags
    – befristet
  b) im Standesamt
  c) in der Ausländerbehörde
2. Bericht geben`);
	});

	test('said in other words stays where it was', () => {
		const merge = openMerge(deep, [
			proposal('A', '  b) im Standesamt\n', ''),
			proposal('B', 'im Standesamt', 'im Rathaus'),
		]);
		const [change] = merge.changes;
		const { passage } = passageFor(merge, change!.id);
		const own = decide(merge, {
			...who,
			kind: 'own',
			change: change!.id,
			passage,
			wording: fromWriting('- im Amt').blocks,
		});
		expect(toWriting(mergedText(own))).toBe(DEEP.replace('im Standesamt', 'im Amt'));
	});
});
