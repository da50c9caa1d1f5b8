import { createHash } from 'node:crypto';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { lockItem, told, type LockedItem } from './item.server.ts';
import type { MotionKind, MotionState, OrderedMotion } from './rules/order.ts';
import type { MotionGiven } from './schema.ts';

export interface Motion extends OrderedMotion {
	text: string;
	amendedText: string | null;
	councilBodyId: string;
}

/**
 * Puts a motion in its exact wording (rulebook R2-60). An amendment names an open main motion of the same item. One that is
 * open in the same words is given back.
 * @returns its id
 * @throws NotFound, Forbidden without `council.edit`, RuleViolation `council_votes_not_running`, `council_votes_amends_what`
 */
export async function putMotion(tx: WriteCtx, given: MotionGiven): Promise<string> {
	const item = await lockItem(tx, given.item);
	const there = await motionsOf(tx, item.id);
	const amends = given.kind === 'amendment' ? there.find(({ id }) => id === given.amends) : undefined;
	if (given.kind === 'amendment' && (amends?.kind !== 'main' || amends.state !== 'open'))
		throw new RuleViolation('council_votes_amends_what', {}, 'amends');
	// The same form sent twice, or the same words moved by somebody else: it is one motion.
	const same = there.find(
		({ kind, amendsId, text, state }) =>
			state === 'open' && kind === given.kind && amendsId === (amends?.id ?? null) && text === given.text,
	);
	if (same) return same.id;
	const id = given.motion ?? newId();
	if (given.motion && (await motionItem(tx, id))) throw new Conflict('motion');
	await tx.db
		.insertInto('council.motion')
		.values({
			id,
			agenda_item_id: item.id,
			council_body_id: item.session.councilBodyId,
			position: there.length ? Math.max(...there.map(({ position }) => position)) + 1 : 0,
			kind: given.kind,
			amends_id: amends?.id ?? null,
			reach: given.reach,
			text: given.text,
			mover_attendance_id: given.mover ? await rowOf(tx, item, given.mover) : null,
			mover_name: given.moverName,
			moved_at: tx.now,
		})
		.execute();
	told(tx, item, 'motionPut', { motion: id, kind: given.kind });
	return id;
}

/** Takes an open motion back; an amendment that leads nowhere any more goes with it. Twice changes nothing. */
export async function withdrawMotion(tx: WriteCtx, id: string): Promise<void> {
	await changeState(tx, id, 'open', 'withdrawn', 'motionWithdrawn');
}

/** The way back from withdrawing. */
export async function restoreMotion(tx: WriteCtx, id: string): Promise<void> {
	await changeState(tx, id, 'withdrawn', 'open', 'motionRestored');
}

async function changeState(
	tx: WriteCtx,
	id: string,
	from: MotionState,
	to: MotionState,
	act: 'motionWithdrawn' | 'motionRestored',
): Promise<void> {
	const { item, motion } = await lockMotion(tx, id);
	if (motion.state === to) return;
	if (motion.state !== from) throw new RuleViolation('council_votes_motion_decided');
	if (await hasOpenVote(tx, id)) throw new RuleViolation('council_votes_running_vote');
	await tx.db.updateTable('council.motion').set({ state: to }).where('id', '=', id).execute();
	told(tx, item, act, { motion: id });
}

/**
 * Writes down the main text with its adopted amendments: this is what is voted on at last (rulebook R2-48).
 * @param base the wording that was seen (`wordingHash`); empty asks for nothing
 * @throws RuleViolation `council_votes_motion_decided` once the motion itself was voted on; Conflict when it reads otherwise by now
 */
export async function writeAmendedText(tx: WriteCtx, id: string, text: string, base = ''): Promise<void> {
	const { item, motion } = await lockMotion(tx, id);
	if (motion.amendedText === text) return;
	demandWording(motion, base);
	if (motion.kind !== 'main' || motion.state !== 'open') throw new RuleViolation('council_votes_motion_decided');
	if (await hasOpenVote(tx, id)) throw new RuleViolation('council_votes_running_vote');
	await tx.db.updateTable('council.motion').set({ amended_text: text }).where('id', '=', id).execute();
	told(tx, item, 'amendedTextWritten', { motion: id });
}

/** Names the wording in which a motion stands now. */
export function wordingHash({ text, amendedText }: { text: string; amendedText: string | null }): string {
	return createHash('sha256')
		.update(amendedText ?? text)
		.digest('hex')
		.slice(0, 16);
}

/** Whoever acted on other words than those that stand has to look again. @throws Conflict */
export function demandWording(motion: Motion, base: string): void {
	if (base && base !== wordingHash(motion)) throw new Conflict('motion');
}

/** A motion of a running session with its item, locked. */
export async function lockMotion(
	tx: WriteCtx,
	id: string,
): Promise<{ item: LockedItem; motion: Motion; all: Motion[] }> {
	const itemId = isId(id) ? await motionItem(tx, id) : undefined;
	if (!itemId) throw new NotFound('motion');
	const item = await lockItem(tx, itemId);
	const all = await motionsOf(tx, item.id);
	return { item, motion: all.find((motion) => motion.id === id)!, all };
}

async function motionItem(tx: WriteCtx, id: string): Promise<string | undefined> {
	const found = await tx.db
		.selectFrom('council.motion')
		.select('agenda_item_id')
		.where('id', '=', id)
		.executeTakeFirst();
	return found?.agenda_item_id;
}

export async function motionsOf(ctx: Pick<Ctx, 'db'>, itemId: string): Promise<Motion[]> {
	const rows = await ctx.db
		.selectFrom('council.motion')
		.selectAll()
		.where('agenda_item_id', '=', itemId)
		.orderBy('position')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind as MotionKind,
		amendsId: row.amends_id,
		reach: row.reach,
		position: row.position,
		state: row.state as MotionState,
		text: row.text,
		amendedText: row.amended_text,
		councilBodyId: row.council_body_id,
	}));
}

async function hasOpenVote(tx: WriteCtx, motionId: string): Promise<boolean> {
	const open = await tx.db
		.selectFrom('council.vote')
		.select('id')
		.where('motion_id', '=', motionId)
		.where('state', '=', 'open')
		.executeTakeFirst();
	return open !== undefined;
}

/** A row of this session's attendance list. @throws NotFound for another session's */
async function rowOf(tx: WriteCtx, item: LockedItem, attendanceId: string): Promise<string> {
	const row = await tx.db
		.selectFrom('council.attendance')
		.select('id')
		.where('id', '=', attendanceId)
		.where('meeting_id', '=', item.session.id)
		.executeTakeFirst();
	if (!row) throw new NotFound('attendance');
	return row.id;
}
