/** One side of a Word document with tracked changes as blocks of the house's text format. */
import { DASH, DEEPEST, itemsOf, signOf } from '../text/lists.ts';
import type { DraftBlock, Inline } from '../text/schema.ts';
import type { DocxNumbering } from './docx-numbering.ts';
import type { Look, Sides, SourceItem, SourceParagraph, SourceTable } from './tracked-items.ts';

type DraftList = Extract<DraftBlock, { kind: 'list' }>;
type DraftWording = Extract<DraftBlock, { kind: 'wording' }>;

/** Styles by their ids in Word's English and German templates, and in our own files. */
const ROLES: Record<string, DraftWording['role']> = {
	Wording: 'operative',
	Quote: 'quote',
	IntenseQuote: 'quote',
	Zitat: 'quote',
	IntensivesZitat: 'quote',
};
const CAPTIONS = new Set(['Caption', 'Beschriftung']);
const MOST_COLUMNS = 20;
const MOST_ROWS = 2000;

export class DocxSide {
	readonly #side: keyof Sides;
	readonly #numbering: DocxNumbering;
	readonly #ids = new Set<string>();

	/** @param numbering counts for this side alone */
	constructor(side: keyof Sides, numbering: DocxNumbering) {
		this.#side = side;
		this.#numbering = numbering;
	}

	blocks(items: readonly SourceItem[]): DraftBlock[] {
		const writer = new Writer(this.#side, this.#numbering, this.#ids, (table) => this.#tables(table));
		for (const item of items) writer.add(item);
		return writer.end();
	}

	#tables(table: SourceTable): DraftBlock[] {
		const rows = table.rows.filter((row) => row[this.#side]).map((row) => this.#row(row));
		const [header, ...rest] = rows;
		if (!header) return [];
		const pieces = Array.from({ length: Math.max(1, Math.ceil(rest.length / MOST_ROWS)) }, (_, at) =>
			rest.slice(at * MOST_ROWS, (at + 1) * MOST_ROWS),
		);
		return pieces.map((piece, at) => ({ kind: 'table', id: table.id + (at || ''), header, rows: piece }));
	}

	#row(row: SourceTable['rows'][number]): Inline[] {
		const cells = row.cells
			.filter((cell) => cell[this.#side])
			.flatMap(({ span, continued, items }): Inline[] => [
				continued ? [] : joined(this.blocks(items).flatMap(linesOf), '\n'),
				...Array.from({ length: span - 1 }, (): Inline => []),
			]);
		if (cells.length <= MOST_COLUMNS) return cells.length ? cells : [[]];
		return [...cells.slice(0, MOST_COLUMNS - 1), joined(cells.slice(MOST_COLUMNS - 1), ' | ')];
	}
}

/** Puts paragraphs together to blocks: what was joined, lists, wording, captions. */
class Writer {
	readonly #side: keyof Sides;
	readonly #numbering: DocxNumbering;
	readonly #ids: Set<string>;
	readonly #tables: (table: SourceTable) => DraftBlock[];
	readonly #blocks: DraftBlock[] = [];
	/** Words whose paragraph mark is not on this side: they begin the next paragraph. */
	#pending: { id: string; content: Inline } | undefined;
	#list: { numId: string; block: DraftList } | undefined;
	#wording: DraftWording | undefined;
	#caption: { id: string; content: Inline } | undefined;
	/** Lists and wordings keep the id of the stretch of paragraphs that they come from, whichever of them is on this side. */
	#stretch = { key: '', id: '' };

	constructor(
		side: keyof Sides,
		numbering: DocxNumbering,
		ids: Set<string>,
		tables: (table: SourceTable) => DraftBlock[],
	) {
		this.#side = side;
		this.#numbering = numbering;
		this.#ids = ids;
		this.#tables = tables;
	}

	add(item: SourceItem): void {
		if (item.kind === 'table') return this.#table(item);
		const look = item.look[this.#side];
		const key = `${look.numbering?.numId ?? ''} ${ROLES[look.style] ?? ''}`;
		// Deeper items may count elsewhere: they are of the stretch above all the same.
		if (key !== this.#stretch.key && !(look.numbering?.level && this.#stretch.key))
			this.#stretch = { key, id: item.id };
		const content = item.runs.filter((run) => run[this.#side]).map(({ run }) => run);
		const before = this.#pending;
		const id = before?.content.length ? before.id : item.id;
		const whole = [...(before?.content ?? []), ...content];
		this.#pending = item.mark[this.#side] ? undefined : { id, content: whole };
		if (!this.#pending) this.#paragraph(id, whole, look, item);
	}

	end(): DraftBlock[] {
		this.#flush();
		return this.#blocks;
	}

	/** What waits for a paragraph or a table that does not come. */
	#flush(): void {
		const left = this.#pending;
		this.#pending = undefined;
		if (left?.content.length) this.#push({ kind: 'paragraph', id: left.id, content: left.content });
		const caption = this.#caption;
		this.#caption = undefined;
		if (caption) this.#push({ kind: 'paragraph', id: caption.id, content: caption.content });
	}

	#table(table: SourceTable): void {
		const caption = this.#caption;
		this.#caption = undefined;
		this.#flush();
		this.#wording = undefined;
		const [first, ...rest] = this.#tables(table);
		if (!first) {
			this.#caption = caption;
			return this.#flush();
		}
		this.#push(caption && first.kind === 'table' ? { ...first, caption: caption.content } : first);
		for (const block of rest) this.#push(block);
	}

	#paragraph(id: string, content: Inline, look: Look, source: SourceParagraph): void {
		if (CAPTIONS.has(look.style) && content.length) {
			this.#flush();
			this.#caption = { id, content };
			return;
		}
		if (this.#caption) this.#flush();
		const role = ROLES[look.style];
		if (this.#wording && this.#wording.role !== role) this.#wording = undefined;
		if (!content.some(({ text }) => text.trim())) return;
		const lang = look.rightToLeft && source.language ? { tag: source.language, dir: 'rtl' as const } : undefined;
		const base = { id, ...(lang ? { lang } : {}) };
		const label = look.numbering ? this.#label(look.numbering) : '';
		if (look.outline !== null) {
			this.#push({ ...base, kind: 'heading', level: Math.min(4, look.outline + 1), content: labelled(label, content) });
			return;
		}
		const file = /^#file-([\w-]{1,100})$/.exec(content[0]?.link ?? '')?.[1];
		if (file && look.style === 'Attachment') {
			this.#push({ ...base, kind: 'attachment', file, title: content.map(({ text }) => text).join('') });
			return;
		}
		if (role && !this.#wording) this.#openWording(role, id);
		if (!look.numbering || !this.#item(look.numbering, label, content, base)) {
			this.#push({ ...base, kind: 'paragraph', content: labelled(label, content) });
		}
	}

	/** Adds an item to a list of bullets or figures. @returns false for other labels, which stay as words */
	#item(place: NonNullable<Look['numbering']>, label: string, content: Inline, base: object): boolean {
		if (place.level && this.#list) {
			this.#deeper(this.#list.block, place.level, label, content);
			return true;
		}
		const open = this.#list?.numId === place.numId ? this.#list.block : undefined;
		const figure = /^\(?(\d{1,4})[.)]{0,2} ?$/.exec(label)?.[1];
		const bullet = /^[^\p{L}\p{N}§] ?$/u.test(label);
		if (!bullet && figure === undefined) return false;
		const number = Number(figure ?? 0);
		if (open && (bullet ? !open.ordered : open.ordered && number === (open.start ?? 1) + ownItems(open))) {
			open.items.push(content);
			open.deeper?.push(null);
			return true;
		}
		const start = number > 1 ? { start: number } : {};
		const id = this.#unused(`l${this.#stretch.id}`, base);
		const block: DraftList = { ...base, id, kind: 'list', ordered: !bullet, ...start, items: [content] };
		this.#push(block);
		this.#list = { numId: place.numId, block };
		return true;
	}

	/** An item below those of the list, with its sign; one with another sign stays a line of the item above. */
	#deeper(list: DraftList, depth: number, label: string, content: Inline): void {
		const sign = /^[^\p{L}\p{N}§]$|^o$/u.test(label.trim()) ? DASH : signOf(label);
		if (!sign) {
			list.items.at(-1)?.push({ text: '\n' }, ...labelled(label, content));
			return;
		}
		list.deeper ??= list.items.map(() => null);
		list.items.push(content);
		list.deeper.push({ depth: Math.min(depth, DEEPEST), sign });
	}

	#openWording(role: DraftWording['role'], id: string): void {
		const wording: DraftWording = {
			kind: 'wording',
			id: this.#unused(`w${this.#stretch.id}`, { id: `w${id}` }),
			role,
			blocks: [],
		};
		this.#push(wording);
		this.#wording = wording;
	}

	#unused(id: string, base: { id?: string }): string {
		const free = this.#ids.has(id) ? (base.id ?? id) : id;
		this.#ids.add(free);
		return free;
	}

	#push(block: DraftBlock): void {
		this.#list = undefined;
		if (this.#wording && (block.kind === 'paragraph' || block.kind === 'list')) this.#wording.blocks.push(block);
		else {
			this.#wording = undefined;
			this.#blocks.push(block);
		}
	}

	#label({ numId, level, style }: NonNullable<Look['numbering']>): string {
		const at = level ?? (style === null ? 0 : this.#numbering.levelOfStyle(numId, style));
		return this.#numbering.label({ numId, level: at });
	}
}

function ownItems({ items, deeper }: DraftList): number {
	return items.filter((_, at) => !deeper?.[at]).length;
}

function labelled(label: string, content: Inline): Inline {
	return label ? [{ text: label }, ...content] : content;
}

function joined(lines: Inline[], between: string): Inline {
	return lines.flatMap((line, at): Inline => (at ? [{ text: between }, ...line] : line));
}

/** A cell's blocks as lines: cells hold words alone. */
function linesOf(block: DraftBlock): Inline[] {
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			return [block.content];
		case 'list':
			return itemsOf(block).map(({ content, depth, sign }) =>
				labelled(depth || block.ordered ? `${sign} ` : '• ', content),
			);
		case 'wording':
			return block.blocks.flatMap(linesOf);
		case 'table':
			return [
				...(block.caption ? [block.caption] : []),
				...[block.header, ...block.rows].map((row) => joined(row, ' | ')),
			];
		case 'attachment':
			return [[{ text: block.title }]];
	}
}
