/** What is read of a Word file with tracked changes, before it becomes two sides. */
import type { Run } from '../text/schema.ts';
import { isOn } from './docx-body.ts';
import type { ParagraphLook } from './docx-styles.ts';
import { child, type XmlNode } from './xml.ts';

/** Whether something stands in the text before and in the text after the changes. */
export interface Sides {
	old: boolean;
	new: boolean;
}

export type SourceRun = Sides & { run: Run };

export interface Look {
	style: string;
	outline: number | null;
	numbering: ParagraphLook['numbering'];
	rightToLeft: boolean;
}

export interface SourceParagraph {
	kind: 'paragraph';
	id: string;
	runs: SourceRun[];
	/** Whether it ends here: without its mark it goes on in the next paragraph. */
	mark: Sides;
	look: Record<keyof Sides, Look>;
	/** Language tag of a right-to-left paragraph, if one is named. */
	language: string;
}

export interface SourceTable {
	kind: 'table';
	id: string;
	rows: (Sides & { cells: (Sides & { span: number; continued: boolean; items: SourceItem[] })[] })[];
}

export type SourceItem = SourceParagraph | SourceTable;

/** One tracked change. Times as the file states them, null if that is no instant. */
export interface TrackedChange {
	kind: 'insert' | 'delete' | 'moveFrom' | 'moveTo';
	author: string;
	date: string | null;
	text: string;
	/** A paragraph's end is part of it. */
	paragraph?: true;
	/** It is a whole row of a table. */
	row?: true;
}

/** Marks of a run. */
export function marksOf(properties: XmlNode | undefined): Omit<Run, 'text'> {
	const style = child(properties, 'w:rStyle')?.attributes['w:val'];
	const bold = isOn(child(properties, 'w:b')) || style === 'Strong';
	const emphasis = isOn(child(properties, 'w:i')) || style === 'Emphasis';
	const tag = child(properties, 'w:lang')?.attributes['w:bidi'] ?? '';
	const rtl = isOn(child(properties, 'w:rtl')) && tag;
	return {
		...(bold ? { bold: true as const } : {}),
		...(emphasis ? { emphasis: true as const } : {}),
		...(rtl ? { lang: { tag, dir: 'rtl' as const } } : {}),
	};
}

/** Word writes times without a zone as if they were UTC. */
export function instant(written: string | undefined): string | null {
	if (!written) return null;
	try {
		return Temporal.Instant.from(/Z|[+-]\d\d:\d\d$/.test(written) ? written : `${written}Z`).toString();
	} catch {
		return null;
	}
}
