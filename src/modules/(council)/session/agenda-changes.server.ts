import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { addUrgentItem, moveItem, putOnAgenda, removeItem } from '../agenda/put.server.ts';
import { urgentAdmitted, yesNeeded, type AgendaFinding, type UrgentVote } from '../agenda/rules/urgent.ts';
import { citationsOf, type MajorityRule, type Profile } from '../rules/profile.ts';
import { voterThere } from './course-quorum.server.ts';
import { lockItem } from './items.server.ts';
import { countQuorumAt } from './quorum.server.ts';
import { ownId } from './own-id.ts';
import { demandRunning, lockSession, rulesOf, type LockedSession } from './state.server.ts';

const figure = z.union([z.literal('').transform(() => 0), z.coerce.number().int().min(0).max(999)]).default(0);
export const Figures = z.object({ yes: figure, no: figure, abstain: figure });

/**
 * The agenda is confirmed as it is, or as it was changed before (R2-20, SIT-06). The last of the opening items carries the
 * result: an agenda with several begins with the opening itself and goes on to the agenda.
 */
export async function confirmAgenda(tx: WriteCtx, meetingId: string): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const changes = await tx.db
		.selectFrom('council.agenda_change')
		.select('act')
		.where('meeting_id', '=', meetingId)
		.execute();
	if (changes.some(({ act }) => act === 'confirmed')) return;
	await note(tx, session, { act: 'confirmed', itemId: null, reason: changes.length ? 'changed' : '', majority: null });
	const opening = await tx.db
		.selectFrom('council.agenda_item')
		.select(['id', 'opened_at'])
		.where('meeting_id', '=', meetingId)
		.where('kind', '=', 'opening')
		.where('removed', '=', false)
		.orderBy('position', 'desc')
		.executeTakeFirst();
	if (opening)
		await tx.db
			.updateTable('council.agenda_item')
			.set({
				result: 'confirmed',
				result_note: changes.length ? 'mit Änderungen' : 'ohne Änderung',
				...(!opening.opened_at && { opened_at: tx.now, closed_at: tx.now }),
			})
			.where('id', '=', opening.id)
			.where('result', 'is', null)
			.execute();
}

export const AddedItem = Figures.extend({
	/** Made by the client, so that what it does next can name the item. */
	item: ownId,
	title: z.string().trim().min(1).max(300),
	reason: z.string().trim().max(500).default(''),
});

/**
 * A new item in a running session. Where the profile lets agendas be set in session, it is simply added (SIT-21); otherwise
 * it must be urgent, with a reason and the profile's majority (R2-40).
 * @returns id of the item
 * @throws RuleViolation `council_agenda_fault_reason`, `council_agenda_fault_majority`
 */
export async function addItemInSession(
	tx: WriteCtx,
	meetingId: string,
	given: z.infer<typeof AddedItem>,
): Promise<string> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	const profile = await rulesOf(tx, session);
	const { title, reason, item: id } = given;
	if (profile.rules.agendaInSession) {
		const itemId = await putOnAgenda(tx, { id, meetingId, title, reason, public: session.public });
		await note(tx, session, { act: 'added', itemId, reason, majority: null });
		return itemId;
	}
	const vote = await voteOf(tx, session, given);
	const itemId = await addUrgentItem(tx, { id, meetingId, title, reason, vote, public: true });
	await note(tx, session, {
		act: 'added',
		itemId,
		reason,
		majority: found(profile, profile.rules.voting.urgentItem, vote),
	});
	return itemId;
}

export const RemovedItem = Figures.extend({ item: z.uuid(), reason: z.string().trim().max(500).default('') });

/** Takes an item off, by the standard majority (R2-40). @throws RuleViolation as `addItemInSession` */
export async function removeItemInSession(
	tx: WriteCtx,
	meetingId: string,
	given: z.infer<typeof RemovedItem>,
): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	await lockItem(tx, meetingId, given.item);
	const majority = await demandMajority(tx, session, given);
	await removeItem(tx, meetingId, given.item, given.reason);
	await note(tx, session, { act: 'removed', itemId: given.item, reason: given.reason, majority });
}

export const PapersMissing = z.object({ item: z.uuid(), row: z.uuid() });

/**
 * A voting member objects that the papers of an item did not come with the invitation: the objection is limited to it, and it counts
 * as removed from the agenda, without a vote (rulebook R2-06). @throws RuleViolation `council_session_challenger`
 */
export async function removeForMissingPapers(
	tx: WriteCtx,
	meetingId: string,
	{ item, row }: z.infer<typeof PapersMissing>,
): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	await lockItem(tx, meetingId, item);
	const { name } = await voterThere(tx, session, row);
	const reason = `Die Unterlagen lagen der Einladung nicht bei; ${name} widerspricht`;
	await removeItem(tx, meetingId, item, reason);
	await note(tx, session, { act: 'removed', itemId: item, reason, majority: null });
}

export const MovedItem = Figures.extend({ item: z.uuid(), before: z.union([z.literal(''), z.uuid()]).default('') });

/** Puts an item before another one of its part, by the standard majority (R2-40). */
export async function moveItemInSession(
	tx: WriteCtx,
	meetingId: string,
	given: z.infer<typeof MovedItem>,
): Promise<void> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	await lockItem(tx, meetingId, given.item);
	const majority = await demandMajority(tx, session, given);
	await moveItem(tx, meetingId, given.item, { before: given.before || null });
	await note(tx, session, { act: 'moved', itemId: given.item, reason: '', majority });
}

async function demandMajority(tx: WriteCtx, session: LockedSession, figures: z.infer<typeof Figures>) {
	const profile = await rulesOf(tx, session);
	if (profile.rules.agendaInSession) return null;
	const vote = await voteOf(tx, session, figures);
	const rule = profile.rules.voting.standard;
	if (!urgentAdmitted(rule, vote)) throw new RuleViolation('council_agenda_fault_majority', {}, 'yes');
	return found(profile, rule, vote);
}

async function voteOf(
	tx: WriteCtx,
	session: LockedSession,
	{ yes, no, abstain }: z.infer<typeof Figures>,
): Promise<UrgentVote> {
	const counted = await countQuorumAt(tx, session.id, session.councilBodyId, tx.now);
	const present = counted?.outcome.present ?? 0;
	if (yes + no + abstain > present)
		throw new RuleViolation('council_session_more_votes_than_people', { votes: yes + no + abstain, present }, 'yes');
	return { yes, no, abstain, present, seats: counted?.outcome.base ?? 0 };
}

function found(profile: Profile, rule: MajorityRule, vote: UrgentVote): AgendaFinding {
	const outcome = { reached: urgentAdmitted(rule, vote), needed: yesNeeded(rule, vote) };
	const citations = citationsOf(profile, 'voting');
	return { profileId: profile.id, profileName: profile.name, rule, inputs: vote, outcome, citations };
}

async function note(
	tx: WriteCtx,
	session: LockedSession,
	change: {
		act: 'confirmed' | 'added' | 'removed' | 'moved';
		itemId: string | null;
		reason: string;
		majority: AgendaFinding | null;
	},
): Promise<void> {
	await tx.db
		.insertInto('council.agenda_change')
		.values({
			id: newId(),
			meeting_id: session.id,
			agenda_item_id: change.itemId,
			act: change.act,
			reason: change.reason,
			majority: change.majority && JSON.stringify(change.majority),
			at: tx.now,
		})
		.execute();
	tx.touch('council.meeting', session.id, { act: `agenda ${change.act}`, fields: { item: change.itemId } });
}
