import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { OperationKinds } from '#kernel/live/operations.ts';
import type { RowScope } from '#kernel/live/rows.ts';
import { biasKinds } from './bias-operations.server.ts';
import { closeVoteIn, voidVote } from './close-vote.server.ts';
import { electionKinds } from './election-operations.server.ts';
import { demandItem, hasBallot, meant, tokensOut } from './meant.server.ts';
import { putMotion, restoreMotion, withdrawMotion, writeAmendedText } from './motions.server.ts';
import { openVote } from './open-vote.server.ts';
import { kind } from './operation-kind.server.ts';
import { enterVoices } from './roll-call.server.ts';
import { AmendedForm, FiguresForm, MotionForm, OneMotion, OpenVoteForm, VoidForm, voicesIn } from './schema.ts';
import type { MotionOperation, VoteKind } from './view.ts';

const Figures = FiguresForm.extend({ item: z.uuid() });
const Voices = z.looseObject({
	item: z.uuid(),
	vote: z.uuid(),
	close: z.string().nullish(),
	anyway: z.string().nullish(),
});
/** What an operation names: an item, and the motion or vote under it. */
interface Named {
	item: string;
	motion?: string | undefined;
	vote?: string | undefined;
}

/**
 * What the session's screen may queue of motions and votes: everything up to the result of an open vote or a roll call. What
 * ends a secret vote is among them only where all ballots were on paper.
 */
export function voteKinds(meetingId: string): OperationKinds {
	const rows = (given: Named) => rowsOf(meetingId, given.item);
	/** A box can't be opened twice: what ends a secret vote has no way back. */
	const wayBack = async (given: Named & { vote: string }, tx: WriteCtx) => {
		const { vote } = await named(tx, meetingId, given);
		return (await hasBallot(tx, { vote })) ? [] : rows(given);
	};
	/** Finds the item, motion and vote meant, then acts. */
	const on =
		<Given extends Named>(act: (tx: WriteCtx, given: Given, base: string) => Promise<unknown>) =>
		async (tx: WriteCtx, given: Given, base: string) =>
			act(tx, await named(tx, meetingId, given), base);
	const kinds = {
		motion: kind(MotionForm, rows, async (tx, given) => {
			await demandItem(tx, { meetingId, item: given.item });
			return { motion: await putMotion(tx, given) };
		}),
		withdraw: kind(
			OneMotion,
			rows,
			on((tx, { motion }) => withdrawMotion(tx, motion)),
		),
		restore: kind(
			OneMotion,
			rows,
			on((tx, { motion }) => restoreMotion(tx, motion)),
		),
		amendedText: kind(
			AmendedForm,
			rows,
			on((tx, { motion, text }, base) => writeAmendedText(tx, motion, text, base)),
		),
		openVote: kind(
			OpenVoteForm,
			// Tokens that were given out can't be called back: a secret vote is broken off with a reason instead.
			(given) => (given.secretAskers ? [] : rows(given)),
			async (tx, given, base) => {
				const motion = await meant(tx, { meetingId, item: given.item }, 'motion', given.motion);
				return { vote: await openVote(tx, { ...given, motion }, base) };
			},
		),
		figures: kind(
			Figures,
			wayBack,
			on(async (tx, given) => {
				await demandNoTokens(tx, given.vote);
				const finding = await closeVoteIn(tx, given);
				return { adopted: finding?.outcome.adopted ?? null };
			}),
		),
		voices: kind(
			Voices,
			async (given, tx) => [
				...rows(given),
				{ table: 'council.roll_call_voice', where: { vote_id: (await named(tx, meetingId, given)).vote } },
			],
			on(async (tx, given) => {
				await enterVoices(tx, given.vote, voicesIn(given));
				if (given.close !== 'ja') return;
				const nothing = { vote: given.vote, yes: '', no: '', abstain: '' };
				await closeVoteIn(tx, FiguresForm.parse({ ...nothing, anyway: given.anyway }));
			}),
		),
		voidVote: kind(
			VoidForm,
			wayBack,
			on(async (tx, { vote, reason }) => {
				await demandNoTokens(tx, vote);
				await voidVote(tx, vote, reason);
			}),
		),
	};
	return {
		...(kinds satisfies Record<MotionOperation, unknown>),
		...biasKinds(meetingId),
		...electionKinds(meetingId),
	};
}

/** Everything that may follow from an act about a vote: of its item, and the quorum as it was found with it. */
function rowsOf(meetingId: string, item: string): RowScope[] {
	const ofItem = (table: string): RowScope => ({ table: `council.${table}`, where: { agenda_item_id: item } });
	return [
		{ table: 'council.agenda_item', where: { id: item, meeting_id: meetingId }, except: ['text'] },
		ofItem('motion'),
		ofItem('vote'),
		ofItem('resolution'),
		{ table: 'council.quorum_finding', where: { meeting_id: meetingId } },
	];
}

/** The motion or vote of an operation, as it stands. @throws NotFound */
async function named<Given extends Named>(tx: WriteCtx, meetingId: string, given: Given): Promise<Given> {
	const place = { meetingId, item: given.item };
	if (given.vote) return { ...given, vote: await meant(tx, place, 'vote', given.vote) };
	return { ...given, motion: await meant(tx, place, 'motion', given.motion ?? '') };
}

/** Voices that lie in the box are counted with a connection only; ballots that were all on paper may wait like others. */
async function demandNoTokens(tx: WriteCtx, vote: string): Promise<void> {
	if (await tokensOut(tx, { vote })) throw new RuleViolation('council_votes_secret_not_queued');
}

/** What is about the result of a vote; the others may be taken back as long as the session runs. */
const RESULTS: readonly string[] = ['figures', 'voices', 'voidVote', 'ballots', 'lot', 'accept'] satisfies VoteKind[];
const EARLIER: readonly string[] = [
	'motion',
	'withdraw',
	'restore',
	'amendedText',
	'openVote',
	'bias',
	'decideBias',
	'backAtTable',
	'withdrawBias',
	'election',
	'candidate',
	'consent',
	'round',
	'cancelElection',
] satisfies VoteKind[];

export const isVoteKind = (kind: string): boolean => RESULTS.includes(kind) || EARLIER.includes(kind);

/**
 * A mistyped result is corrected while the item is still open; afterwards it stands, and whoever doubts it declares it void
 * with a reason. A vote in which somebody has voted is broken off with a reason, too.
 * @throws RuleViolation `council_votes_undo_late`, `council_votes_not_running`, `council_votes_undo_secret`
 */
export async function demandUndoInTime(
	tx: WriteCtx,
	done: { kind: string; payload: unknown; result: unknown },
	session: { state: string; currentItemId: string | null },
): Promise<void> {
	const { item } = done.payload as { item?: string };
	if (RESULTS.includes(done.kind) && (session.state !== 'running' || session.currentItemId !== item))
		throw new RuleViolation('council_votes_undo_late');
	if (EARLIER.includes(done.kind) && session.state !== 'running') throw new RuleViolation('council_votes_not_running');
	if (done.kind !== 'openVote') return;
	const { vote } = (done.result ?? {}) as { vote?: string };
	if (vote && (await hasBallot(tx, { vote }))) throw new RuleViolation('council_votes_undo_secret');
}
