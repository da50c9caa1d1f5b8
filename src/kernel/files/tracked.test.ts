import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffBlocks } from '../text/diff.ts';
import { normalise } from '../text/normalise.ts';
import { toWriting } from '../text/writing.ts';
import { p, sampleDocx, sampleZip } from './sample-zip.ts';
import { readTrackedDocx } from './tracked.ts';
import { UnreadableFile } from './unreadable.ts';

const who = 'w:author="Nadja Rehm" w:date="2026-03-04T10:00:00Z"';
const ins = (inside: string) => `<w:ins w:id="1" ${who}>${inside}</w:ins>`;
const del = (text: string) =>
	`<w:del w:id="2" ${who}><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`;
const r = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const par = (inside: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr>${inside}</w:p>`;
const mark = (kind: string) => `<w:rPr><w:${kind} w:id="3" ${who}/></w:rPr>`;
const list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
const numbering =
	'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>' +
	'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl></w:abstractNum>' +
	'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>';
const styles =
	'<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>';

async function read(body: string, parts: Parameters<typeof sampleDocx>[1] = { numbering, styles }) {
	const { before, after, ...rest } = await readTrackedDocx(sampleDocx(body, parts), 'a.docx');
	const [a, b] = [normalise({ blocks: before }), normalise({ blocks: after })];
	return { old: toWriting(a), new: toWriting(b), rows: diffBlocks(a.blocks, b.blocks), ...rest };
}

describe('both sides of tracked changes', () => {
	test('words, with author and time', async () => {
		const found = await read(par(r('Der Beirat empfiehlt ') + del('zwei') + ins(r('drei')) + r(' Tage.')));
		expect([found.old, found.new]).toEqual(['Der Beirat empfiehlt zwei Tage.', 'Der Beirat empfiehlt drei Tage.']);
		const trace = { author: 'Nadja Rehm', date: '2026-03-04T10:00:00Z' };
		expect(found.changes).toEqual([
			{ kind: 'delete', ...trace, text: 'zwei' },
			{ kind: 'insert', ...trace, text: 'drei' },
		]);
	});

	test('what one inserted and another struck again is on neither side', async () => {
		const found = await read(par(r('Es bleibt') + ins(del(' vielleicht')) + r(' dabei.')));
		expect([found.old, found.new]).toEqual(['Es bleibt dabei.', 'Es bleibt dabei.']);
	});

	test('paragraphs split, joined, inserted and struck', async () => {
		const split = await read(par(r('Eins. '), mark('ins')) + par(r('Zwei.')));
		expect([split.old, split.new]).toEqual(['Eins. Zwei.', 'Eins.\n\nZwei.']);
		const joined = await read(par(r('Eins. '), mark('del')) + par(r('Zwei.')));
		expect([joined.old, joined.new]).toEqual(['Eins.\n\nZwei.', 'Eins. Zwei.']);
		const whole = await read(p('A.') + par(ins(r('Neu.')), mark('ins')) + par(del('Alt.'), mark('del')) + p('B.'));
		expect([whole.old, whole.new]).toEqual(['A.\n\nAlt.\n\nB.', 'A.\n\nNeu.\n\nB.']);
		expect(whole.changes).toMatchObject([
			{ kind: 'insert', text: 'Neu.', paragraph: true },
			{ kind: 'delete', text: 'Alt.', paragraph: true },
		]);
		expect(whole.rows.map(({ op }) => op).sort()).toEqual(['delete', 'insert', 'same', 'same']);
	});

	test('a struck paragraph at the end, or before a table, is gone and takes nothing with it', async () => {
		const table = `<w:tbl><w:tr><w:tc>${p('K')}</w:tc></w:tr></w:tbl>`;
		const found = await read(par(del('Weg.'), mark('del')) + table + p('B.') + par(del('Auch weg.'), mark('del')));
		expect(found.new).toBe('| K |\n| --- |\n\nB.');
		expect(found.old).toBe('Weg.\n\n| K |\n| --- |\n\nB.\n\nAuch weg.');
	});

	test('items of lists: numbers are those of each side', async () => {
		const found = await read(
			p('eins', list) +
				par(del('zwei'), `${list}${mark('del')}`) +
				par(r('drei'), list) +
				par(ins(r('vier')), list + mark('ins')) +
				par(r('fünf'), list),
		);
		expect([found.old, found.new]).toEqual([
			'1. eins\n2. zwei\n3. drei\n4. fünf',
			'1. eins\n2. drei\n3. vier\n4. fünf',
		]);
		expect(found.rows.map(({ op }) => op)).toEqual(['change']);
	});

	test('deeper items stay with theirs, other numbers stay as words, headings keep their level', async () => {
		const deep = list.replace('ilvl w:val="0"', 'ilvl w:val="1"');
		const found = await read(
			p('eins', list) +
				p('darunter', deep) +
				p('zwei', list) +
				p('Zweck', '<w:numPr><w:numId w:val="2"/></w:numPr>') +
				par(r('Anlass') + ins(r(' und Ziel')), '<w:pStyle w:val="berschrift1"/>'),
		);
		expect(found.new).toBe('1. eins\n  a) darunter\n2. zwei\n\n§ 1 Zweck\n\n# Anlass und Ziel');
		expect(found.old).toContain('# Anlass');
	});

	test('cells and rows of tables', async () => {
		const cell = (inside: string) => `<w:tc>${inside}</w:tc>`;
		const row = (change: string, ...cells: string[]) =>
			`<w:tr><w:trPr>${change}</w:trPr>${cells.map(cell).join('')}</w:tr>`;
		const found = await read(
			`<w:tbl>${row('', p('Monat'), p('Tage'))}${row('', p('Juli'), par(del('54') + ins(r('53'))))}${row(`<w:ins w:id="5" ${who}/>`, par(ins(r('August'))), par(ins(r('47'))))}${row(`<w:del w:id="6" ${who}/>`, par(del('Mai')), par(del('9')))}</w:tbl>`,
		);
		expect(found.old).toBe('| Monat | Tage |\n| --- | --- |\n| Juli | 54 |\n| Mai | 9 |');
		expect(found.new).toBe('| Monat | Tage |\n| --- | --- |\n| Juli | 53 |\n| August | 47 |');
		expect(found.changes.map(({ kind, text, row: whole }) => [kind, text, whole])).toEqual([
			['delete', '54', undefined],
			['insert', '53', undefined],
			['insert', 'August47', true],
			['delete', 'Mai9', true],
		]);
	});

	test('moved paragraphs are shown as moved', async () => {
		const move = (kind: string, inside: string) => `<w:${kind} w:id="7" ${who}>${inside}</w:${kind}>`;
		const found = await read(
			par(move('moveFrom', r('Das wandert weit nach unten.')), mark('moveFrom')) +
				p('Eins.') +
				p('Zwei.') +
				par(move('moveTo', r('Das wandert weit nach unten.')), mark('moveTo')) +
				p('Drei.'),
		);
		expect(found.new).toBe('Eins.\n\nZwei.\n\nDas wandert weit nach unten.\n\nDrei.');
		expect(found.changes.map(({ kind }) => kind)).toEqual(['moveFrom', 'moveTo']);
		expect(found.rows.filter((row) => row.moved)).toHaveLength(1);
	});

	test('comments are counted and left aside, formatting too', async () => {
		const comment =
			'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0"><w:p><w:r><w:t>Wirklich?</w:t></w:r></w:p></w:comment></w:comments>';
		const bold = `<w:r><w:rPr><w:b/><w:rPrChange w:id="8" ${who}><w:rPr/></w:rPrChange></w:rPr><w:t>fett</w:t></w:r>`;
		const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
		const file = sampleZip([
			{ name: '[Content_Types].xml', data: '<Types/>' },
			{
				name: 'word/document.xml',
				data: `<w:document ${W}><w:body>${par(`<w:commentRangeStart w:id="0"/>${bold}<w:r><w:commentReference w:id="0"/></w:r>`)}</w:body></w:document>`,
			},
			{ name: 'word/comments.xml', data: comment },
		]);
		const found = await readTrackedDocx(file, 'a.docx');
		expect(found).toMatchObject({ comments: 1, formatting: 1, changes: [] });
		expect(toWriting(normalise({ blocks: found.after }))).toBe('**fett**');
	});
});

describe('files that are not what they say', () => {
	const code = async (work: Promise<unknown>) =>
		work.then(
			() => 'read',
			(error: unknown) => (error instanceof UnreadableFile ? error.code : `other: ${String(error)}`),
		);

	test('are refused with a code', async () => {
		const bomb = sampleZip([
			{ name: '[Content_Types].xml', data: '<Types/>' },
			{ name: 'word/document.xml', data: new Uint8Array(30_000_000), declaredSize: 100 },
		]);
		expect(await code(readTrackedDocx(bomb, 'a.docx'))).toBe('unpacked-too-large');
		expect(await code(readTrackedDocx(sampleDocx('<w:p><w:r>'), 'a.docx'))).toBe('damaged');
		expect(await code(readTrackedDocx(sampleDocx(''), 'a.docx'))).toBe('empty');
		const deep = `${'<w:ins>'.repeat(600)}${'</w:ins>'.repeat(600)}`;
		expect(await code(readTrackedDocx(sampleDocx(deep), 'a.docx'))).toBe('damaged');
		expect(await code(readTrackedDocx(sampleDocx(p('x').repeat(5001)), 'a.docx'))).toBe('too-many-pages');
		expect(await code(readTrackedDocx(new TextEncoder().encode('Nur Text.'), 'a.txt'))).toBe('unsupported');
		expect(await code(readTrackedDocx(sampleDocx(p('x')).slice(0, -40), 'a.docx'))).toBe('damaged');
		expect(await code(readTrackedDocx(sampleDocx(p('x')), 'a.docx', { fileBytes: 10 }))).toBe('too-large');
	});

	test('cut or changed anywhere they are read or refused, nothing else', async () => {
		const file = sampleDocx(par(r('Der Beirat ') + del('alt') + ins(r('neu')), list), { numbering, styles });
		await fc.assert(
			fc.asyncProperty(fc.nat(file.length), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
				const bytes = cut ? file.slice(0, at) : file.with(Math.min(at, file.length - 1), byte);
				expect(await code(readTrackedDocx(bytes, 'a.docx'))).not.toContain('other');
			}),
			{ numRuns: 300 },
		);
	});
});
