import type { Ctx } from '#kernel/ctx.ts';
import { openMerge, type Merge } from '#kernel/text/amend/merge.ts';
import { diffBlocks } from '#kernel/text/diff.ts';
import { diffViewToHtml, viewDiff } from '#kernel/text/diff-view.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { amendmentRows, type AmendmentRow, type Base } from './base.server.ts';
import { carryOver } from './carry.ts';
import type { AmendmentView } from './view.ts';
import { diffWords } from './words.ts';

/** An amendment set on the version in force. */
export interface Carried extends AmendmentRow {
	carried: AmendmentRow['proposed'];
	lost: number;
}

/**
 * Amendments of a paper that this actor may read, each set on the version in force; those that are settled stay on the one they
 * were written on. One query.
 */
export async function carriedAmendments(
	ctx: Pick<Ctx, 'db' | 'body' | 'actor' | 'today'>,
	base: Base,
): Promise<Carried[]> {
	return carriedAll(base, await amendmentRows(ctx, base.id));
}

function carriedAll(base: Base, rows: readonly AmendmentRow[]): Carried[] {
	return rows.map((row) => (row.settled ? asWritten(row) : carriedTo(base, row)));
}

/** Sets an amendment on a version of its paper. */
export function carriedTo(base: Pick<Base, 'version' | 'operative'>, row: AmendmentRow): Carried {
	if (row.baseVersion === base.version) return asWritten(row);
	const { proposed, lost } = carryOver(row.written, base.operative, row.proposed);
	return { ...row, carried: proposed, lost };
}

function asWritten(row: AmendmentRow): Carried {
	return { ...row, carried: row.proposed, lost: 0 };
}

/** Those that wait for a decision. */
export function waiting(amendments: readonly Carried[]): Carried[] {
	return amendments.filter(({ state, reference, settled }) => state === 'filed' && reference && !settled);
}

/** Amendments brought together with the base, nothing decided; the proposals' ids are their numbers. */
export function mergeOf(base: Pick<Base, 'operative'>, amendments: readonly Carried[]): Merge {
	const hash = documentHash(base.operative);
	return openMerge(
		base.operative,
		amendments.map(({ reference, carried }) => ({ id: reference ?? '', base: hash, text: carried })),
	);
}

/** What the page of a paper's amendments shows. */
export function amendmentViews(base: Base, rows: readonly AmendmentRow[]): AmendmentView[] {
	const all = carriedAll(base, rows);
	const merge = mergeOf(base, waiting(all));
	const byId = new Map(merge.changes.map((change) => [change.id, change]));
	return all.map((row) => {
		const view = viewDiff(diffBlocks((row.settled ? row.written : base.operative).blocks, row.carried.blocks));
		const own = row.settled ? [] : merge.changes.filter(({ proposals }) => proposals.includes(row.reference ?? ''));
		const against = own.flatMap(({ collidesWith }) => collidesWith.flatMap((id) => byId.get(id)?.proposals ?? []));
		return {
			slug: row.slug,
			reference: row.reference,
			title: row.title,
			state: row.state,
			originators: row.originators,
			baseVersion: row.baseVersion,
			lost: row.lost,
			settled: row.settled,
			inserted: view.inserted,
			deleted: view.deleted,
			moved: view.moved,
			html: diffViewToHtml(view, diffWords(`${row.slug}-`)),
			against: [...new Set(against)].sort(),
			source: row.source,
		};
	});
}
