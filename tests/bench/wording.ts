/** How long a large Word file with tracked changes takes from its bytes to the difference on the page. */
import { trackedDocx } from '#kernel/documents/office/tracked.ts';
import { closeReaders, readTrackedSafely } from '#kernel/files/reader-pool.ts';
import { changesBetween } from '#kernel/text/amend/changes.ts';
import { openMerge } from '#kernel/text/amend/merge.ts';
import { diffBlocks } from '#kernel/text/diff.ts';
import { diffToHtml } from '#kernel/text/diff-html.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { DraftBlock, TextDocument } from '#kernel/text/schema.ts';
import { percentile, type Row } from './figures.ts';

const subject = 'wording';
const RUNS = 7;
const PAGES = 200;
/** About 3,000 characters stand on a page. */
const PARAGRAPHS = 6;
const CHANGES = 500;
const labels = { insertStart: 'neu', insertEnd: 'Ende', deleteStart: 'weg', deleteEnd: 'Ende', moved: 'verschoben' };

export async function benchWording(): Promise<Row[]> {
	const base = book();
	const every = Math.floor((PAGES * PARAGRAPHS) / CHANGES);
	const proposed = changed(base, every, 0);
	const changes = changesBetween(base, proposed);
	const trace = { author: 'Nadja Rehm', date: '2026-10-28T10:00:00Z' };
	const edits = changes.flatMap((change) => change.edits.map((edit) => ({ ...edit, ...trace })));
	const file = trackedDocx(base, edits, { title: 'Leitlinien', author: 'Elbstadt' });
	let [found, characters] = [0, 0];
	const whole = await times(async () => {
		const read = await readTrackedSafely(file, 'leitlinien.docx');
		const [before, after] = [normalise({ blocks: read.before }), normalise({ blocks: read.after })];
		found = read.changes.length;
		characters = diffToHtml(diffBlocks(before.blocks, after.blocks), { labels }).length;
	});
	const hash = documentHash(base);
	const others = Array.from({ length: 4 }, (_, at) => changed(base, every, at));
	const proposals = others.map((text, at) => ({ id: String(at), base: hash, text }));
	const before = performance.now();
	openMerge(base, proposals);
	const first = performance.now() - before;
	const merging = await times(async () => void openMerge(base, proposals));
	closeReaders();
	const size = `${Math.round(characters / 1000)} kB`;
	return [
		row(
			`DOCX of ${PAGES} pages with ${found} tracked changes, from bytes to its difference as HTML (${size})`,
			whole,
			3000,
		),
		row(`collisions of 4 proposals of ${changes.length} changes each, the first time`, [first]),
		row(
			`collisions of 4 proposals of ${changes.length} changes each on a text of ${PAGES} pages, looked at again`,
			merging,
		),
	];
}

function row(what: string, sorted: number[], most?: number): Row {
	const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
	return { subject, what, value: p50, unit: 'ms', p50, p95, ...(most ? { target: { most } } : {}) };
}

async function times(work: () => Promise<void>): Promise<number[]> {
	const all: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const begun = performance.now();
		await work();
		all.push(performance.now() - begun);
	}
	return all.sort((a, b) => a - b);
}

/** Headings, paragraphs, lists and tables, no two alike. */
function book(): TextDocument {
	const sentence = (at: number) =>
		`Der Beirat spricht in Abschnitt ${at} über Räume, Sprachen und Wege ${at % 7} der Beteiligung und bittet die Stadt um Antwort bis Monat ${at % 12}. `;
	const blocks = Array.from({ length: PAGES * PARAGRAPHS }, (_, at): DraftBlock => {
		const text = sentence(at).repeat(4);
		if (at % 30 === 0) return { kind: 'heading', level: 1 + ((at / 30) % 3), content: [{ text: `Abschnitt ${at}` }] };
		if (at % 10 === 3)
			return {
				kind: 'list',
				ordered: at % 20 === 3,
				items: [1, 2, 3].map((item) => [{ text: `${item} ${sentence(at)}` }]),
			};
		if (at % 40 === 5)
			return {
				kind: 'table',
				header: [[{ text: 'Monat' }], [{ text: 'Tage' }]],
				rows: [1, 2, 3].map((month) => [[{ text: `Monat ${month}` }], [{ text: String(at + month) }]]),
			};
		return { kind: 'paragraph', content: [{ text }] };
	});
	return normalise({ blocks });
}

/** Words replaced in the middle of paragraphs, now and then a paragraph away or new. */
function changed(base: TextDocument, every: number, shift: number): TextDocument {
	const blocks = base.blocks.flatMap((block, at): DraftBlock[] => {
		if (at % every !== 0 || block.kind !== 'paragraph') return [block];
		if (at % 70 === 0) return [];
		if (at % 90 === 0) return [block, { kind: 'paragraph', content: [{ text: `Neuer Absatz ${at}.` }] }];
		const text = block.content[0]?.text ?? '';
		const words = text.split(' ');
		const place = 8 + ((at + shift * 5) % 40);
		return [{ ...block, content: [{ text: words.with(place, `${words[place]}statt`).join(' ') }] }];
	});
	return normalise({ blocks });
}
