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

/** Amendments of a paper that this actor may read, each set on the version in force. One query. */
export async function carriedAmendments(
	ctx: Pick<Ctx, 'db' | 'body' | 'actor' | 'today'>,
	base: Base,
): Promise<Carried[]> {
	const rows = await amendmentRows(ctx, base.id);
	return rows.map((row) => {
		if (row.baseVersion === base.version) return { ...row, carried: row.proposed, lost: 0 };
		const { proposed, lost } = carryOver(row.written, base.operative, row.proposed);
		return { ...row, carried: proposed, lost };
	});
}

/** Filed amendments brought together with the base, nothing decided; the proposals' ids are their numbers. */
export function mergeOf(base: Pick<Base, 'operative'>, amendments: readonly Carried[]): Merge {
	const hash = documentHash(base.operative);
	const filed = amendments.filter(({ state, reference }) => state === 'filed' && reference);
	return openMerge(
		base.operative,
		filed.map(({ reference, carried }) => ({ id: reference ?? '', base: hash, text: carried })),
	);
}

/** What the page of a paper's amendments shows. One query. */
export async function amendmentViews(ctx: Ctx, base: Base): Promise<AmendmentView[]> {
	const all = await carriedAmendments(ctx, base);
	const merge = mergeOf(base, all);
	const byId = new Map(merge.changes.map((change) => [change.id, change]));
	return all.map((row) => {
		const view = viewDiff(diffBlocks(base.operative.blocks, row.carried.blocks));
		const own = merge.changes.filter(({ proposals }) => proposals.includes(row.reference ?? ''));
		const against = own.flatMap(({ collidesWith }) => collidesWith.flatMap((id) => byId.get(id)?.proposals ?? []));
		return {
			slug: row.slug,
			reference: row.reference,
			title: row.title,
			state: row.state,
			originators: row.originators,
			baseVersion: row.baseVersion,
			lost: row.lost,
			inserted: view.inserted,
			deleted: view.deleted,
			moved: view.moved,
			html: diffViewToHtml(view, diffWords(`${row.slug}-`)),
			against: [...new Set(against)].sort(),
			source: row.source,
		};
	});
}
