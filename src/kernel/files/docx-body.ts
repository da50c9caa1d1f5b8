import { cleanFlowText, symbolCharacter } from './clean.ts';
import type { DocxNumbering } from './docx-numbering.ts';
import type { DocxStyles, ParagraphLook } from './docx-styles.ts';
import { blocksToCellText, type Block, type Cell } from './flow.ts';
import { child, childrenNamed, elements, textOf, type XmlNode } from './xml.ts';

/** What is collected while walking one paragraph. */
type Line = { text: string; boxes: Block[] };

const SKIPPED = new Set(['w:del', 'w:moveFrom', 'w:pPr', 'w:rPr', 'w:sdtPr', 'w:delText', 'w:delInstrText', 'w:ruby']);

/** Walks the body of a Word document and gives its blocks, changes accepted. */
export class DocxBody {
	readonly #styles: DocxStyles;
	readonly #numbering: DocxNumbering;
	/** One entry per open field; true while in its instruction, which is no text. Fields may span paragraphs. */
	readonly #fields: boolean[] = [];
	readonly #notesUsed: { kind: 'w:footnote' | 'w:endnote'; id: string }[] = [];
	/** Text before a paragraph mark whose deletion was tracked: it joins the next paragraph. */
	#joined: Line | null = null;

	constructor(styles: DocxStyles, numbering: DocxNumbering) {
		this.#styles = styles;
		this.#numbering = numbering;
	}

	/** The blocks of a container: body, cell, text box, content control. */
	blocks(container: XmlNode): Block[] {
		return elements(container).flatMap((node) => this.#block(node));
	}

	/** Footnotes and endnotes that the text refers to, in order, as `[1] text`. */
	notes(footnotes: XmlNode | null, endnotes: XmlNode | null): Block[] {
		return this.#notesUsed.flatMap(({ kind, id }, index) => {
			const source = (kind === 'w:footnote' ? footnotes : endnotes) ?? undefined;
			const note = childrenNamed(source, kind).find((each) => each.attributes['w:id'] === id);
			if (!note) return [];
			const text = blocksToCellText(this.blocks(note)).trim();
			return [
				paragraph(`[${index + 1}] ${text}`, {
					gapBefore: 6,
					gapAfter: 6,
					heading: false,
					outline: null,
					numbering: null,
				}),
			];
		});
	}

	#block(node: XmlNode): Block[] {
		switch (node.name) {
			case 'w:p':
				return this.#paragraph(node);
			case 'w:tbl':
				return [{ kind: 'table', rows: this.#rows(node) }];
			case 'w:sdt':
				return isPlaceholder(node) ? [] : this.blocks(child(node, 'w:sdtContent') ?? node);
			case 'w:ins':
			case 'w:moveTo':
			case 'w:customXml':
			case 'w:smartTag':
				return this.blocks(node);
			case 'mc:AlternateContent':
				return this.blocks(alternative(node) ?? { ...node, children: [] });
			default:
				return [];
		}
	}

	#paragraph(node: XmlNode): Block[] {
		const properties = child(node, 'w:pPr');
		const line: Line = this.#joined ?? { text: '', boxes: [] };
		this.#joined = null;
		this.#inline(node, line);
		if (child(child(properties, 'w:rPr'), 'w:del')) {
			this.#joined = line;
			return [];
		}
		const look = this.#styles.look(properties);
		const text = cleanFlowText(line.text);
		const place = look.numbering;
		const label = place && text.trim() !== '' ? this.#label(place) : '';
		return [paragraph(label + text.trimStart(), look), ...line.boxes];
	}

	#label({ numId, level, style }: NonNullable<ParagraphLook['numbering']>): string {
		const at = level ?? (style === null ? 0 : this.#numbering.levelOfStyle(numId, style));
		return this.#numbering.label({ numId, level: at });
	}

	#inline(node: XmlNode, line: Line): void {
		for (const each of elements(node)) {
			if (SKIPPED.has(each.name)) continue;
			if (each.name === 'w:r' && isHidden(each)) continue;
			this.#inlineElement(each, line);
		}
	}

	#inlineElement(node: XmlNode, line: Line): void {
		switch (node.name) {
			case 'w:t':
			case 'm:t':
				return this.#add(line, textOf(node));
			case 'w:tab':
			case 'w:ptab':
				return this.#add(line, '\t');
			case 'w:br':
			case 'w:cr':
				return this.#add(line, '\n');
			case 'w:noBreakHyphen':
				return this.#add(line, '-');
			case 'w:sym':
				return this.#add(line, symbolCharacter(parseInt(node.attributes['w:char'] ?? '', 16)));
			case 'w:fldChar':
				return this.#field(node, line);
			case 'w:footnoteReference':
			case 'w:endnoteReference':
				return this.#noteReference(node, line);
			case 'w:txbxContent':
				line.boxes.push(...this.blocks(node));
				return;
			case 'w:sdt':
				return isPlaceholder(node) ? undefined : this.#inline(child(node, 'w:sdtContent') ?? node, line);
			case 'mc:AlternateContent': {
				const chosen = alternative(node);
				return chosen && this.#inline(chosen, line);
			}
			default:
				this.#inline(node, line);
		}
	}

	#add(line: Line, text: string): void {
		if (!this.#fields.includes(true)) line.text += text;
	}

	#field(node: XmlNode, line: Line): void {
		const type = node.attributes['w:fldCharType'];
		if (type === 'begin') {
			const box = child(child(node, 'w:ffData'), 'w:checkBox');
			if (box) this.#add(line, isTicked(box) ? '☒' : '☐');
			this.#fields.push(true);
		} else if (type === 'separate' && this.#fields.length > 0) {
			this.#fields[this.#fields.length - 1] = false;
		} else if (type === 'end') this.#fields.pop();
	}

	#noteReference(node: XmlNode, line: Line): void {
		const kind = node.name === 'w:footnoteReference' ? 'w:footnote' : 'w:endnote';
		this.#notesUsed.push({ kind, id: node.attributes['w:id'] ?? '' });
		this.#add(line, `[${this.#notesUsed.length}]`);
	}

	#rows(table: XmlNode): Cell[][] {
		return unwrapped(table, 'w:tr')
			.filter((row) => !child(child(row, 'w:trPr'), 'w:del'))
			.map((row) => this.#row(row));
	}

	#row(row: XmlNode): Cell[] {
		const properties = child(row, 'w:trPr');
		const before = count(child(properties, 'w:gridBefore'), 0);
		const cells: Cell[] = before > 0 ? [{ text: '', span: before }] : [];
		for (const cell of unwrapped(row, 'w:tc')) {
			const format = child(cell, 'w:tcPr');
			if (child(format, 'w:cellDel')) continue;
			const merge = child(format, 'w:vMerge');
			const continued = merge !== undefined && merge.attributes['w:val'] !== 'restart';
			const text = continued ? '' : blocksToCellText(this.blocks(cell));
			cells.push({ text, span: Math.max(1, count(child(format, 'w:gridSpan'), 1)) });
		}
		return cells;
	}
}

function paragraph(text: string, look: ParagraphLook): Block {
	return {
		kind: 'paragraph',
		text,
		gapBefore: look.gapBefore,
		gapAfter: look.gapAfter,
		list: look.numbering?.numId ?? null,
		heading: look.heading,
	};
}

/** Rows or cells, also those inside content controls. */
export function unwrapped(node: XmlNode, name: string): XmlNode[] {
	return elements(node).flatMap((each) => {
		if (each.name === name) return [each];
		if (each.name === 'w:sdt') return unwrapped(child(each, 'w:sdtContent') ?? each, name);
		if (each.name === 'w:ins' || each.name === 'w:customXml') return unwrapped(each, name);
		return [];
	});
}

export function alternative(node: XmlNode): XmlNode | undefined {
	return child(node, 'mc:Choice') ?? child(node, 'mc:Fallback');
}

/** Content controls show a prompt ("click here") until they are filled in. */
export function isPlaceholder(control: XmlNode): boolean {
	return isOn(child(child(control, 'w:sdtPr'), 'w:showingPlcHdr'));
}

export function isHidden(run: XmlNode): boolean {
	return isOn(child(child(run, 'w:rPr'), 'w:vanish'));
}

export function isTicked(box: XmlNode): boolean {
	return isOn(child(box, 'w:checked') ?? child(box, 'w:default'));
}

export function isOn(node: XmlNode | undefined): boolean {
	return node !== undefined && !/^(0|false|off|none)$/.test(node.attributes['w:val'] ?? '');
}

export function count(node: XmlNode | undefined, fallback: number): number {
	const value = Number(node?.attributes['w:val'] ?? fallback);
	return Number.isFinite(value) ? Math.min(value, 100) : fallback;
}
