import { writeZip } from '../../files/zip-write.ts';
import { itemsOf } from '../../text/lists.ts';
import type { Block, Inline, Run } from '../../text/schema.ts';
import { Lists, numberingOf } from './docx-lists.ts';
import type { Outline, Part } from './outline.ts';
import { xml } from '../../text/xml.ts';

/**
 * A document as a Word file (Office Open XML), to go on writing: real headings, lists and table heads, German, with a title, so
 * that screen readers find their way in it. Equal outlines give equal bytes.
 */
export function docxOf(outline: Outline): Uint8Array {
	const lists = new Lists();
	const body = outline.parts.map((part) => partXml(part, lists)).join('');
	return packDocx({ ...outline, body, lists });
}

/** A body with what belongs to it. */
export interface Body {
	body: string;
	lists: Lists;
	/** Addresses of the relations `l1`, `l2` … */
	links?: readonly string[];
	/** Further styles. */
	styles?: string;
}

/** A body as a file. */
export function packDocx({
	body,
	lists,
	links = [],
	styles = '',
	...imprint
}: Pick<Outline, 'title' | 'author'> & Body): Uint8Array {
	return writeZip([
		{ name: '[Content_Types].xml', data: CONTENT_TYPES },
		{ name: '_rels/.rels', data: ROOT_RELATIONS },
		{ name: 'docProps/core.xml', data: coreXml(imprint) },
		{ name: 'word/_rels/document.xml.rels', data: documentRelations(links) },
		{ name: 'word/styles.xml', data: STYLES.replace('</w:styles>', () => `${styles}</w:styles>`) },
		{ name: 'word/numbering.xml', data: `${HEAD}${lists.numberingXml()}` },
		{ name: 'word/document.xml', data: documentXml(body, links.length > 0) },
	]);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${WORD}.numbering+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;
const ROOT_RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;
const DOCUMENT_RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${OFFICE}/numbering" Target="numbering.xml"/>`;

function documentRelations(links: readonly string[]): string {
	const targets = links.map(
		(link, at) =>
			`<Relationship Id="l${at + 1}" Type="${OFFICE}/hyperlink" Target="${xml(link)}" TargetMode="External"/>`,
	);
	return `${HEAD}${DOCUMENT_RELATIONS}${targets.join('')}</Relationships>`;
}

/** A style of paragraphs: its properties, those of its words, its depth as a heading. */
export function style(id: string, name: string, paragraph: string, run: string, outline = ''): string {
	return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr>${paragraph}${outline}</w:pPr><w:rPr>${run}</w:rPr></w:style>`;
}

const STYLES = `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${style('Title', 'Title', '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="36"/>')}${style('Heading1', 'heading 1', '<w:keepNext/><w:spacing w:before="360" w:after="120"/>', '<w:b/><w:sz w:val="28"/>', '<w:outlineLvl w:val="0"/>')}${style('Heading2', 'heading 2', '<w:keepNext/><w:spacing w:before="240" w:after="80"/>', '<w:b/><w:sz w:val="24"/>', '<w:outlineLvl w:val="1"/>')}${style('Heading3', 'heading 3', '<w:keepNext/><w:spacing w:before="160" w:after="60"/>', '<w:b/>', '<w:outlineLvl w:val="2"/>')}${style('Quote', 'Quote', '<w:ind w:left="567"/>', '<w:i/>')}${style('Wording', 'Wording', '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="808080"/></w:pBdr><w:ind w:left="284"/>', '')}${style('Caption', 'caption', '<w:keepNext/><w:spacing w:before="160"/>', '<w:b/>')}<w:style w:type="table" w:styleId="Lines"><w:name w:val="Lines"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:color="808080"/><w:bottom w:val="single" w:sz="4" w:color="808080"/><w:insideH w:val="single" w:sz="4" w:color="BFBFBF"/></w:tblBorders></w:tblPr></w:style></w:styles>`;

function coreXml({ title, author }: Pick<Outline, 'title' | 'author'>): string {
	return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(title)}</dc:title><dc:creator>${xml(author)}</dc:creator><dc:language>de-DE</dc:language></cp:coreProperties>`;
}

function documentXml(body: string, linked: boolean): string {
	return `${HEAD}<w:document ${W}${linked ? ` xmlns:r="${OFFICE}"` : ''}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1247" w:bottom="1418" w:left="1247" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

function partXml(part: Part, lists: Lists): string {
	switch (part.kind) {
		case 'title':
			return paragraph([{ text: part.text }], 'Title');
		case 'heading':
			return paragraph([{ text: part.text }], `Heading${part.level}`);
		case 'text':
			return part.text.blocks.map((block) => blockXml(block, lists)).join('');
		case 'lines':
			return part.lines.map(({ label, text }) => paragraph([{ text: `${label}: `, bold: true }, { text }])).join('');
		case 'table':
			return (
				paragraph([{ text: part.caption }], 'Caption') +
				table(
					part.columns,
					part.rows.map((row) => row.map(plain)),
				)
			);
	}
}

const plain = (text: string): Inline => (text ? [{ text }] : []);

function blockXml(block: Block, lists: Lists, look = ''): string {
	switch (block.kind) {
		case 'paragraph':
			return paragraph(block.content, look);
		case 'heading':
			return paragraph(block.content, 'Heading3');
		case 'list': {
			const number = block.ordered ? lists.ordered(block.start ?? 1) : 1;
			return itemsOf(block)
				.map(({ content, ...place }) => {
					const own = place.depth ? lists.deeper(place) : number;
					return paragraph(content, look, numberingOf({ number: own, level: place.depth }));
				})
				.join('');
		}
		case 'wording':
			return block.blocks.map((inner) => blockXml(inner, lists, block.role === 'quote' ? 'Quote' : 'Wording')).join('');
		case 'table':
			return (block.caption ? paragraph(block.caption, 'Caption') : '') + tableOf(block.header, block.rows);
		case 'attachment':
			return paragraph([{ text: block.title }], look);
	}
}

function table(columns: string[], rows: Inline[][]): string {
	return tableOf(columns.map(plain), rows);
}

function tableOf(header: Inline[], rows: Inline[][]): string {
	const cell = (content: Inline, bold: boolean) =>
		`<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraph(bold ? content.map((run) => ({ ...run, bold: true as const })) : content)}</w:tc>`;
	const row = (cells: Inline[], head: boolean) =>
		`<w:tr>${head ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map((content) => cell(content, head)).join('')}</w:tr>`;
	const grid = header.map(() => '<w:gridCol/>').join('');
	return `<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${row(header, true)}${rows.map((cells) => row(cells, false)).join('')}</w:tbl>${paragraph([])}`;
}

function paragraph(content: Inline, look = '', numbering = ''): string {
	const properties = look || numbering ? `<w:pPr>${look ? `<w:pStyle w:val="${look}"/>` : ''}${numbering}</w:pPr>` : '';
	return `<w:p>${properties}${content.map((run) => runXml(run)).join('')}</w:p>`;
}

/** A run; struck words stand in another element. */
export function runXml({ text, bold, emphasis, lang }: Run, element: 'w:t' | 'w:delText' = 'w:t'): string {
	const marks = `${bold ? '<w:b/>' : ''}${emphasis ? '<w:i/>' : ''}${lang?.dir === 'rtl' ? '<w:rtl/>' : ''}${lang ? `<w:lang w:val="${xml(lang.tag)}" w:bidi="${xml(lang.tag)}"/>` : ''}`;
	const words = text
		.split('\n')
		.map((line) => `<${element} xml:space="preserve">${xml(line)}</${element}>`)
		.join('<w:br/>');
	return `<w:r>${marks ? `<w:rPr>${marks}</w:rPr>` : ''}${words}</w:r>`;
}
