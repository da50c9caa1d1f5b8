/** Old, new, origin, decision: the table on which a body sees what was proposed and what became of it. */
import { diffWords } from '../diff.ts';
import type { Words } from '../diff.ts';
import { itemsOf } from '../lists.ts';
import { plainOf } from '../plain.ts';
import { normalise } from '../normalise.ts';
import type { Block, Inline, TextDocument } from '../schema.ts';
import { besides, outcomeOf, passagesIn } from './merge.ts';
import type { Decision, Merge, Standing } from './merge.ts';
import { whereabouts } from './passage.ts';
import type { Whereabouts } from './passage.ts';

export interface SynopsisRow {
	/** Id of the change; none for own wording. */
	change?: string;
	where: Whereabouts;
	/** The passage as it is, with what would be struck marked as `delete`. Empty where something is added. */
	old: Words[];
	/** The passage as it would be, with what comes marked as `insert`. Empty where something is struck. */
	new: Words[];
	/** Ids of the proposals that want this. Empty: wording found in the merge. */
	proposals: string[];
	/** Ids of the changes that can't stand beside this one. */
	collidesWith: string[];
	standing: Standing;
	/** Who decided, and when. */
	decision?: Decision;
	/** The change moves a block; its old place is left out of `old`. */
	moved?: true;
}

/** One row for each change and each own wording, in the order of the text. */
export function synopsisOf(merge: Merge): SynopsisRow[] {
	const { standing, decidedBy, own } = outcomeOf(merge);
	const rows = merge.changes.map((change) => {
		const { passage, before, after } = besides(merge, [change]);
		const decision = decidedBy.get(change.id);
		const row: SynopsisRow = {
			change: change.id,
			where: whereabouts(merge.strand, passage),
			...sides(before, after[0]),
			proposals: change.proposals,
			collidesWith: change.collidesWith,
			standing: standing.get(change.id) ?? 'open',
			...(decision ? { decision } : {}),
			...(change.edits.length > 1 ? { moved: true as const } : {}),
		};
		return { from: passage.from, row };
	});
	const said = own.map(({ edit, decision }) => {
		const { passage, before, after } = passagesIn(merge, [edit], [[edit]]);
		const row: SynopsisRow = {
			where: whereabouts(merge.strand, passage),
			...sides(before, after[0]),
			proposals: [],
			collidesWith: [],
			standing: 'accepted',
			decision,
		};
		return { from: passage.from, row };
	});
	return [...rows, ...said].sort((x, y) => x.from - y.from).map(({ row }) => row);
}

function sides(before: TextDocument, after: TextDocument | undefined): Pick<SynopsisRow, 'old' | 'new'> {
	const words = diffWords(inlineOf(before.blocks), inlineOf(after?.blocks ?? []));
	return { old: words.filter(({ op }) => op !== 'insert'), new: words.filter(({ op }) => op !== 'delete') };
}

/** Blocks as one run of words with line ends, for a cell of a table. */
export function inlineOf(blocks: readonly Block[]): Inline {
	return blocks.flatMap(linesOf).flatMap((line, at): Inline => (at ? [{ text: '\n' }, ...line] : line));
}

function linesOf(block: Block): Inline[] {
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			return [block.content];
		case 'list':
			return itemsOf(block).map(({ content, sign }) => [{ text: `${sign} ` }, ...content]);
		case 'wording':
			return block.blocks.flatMap(linesOf);
		case 'table':
			return [block.header, ...block.rows].map((row) => [{ text: row.map(plainOf).join(' | ') }]);
		case 'attachment':
			return [[{ text: block.title }]];
	}
}

/** Words of the table's frame; all in the language of the document. */
export interface SynopsisWords {
	columns: [place: string, old: string, fresh: string, origin: string, decision: string];
	caption: string;
	place(where: Whereabouts): string;
	origin(proposals: string[]): string;
	decision(row: SynopsisRow): string;
	/** For a cell without words: nothing stood there, or nothing shall stand there. */
	none: string;
}

/** The synopsis as a text with one table, for PDF, OpenDocument and Word: what differs stands in bold on both sides. */
export function synopsisText(rows: readonly SynopsisRow[], words: SynopsisWords): TextDocument {
	const plain = (text: string): Inline => [{ text }];
	const marked = (side: Words[]): Inline => {
		const runs = side.flatMap(({ op, content }) =>
			content.map(({ bold, ...run }) => (op === 'same' ? run : { ...run, bold: true as const })),
		);
		return runs.length ? runs : plain(words.none);
	};
	const table = {
		kind: 'table' as const,
		caption: plain(words.caption),
		header: words.columns.map(plain),
		rows: rows.map((row) => [
			plain(words.place(row.where)),
			marked(row.old),
			marked(row.new),
			plain(words.origin(row.proposals)),
			plain(words.decision(row)),
		]),
	};
	let count = 0;
	return normalise({ blocks: [table] }, { newId: () => `s${String(count++).padStart(8, '0')}` });
}
