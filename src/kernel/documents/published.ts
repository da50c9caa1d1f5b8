import { createHash } from 'node:crypto';
import type { RenderOptions } from './render.ts';

/** A document that the program makes of a record, as strangers get it: told to other programs as a file of the record. */
export interface PublishedDocument {
	/** `invitation`: the agenda as announced; `minutes`: what was signed and published; `resolution`: their extract of one item; `paper`. */
	part: 'invitation' | 'minutes' | 'resolution' | 'paper';
	/** Of an extract: the item of the agenda. */
	itemId: string | null;
	/** Official wording, German. */
	title: string;
	fileName: string;
	/** Of everything that stands in it: while it is the same, so are the bytes. */
	key: string;
	pdf: () => Promise<Uint8Array>;
}

/** A key of everything that a document shows. Marks of text blocks are left out: they are drawn anew for texts that are built, and nobody sees them. */
export function contentKey(data: unknown, options: RenderOptions): string {
	const shown = JSON.stringify([data, options, options.date.toString()], (name, value: unknown) =>
		name === 'id' ? undefined : value,
	);
	return createHash('sha512').update(shown).digest('hex');
}
