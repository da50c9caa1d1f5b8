import type { Ctx } from '#kernel/ctx.ts';
import { actorOf, contextFor, endRequest } from '#kernel/request.ts';
import { personFields } from '#server/registry';
import { gatherDesk, type DeskView } from '../tisch/desk.server.ts';

export interface OpenGroup {
	group: DeskView['groups'][number]['group'];
	count: number;
	/** ISO day. */
	firstDue: string | null;
}

/**
 * What waits for a person: how much of it and until when, as their own desk counts it. Not what it is: a desk shows closed
 * matters and drafts that nobody else may read. The caller demands its permission.
 */
export async function openMatters(ctx: Ctx, personId: string): Promise<OpenGroup[]> {
	const { account_id: id } = await personFields(ctx, personId);
	if (!id) return [];
	const actor = await actorOf(ctx.db, { id, name: '' }, ctx.today);
	const theirs = contextFor(ctx.body, actor, ctx.locale);
	try {
		const { groups } = await gatherDesk(theirs);
		return groups.map(({ group, items }) => ({
			group,
			count: items.length,
			firstDue: items.flatMap(({ due }) => (due ? [due] : [])).toSorted()[0] ?? null,
		}));
	} finally {
		await endRequest(theirs);
	}
}
