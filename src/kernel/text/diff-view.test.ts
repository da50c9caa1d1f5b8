import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amended } from './amend/arbitrary.ts';
import { diffBlocks } from './diff.ts';
import { diffToHtml } from './diff-html.ts';
import { diffViewToHtml, viewDiff } from './diff-view.ts';
import { fromWriting } from './writing.ts';

const labels = { insertStart: '[neu', insertEnd: 'neu]', deleteStart: '[weg', deleteEnd: 'weg]', moved: 'verschoben' };
const view = {
	place: (number: number, of: number) => `Änderung ${number} von ${of}`,
	next: 'Nächste Änderung',
	first: 'Zur ersten Änderung',
	fold: (blocks: number) => `${blocks} unveränderte Absätze`,
};

function long(change: (lines: string[]) => string[]) {
	const lines = Array.from({ length: 30 }, (_, at) => `Absatz ${at + 1} bleibt hier stehen, wie er ist.`);
	const before = fromWriting(lines.join('\n\n'));
	return diffBlocks(before.blocks, fromWriting(change(lines).join('\n\n'), { previous: before }).blocks);
}

test('long stretches that stayed are folded with their number, neighbours of changes stay in sight', () => {
	const found = viewDiff(
		long((lines) => lines.with(10, 'Absatz 11 wurde hier geändert, wie man sieht.').toSpliced(20, 1)),
	);
	expect(found.parts.map((part) => [part.kind, part.rows.length])).toEqual([
		['fold', 9],
		['around', 1],
		['place', 1],
		['around', 1],
		['fold', 7],
		['around', 1],
		['place', 1],
		['around', 1],
		['fold', 8],
	]);
	expect(found).toMatchObject({ places: 2, moved: 0, deleted: 4, inserted: 3 });
});

test('places have names and ids, and each leads to the next', () => {
	const diff = long((lines) => lines.with(3, 'Ganz neu.').with(20, 'Auch neu.'));
	const html = diffViewToHtml(viewDiff(diff), { labels, view });
	expect(html).toContain('id="aenderung-1" role="group" aria-label="Änderung 1 von 2" tabindex="-1"');
	expect(html).toContain('<a href="#aenderung-2">Nächste Änderung</a>');
	expect(html).toContain('<a href="#aenderung-1">Zur ersten Änderung</a>');
	expect(html).toMatch(/<details class="diff-fold"><summary>\d+ unveränderte Absätze<\/summary><p>/);
});

test('equal texts have no place and one fold; a heading of another level is said', () => {
	expect(viewDiff(long((lines) => lines))).toMatchObject({
		places: 0,
		inserted: 0,
		deleted: 0,
		parts: [{ kind: 'fold' }],
	});
	const a = fromWriting('# Ziel\n\nText.');
	const diff = diffBlocks(a.blocks, fromWriting('## Ziel\n\nText.', { previous: a }).blocks);
	expect(viewDiff(diff).places).toBe(1);
	expect(diffToHtml(diff, { labels: { ...labels, form: 'andere Form' } })).toContain(
		'<p class="moved">andere Form</p>',
	);
	expect(
		diffToHtml(
			long((lines) => lines),
			{ labels: { ...labels, form: 'andere Form' } },
		),
	).not.toContain('andere Form');
});

test('nothing is lost by folding', () => {
	fc.assert(
		fc.property(amended(1), fc.nat(3), fc.nat(4), ({ base, proposed: [proposed = base] }, around, least) => {
			const diff = diffBlocks(base.blocks, proposed.blocks);
			const found = viewDiff(diff, { around, least });
			expect(found.parts.flatMap(({ rows }) => rows)).toEqual(diff);
			const places = found.parts.filter(({ kind }) => kind === 'place');
			expect(places).toHaveLength(found.places);
			for (const { rows } of places) for (const row of rows) expect(row.op !== 'same' || row.moved).toBeTruthy();
			for (const part of found.parts)
				if (part.kind !== 'place')
					for (const row of part.rows) expect([row.op, row.moved]).toEqual(['same', undefined]);
			const html = diffViewToHtml(found, { labels, view });
			expect(html.match(/<(ins|del)>/g)?.length ?? 0).toBe(
				diffToHtml(diff, { labels }).match(/<(ins|del)>/g)?.length ?? 0,
			);
		}),
		{ numRuns: 300 },
	);
});
