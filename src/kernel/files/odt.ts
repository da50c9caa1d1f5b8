import { renderBlocks } from './flow.ts';
import type { Limits } from './limits.ts';
import { OdtBody } from './odt-body.ts';
import { OdtStyles } from './odt-styles.ts';
import { UnreadableFile } from './unreadable.ts';
import { child, elements, parseXml, type Namespaces, type XmlNode } from './xml.ts';
import { openZip, type ZipParts } from './zip.ts';

const ODF = 'urn:oasis:names:tc:opendocument:xmlns:';
const NAMESPACES: Namespaces = {
	[`${ODF}office:1.0`]: 'office',
	[`${ODF}text:1.0`]: 'text',
	[`${ODF}table:1.0`]: 'table',
	[`${ODF}style:1.0`]: 'style',
	[`${ODF}drawing:1.0`]: 'draw',
	[`${ODF}manifest:1.0`]: 'manifest',
	[`${ODF}xsl-fo-compatible:1.0`]: 'fo',
	'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0': 'loext',
	'http://www.w3.org/XML/1998/namespace': 'xml',
};

/**
 * The text of an OpenDocument text by the contract of `Extracted.text`: as for Word files, tracked changes as if
 * accepted.
 * @throws UnreadableFile `damaged`, `encrypted`, `unpacked-too-large`
 */
export async function readOdt(bytes: Uint8Array, limits: Limits): Promise<string> {
	const zip = await openZip(bytes, limits);
	if (await isEncrypted(zip)) throw new UnreadableFile('encrypted');
	const content = await part(zip, 'content.xml');
	const body = child(child(content ?? undefined, 'office:body'), 'office:text');
	if (!content || !body) throw new UnreadableFile('damaged');
	const reader = new OdtBody(new OdtStyles([await part(zip, 'styles.xml'), content]));
	return renderBlocks([...reader.blocks(body), ...reader.notes()]);
}

async function isEncrypted(zip: ZipParts): Promise<boolean> {
	const manifest = await part(zip, 'META-INF/manifest.xml');
	return elements(manifest ?? undefined).some((entry) => child(entry, 'manifest:encryption-data'));
}

async function part(zip: ZipParts, name: string): Promise<XmlNode | null> {
	const bytes = await zip.read(name);
	return bytes && parseXml(bytes, NAMESPACES);
}
