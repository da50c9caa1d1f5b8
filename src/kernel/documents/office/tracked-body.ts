/** The body of a Word file from marked tokens: paragraphs, lists and tables with w:ins and w:del. */
import { sameMarks } from '../../text/normalise-inline.ts';
import type { Opener } from '../../text/amend/strand.ts';
import type { Deeper, Run } from '../../text/schema.ts';
import { xml } from '../../text/xml.ts';
import { Lists, numberingOf, type Numbered } from './docx-lists.ts';
import { runXml, style } from './docx.ts';
import type { Body } from './docx.ts';
import type { Marked, Trace } from './tracked.ts';

type BlockOpener = Extract<Opener, { open: 'block' }>;
type Mark = Pick<Marked, 'op' | 'by'>;
type MarkedRun = Mark & { run: Run };

interface Cell {
	runs: MarkedRun[];
}

interface Table extends Mark {
	caption: MarkedRun[];
	rows: (Mark & { cells: Cell[] })[];
}

/** What a paragraph is beside its words. */
interface Look {
	style: string;
	list: Numbered | undefined;
}

interface Paragraph extends Mark {
	look: Look;
	old?: Look;
	/** Who changed the place of an item. */
	placedBy?: Trace;
	lang?: BlockOpener['lang'];
	runs: MarkedRun[];
}

/** What texts need beyond the styles of every file. */
const STYLES = [
	style(
		'Heading4',
		'heading 4',
		'<w:keepNext/><w:spacing w:before="120" w:after="60"/>',
		'<w:i/>',
		'<w:outlineLvl w:val="3"/>',
	),
	style('TableHead', 'Table Head', '<w:keepNext/>', '<w:b/>'),
	style('Attachment', 'Attachment', '', '<w:i/>'),
].join('');

const SAME: Mark = { op: 'same' };

export class TrackedBody {
	readonly #lists = new Lists();
	readonly #links: string[] = [];
	#body = '';
	#changes = 0;
	#block: (Marked & { token: BlockOpener }) | undefined;
	/** The list numbers of the open list, now and before its form changed. */
	#numbers: { now?: number; before?: number } = {};
	#wording: (Marked & { token: BlockOpener }) | undefined;
	/** Two wordings with nothing between them would be read as one. */
	#wordingEnds = true;
	#paragraph: Paragraph | undefined;
	#table: Table | undefined;
	#words: MarkedRun[] | undefined;

	add(marked: Marked): void {
		const { token, op, by } = marked;
		const mark = by ? { op, by } : { op };
		switch (token.open) {
			case 'block':
				return this.#open({ ...marked, token });
			case 'item':
				return this.#item(token.deeper, marked);
			case 'row':
				this.#table?.rows.push({ ...mark, cells: [] });
				this.#words = undefined;
				return;
			case 'cell':
				this.#words = [];
				this.#table?.rows.at(-1)?.cells.push({ runs: this.#words });
				return;
			case 'caption':
				this.#words = this.#table?.caption;
				return;
			default:
				this.#words?.push({ ...mark, run: token.run });
		}
	}

	/** The finished body with what belongs to it. */
	end(): Body {
		this.#flush();
		return { body: this.#body, lists: this.#lists, links: this.#links, styles: STYLES };
	}

	/** An item at its place; one whose place or sign changed shows where it was. */
	#item(deeper: Deeper | undefined, { op, by, old }: Marked): void {
		const { look, old: before = look } = this.#look();
		const now = this.#placed(look, deeper);
		const was = this.#placed(before, old?.open === 'item' ? old.deeper : deeper);
		const mark = by && !old ? { op, by } : { op };
		const moved = old?.open === 'item' && by ? { placedBy: by } : {};
		this.#begin({ ...mark, ...moved, look: now, old: was, runs: [] });
	}

	#placed(look: Look, deeper: Deeper | undefined): Look {
		if (!deeper) return look;
		return { ...look, list: { number: this.#lists.deeper(deeper, { alone: true }), level: deeper.depth } };
	}

	#open(marked: Marked & { token: BlockOpener }): void {
		this.#flush();
		const { token, op, by, old } = marked;
		this.#block = marked;
		if (!token.inner) this.#wording = undefined;
		const mark = by && !old ? { op, by } : { op };
		const lang = token.lang ? { lang: token.lang } : {};
		switch (token.kind) {
			case 'wording':
				if (!this.#wordingEnds) this.#body += '<w:p/>';
				this.#wording = marked;
				this.#wordingEnds = false;
				return;
			case 'table':
				this.#table = { ...mark, caption: [], rows: [] };
				return;
			case 'list':
				this.#numbers = {
					now: this.#number(token),
					...(old?.open === 'block' && old.kind === 'list' ? { before: this.#number(old) } : {}),
				};
				return;
			case 'attachment':
				this.#begin({ ...mark, ...this.#look(), runs: [] });
				return this.#title(marked);
			default:
				return this.#begin({ ...mark, ...this.#look(), ...lang, runs: [] });
		}
	}

	/** An attachment's title is no word of the text; a new one goes and comes as a whole. The link names the file. */
	#title({ token, op, by, old }: Marked & { token: BlockOpener }): void {
		const title = ({ form }: BlockOpener): Run => ({ text: form.title ?? '', link: `#file-${form.file}` });
		const trace = by ? { by } : {};
		if (old?.open === 'block') this.#words?.push({ op: 'delete', ...trace, run: title(old) });
		this.#words?.push({ op: old ? 'insert' : op, ...trace, run: title(token) });
	}

	#number(list: BlockOpener): number {
		return list.form.ordered ? this.#lists.ordered(list.form.start ?? 1) : this.#lists.bullets();
	}

	/** The look that block and wording give to a paragraph, and the one before the form of either changed. */
	#look(): Pick<Paragraph, 'look' | 'old'> & Partial<Mark> {
		const block = this.#block;
		if (!block) return { look: { style: '', list: undefined } };
		const wording = block.token.inner ? this.#wording : undefined;
		const look = { style: styleOf(block.token, wording?.token), list: this.#numberOf(block.token, false) };
		if (!block.old && !wording?.old) return { look };
		const before = block.old?.open === 'block' ? block.old : block.token;
		const frame = wording?.old?.open === 'block' ? wording.old : wording?.token;
		return { look, old: { style: styleOf(before, frame), list: this.#numberOf(before, Boolean(block.old)) } };
	}

	#numberOf({ kind }: BlockOpener, before: boolean): Numbered | undefined {
		if (kind !== 'list') return undefined;
		const number = before ? (this.#numbers.before ?? this.#numbers.now) : this.#numbers.now;
		return number === undefined ? undefined : { number, level: 0 };
	}

	#begin(paragraph: Paragraph): void {
		this.#flush();
		const { token } = this.#block ?? {};
		const lang = token?.kind === 'list' && token.lang ? { lang: token.lang } : {};
		this.#paragraph = { ...paragraph, ...lang };
		this.#words = this.#paragraph.runs;
	}

	#flush(): void {
		const [paragraph, table] = [this.#paragraph, this.#table];
		this.#paragraph = this.#table = this.#words = undefined;
		if (paragraph) this.#body += this.#paragraphXml(paragraph);
		if (table) this.#body += this.#tableXml(table);
		if ((table && table.op === 'same') || (paragraph?.op === 'same' && !this.#wording)) this.#wordingEnds = true;
	}

	#paragraphXml({ look, old, placedBy, lang, runs, op, by }: Paragraph): string {
		const trace = placedBy ?? this.#block?.by ?? this.#wording?.by ?? by;
		const mark = `${this.#traceXml(op, by)}${lang ? `<w:lang w:val="${xml(lang.tag)}" w:bidi="${xml(lang.tag)}"/>` : ''}`;
		const change =
			old && trace && lookXml(old) !== lookXml(look)
				? `<w:pPrChange ${this.#attributes(trace)}><w:pPr>${lookXml(old)}</w:pPr></w:pPrChange>`
				: '';
		const bidi = lang?.dir === 'rtl' ? '<w:bidi/>' : '';
		const properties = `${lookXml(look)}${bidi}${mark ? `<w:rPr>${mark}</w:rPr>` : ''}${change}`;
		return `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}${this.#runsXml(runs)}</w:p>`;
	}

	#tableXml(table: Table): string {
		const caption = table.caption.length
			? this.#paragraphXml({ ...SAME, look: { style: 'Caption', list: undefined }, runs: table.caption })
			: '';
		const width = Math.max(1, ...table.rows.map(({ cells }) => cells.length));
		const rows = table.rows.map(({ op, by, cells }, at) => {
			const properties = `${at === 0 ? '<w:tblHeader/>' : ''}${this.#traceXml(op, by)}`;
			const look = { style: at === 0 ? 'TableHead' : '', list: undefined };
			const inside = cells.map(
				({ runs }) =>
					`<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${this.#paragraphXml({ ...SAME, look, runs })}</w:tc>`,
			);
			return `<w:tr>${properties ? `<w:trPr>${properties}</w:trPr>` : ''}${inside.join('')}</w:tr>`;
		});
		return `${caption}<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>${'<w:gridCol/>'.repeat(width)}</w:tblGrid>${rows.join('')}</w:tbl><w:p/>`;
	}

	#runsXml(runs: readonly MarkedRun[]): string {
		const groups: { mark: Mark; runs: Run[] }[] = [];
		for (const { op, by, run } of runs) {
			const group = groups.at(-1);
			if (!group || group.mark.op !== op || !sameTrace(group.mark.by, by)) {
				groups.push({ mark: by ? { op, by } : { op }, runs: [{ ...run }] });
				continue;
			}
			const last = group.runs.at(-1);
			if (last && sameMarks(last, run)) last.text += run.text;
			else group.runs.push({ ...run });
		}
		return groups.map(({ mark, runs: words }) => this.#groupXml(mark, words)).join('');
	}

	#groupXml({ op, by }: Mark, runs: Run[]): string {
		const pieces = runs.map((run) => {
			const inside = op === 'delete' ? runXml(run, 'w:delText') : runXml(run);
			const changed =
				op === 'same' || !by ? inside : `<w:${name(op)} ${this.#attributes(by)}>${inside}</w:${name(op)}>`;
			return run.link ? `<w:hyperlink ${this.#target(run.link)}>${changed}</w:hyperlink>` : changed;
		});
		return pieces.join('');
	}

	#target(link: string): string {
		if (link.startsWith('#')) return `w:anchor="${xml(link.slice(1))}"`;
		if (!this.#links.includes(link)) this.#links.push(link);
		return `r:id="l${this.#links.indexOf(link) + 1}"`;
	}

	#traceXml(op: Mark['op'], by: Trace | undefined): string {
		return op === 'same' || !by ? '' : `<w:${name(op)} ${this.#attributes(by)}/>`;
	}

	#attributes({ author, date }: Trace): string {
		return `w:id="${++this.#changes}" w:author="${xml(author)}" w:date="${xml(date)}"`;
	}
}

function name(op: Mark['op']): string {
	return op === 'insert' ? 'ins' : 'del';
}

function sameTrace(a: Trace | undefined, b: Trace | undefined): boolean {
	return a?.author === b?.author && a?.date === b?.date;
}

function lookXml({ style, list }: Look): string {
	const numbering = list ? numberingOf(list) : '';
	return `${style ? `<w:pStyle w:val="${style}"/>` : ''}${numbering}`;
}

function styleOf({ kind, form }: BlockOpener, wording: BlockOpener | undefined): string {
	if (kind === 'heading') return `Heading${form.level ?? 1}`;
	if (kind === 'attachment') return 'Attachment';
	if (!wording) return '';
	return wording.form.role === 'quote' ? 'Quote' : 'Wording';
}
