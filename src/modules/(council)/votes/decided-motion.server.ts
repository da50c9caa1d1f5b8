/** What follows for a motion, and for its item, from a vote that is closed or does not stand. */
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { LockedItem } from './item.server.ts';
import { motionsOf, type Motion } from './motions.server.ts';
import { settledBy } from './rules/order.ts';

interface ClosedVote {
	id: string;
	item: LockedItem;
	motionId: string | null;
	councilBodyId: string;
	text: string;
}

/** A motion is decided when every body of the session has voted on it: adopted by all, or rejected. */
export async function decideMotion(tx: WriteCtx, vote: ClosedVote, adopted: boolean): Promise<void> {
	const votes = await tx.db
		.selectFrom('council.vote')
		.select(['adopted', 'council_body_id'])
		.where('motion_id', '=', vote.motionId!)
		.where('state', '=', 'closed')
		.execute();
	const all = await motionsOf(tx, vote.item.id);
	const motion = all.find(({ id }) => id === vote.motionId)!;
	if (adopted && motion.kind === 'main') await insertResolution(tx, vote);
	if (vote.item.session.bodies.some((id) => !votes.some((row) => row.council_body_id === id))) return;
	const together = votes.every((row) => row.adopted);
	await tx.db
		.updateTable('council.motion')
		.set({ state: together ? 'adopted' : 'rejected', decided_at: tx.now })
		.where('id', '=', motion.id)
		.execute();
	const settled = settledBy(all, motion.id, together).map(({ id }) => id);
	if (settled.length)
		await tx.db
			.updateTable('council.motion')
			.set({ state: 'settled', decided_at: tx.now })
			.where('id', 'in', settled)
			.execute();
	await summariseItem(tx, vote.item.id);
}

/** What was adopted as it reads at last. A body that only advises recommends (GRE-23). */
async function insertResolution(tx: WriteCtx, vote: ClosedVote): Promise<void> {
	const body = await tx.db
		.selectFrom('council.council_body')
		.select('advisory')
		.where('id', '=', vote.councilBodyId)
		.executeTakeFirstOrThrow();
	await tx.db
		.insertInto('council.resolution')
		.values({
			id: newId(),
			agenda_item_id: vote.item.id,
			vote_id: vote.id,
			council_body_id: vote.councilBodyId,
			text: vote.text,
			kind: body.advisory ? 'recommendation' : 'decision',
		})
		.execute();
}

/** The result of the item as its main motions say; one that the office set by hand (postponed, noted) is kept. */
async function summariseItem(tx: WriteCtx, itemId: string): Promise<void> {
	const motions = await motionsOf(tx, itemId);
	const mains = motions.filter(({ kind }) => kind === 'main');
	const adopted = mains.find(({ state }) => state === 'adopted');
	const changed = motions.some(({ amendsId, state }) => adopted && amendsId === adopted.id && state === 'adopted');
	const rejected = mains.some(({ state }) => state === 'rejected') && mains.every(({ state }) => state !== 'open');
	const result = adopted ? (changed ? 'adoptedChanged' : 'adopted') : rejected ? 'rejected' : null;
	const own = ['adopted', 'adoptedChanged', 'rejected'];
	await tx.db
		.updateTable('council.agenda_item')
		.set({ result })
		.where('id', '=', itemId)
		.where((eb) => eb.or([eb('result', 'is', null), eb('result', 'in', own)]))
		.execute();
}

/** What followed from a vote that does not stand is taken back: the motion is open again, and what it had settled. */
export async function reopenMotion(tx: WriteCtx, vote: ClosedVote): Promise<void> {
	const all = await motionsOf(tx, vote.item.id);
	const motion = all.find(({ id }) => id === vote.motionId)!;
	if (motion.state !== 'adopted' && motion.state !== 'rejected') return;
	const asOpen = all.map((one): Motion => (one.state === 'settled' ? { ...one, state: 'open' } : one));
	const again = settledBy(asOpen, motion.id, motion.state === 'adopted').map(({ id }) => id);
	const ids = [
		motion.id,
		...all.filter(({ id, state }) => state === 'settled' && again.includes(id)).map(({ id }) => id),
	];
	await tx.db.updateTable('council.motion').set({ state: 'open', decided_at: null }).where('id', 'in', ids).execute();
	await summariseItem(tx, vote.item.id);
}
