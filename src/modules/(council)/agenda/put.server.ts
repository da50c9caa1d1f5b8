import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { closedReason } from './default-template.ts';
import { insertItem, itemsOf, putInOrder, setPapers } from './items.server.ts';
import { lockedSession, type SessionRow } from './meetings.server.ts';
import type { NewItem, Origin } from './rules/compose.ts';
import type { ClosedCode, ItemKind } from './rules/items.ts';
import { missingForClosed } from './rules/items.ts';
import { inTime } from './rules/notice.ts';
import { moved, placedBefore } from './rules/numbering.ts';
import { urgentAdmitted, type UrgentVote } from './rules/urgent.ts';
import { paperNumbers, type ItemForm } from './schema.ts';

/** An item that somebody puts on the agenda of a session that has not opened. */
export interface ItemToPut {
	/** An id that the client made; without one it is made here. */
	id?: string | undefined;
	meetingId: string;
	title: string;
	kind?: ItemKind;
	origin?: Origin;
	public?: boolean;
	closedCode?: ClosedCode | '';
	closedBasis?: string;
	neutralTitle?: string;
	reporterOfficeId?: string | null;
	reporterText?: string;
	reviewsTasks?: boolean;
	papers?: string[];
	carriedFromId?: string | null;
	approvesMeetingId?: string | null;
	/** Asked for where the invitation went out and its period is over (rulebook R2-05). */
	reason?: string;
}

/**
 * Puts an item on the agenda, before "Verschiedenes". Other rooms call it inside their own write.
 * @returns id of the item
 * @throws NotFound, Forbidden; RuleViolation `council_agenda_fault_over` when the session has been held,
 * `council_agenda_fault_running` while it runs (then `addUrgentItem`, unless the profile lets agendas be set in session),
 * `council_agenda_fault_late` without a reason after the notice period began, `council_agenda_fault_closed` for a closed
 * item without reason, legal basis or neutral title
 */
export async function putOnAgenda(tx: WriteCtx, given: ItemToPut): Promise<string> {
	const session = await lockedSession(tx, { id: given.meetingId });
	const informal = await demandOpenAgenda(tx, session, given.reason ?? '');
	const item = completed(given);
	const id = await insertItem(tx, session.id, item, {
		...(given.id && { id: given.id }),
		added_in_session: session.state === 'running' && informal,
		change_reason: given.reason ?? '',
		second_convening: false,
	});
	await orderWith(tx, session.id, id, item.kind);
	tx.touch('council.meeting', session.id, {
		act: 'itemAdded',
		fields: { item: id, kind: item.kind, public: item.public },
	});
	return id;
}

function completed(given: ItemToPut): NewItem {
	const item: NewItem = {
		title: given.title,
		kind: given.kind ?? 'topic',
		origin: given.origin ?? 'manual',
		public: given.public ?? true,
		closedCode: given.closedCode ?? '',
		closedBasis: given.closedBasis ?? '',
		neutralTitle: given.neutralTitle ?? '',
		reporterOfficeId: given.reporterOfficeId ?? null,
		reporterText: given.reporterText ?? '',
		reviewsTasks: given.reviewsTasks ?? false,
		papers: given.papers ?? [],
		templateKey: null,
		carriedFromId: given.carriedFromId ?? null,
		approvesMeetingId: given.approvesMeetingId ?? null,
	};
	const [missing] = missingForClosed(item);
	if (missing) throw new RuleViolation('council_agenda_fault_closed', {}, missing);
	return item;
}

/** @returns whether the body may set its agenda in session (SIT-21) */
async function demandOpenAgenda(tx: WriteCtx, session: SessionRow, reason: string): Promise<boolean> {
	if (session.cancelled || !['planned', 'invited', 'running'].includes(session.state))
		throw new RuleViolation('council_agenda_fault_over');
	const profile = await profileFor(tx, session.councilBodyId, session.date);
	const informal = profile?.rules.agendaInSession ?? false;
	if (session.state === 'running' && !informal) throw new RuleViolation('council_agenda_fault_running');
	if (session.state === 'invited' && profile && !informal && !inTime(tx.today, session.date, profile.rules.notice)) {
		if (!reason.trim()) throw new RuleViolation('council_agenda_fault_late', {}, 'reason');
	}
	return informal;
}

/** New items stand before "Verschiedenes" of their part. */
async function orderWith(tx: WriteCtx, meetingId: string, id: string, kind: ItemKind): Promise<void> {
	const items = await itemsOf(tx, meetingId);
	const last = await tx.db
		.selectFrom('council.agenda_item')
		.select('id')
		.where('meeting_id', '=', meetingId)
		.where('kind', '=', 'anyOther')
		.where('id', '!=', id)
		.orderBy('position')
		.executeTakeFirst();
	await putInOrder(tx, meetingId, kind === 'anyOther' ? undefined : placedBefore(items, id, last?.id ?? null));
}

/**
 * Adds an urgent item to a running session: only with a reason and the profile's majority (rulebook R2-40, SIT-06).
 * @returns id of the item
 * @throws RuleViolation `council_agenda_fault_reason`, `council_agenda_fault_majority`, `council_agenda_fault_not_running`
 */
export async function addUrgentItem(
	tx: WriteCtx,
	given: {
		meetingId: string;
		title: string;
		reason: string;
		vote: UrgentVote;
		kind?: ItemKind;
		public?: boolean;
	} & Pick<ItemToPut, 'id' | 'closedCode' | 'closedBasis' | 'neutralTitle'>,
): Promise<string> {
	const session = await lockedSession(tx, { id: given.meetingId });
	if (session.state !== 'running') throw new RuleViolation('council_agenda_fault_not_running');
	if (!given.reason.trim()) throw new RuleViolation('council_agenda_fault_reason', {}, 'reason');
	const profile = await profileFor(tx, session.councilBodyId, session.date);
	if (!profile || !urgentAdmitted(profile.rules.voting.urgentItem, given.vote))
		throw new RuleViolation('council_agenda_fault_majority', {}, 'yes');
	const item = completed({ ...given, origin: 'urgent' });
	const id = await insertItem(tx, session.id, item, {
		...(given.id && { id: given.id }),
		added_in_session: true,
		change_reason: given.reason.trim(),
	});
	await orderWith(tx, session.id, id, item.kind);
	tx.touch('council.meeting', session.id, {
		act: 'urgentItemAdded',
		fields: { item: id, reason: given.reason.trim(), profile: profile.id, ...given.vote },
	});
	return id;
}

/** Changes an item before the session. @throws as `putOnAgenda` */
export async function changeItem(tx: WriteCtx, meetingId: string, itemId: string, form: ItemForm): Promise<void> {
	const session = await lockedSession(tx, { id: meetingId });
	if (session.state !== 'planned' && session.state !== 'invited') throw new RuleViolation('council_agenda_fault_over');
	const there = await itemOf(tx, meetingId, itemId);
	const open = !form.closed;
	await tx.db
		.updateTable('council.agenda_item')
		.set({
			title: form.title,
			kind: form.kind,
			public: open,
			closed_code: open ? '' : form.closedCode,
			closed_basis: open ? '' : form.closedBasis,
			closed_reason: open ? '' : closedReason(form.closedCode, form.closedBasis),
			neutral_title: open ? '' : form.neutralTitle,
			reporter_office_id: form.reporter,
			reporter_text: form.reporterText,
			reviews_tasks: form.reviewsTasks,
		})
		.where('id', '=', itemId)
		.execute();
	await setPapers(tx, meetingId, itemId, paperNumbers(form.papers));
	if (there.public !== open) await putInOrder(tx, meetingId);
	tx.touch('council.meeting', meetingId, { act: 'itemChanged', fields: { item: itemId, public: open } });
}

/**
 * Takes an item off. Before the invitation it is gone; afterwards it stays with its reason, without a number, because the
 * agenda as invited is part of the record (rulebook R2-40).
 * @throws RuleViolation `council_agenda_fault_reason` without a reason after the invitation
 */
export async function removeItem(tx: WriteCtx, meetingId: string, itemId: string, reason = ''): Promise<void> {
	const session = await lockedSession(tx, { id: meetingId });
	if (!['planned', 'invited', 'running'].includes(session.state)) throw new RuleViolation('council_agenda_fault_over');
	const { removed } = await itemOf(tx, meetingId, itemId);
	if (session.state === 'planned') await tx.db.deleteFrom('council.agenda_item').where('id', '=', itemId).execute();
	else {
		if (removed) return;
		if (!reason.trim()) throw new RuleViolation('council_agenda_fault_reason', {}, 'reason');
		await tx.db
			.updateTable('council.agenda_item')
			.set({ removed: true, change_reason: reason.trim() })
			.where('id', '=', itemId)
			.execute();
	}
	await putInOrder(tx, meetingId);
	tx.touch('council.meeting', meetingId, { act: 'itemRemoved', fields: { item: itemId, reason: reason.trim() } });
}

/** Puts an item back that was taken off after the invitation. */
export async function restoreItem(tx: WriteCtx, meetingId: string, itemId: string): Promise<void> {
	const session = await lockedSession(tx, { id: meetingId });
	if (!['planned', 'invited', 'running'].includes(session.state)) throw new RuleViolation('council_agenda_fault_over');
	await itemOf(tx, meetingId, itemId);
	await tx.db
		.updateTable('council.agenda_item')
		.set({ removed: false, change_reason: '' })
		.where('id', '=', itemId)
		.execute();
	await putInOrder(tx, meetingId);
	tx.touch('council.meeting', meetingId, { act: 'itemRestored', fields: { item: itemId } });
}

/** Where an item goes: one place up or down, or before another one (null: to the end of its part). */
export type Move = { by: -1 | 1 } | { before: string | null };

/** Changes the order, before the session or in it (rulebook R2-40). An item never leaves its part. */
export async function moveItem(tx: WriteCtx, meetingId: string, itemId: string, move: Move): Promise<void> {
	const session = await lockedSession(tx, { id: meetingId });
	if (!['planned', 'invited', 'running'].includes(session.state)) throw new RuleViolation('council_agenda_fault_over');
	await itemOf(tx, meetingId, itemId);
	const items = await itemsOf(tx, meetingId);
	await putInOrder(
		tx,
		meetingId,
		'by' in move ? moved(items, itemId, move.by) : placedBefore(items, itemId, move.before),
	);
	tx.touch('council.meeting', meetingId, { act: 'itemMoved', fields: { item: itemId } });
}

async function itemOf(
	tx: WriteCtx,
	meetingId: string,
	itemId: string,
): Promise<{ public: boolean; removed: boolean; title: string }> {
	const item = await tx.db
		.selectFrom('council.agenda_item')
		.select(['public', 'removed', 'title'])
		.where('id', '=', itemId)
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!item) throw new NotFound('agenda item');
	return item;
}

/**
 * Carries postponed items over to the body's next session that has an agenda already; one created later takes them up by
 * itself. Doing it twice does nothing twice.
 * @returns how many were put there
 */
export async function carryOver(tx: WriteCtx, fromMeetingId: string): Promise<number> {
	const session = await lockedSession(tx, { id: fromMeetingId });
	const next = await tx.db
		.selectFrom('council.meeting')
		.select('id')
		.where('council_body_id', '=', session.councilBodyId)
		.where('date', '>', session.date)
		.where('state', '=', 'planned')
		.where('cancelled', '=', false)
		.orderBy('date')
		.executeTakeFirst();
	if (!next) return 0;
	const items = await tx.db
		.selectFrom('council.agenda_item as i')
		.select(['i.id', 'i.title', 'i.kind', 'i.public', 'i.closed_code', 'i.closed_basis', 'i.neutral_title'])
		.select(['i.reporter_office_id', 'i.reporter_text'])
		.where('i.meeting_id', '=', fromMeetingId)
		.where('i.result', '=', 'postponed')
		.where('i.id', 'not in', (query) =>
			query
				.selectFrom('council.agenda_item')
				.select('carried_from_id')
				.where('carried_from_id', 'is not', null)
				.$castTo<{ carried_from_id: string }>(),
		)
		.orderBy('i.position')
		.execute();
	for (const item of items) {
		const papers = await tx.db
			.selectFrom('council.paper_mention')
			.select('reference')
			.where('agenda_item_id', '=', item.id)
			.execute();
		await putOnAgenda(tx, {
			meetingId: next.id,
			title: item.title,
			kind: item.kind as ItemKind,
			public: item.public,
			closedCode: item.closed_code as ClosedCode | '',
			closedBasis: item.closed_basis,
			neutralTitle: item.neutral_title,
			reporterOfficeId: item.reporter_office_id,
			reporterText: item.reporter_text,
			papers: papers.map(({ reference }) => reference),
			origin: 'carriedOver',
			carriedFromId: item.id,
		});
	}
	return items.length;
}
