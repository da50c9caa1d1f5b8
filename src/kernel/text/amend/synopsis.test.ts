import { expect, test } from 'vitest';
import { docxOf } from '../../documents/office/docx.ts';
import { odtOf } from '../../documents/office/odt.ts';
import { extractText } from '../../files/extract.ts';
import { documentHash } from '../hash.ts';
import { plainOf } from '../plain.ts';
import { fromWriting } from '../writing.ts';
import { decide, openMerge, passageFor } from './merge.ts';
import { synopsisOf, synopsisText } from './synopsis.ts';
import type { SynopsisRow } from './synopsis.ts';

const base = fromWriting(
	'# Beratung\n\nDer Beirat empfiehlt zwei Tage je Woche.\n\n- Stühle\n- Tische\n\nDie Stadt zahlt.',
);
const who = { by: 'Amt', at: '2026-11-21T10:00:00Z' };

function sample() {
	const proposal = (id: string, writing: string) => ({
		id,
		base: documentHash(base),
		text: fromWriting(writing, { previous: base }),
	});
	let merge = openMerge(base, [
		proposal(
			'A',
			'# Beratung\n\nDer Beirat empfiehlt drei Tage je Woche.\n\n- Stühle\n- Tische\n- Kaffee\n\nDie Stadt zahlt.',
		),
		proposal('B', '# Beratung\n\nDer Beirat empfiehlt vier Tage je Woche.\n\n- Stühle\n- Tische\n\nDie Stadt zahlt.'),
		proposal('C', '# Beratung\n\nDer Beirat empfiehlt zwei Tage je Woche.\n\n- Stühle\n- Tische'),
	]);
	const struck = merge.changes.find(({ proposals }) => proposals.includes('C'))!;
	merge = decide(merge, { kind: 'reject', changes: [struck.id], ...who });
	const change = merge.changes[0]!.id;
	const { passage } = passageFor(merge, change);
	return decide(merge, { kind: 'own', change, passage, wording: fromWriting('drei oder vier').blocks, ...who });
}

const short = (row: SynopsisRow) =>
	[row.old, row.new].map((side) =>
		side.map(({ op, content }) => (op === 'same' ? plainOf(content) : `[${plainOf(content)}]`)).join(''),
	);

test('old, new, origin and decision, in the order of the text', () => {
	const rows = synopsisOf(sample());
	expect(rows.map((row) => [...short(row), row.proposals.join(), row.standing])).toEqual([
		['Der Beirat empfiehlt [zwei] Tage je Woche.', 'Der Beirat empfiehlt [drei] Tage je Woche.', 'A', 'replaced'],
		['Der Beirat empfiehlt [zwei] Tage je Woche.', 'Der Beirat empfiehlt [vier] Tage je Woche.', 'B', 'replaced'],
		[
			'Der Beirat empfiehlt [zwei] Tage je Woche.',
			'Der Beirat empfiehlt [drei oder vier] Tage je Woche.',
			'',
			'accepted',
		],
		['', '[- Kaffee]', 'A', 'open'],
		['[Die Stadt zahlt.]', '', 'C', 'rejected'],
	]);
	expect(rows.map(({ where }) => where)).toEqual([
		{ heading: 'Beratung', block: 2 },
		{ heading: 'Beratung', block: 2 },
		{ heading: 'Beratung', block: 2 },
		{ heading: 'Beratung', block: 3, line: 3 },
		{ heading: 'Beratung', block: 4 },
	]);
	expect(rows[2]?.decision).toMatchObject({ kind: 'own', by: 'Amt' });
});

test('the table is the same in Word and OpenDocument', async () => {
	const text = synopsisText(synopsisOf(sample()), {
		columns: ['Stelle', 'Alt', 'Neu', 'Von', 'Entscheidung'],
		caption: 'Gegenüberstellung',
		place: ({ heading, block }) => `${heading}, Absatz ${block}`,
		origin: (proposals) => proposals.join() || 'Einigung',
		decision: ({ standing }) => standing,
		none: '–',
	});
	const outline = { title: 'Synopse', author: 'Elbstadt', parts: [{ kind: 'text' as const, text }] };
	for (const [make, name] of [
		[docxOf, 'a.docx'],
		[odtOf, 'a.odt'],
	] as const) {
		const read = await extractText(make(outline), name);
		const lines = read.text.split('\n').filter((line) => line.includes('\t'));
		expect(lines[0], name).toBe('Stelle\tAlt\tNeu\tVon\tEntscheidung');
		expect(lines).toContain('Beratung, Absatz 4\tDie Stadt zahlt.\t–\tC\trejected');
		expect(lines).toHaveLength(6);
	}
});
