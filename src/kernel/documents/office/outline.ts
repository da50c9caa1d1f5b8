import type { TextDocument } from '../../text/schema.ts';

/** A document as a plain succession of parts, for formats that people go on writing in. All words are data. */
export type Part =
	| { kind: 'title'; text: string }
	| { kind: 'heading'; level: 1 | 2; text: string }
	| { kind: 'text'; text: TextDocument }
	| { kind: 'lines'; lines: { label: string; text: string }[] }
	| { kind: 'table'; caption: string; columns: string[]; rows: string[][] };

export interface Outline {
	title: string;
	/** Who publishes it: the town's name. */
	author: string;
	parts: Part[];
}
