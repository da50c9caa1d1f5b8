import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { gatherOffers } from '#kernel/module.ts';
import { sessionById } from './meetings.server.ts';
import { putOnAgenda } from './put.server.ts';
import { proposedItem, type ProposalsFor, type ProposedItem } from './rules/compose.ts';

/** What other modules would like to see on the agenda of a body's session on a day, and what stands on none yet. */
export async function proposalsFor(ctx: Ctx, given: ProposalsFor): Promise<ProposedItem[]> {
	return (await gatherOffers<ProposedItem[]>(ctx, 'council.agenda', given)).flat();
}

/** What is typed with a proposal: why so late, and what a closed item needs. */
export interface TakenWith {
	reason: string;
	closedCode: NonNullable<ProposedItem['closedCode']>;
	closedBasis: string;
	neutralTitle: string;
}

/**
 * Puts a proposal on the agenda of a session that has not opened; whoever proposed it is told (`council.proposalTaken`). One that
 * stands on an agenda already, or that nobody proposes any more, changes nothing.
 * @returns id of the item, or null
 * @throws as `putOnAgenda`
 */
export async function takeProposal(
	tx: WriteCtx,
	meetingId: string,
	key: string,
	given: TakenWith,
): Promise<string | null> {
	// Locked before anybody asks what is proposed: two who press at the same time find it once.
	await tx.db.selectFrom('council.meeting').select('id').where('id', '=', meetingId).forUpdate().execute();
	const { councilBodyId, date } = await sessionById(tx, meetingId);
	const proposal = (await proposalsFor(tx, { councilBodyId, day: date })).find((one) => one.key === key);
	if (!proposal) return null;
	const { reporterOfficeId, proposalKey, ...item } = proposedItem(proposal);
	const closed = {
		closedCode: given.closedCode || item.closedCode,
		closedBasis: given.closedBasis || item.closedBasis,
		neutralTitle: given.neutralTitle || item.neutralTitle,
	};
	const itemId = await putOnAgenda(tx, { meetingId, ...item, ...(!item.public && closed), reason: given.reason });
	await tx.emit('council.proposalTaken', { key, itemId, meetingId });
	return itemId;
}
