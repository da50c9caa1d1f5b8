import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import type { OperationKinds } from '#kernel/live/operations.ts';
import type { RowScope } from '#kernel/live/rows.ts';
import { closeVoteIn } from './close-vote.server.ts';
import { enterVoicesIn } from './roll-call.server.ts';
import { FiguresForm, voicesIn } from './schema.ts';

const Figures = FiguresForm.extend({ item: z.uuid() });
const Voices = z.looseObject({
	item: z.uuid(),
	vote: z.uuid(),
	close: z.string().nullish(),
	anyway: z.string().nullish(),
});

/**
 * What the session's screen may queue of votes: figures of an open one, and what the clerk enters of a roll call. A secret one
 * is not among them: its box can't be opened twice.
 */
export function voteKinds(meetingId: string): OperationKinds {
	return {
		figures: {
			payload: Figures,
			rows: (given: z.output<typeof Figures>) => rowsOf(meetingId, given),
			apply: async (tx: WriteCtx, given: z.output<typeof Figures>) => {
				await demandItem(tx, meetingId, given);
				const finding = await closeVoteIn(tx, given);
				return { adopted: finding?.outcome.adopted ?? null };
			},
		},
		voices: {
			payload: Voices,
			rows: (given: z.output<typeof Voices>) => rowsOf(meetingId, given),
			apply: async (tx: WriteCtx, given: z.output<typeof Voices>) => {
				await demandItem(tx, meetingId, given);
				await enterVoicesIn(tx, given.vote, voicesIn(given));
				if (given.close !== 'ja') return;
				const nothing = { vote: given.vote, yes: '', no: '', abstain: '' };
				await closeVoteIn(tx, FiguresForm.parse({ ...nothing, anyway: given.anyway }));
			},
		},
	};
}

/** Everything that may follow from the end of a vote: of its item, and the quorum as it was found with it. */
function rowsOf(meetingId: string, { item, vote }: { item: string; vote: string }): RowScope[] {
	const ofItem = (table: string): RowScope => ({ table: `council.${table}`, where: { agenda_item_id: item } });
	return [
		{ table: 'council.agenda_item', where: { id: item, meeting_id: meetingId }, except: ['text'] },
		ofItem('motion'),
		ofItem('vote'),
		{ table: 'council.roll_call_voice', where: { vote_id: vote } },
		ofItem('resolution'),
		{ table: 'council.quorum_finding', where: { meeting_id: meetingId } },
	];
}

/** The way back leads through the rows of the item that was named: it has to be the vote's. @throws NotFound */
async function demandItem(tx: WriteCtx, meetingId: string, { item, vote }: { item: string; vote: string }) {
	const found = await tx.db
		.selectFrom('council.vote as v')
		.innerJoin('council.agenda_item as i', 'i.id', 'v.agenda_item_id')
		.select('v.id')
		.where('v.id', '=', vote)
		.where('i.id', '=', item)
		.where('i.meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!found) throw new NotFound('vote');
}

/**
 * A mistyped result is corrected while the item is still open; afterwards it stands, and whoever doubts it declares it void
 * with a reason. @throws RuleViolation `council_votes_undo_late`
 */
export function demandUndoInTime(
	meant: { kind: string; payload: unknown },
	session: { state: string; currentItemId: string | null },
): void {
	if (meant.kind !== 'figures' && meant.kind !== 'voices') return;
	const { item } = meant.payload as { item?: string };
	if (session.state !== 'running' || session.currentItemId !== item) throw new RuleViolation('council_votes_undo_late');
}
