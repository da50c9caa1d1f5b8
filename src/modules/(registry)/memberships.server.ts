import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';

export type EndReason =
	'mandateLost' | 'resigned' | 'recalled' | 'movedAway' | 'died' | 'ineligible' | 'termEnd' | 'leftGroup' | 'other';

export type MembershipPost = 'chair' | 'deputyChair' | 'board' | 'managingOffice' | 'speaker';

/**
 * Ends a membership: `until` is the first day that no longer counts. Null opens it again.
 * @throws NotFound; the database refuses an end before the beginning
 */
export async function endMembership(
	tx: WriteCtx,
	id: string,
	{ until, reason }: { until: Temporal.PlainDate | null; reason: EndReason | null },
): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await change(tx, id, { until_date: until, end_reason: reason });
	const act = until ? 'ended' : 'reopened';
	tx.touch('registry.membership', id, { act, fields: { until: until?.toString() ?? null } });
}

/** A designated membership takes effect (rulebook R1-14). @throws NotFound */
export async function beginMembership(tx: WriteCtx, id: string, from: Temporal.PlainDate): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await change(tx, id, { from_date: from });
	tx.touch('registry.membership', id, { act: 'begun', fields: { from: from.toString() } });
}

/** Gives a membership a post, or takes it away. @throws NotFound */
export async function setPost(tx: WriteCtx, id: string, post: MembershipPost | null): Promise<void> {
	demand(tx.actor, 'registry.edit');
	await change(tx, id, { post });
	tx.touch('registry.membership', id, { act: 'postChanged', fields: { post } });
}

async function change(
	tx: WriteCtx,
	id: string,
	values: {
		until_date?: Temporal.PlainDate | null;
		end_reason?: EndReason | null;
		from_date?: Temporal.PlainDate;
		post?: MembershipPost | null;
	},
): Promise<void> {
	const changed = await tx.db
		.updateTable('registry.membership')
		.set({ ...values, modified_at: tx.now })
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (!changed) throw new NotFound('membership');
}

/** Removes a membership that never took effect. @throws NotFound when it is in force or was */
export async function removeDesignation(tx: WriteCtx, id: string): Promise<void> {
	demand(tx.actor, 'registry.edit');
	const gone = await tx.db
		.deleteFrom('registry.membership')
		.where('id', '=', id)
		.where('from_date', 'is', null)
		.returning('id')
		.executeTakeFirst();
	if (!gone) throw new NotFound('designated membership');
	tx.touch('registry.membership', id, { act: 'removed', deleted: true });
}
