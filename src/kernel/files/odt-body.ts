import { cleanFlowText } from './clean.ts';
import { blocksToCellText, type Block, type Cell } from './flow.ts';
import { ListCounter } from './odt-numbering.ts';
import type { OdtStyles } from './odt-styles.ts';
import { child, childrenNamed, elements, textOf, type XmlNode } from './xml.ts';

/** Where in a list a paragraph stands; `pending` is true until the item's label is shown. */
type Item = { style: string; level: number; counter: ListCounter; key: string; item: XmlNode; pending: boolean };

type Line = { text: string; boxes: Block[] };

/** Repeated empty rows and columns fill a sheet up to its edge; a text table never has as many. */
const MAX_REPEATS = 50;

const SKIPPED = new Set([
	'text:tracked-changes',
	'text:number',
	'office:annotation',
	'office:forms',
	'office:event-listeners',
	'text:ruby-text',
	'svg:title',
	'svg:desc',
	'text:sequence-decls',
	'text:variable-decls',
	'text:user-field-decls',
]);

/** Walks the body of an OpenDocument text and gives its blocks. */
export class OdtBody {
	readonly #styles: OdtStyles;
	readonly #outline = new ListCounter();
	/** Counters of finished lists: by their id and by their style, for lists that continue one. */
	readonly #lists = new Map<string, ListCounter>();
	readonly #notes: Block[] = [];
	#listsSeen = 0;

	constructor(styles: OdtStyles) {
		this.#styles = styles;
	}

	/** The blocks of a container: body, section, cell, text box. */
	blocks(container: XmlNode, item: Item | null = null): Block[] {
		return elements(container).flatMap((node) => this.#block(node, item));
	}

	/** Footnotes and endnotes in order, as `[1] text`; to be asked after `blocks`. */
	notes(): Block[] {
		return this.#notes;
	}

	#block(node: XmlNode, item: Item | null): Block[] {
		if (SKIPPED.has(node.name)) return [];
		switch (node.name) {
			case 'text:p':
			case 'text:h':
				return this.#paragraph(node, item);
			case 'text:list':
				return this.#list(node, item);
			case 'table:table':
				return [{ kind: 'table', rows: this.#rows(node) }];
			case 'text:section':
				return node.attributes['text:display'] === 'none' ? [] : this.blocks(node);
			case 'draw:frame':
			case 'draw:custom-shape':
			case 'draw:g':
				return this.#framed(node);
			default:
				return this.blocks(node, item);
		}
	}

	/** A frame often holds a text box and a picture of it: the box is taken. */
	#framed(node: XmlNode): Block[] {
		return this.blocks(child(node, 'draw:text-box') ?? node);
	}

	#paragraph(node: XmlNode, item: Item | null): Block[] {
		const line: Line = { text: '', boxes: [] };
		this.#inline(node, line);
		const text = cleanFlowText(line.text);
		const heading = node.name === 'text:h';
		const label = text.trim() === '' ? '' : this.#label(node, item);
		const gaps = this.#styles.gaps(node.attributes['text:style-name'] ?? '');
		const list = heading ? null : (item?.key ?? null);
		return [{ kind: 'paragraph', text: label + text.trimStart(), ...gaps, list, heading }, ...line.boxes];
	}

	#label(node: XmlNode, item: Item | null): string {
		if (item?.pending) return this.#itemLabel(item);
		if (node.name !== 'text:h' || item || node.attributes['text:is-list-header'] === 'true') return '';
		const level = Number(node.attributes['text:outline-level'] ?? 1) || 1;
		const start = node.attributes['text:restart-numbering'] === 'true' ? startValue(node, 1) : null;
		this.#outline.count(level, this.#styles.outlineLevel(level), start);
		return printedLabel(node) ?? this.#outline.label(level, (each) => this.#styles.outlineLevel(each));
	}

	#itemLabel(item: Item): string {
		item.pending = false;
		const levels = (level: number) => this.#styles.listLevel(item.style, level);
		item.counter.count(item.level, levels(item.level), startValue(item.item, null));
		return printedLabel(item.item) ?? item.counter.label(item.level, levels);
	}

	#list(node: XmlNode, outer: Item | null): Block[] {
		const style = node.attributes['text:style-name'] ?? outer?.style ?? this.#styleInside(node) ?? '';
		const counter = outer?.counter ?? this.#counterFor(node, style);
		const key = outer?.key ?? `list ${++this.#listsSeen}`;
		const level = outer ? outer.level + 1 : 1;
		const blocks = elements(node).flatMap((item) => {
			const pending = item.name === 'text:list-item';
			return this.blocks(item, { style, level, counter, key, item, pending });
		});
		this.#lists.set(`style ${style}`, counter);
		const id = node.attributes['xml:id'] ?? node.attributes['text:id'];
		if (id !== undefined) this.#lists.set(`id ${id}`, counter);
		return blocks;
	}

	#counterFor(node: XmlNode, style: string): ListCounter {
		const continued = node.attributes['text:continue-list'];
		const before = continued !== undefined ? this.#lists.get(`id ${continued}`) : undefined;
		if (before) return before;
		const continues = node.attributes['text:continue-numbering'] === 'true';
		return (continues ? this.#lists.get(`style ${style}`) : undefined) ?? new ListCounter();
	}

	/** A list without a style of its own takes that of its first paragraph. */
	#styleInside(list: XmlNode): string | null {
		const paragraph = elements(list).flatMap((item) => childrenNamed(item, 'text:p'))[0];
		return paragraph ? this.#styles.listStyleOf(paragraph.attributes['text:style-name'] ?? '') : null;
	}

	#inline(node: XmlNode, line: Line): void {
		for (const each of node.children) {
			if (typeof each === 'string') line.text += each.replace(/[\t\n\r ]+/g, ' ');
			else if (!SKIPPED.has(each.name)) this.#inlineElement(each, line);
		}
	}

	#inlineElement(node: XmlNode, line: Line): void {
		switch (node.name) {
			case 'text:s':
				line.text += ' '.repeat(Math.min(Number(node.attributes['text:c'] ?? 1) || 1, 200));
				return;
			case 'text:tab':
				line.text += '\t';
				return;
			case 'text:line-break':
				line.text += '\n';
				return;
			case 'text:note':
				line.text += this.#note(node);
				return;
			case 'draw:frame':
			case 'draw:custom-shape':
			case 'draw:g':
				line.boxes.push(...this.#framed(node));
				return;
			default:
				this.#inline(node, line);
		}
	}

	#note(node: XmlNode): string {
		const body = child(node, 'text:note-body');
		const mark = `[${this.#notes.length + 1}]`;
		const note: Block = { kind: 'paragraph', text: '', gapBefore: 6, gapAfter: 6, list: null, heading: false };
		this.#notes.push(note);
		if (body) note.text = `${mark} ${blocksToCellText(this.blocks(body)).trim()}`;
		return mark;
	}

	#rows(table: XmlNode): Cell[][] {
		return elements(table).flatMap((node) => {
			if (node.name === 'table:table-row') return this.#row(node);
			const isGroup = /^table:table-(header-rows|rows|row-group)$/.test(node.name);
			return isGroup ? this.#rows(node) : [];
		});
	}

	#row(row: XmlNode): Cell[][] {
		const cells = elements(row).flatMap((node) => this.#cell(node));
		const repeated = Math.min(Number(row.attributes['table:number-rows-repeated'] ?? 1) || 1, MAX_REPEATS);
		return Array.from({ length: repeated }, () => cells);
	}

	/** A merged cell stands at its first place; the places it covers are cells of their own here, and empty. */
	#cell(node: XmlNode): Cell[] {
		if (node.name !== 'table:table-cell' && node.name !== 'table:covered-table-cell') return [];
		const covered = node.name === 'table:covered-table-cell';
		const text = covered ? '' : blocksToCellText(this.blocks(node));
		const repeated = Math.min(Number(node.attributes['table:number-columns-repeated'] ?? 1) || 1, MAX_REPEATS);
		return Array.from({ length: repeated }, () => ({ text, span: 1 }));
	}
}

/** LibreOffice writes the label that it shows into the file. */
function printedLabel(node: XmlNode): string | null {
	const number = child(node, 'text:number');
	const label = number ? cleanFlowText(textOf(number)).trim() : '';
	return label === '' ? null : `${label} `;
}

function startValue(node: XmlNode, fallback: number | null): number | null {
	const value = node.attributes['text:start-value'];
	return value === undefined ? fallback : Number(value);
}
