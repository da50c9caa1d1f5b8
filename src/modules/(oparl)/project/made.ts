/** Documents that the program makes of a record: which the public may have, and which it has. Pure. */
import { createHash } from 'node:crypto';
import { fileNode, type FileSource } from './file.ts';
import type { Node } from './node.ts';

/** A document as it was made last. */
export interface MadeSource extends FileSource {
	part: string;
	itemId: string | null;
	face: string;
}

/**
 * Documents that the public may have of a record, by `partOf`, with what it knows of the record: a document that was made when it knew something
 * else is not told until somebody has looked at it.
 */
export type Faces = Map<string, string>;

export function partOf({ part, itemId }: { part: string; itemId: string | null }): string {
	return itemId ? `${part} ${itemId}` : part;
}

export function faceOf(known: unknown): string {
	return createHash('sha256').update(JSON.stringify(known)).digest('base64url');
}

/** Files of what is as the record is now. @returns the files by `partOf`, and whether any is missing */
export function madeFiles(
	faces: Faces,
	made: readonly MadeSource[],
	of: (file: MadeSource) => Parameters<typeof fileNode>[1],
): { files: Map<string, Node>; documents: Node['documents'] } {
	const files = new Map<string, Node>();
	for (const file of made) if (faces.get(partOf(file)) === file.face) files.set(partOf(file), fileNode(file, of(file)));
	if (!faces.size) return { files, documents: undefined };
	return { files, documents: files.size === faces.size ? 'made' : 'wanted' };
}
