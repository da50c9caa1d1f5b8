/** Walks a Word document with tracked changes: everything that is in it, and on which sides it stands. */
import type { Run } from '../text/schema.ts';
import { symbolCharacter } from './clean.ts';
import { alternative, count, isHidden, isOn, isPlaceholder, isTicked, unwrapped } from './docx-body.ts';
import type { DocxStyles } from './docx-styles.ts';
import { child, childrenNamed, elements, textOf, type XmlNode } from './xml.ts';
import {
	instant,
	marksOf,
	type Sides,
	type SourceRun,
	type Look,
	type SourceParagraph,
	type SourceTable,
	type SourceItem,
	type TrackedChange,
} from './tracked-items.ts';

interface State extends Sides {
	change?: Pick<TrackedChange, 'kind' | 'author' | 'date'>;
	link?: string;
	/** The row's own change says it already. */
	inRow?: TrackedChange;
}

const SKIPPED = new Set(['w:pPr', 'w:rPr', 'w:sdtPr', 'w:instrText', 'w:delInstrText', 'w:ruby', 'w:commentReference']);
const KINDS: Record<string, TrackedChange['kind']> = {
	'w:ins': 'insert',
	'w:del': 'delete',
	'w:moveFrom': 'moveFrom',
	'w:moveTo': 'moveTo',
};
const UNCHANGED: State = { old: true, new: true };

export class TrackedSource {
	readonly changes: TrackedChange[] = [];
	/** Changes of formatting alone. */
	formatting = 0;
	readonly #styles: DocxStyles;
	readonly #links: ReadonlyMap<string, string>;
	/** One entry per open field; true while in its instruction, which is no text. */
	readonly #fields: boolean[] = [];
	readonly #notes: (Sides & { kind: string; id: string })[] = [];
	#boxes: SourceItem[] = [];
	#ordinal = 0;
	/** The change that the words before belonged to, within one paragraph. */
	#last: TrackedChange | undefined;

	/** @param links addresses of the relations, by their ids */
	constructor(styles: DocxStyles, links: ReadonlyMap<string, string>) {
		this.#styles = styles;
		this.#links = links;
	}

	/** Everything in a container: body, cell, text box. */
	items(container: XmlNode, state: State = UNCHANGED): SourceItem[] {
		return elements(container).flatMap((node) => this.#item(node, state));
	}

	/** Notes that the text refers to, in order, as `[1] text`. */
	notes(footnotes: XmlNode | null, endnotes: XmlNode | null): SourceItem[] {
		return this.#notes.flatMap(({ kind, id, ...sides }, at) => {
			const part = kind === 'w:footnote' ? footnotes : endnotes;
			const note = childrenNamed(part ?? undefined, kind).find((each) => each.attributes['w:id'] === id);
			const items = note ? this.items(note, sides) : [];
			const [first] = items;
			if (first?.kind === 'paragraph') first.runs.unshift({ run: { text: `[${at + 1}] ` }, ...sides });
			return items;
		});
	}

	#item(node: XmlNode, state: State): SourceItem[] {
		const kind = KINDS[node.name];
		if (kind) return this.items(node, this.#changed(state, kind, node));
		switch (node.name) {
			case 'w:p':
				return this.#paragraph(node, state);
			case 'w:tbl':
				return [this.#table(node, state)];
			case 'w:sdt':
				return isPlaceholder(node) ? [] : this.items(child(node, 'w:sdtContent') ?? node, state);
			case 'w:customXml':
			case 'w:smartTag':
				return this.items(node, state);
			case 'mc:AlternateContent':
				return this.items(alternative(node) ?? { ...node, children: [] }, state);
			default:
				return [];
		}
	}

	#paragraph(node: XmlNode, state: State): SourceItem[] {
		const properties = child(node, 'w:pPr');
		const marks = child(properties, 'w:rPr');
		const before = child(child(properties, 'w:pPrChange'), 'w:pPr');
		if (child(properties, 'w:pPrChange')) this.formatting += 1;
		const outer = this.#boxes;
		this.#boxes = [];
		this.#last = undefined;
		const look = this.#look(properties);
		const paragraph: SourceParagraph = {
			kind: 'paragraph',
			id: this.#id('d'),
			runs: [],
			mark: { old: state.old, new: state.new },
			look: { new: look, old: before ? this.#look(before) : look },
			language: child(marks, 'w:lang')?.attributes['w:bidi'] ?? '',
		};
		this.#inline(node, state, paragraph.runs);
		for (const [name, kind] of Object.entries(KINDS)) {
			const change = child(marks, name);
			if (!change) continue;
			const mark = this.#changed(state, kind, change);
			paragraph.mark = { old: paragraph.mark.old && mark.old, new: paragraph.mark.new && mark.new };
			const noted = this.#note(mark, '');
			if (noted) noted.paragraph = true;
		}
		const boxes = this.#boxes;
		this.#boxes = outer;
		return [paragraph, ...boxes];
	}

	#look(properties: XmlNode | undefined): Look {
		const { outline, numbering } = this.#styles.look(properties);
		const style = child(properties, 'w:pStyle')?.attributes['w:val'] ?? '';
		return { style, outline, numbering, rightToLeft: isOn(child(properties, 'w:bidi')) };
	}

	#inline(node: XmlNode, state: State, runs: SourceRun[]): void {
		for (const each of elements(node)) {
			const kind = KINDS[each.name];
			if (kind) this.#inline(each, this.#changed(state, kind, each), runs);
			else if (each.name === 'w:r') this.#run(each, state, runs);
			else if (each.name === 'w:hyperlink') this.#inline(each, { ...state, ...this.#link(each) }, runs);
			else if (!SKIPPED.has(each.name)) this.#element(each, state, runs, {});
		}
	}

	#run(node: XmlNode, state: State, runs: SourceRun[]): void {
		if (isHidden(node)) return;
		const properties = child(node, 'w:rPr');
		if (child(properties, 'w:rPrChange')) this.formatting += 1;
		const marks = marksOf(properties);
		for (const each of elements(node)) if (!SKIPPED.has(each.name)) this.#element(each, state, runs, marks);
	}

	#element(node: XmlNode, state: State, runs: SourceRun[], marks: Omit<Run, 'text'>): void {
		const add = (text: string) => this.#add(text, state, runs, marks);
		switch (node.name) {
			case 'w:t':
			case 'w:delText':
			case 'm:t':
				return add(textOf(node));
			case 'w:tab':
			case 'w:ptab':
				return add(' ');
			case 'w:br':
			case 'w:cr':
				return add('\n');
			case 'w:noBreakHyphen':
				return add('-');
			case 'w:sym':
				return add(symbolCharacter(parseInt(node.attributes['w:char'] ?? '', 16)));
			case 'w:fldChar':
				return this.#field(node, add);
			case 'w:footnoteReference':
			case 'w:endnoteReference': {
				const kind = node.name === 'w:footnoteReference' ? 'w:footnote' : 'w:endnote';
				this.#notes.push({ kind, id: node.attributes['w:id'] ?? '', old: state.old, new: state.new });
				return add(`[${this.#notes.length}]`);
			}
			case 'w:txbxContent':
				this.#boxes.push(...this.items(node, state));
				return;
			case 'w:sdt':
				return isPlaceholder(node) ? undefined : this.#inline(child(node, 'w:sdtContent') ?? node, state, runs);
			case 'mc:AlternateContent': {
				const chosen = alternative(node);
				return chosen && this.#inline(chosen, state, runs);
			}
			default:
				this.#inline(node, state, runs);
		}
	}

	#add(text: string, state: State, runs: SourceRun[], marks: Omit<Run, 'text'>): void {
		if (!text || this.#fields.includes(true)) return;
		this.#note(state, text);
		// What one inserted and another struck stands on neither side.
		if (!state.old && !state.new) return;
		const link = state.link ? { link: state.link } : {};
		runs.push({ run: { text, ...marks, ...link }, old: state.old, new: state.new });
	}

	#field(node: XmlNode, add: (text: string) => void): void {
		const type = node.attributes['w:fldCharType'];
		if (type === 'begin') {
			const box = child(child(node, 'w:ffData'), 'w:checkBox');
			if (box) add(isTicked(box) ? '☒' : '☐');
			this.#fields.push(true);
		} else if (type === 'separate' && this.#fields.length > 0) {
			this.#fields[this.#fields.length - 1] = false;
		} else if (type === 'end') this.#fields.pop();
	}

	#link(node: XmlNode): { link?: string } {
		const anchor = node.attributes['w:anchor'];
		const target = this.#links.get(node.attributes['r:id'] ?? '') ?? (anchor ? `#${anchor}` : undefined);
		return target ? { link: target } : {};
	}

	/** What stands inside of a change. Each change ends the one before, also one by the same hand. */
	#changed(state: State, kind: TrackedChange['kind'], { attributes }: XmlNode): State {
		const comes = kind === 'insert' || kind === 'moveTo';
		const change = { kind, author: attributes['w:author'] ?? '', date: instant(attributes['w:date']) };
		return { ...state, old: state.old && !comes, new: state.new && comes, change };
	}

	#note({ change, inRow }: State, text: string): TrackedChange | undefined {
		if (!change) {
			this.#last = undefined;
			return undefined;
		}
		if (inRow && inRow.kind === change.kind) {
			inRow.text += text;
			return undefined;
		}
		const last = this.#last;
		if (last && last.kind === change.kind && last.author === change.author && last.date === change.date) {
			last.text += text;
			return last;
		}
		this.#last = { ...change, text };
		this.changes.push(this.#last);
		return this.#last;
	}

	#table(node: XmlNode, state: State): SourceTable {
		const id = this.#id('t');
		return { kind: 'table', id, rows: unwrapped(node, 'w:tr').map((row) => this.#row(row, state)) };
	}

	#row(row: XmlNode, outer: State): SourceTable['rows'][number] {
		const properties = child(row, 'w:trPr');
		const [inserted, deleted] = [child(properties, 'w:ins'), child(properties, 'w:del')];
		let state = outer;
		if (inserted) state = this.#changed(state, 'insert', inserted);
		if (deleted) state = this.#changed(state, 'delete', deleted);
		if (state.change && state !== outer) {
			const inRow: TrackedChange = { ...state.change, text: '', row: true };
			this.changes.push(inRow);
			state = { ...state, inRow };
		}
		const blank = count(child(properties, 'w:gridBefore'), 0);
		const sides = { old: state.old, new: state.new };
		const cells = unwrapped(row, 'w:tc').map((cell) => this.#cell(cell, state));
		if (blank > 0) cells.unshift({ ...sides, span: blank, continued: true, items: [] });
		return { ...sides, cells };
	}

	#cell(cell: XmlNode, outer: State): SourceTable['rows'][number]['cells'][number] {
		const format = child(cell, 'w:tcPr');
		const [inserted, deleted] = [child(format, 'w:cellIns'), child(format, 'w:cellDel')];
		let state = outer;
		if (inserted) state = this.#changed(state, 'insert', inserted);
		if (deleted) state = this.#changed(state, 'delete', deleted);
		const merge = child(format, 'w:vMerge');
		return {
			old: state.old,
			new: state.new,
			span: Math.max(1, count(child(format, 'w:gridSpan'), 1)),
			continued: merge !== undefined && merge.attributes['w:val'] !== 'restart',
			items: this.items(cell, state),
		};
	}

	#id(letter: string): string {
		return letter + (this.#ordinal++).toString(36).padStart(7, '0');
	}
}
