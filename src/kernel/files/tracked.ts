import type { DraftBlock } from '../text/schema.ts';
import { DocxNumbering } from './docx-numbering.ts';
import { DocxStyles } from './docx-styles.ts';
import { mainPart, part } from './docx.ts';
import { checkReadable } from './extract.ts';
import { limitsWith, type Limits } from './limits.ts';
import { DocxSide } from './tracked-sides.ts';
import type { TrackedChange } from './tracked-items.ts';
import { TrackedSource } from './tracked-source.ts';
import { UnreadableFile } from './unreadable.ts';
import { child, childrenNamed } from './xml.ts';
import { openZip } from './zip.ts';

export type { TrackedChange } from './tracked-items.ts';

/** A Word file as the text before its tracked changes and after them. Blocks that belong together have the same id. */
export interface TrackedDocx {
	before: DraftBlock[];
	after: DraftBlock[];
	/** In the order of the file. */
	changes: TrackedChange[];
	/** How many comments were left aside. */
	comments: number;
	/** How many changes concern formatting alone; both sides have the new one. */
	formatting: number;
}

/** As many as a text of the house can have. */
const MOST_BLOCKS = 5000;
/** A page of a form has about so many paragraphs. */
const BLOCKS_OF_A_PAGE = 20;

/**
 * Reads a Word file with its tracked changes, in this process: for trusted files and tests. Uploads go through
 * `readTrackedSafely`.
 * @throws UnreadableFile and nothing else, whatever the bytes are
 */
export async function readTrackedDocx(
	bytes: Uint8Array,
	fileName: string,
	limits: Partial<Limits> = {},
): Promise<TrackedDocx> {
	const bounds = limitsWith(limits);
	const { format, extension } = await checkReadable(bytes, fileName, bounds);
	if (format !== 'docx') throw new UnreadableFile('unsupported', { format, extension });
	try {
		return await read(bytes, bounds);
	} catch (error) {
		if (error instanceof UnreadableFile) throw error;
		throw new UnreadableFile('damaged', {}, { cause: error });
	}
}

async function read(bytes: Uint8Array, limits: Limits): Promise<TrackedDocx> {
	const zip = await openZip(bytes, limits);
	const main = await mainPart(zip);
	const folder = main.slice(0, main.lastIndexOf('/') + 1);
	const named = (name: string) => part(zip, folder + name);
	const body = child((await part(zip, main)) ?? undefined, 'w:body');
	if (!body) throw new UnreadableFile('damaged');
	const relations = await named(`_rels/${main.slice(folder.length)}.rels`);
	// Which links are allowed, the text format decides.
	const links = childrenNamed(relations ?? undefined, 'rel:Relationship').flatMap(
		({ attributes }): [string, string][] => {
			const [id, target] = [attributes['Id'], attributes['Target']];
			return id && target && attributes['Type']?.endsWith('/hyperlink') ? [[id, target]] : [];
		},
	);
	const source = new TrackedSource(new DocxStyles(await named('styles.xml')), new Map(links));
	const items = source.items(body);
	items.push(...source.notes(await named('footnotes.xml'), await named('endnotes.xml')));
	const numbering = await named('numbering.xml');
	const side = (name: 'old' | 'new') => new DocxSide(name, new DocxNumbering(numbering)).blocks(items);
	const [before, after] = [side('old'), side('new')];
	const blocks = Math.max(before.length, after.length);
	if (blocks > MOST_BLOCKS) {
		const pages = (count: number) => Math.ceil(count / BLOCKS_OF_A_PAGE);
		throw new UnreadableFile('too-many-pages', { pages: pages(blocks), limit: pages(MOST_BLOCKS) });
	}
	if (!before.length && !after.length) throw new UnreadableFile('empty');
	const comments = childrenNamed((await named('comments.xml')) ?? undefined, 'w:comment').length;
	return { before, after, changes: source.changes, comments, formatting: source.formatting };
}
