import type { WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import type { ItemResult } from '../view.ts';
import { tellDecided } from './decided.server.ts';
import { mayResolve } from './quorum.server.ts';
import { demandRunning, lockSession, type LockedSession } from './state.server.ts';

/** Results that only a quorate body can bring about. */
export const RESOLVING: readonly ItemResult[] = ['adopted', 'adoptedChanged', 'rejected', 'confirmed', 'elected'];

export interface LockedItem {
	id: string;
	kind: string;
	title: string;
	public: boolean;
	result: ItemResult | null;
	resultNote: string;
	openedAt: Temporal.Instant | null;
	removed: boolean;
}

/** @throws NotFound for an item of another session */
export async function lockItem(tx: WriteCtx, meetingId: string, itemId: string): Promise<LockedItem> {
	if (!isId(itemId)) throw new NotFound('item');
	const row = await tx.db
		.selectFrom('council.agenda_item')
		.select(['id', 'kind', 'title', 'public', 'result', 'result_note', 'opened_at', 'removed'])
		.where('id', '=', itemId)
		.where('meeting_id', '=', meetingId)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw new NotFound('item');
	const { result_note, opened_at, ...rest } = row;
	return { ...rest, result: row.result as ItemResult | null, resultNote: result_note, openedAt: opened_at };
}

/**
 * The session turns to an item; the one before it ends. Opening an item again goes on with it.
 * @throws RuleViolation `council_session_item_closed` / `council_session_item_public` when the part does not fit: a closed
 * item is not opened while the public listens
 */
export async function openItem(tx: WriteCtx, meetingId: string, itemId: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const item = await lockItem(tx, meetingId, itemId);
	if (session.currentItemId === itemId) return;
	if (item.removed) throw new RuleViolation('council_session_item_removed');
	if (!item.public && !session.closedPartNow) throw new RuleViolation('council_session_item_closed');
	if (item.public && session.closedPartNow) throw new RuleViolation('council_session_item_public');
	await endCurrent(tx, session);
	await tx.db
		.updateTable('council.agenda_item')
		.set({ opened_at: item.openedAt ?? tx.now, closed_at: null })
		.where('id', '=', itemId)
		.execute();
	await tx.db.updateTable('council.meeting').set({ current_item_id: itemId }).where('id', '=', meetingId).execute();
	tx.touch('council.meeting', meetingId, { act: 'itemOpened', fields: { item: itemId } });
}

/** The session has done with the item it is at. */
export async function closeItem(tx: WriteCtx, meetingId: string, itemId: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	if (session.currentItemId !== itemId) return;
	await endCurrent(tx, session);
	await tx.db.updateTable('council.meeting').set({ current_item_id: null }).where('id', '=', meetingId).execute();
	tx.touch('council.meeting', meetingId, { act: 'itemClosed', fields: { item: itemId } });
}

async function endCurrent(tx: WriteCtx, session: LockedSession): Promise<void> {
	if (!session.currentItemId) return;
	await tx.db
		.updateTable('council.speaker')
		.set({ until_at: tx.now })
		.where('agenda_item_id', '=', session.currentItemId)
		.where('from_at', 'is not', null)
		.where('until_at', 'is', null)
		.execute();
	await tx.db
		.updateTable('council.agenda_item')
		.set({ closed_at: tx.now })
		.where('id', '=', session.currentItemId)
		.execute();
}

export interface ResultGiven {
	result: ItemResult | null;
	note: string;
	/** The office has read the warning that nothing is resolved under "Verschiedenes". */
	confirmed: boolean;
}

/** Somebody else wrote another result since the page was loaded; here is what stands. */
export class ResultConflict extends Conflict {
	override name = 'ResultConflict';
	readonly current: { result: ItemResult | null; note: string };
	constructor(current: { result: ItemResult | null; note: string }) {
		super('result');
		this.current = current;
	}
}

/**
 * What came of an item (rulebook R2-49). Taking note and an opinion without a vote need no figures (SIT-11, SIT-12).
 * @param base the result that the office saw, empty for none
 * @throws RuleViolation `council_session_not_quorate` for a resolution without quorum, `council_session_any_other` for one
 * under "Verschiedenes" that nobody confirmed (R2-41), ResultConflict
 */
export async function setResult(
	tx: WriteCtx,
	meetingId: string,
	itemId: string,
	given: ResultGiven,
	base: string,
): Promise<void> {
	const session = await lockSession(tx, meetingId);
	if (session.state !== 'running' && session.state !== 'held') throw new RuleViolation('council_session_not_running');
	const item = await lockItem(tx, meetingId, itemId);
	if (item.result === given.result && item.resultNote === given.note) return;
	if ((item.result ?? '') !== base) throw new ResultConflict({ result: item.result, note: item.resultNote });
	if (given.result && RESOLVING.includes(given.result) && item.result !== given.result) {
		if (item.kind === 'anyOther' && !given.confirmed)
			throw new RuleViolation('council_session_any_other', {}, 'result');
		if (session.state === 'running') await demandQuorate(tx, session, itemId);
	}
	await tx.db
		.updateTable('council.agenda_item')
		.set({ result: given.result, result_note: given.note })
		.where('id', '=', itemId)
		.execute();
	tx.touch('council.meeting', meetingId, { act: 'resultSet', fields: { item: itemId, result: given.result } });
	await tellDecided(tx, meetingId, itemId);
}

async function demandQuorate(tx: WriteCtx, session: LockedSession, itemId: string): Promise<void> {
	for (const councilBodyId of session.bodies) {
		const { may, finding } = await mayResolve(tx, session.id, itemId, { councilBodyId });
		if (may) continue;
		const { present = 0, needed = 0, because } = finding?.outcome ?? {};
		if (because === 'noVotingMembers') throw new RuleViolation('council_session_no_voters', {}, 'result');
		throw new RuleViolation('council_session_not_quorate', { present, needed }, 'result');
	}
}

/**
 * A position of the body without a formal vote: kept as its wording, marked as such (SIT-12).
 * @returns id of the wording
 */
export async function recordOpinion(tx: WriteCtx, meetingId: string, itemId: string, text: string): Promise<string> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	await lockItem(tx, meetingId, itemId);
	const id = newId();
	await tx.db.insertInto('council.resolution').values({ id, agenda_item_id: itemId, text, kind: 'opinion' }).execute();
	await tx.db.updateTable('council.agenda_item').set({ result: 'withoutVote' }).where('id', '=', itemId).execute();
	tx.touch('council.meeting', meetingId, { act: 'opinionRecorded', fields: { item: itemId } });
	await tellDecided(tx, meetingId, itemId);
	return id;
}
