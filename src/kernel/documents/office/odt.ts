import { writeZip } from '../../files/zip-write.ts';
import { itemsOf, treeOf, type ItemTree, type ListItem } from '../../text/lists.ts';
import type { Block, Inline, Run } from '../../text/schema.ts';
import { ListStyles } from './odt-lists.ts';
import type { Outline, Part } from './outline.ts';
import { xml } from '../../text/xml.ts';

/**
 * A document as an OpenDocument text (ODF 1.3, rulebook R8-30), to go on writing: real headings, lists and table heads, German,
 * with a title. Equal outlines give equal bytes.
 */
export function odtOf(outline: Outline): Uint8Array {
	const lists = new ListStyles();
	const body = outline.parts.map((part) => partXml(part, lists)).join('');
	return writeZip([
		{ name: 'mimetype', data: MEDIA_TYPE, store: true },
		{ name: 'META-INF/manifest.xml', data: MANIFEST },
		{ name: 'meta.xml', data: metaXml(outline) },
		{ name: 'styles.xml', data: STYLES.replace('</office:styles>', () => `${lists.xml()}</office:styles>`) },
		{ name: 'content.xml', data: contentXml(body) },
	]);
}

const MEDIA_TYPE = 'application/vnd.oasis.opendocument.text';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMES = `xmlns:office="${ODF}:office:1.0" xmlns:text="${ODF}:text:1.0" xmlns:table="${ODF}:table:1.0" xmlns:style="${ODF}:style:1.0" xmlns:fo="${ODF}:xsl-fo-compatible:1.0" xmlns:meta="${ODF}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"`;
const MANIFEST = `${HEAD}<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MEDIA_TYPE}"/>${['content', 'styles', 'meta'].map((name) => `<manifest:file-entry manifest:full-path="${name}.xml" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`;

function paragraphStyle(name: string, display: string, paragraph: string, text: string, outline = ''): string {
	return `<style:style style:name="${name}" style:display-name="${display}" style:family="paragraph" style:parent-style-name="Standard" style:class="text"${outline}><style:paragraph-properties ${paragraph}/><style:text-properties ${text}/></style:style>`;
}

const bold = 'fo:font-weight="bold"';
const STYLES = `${HEAD}<office:document-styles ${NAMES}><office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm" fo:line-height="120%"/><style:text-properties fo:font-family="'Liberation Sans', Arial, sans-serif" fo:font-size="11pt" fo:language="de" fo:country="DE"/></style:default-style><style:style style:name="Standard" style:family="paragraph" style:class="text"/>${paragraphStyle('Title', 'Title', 'fo:margin-bottom="0.4cm"', `${bold} fo:font-size="18pt"`)}${paragraphStyle('Heading_20_1', 'Heading 1', 'fo:margin-top="0.6cm" fo:keep-with-next="always"', `${bold} fo:font-size="14pt"`, ' style:default-outline-level="1"')}${paragraphStyle('Heading_20_2', 'Heading 2', 'fo:margin-top="0.4cm" fo:keep-with-next="always"', `${bold} fo:font-size="12pt"`, ' style:default-outline-level="2"')}${paragraphStyle('Heading_20_3', 'Heading 3', 'fo:margin-top="0.3cm" fo:keep-with-next="always"', bold, ' style:default-outline-level="3"')}${paragraphStyle('Quotations', 'Quotations', 'fo:margin-left="1cm"', 'fo:font-style="italic"')}${paragraphStyle('Wording', 'Wording', 'fo:margin-left="0.5cm" fo:border-left="1.5pt solid #808080" fo:padding-left="0.3cm"', 'fo:font-weight="normal"')}${paragraphStyle('Caption', 'Caption', 'fo:keep-with-next="always"', bold)}<style:style style:name="Strong" style:family="text"><style:text-properties ${bold}/></style:style><style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border-bottom="0.5pt solid #bfbfbf" fo:padding="0.1cm"/></style:style></office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.2cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles></office:document-styles>`;

function metaXml({ title, author }: Outline): string {
	return `${HEAD}<office:document-meta ${NAMES}><office:meta><dc:title>${xml(title)}</dc:title><dc:creator>${xml(author)}</dc:creator><dc:language>de-DE</dc:language></office:meta></office:document-meta>`;
}

function contentXml(body: string): string {
	return `${HEAD}<office:document-content ${NAMES}><office:body><office:text>${body}</office:text></office:body></office:document-content>`;
}

function partXml(part: Part, lists: ListStyles): string {
	switch (part.kind) {
		case 'title':
			return paragraph([{ text: part.text }], 'Title');
		case 'heading':
			return heading([{ text: part.text }], part.level);
		case 'text':
			return part.text.blocks.map((block) => blockXml(block, lists)).join('');
		case 'lines':
			return part.lines.map(({ label, text }) => paragraph([{ text: `${label}: `, bold: true }, { text }])).join('');
		case 'table':
			return (
				paragraph([{ text: part.caption }], 'Caption') +
				table(
					part.columns.map(plain),
					part.rows.map((row) => row.map(plain)),
				)
			);
	}
}

const plain = (text: string): Inline => (text ? [{ text }] : []);

function blockXml(block: Block, lists: ListStyles, look = 'Standard'): string {
	switch (block.kind) {
		case 'paragraph':
			return paragraph(block.content, look);
		case 'heading':
			return heading(block.content, 3);
		case 'list': {
			const start = block.ordered && block.start ? ` text:start-value="${block.start}"` : '';
			const items = treeOf(itemsOf(block)).map((node, at) => itemXml(node, lists, at === 0 ? start : '', look));
			return `<text:list text:style-name="${block.ordered ? 'Numbers' : 'Bullets'}">${items.join('')}</text:list>`;
		}
		case 'wording':
			return block.blocks
				.map((inner) => blockXml(inner, lists, block.role === 'quote' ? 'Quotations' : 'Wording'))
				.join('');
		case 'table':
			return (block.caption ? paragraph(block.caption, 'Caption') : '') + table(block.header, block.rows);
		case 'attachment':
			return paragraph([{ text: block.title }], look);
	}
}

/** An item with those below it, each of which says in which form and where it counts: its sign is shown as it is. */
function itemXml({ item, inner }: ItemTree<ListItem>, lists: ListStyles, start: string, look: string): string {
	const below = inner.map((node) => {
		const { name, start: from, said } = lists.deeper(node.item.sign);
		const content = said ? [{ text: `${node.item.sign} ` }, ...node.item.content] : node.item.content;
		const count = from === null ? '' : ` text:start-value="${from}"`;
		const written = itemXml({ ...node, item: { ...node.item, content } }, lists, count, look);
		return `<text:list text:style-name="${name}">${written}</text:list>`;
	});
	return `<text:list-item${start}>${paragraph(item.content, look)}${below.join('')}</text:list-item>`;
}

function table(header: Inline[], rows: Inline[][]): string {
	const cell = (content: Inline, strong: boolean) =>
		`<table:table-cell table:style-name="Cell" office:value-type="string">${paragraph(strong ? content.map((run) => ({ ...run, bold: true as const })) : content)}</table:table-cell>`;
	const row = (cells: Inline[], strong: boolean) =>
		`<table:table-row>${cells.map((content) => cell(content, strong)).join('')}</table:table-row>`;
	return `<table:table><table:table-column table:number-columns-repeated="${header.length}"/><table:table-header-rows>${row(header, true)}</table:table-header-rows>${rows.map((cells) => row(cells, false)).join('')}</table:table>${paragraph([])}`;
}

function heading(content: Inline, level: number): string {
	return `<text:h text:style-name="Heading_20_${level}" text:outline-level="${level}">${content.map(runXml).join('')}</text:h>`;
}

function paragraph(content: Inline, look = 'Standard'): string {
	return `<text:p text:style-name="${look}">${content.map(runXml).join('')}</text:p>`;
}

function runXml({ text, bold: strong, emphasis }: Run): string {
	const words = xml(text)
		.replace(/\n/g, '<text:line-break/>')
		.replace(/\t/g, '<text:tab/>')
		.replace(/ {2,}/g, (spaces) => ` <text:s text:c="${spaces.length - 1}"/>`);
	const mark = strong ? 'Strong' : emphasis ? 'Emphasis' : '';
	return mark ? `<text:span text:style-name="${mark}">${words}</text:span>` : words;
}
