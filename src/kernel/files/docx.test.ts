import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readDocx } from './docx.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { p, sampleDocx, sampleZip } from './sample-zip.ts';

const read = (...args: Parameters<typeof sampleDocx>) => readDocx(sampleDocx(...args), DEFAULT_LIMITS);
const list = (numId: number, level = 0) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`;
const level = (index: number, format: string, text: string, more = '') =>
	`<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;
const cell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
const run = (inside: string) => `<w:r>${inside}</w:r>`;

describe('lists', () => {
	const numbering =
		`<w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2')}${level(2, 'lowerLetter', '%3)')}</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1">${level(0, 'bullet', '\uF0B7')}</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">${level(0, 'upperRoman', 'TOP %1', '<w:pStyle w:val="Punkt"/>')}</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>`;

	it('shows the numbers that Word shows, over several levels', async () => {
		const body = p('Eröffnung', list(1)) + p('Bericht', list(1)) + p('Zahlen', list(1, 1)) + p('Räume', list(1, 1));
		const rest =
			p('erstens', list(1, 2)) + p('zweitens', list(1, 2)) + p('Verschiedenes', list(1)) + p('Anlage', list(1, 1));
		expect(await read(body + rest, { numbering })).toBe(
			'1. Eröffnung\n2. Bericht\n2.1 Zahlen\n2.2 Räume\na) erstens\nb) zweitens\n3. Verschiedenes\n3.1 Anlage',
		);
	});

	it('goes on counting after text in between and starts anew where the file says so', async () => {
		const body = p('eins', list(1)) + p('dazwischen') + p('zwei', list(1)) + p('sieben', list(4)) + p('acht', list(4));
		expect((await read(body, { numbering })).split('\n').filter(Boolean)).toEqual([
			'1. eins',
			'dazwischen',
			'2. zwei',
			'7. sieben',
			'8. acht',
		]);
	});

	it('shows bullets, whatever symbol font they come from', async () => {
		expect(await read(p('Stühle', list(2)) + p('Tische', list(2)), { numbering })).toBe('• Stühle\n• Tische');
	});

	it('takes the number of a heading from its style', async () => {
		const styles = `<w:style w:type="paragraph" w:styleId="Punkt"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>`;
		const body =
			p('Haushalt', '<w:pStyle w:val="Punkt"/>') + p('Es wird beraten.') + p('Wahl', '<w:pStyle w:val="Punkt"/>');
		expect(await read(body, { numbering, styles })).toBe('TOP I Haushalt\n\nEs wird beraten.\n\nTOP II Wahl');
	});

	it('leaves a paragraph alone that left the list of its style, and counts no empty one', async () => {
		const styles = `<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`;
		const style = '<w:pStyle w:val="L"/>';
		const body = p('eins', style) + p('', style) + p('frei', style + list(0)) + p('zwei', style);
		expect(await read(body, { numbering, styles })).toBe('1. eins\n\nfrei\n2. zwei');
	});
});

describe('tables', () => {
	it('become rows with TABs, empty cells kept and lines in a cell parted by U+2028', async () => {
		const two = `<w:tc>${p('Ada Nord')}${p('Ben Süd')}</w:tc>`;
		const table = `<w:tbl>${row(cell('Gruppe'), cell('Name'), cell('Teilnahme'))}${row(cell('A'), two, cell(''))}</w:tbl>`;
		expect(await read(p('Anwesend') + table + p('Ende'))).toBe(
			'Anwesend\n\nGruppe\tName\tTeilnahme\nA\tAda Nord\u2028Ben Süd\t\n\nEnde',
		);
	});

	it('keep their columns under merged cells', async () => {
		const merge = (value: string) => `<w:vMerge w:val="${value}"/>`;
		const table = `<w:tbl>${row(cell('Kopf', '<w:gridSpan w:val="2"/>'), cell('C'))}${row(cell('a', merge('restart')), cell('b'), cell('c'))}${row(cell('', '<w:vMerge/>'), cell('e'), cell('f'))}</w:tbl>`;
		expect(await read(table)).toBe('Kopf\t\tC\na\tb\tc\n\te\tf');
	});

	it('of one column are frames around text', async () => {
		expect(await read(`<w:tbl>${row(cell('Beschluss'))}${row(cell('Angenommen.'))}</w:tbl>`)).toBe(
			'Beschluss\n\nAngenommen.',
		);
	});

	it('lose the rows whose deletion was tracked', async () => {
		const gone = `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell('x')}${cell('y')}</w:tr>`;
		expect(await read(`<w:tbl>${row(cell('a'), cell('b'))}${gone}</w:tbl>`)).toBe('a\tb');
	});
});

describe('text', () => {
	it('is read as if all tracked changes were accepted', async () => {
		const body = `<w:p>${run('<w:t xml:space="preserve">Um </w:t>')}<w:del>${run('<w:delText>17</w:delText>')}</w:del><w:ins>${run('<w:t>18</w:t>')}</w:ins><w:moveFrom>${run('<w:t>weg</w:t>')}</w:moveFrom>${run('<w:t xml:space="preserve"> Uhr</w:t>')}</w:p>`;
		expect(await read(body)).toBe('Um 18 Uhr');
	});

	it('joins paragraphs whose mark was deleted', async () => {
		expect(await read(p('Der Beirat ', '<w:rPr><w:del w:id="1"/></w:rPr>') + p('tagt.'))).toBe('Der Beirat tagt.');
	});

	it('shows what fields show, also over several paragraphs, and not their instruction', async () => {
		const char = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`);
		const body = `<w:p>${char('begin')}${run('<w:t>PAGEREF</w:t>')}${run('<w:instrText>DATE</w:instrText>')}${char('separate')}${run('<w:t>7. März</w:t>')}</w:p><w:p>${run('<w:t>2031</w:t>')}${char('end')}</w:p>${p('danach')}`;
		expect(await read(body)).toBe('7. März\n2031\ndanach');
	});

	it('has TABs, line breaks, hyphens; soft hyphens, hidden text and prompts are left out', async () => {
		const prompt = `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('<w:t>Klicken</w:t>')}</w:sdtContent></w:sdt>`;
		const hidden = run('<w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t>');
		const body = `<w:p>${run('<w:t>Beginn:</w:t><w:tab/><w:t>17 Uhr</w:t><w:br/><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail Inte</w:t><w:softHyphen/><w:t>gration</w:t>')}${prompt}${hidden}</w:p>`;
		expect(await read(body)).toBe('Beginn:\t17 Uhr\nE-Mail Integration');
	});

	it('keeps short lines without distance together and parts paragraphs with distance', async () => {
		const apart = '<w:spacing w:after="160"/>';
		expect(await read(p('Ort: Rathaus') + p('Beginn: 17 Uhr', apart) + p('Der Vorsitz eröffnet.', apart))).toBe(
			'Ort: Rathaus\nBeginn: 17 Uhr\n\nDer Vorsitz eröffnet.',
		);
	});

	it('has text boxes once, and footnotes at the end', async () => {
		const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
		const body = `<w:p>${run(`<w:t>Haupttext</w:t><w:footnoteReference w:id="2"/><mc:AlternateContent><mc:Choice>${box('Kasten')}</mc:Choice><mc:Fallback>${box('Kasten')}</mc:Fallback></mc:AlternateContent>`)}</w:p>`;
		const footnotes = `<w:footnote w:id="2">${p('Siehe Anlage.')}</w:footnote>`;
		expect(await read(body, { footnotes })).toBe('Haupttext[1]\nKasten\n\n[1] Siehe Anlage.');
	});

	it('joins a label typed by hand to its line', async () => {
		expect(await read(`<w:p>${run('<w:t>TOP 1</w:t><w:tab/><w:t>Eröffnung</w:t>')}</w:p>`)).toBe('TOP 1 Eröffnung');
	});

	it('reads the strict dialect and any prefix', async () => {
		const xml = `<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body><d:p><d:r><d:t>streng</d:t></d:r></d:p></d:body></d:document>`;
		expect(await readDocx(sampleZip([{ name: 'word/document.xml', data: xml }]), DEFAULT_LIMITS)).toBe('streng');
	});
});

describe('broken files', () => {
	it.each([
		['no main part', sampleZip([{ name: 'word/other.xml', data: '<a/>' }])],
		['unclosed element', sampleZip([{ name: 'word/document.xml', data: '<a><b></a>' }])],
		[
			'entities of its own',
			sampleZip([{ name: 'word/document.xml', data: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }]),
		],
		['nested without end', sampleZip([{ name: 'word/document.xml', data: '<a>'.repeat(100_000) }])],
		['cut off', sampleDocx(p('x')).subarray(0, 200)],
	])('are damaged: %s', async (_, bytes) => {
		await expect(readDocx(bytes, DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'damaged' });
	});
});

it('finds the words that an independent reader finds', async () => {
	const mammoth = createRequire(import.meta.url)('mammoth') as {
		extractRawText(input: { buffer: Buffer }): Promise<{ value: string }>;
	};
	const bytes = sampleDocx(
		p('Der Beirat tagt.') + `<w:tbl>${row(cell('a b'), cell('c'))}</w:tbl>` + p('Ende &amp; aus'),
	);
	const types =
		'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
	const relations =
		'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
	const { openZip } = await import('./zip.ts');
	const document = await (await openZip(bytes, DEFAULT_LIMITS)).read('word/document.xml');
	const whole = sampleZip([
		{ name: '[Content_Types].xml', data: types },
		{ name: '_rels/.rels', data: relations },
		{ name: 'word/document.xml', data: document! },
	]);
	const { value } = await mammoth.extractRawText({ buffer: Buffer.from(whole) });
	const words = (text: string) => text.split(/\s+/).filter(Boolean);
	expect(words(await readDocx(whole, DEFAULT_LIMITS))).toEqual(words(value));
});
