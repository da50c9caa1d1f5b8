import { DocxBody } from './docx-body.ts';
import { DocxNumbering } from './docx-numbering.ts';
import { DocxStyles } from './docx-styles.ts';
import { renderBlocks } from './flow.ts';
import type { Limits } from './limits.ts';
import { UnreadableFile } from './unreadable.ts';
import { child, childrenNamed, parseXml, type Namespaces, type XmlNode } from './xml.ts';
import { openZip, type ZipParts } from './zip.ts';

const NAMESPACES: Namespaces = {
	'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
	'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
	'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
	'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
	'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
	'http://schemas.openxmlformats.org/package/2006/relationships': 'rel',
	'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
	'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
};

/**
 * The text of a Word file by the contract of `Extracted.text`: lists with their visible numbers, tables as rows with
 * TABs, tracked changes as if accepted, headers, footers and comments left out, footnotes at the end.
 * @throws UnreadableFile `damaged`, `encrypted`, `unpacked-too-large`
 */
export async function readDocx(bytes: Uint8Array, limits: Limits): Promise<string> {
	const zip = await openZip(bytes, limits);
	const main = await mainPart(zip);
	const folder = main.slice(0, main.lastIndexOf('/') + 1);
	const document = await part(zip, main);
	const body = child(document ?? undefined, 'w:body');
	if (!body) throw new UnreadableFile('damaged');
	const reader = new DocxBody(
		new DocxStyles(await part(zip, `${folder}styles.xml`)),
		new DocxNumbering(await part(zip, `${folder}numbering.xml`)),
	);
	const blocks = reader.blocks(body);
	const notes = reader.notes(await part(zip, `${folder}footnotes.xml`), await part(zip, `${folder}endnotes.xml`));
	return renderBlocks([...blocks, ...notes]);
}

/** The main part's name is given by the package's relations; nearly always `word/document.xml`. */
export async function mainPart(zip: ZipParts): Promise<string> {
	const relations = await part(zip, '_rels/.rels');
	const office = childrenNamed(relations ?? undefined, 'rel:Relationship').find((relation) =>
		relation.attributes['Type']?.endsWith('/officeDocument'),
	);
	return office?.attributes['Target']?.replace(/^\//, '') ?? 'word/document.xml';
}

/** A part as a tree, null where the file has none. @throws UnreadableFile `damaged` */
export async function part(zip: ZipParts, name: string): Promise<XmlNode | null> {
	const bytes = await zip.read(name);
	return bytes && parseXml(bytes, NAMESPACES);
}
