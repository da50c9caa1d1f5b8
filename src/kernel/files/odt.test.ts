import { describe, expect, it } from 'vitest';
import { OdtDocument } from 'odf-kit';
import { DEFAULT_LIMITS } from './limits.ts';
import { readOdt } from './odt.ts';
import { sampleOdt, sampleZip } from './sample-zip.ts';

const read = (...args: Parameters<typeof sampleOdt>) => readOdt(sampleOdt(...args), DEFAULT_LIMITS);
const p = (text: string) => `<text:p>${text}</text:p>`;
const item = (inside: string, attributes = '') => `<text:list-item ${attributes}>${inside}</text:list-item>`;
const listOf = (items: string, attributes = 'text:style-name="L"') => `<text:list ${attributes}>${items}</text:list>`;
const cell = (text: string, attributes = '') => `<table:table-cell ${attributes}>${p(text)}</table:table-cell>`;
const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;
const number = (level: number, format: string, more: string) =>
	`<text:list-level-style-number text:level="${level}" style:num-format="${format}" ${more}/>`;
const STYLE = `<text:list-style style:name="L">${number(1, '1', 'style:num-suffix="."')}${number(2, '1', 'text:display-levels="2"')}${number(3, 'a', 'style:num-suffix=")"')}</text:list-style>`;

describe('lists', () => {
	it('show their numbers over several levels', async () => {
		const inner = listOf(item(p('Zahlen')) + item(p('Räume') + listOf(item(p('Saal')) + item(p('Küche')), '')), '');
		const body = listOf(item(p('Eröffnung')) + item(p('Bericht') + inner) + item(p('Ende') + p('zweiter Absatz')));
		expect(await read(body, STYLE)).toBe(
			'1. Eröffnung\n2. Bericht\n2.1 Zahlen\n2.2 Räume\na) Saal\nb) Küche\n3. Ende\nzweiter Absatz',
		);
	});

	it('continue where the file says so, and start anew otherwise', async () => {
		const again = listOf(item(p('zwei')), 'text:style-name="L" text:continue-numbering="true"');
		const anew = listOf(item(p('neu')) + item(p('sieben'), 'text:start-value="7"'));
		const text = await read(listOf(item(p('eins'))) + p('dazwischen') + again + p('und') + anew, STYLE);
		expect(text.split('\n')).toEqual(['1. eins', 'dazwischen', '2. zwei', 'und', '1. neu', '7. sieben']);
	});

	it('prefer the label that the program wrote into the file', async () => {
		expect(await read(listOf(item('<text:number>IV.</text:number>' + p('Wahl'))), STYLE)).toBe('IV. Wahl');
	});

	it('have bullets', async () => {
		const style = `<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="\uF0B7"/></text:list-style>`;
		expect(await read(listOf(item(p('Stühle')), 'text:style-name="B"'), style)).toBe('• Stühle');
	});
});

it('numbers headings by the outline', async () => {
	const outline = `<text:outline-style style:name="O"><text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="TOP "/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>`;
	const h = (level: number, text: string) => `<text:h text:outline-level="${level}">${text}</text:h>`;
	expect(await read(h(1, 'Haushalt') + h(2, 'Zahlen') + p('Text') + h(1, 'Wahl'), '', outline)).toBe(
		'TOP 1 Haushalt\n\nZahlen\n\nText\n\nTOP 2 Wahl',
	);
});

describe('tables', () => {
	it('become rows with TABs, merged and empty cells kept', async () => {
		const head = `<table:table-header-rows>${row(cell('Kopf', 'table:number-columns-spanned="2"'), '<table:covered-table-cell/>', cell('C'))}</table:table-header-rows>`;
		const two = `<table:table-cell>${p('Ada')}${p('Ben')}</table:table-cell>`;
		const repeated = '<table:table-cell table:number-columns-repeated="2"/>';
		const body = `<table:table>${head}${row(cell('a'), two, cell(''))}${row(cell('d'), repeated)}</table:table>`;
		expect(await read(body)).toBe('Kopf\t\tC\na\tAda\u2028Ben\t\nd\t\t');
	});

	it('never grow by declared repetitions', async () => {
		const body = `<table:table><table:table-row table:number-rows-repeated="1000000">${cell('a')}${cell('b')}</table:table-row></table:table>`;
		expect((await read(body)).length).toBeLessThan(1000);
	});
});

describe('text', () => {
	it('has TABs, spaces and line breaks; deletions, comments and soft hyphens are left out', async () => {
		const changes = `<text:tracked-changes><text:changed-region><text:deletion>${p('gelöscht')}</text:deletion></text:changed-region></text:tracked-changes>`;
		const line =
			'Beginn:<text:tab/>17<text:s text:c="1"/>Uhr<text:line-break/>Inte\u00ADgration<office:annotation><text:p>Notiz</text:p></office:annotation>';
		expect(await read(changes + p(line))).toBe('Beginn:\t17 Uhr\nIntegration');
	});

	it('has text boxes, sections and footnotes', async () => {
		const frame = `<draw:frame><draw:text-box>${p('Kasten')}</draw:text-box></draw:frame>`;
		const note = `<text:note><text:note-citation>1</text:note-citation><text:note-body>${p('Fußnote')}</text:note-body></text:note>`;
		const hidden = `<text:section text:display="none">${p('geheim')}</text:section>`;
		expect(await read(`<text:section>${p(`Text${note}${frame}`)}</text:section>${hidden}`)).toBe(
			'Text[1]\nKasten\n\n[1] Fußnote',
		);
	});

	it('parts paragraphs by the distance that their styles give', async () => {
		const style = `<style:style style:name="A" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.3cm"/></style:style>`;
		const body = `<text:p>Ort: Rathaus</text:p><text:p text:style-name="A">Beginn: 17 Uhr</text:p><text:p>Es beginnt.</text:p>`;
		expect(await read(body, style)).toBe('Ort: Rathaus\nBeginn: 17 Uhr\n\nEs beginnt.');
	});
});

it('knows an encrypted file', async () => {
	const manifest = `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`;
	const bytes = sampleZip([
		{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', store: true },
		{ name: 'META-INF/manifest.xml', data: manifest },
		{ name: 'content.xml', data: 'noise' },
	]);
	await expect(readOdt(bytes, DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'encrypted' });
});

it('reads files of another writer', async () => {
	const document = new OdtDocument();
	document.addHeading('Niederschrift', 1);
	document.addParagraph('Der Beirat tagt.');
	document.addTable([
		['Name', 'Teilnahme'],
		['Ada Nord', 'ja'],
		['Ben Süd', ''],
	]);
	expect(await readOdt(await document.save(), DEFAULT_LIMITS)).toBe(
		'Niederschrift\n\nDer Beirat tagt.\n\nName\tTeilnahme\nAda Nord\tja\nBen Süd\t',
	);
});
