import { sql } from 'kysely';
import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import type { OperationKind, OperationKinds } from '#kernel/live/operations.ts';
import type { RowScope } from '#kernel/live/rows.ts';
import { closeVoteIn, voidVote } from './close-vote.server.ts';
import { putMotion, restoreMotion, withdrawMotion, writeAmendedText } from './motions.server.ts';
import { openVote } from './open-vote.server.ts';
import { enterVoices } from './roll-call.server.ts';
import { AmendedForm, FiguresForm, MotionForm, OneMotion, OpenVoteForm, VoidForm, voicesIn } from './schema.ts';
import type { VoteKind } from './view.ts';

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
 * ends a secret vote is not among them: its box can't be opened twice.
 */
export function voteKinds(meetingId: string): OperationKinds {
	const rows = (given: Named) => rowsOf(meetingId, given.item);
	/** Finds the item, motion and vote meant, then acts. */
	const on =
		<Given extends Named>(act: (tx: WriteCtx, given: Given, base: string) => Promise<unknown>) =>
		async (tx: WriteCtx, given: Given, base: string) =>
			act(tx, await meant(tx, meetingId, given), base);
	const kinds = {
		motion: kind(MotionForm, rows, async (tx, given) => {
			await demandItem(tx, meetingId, given.item);
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
				const motion = await motionMeant(tx, meetingId, given.item, given.motion);
				return { vote: await openVote(tx, { ...given, motion }, base) };
			},
		),
		figures: kind(
			Figures,
			rows,
			on(async (tx, given) => {
				await demandNotSecret(tx, given.vote);
				const finding = await closeVoteIn(tx, given);
				return { adopted: finding?.outcome.adopted ?? null };
			}),
		),
		voices: kind(
			Voices,
			async (given, tx) => [
				...rows(given),
				{ table: 'council.roll_call_voice', where: { vote_id: (await meant(tx, meetingId, given)).vote } },
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
			rows,
			on(async (tx, { vote, reason }) => {
				await demandNotSecret(tx, vote);
				await voidVote(tx, vote, reason);
			}),
		),
	};
	return kinds satisfies Record<VoteKind, unknown>;
}

function kind<Schema extends z.ZodType>(
	payload: Schema,
	rows: (given: z.output<Schema>, tx: WriteCtx) => RowScope[] | Promise<RowScope[]>,
	apply: (tx: WriteCtx, given: z.output<Schema>, base: string) => Promise<unknown>,
): OperationKind<z.output<Schema>> {
	return { payload: payload as z.ZodType<z.output<Schema>>, rows, apply };
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

/**
 * The motion or vote that was named, of the item that was named: the way back leads through the rows of that item. Where a
 * client's own id became nothing because the same words, or the vote, stood there already, it means what stood there.
 * @throws NotFound
 */
async function meant<Given extends Named>(tx: WriteCtx, meetingId: string, given: Given): Promise<Given> {
	if (given.vote) return { ...given, vote: await voteMeant(tx, meetingId, given.item, given.vote) };
	return { ...given, motion: await motionMeant(tx, meetingId, given.item, given.motion ?? '') };
}

const motionMeant = (tx: WriteCtx, meetingId: string, item: string, id: string) =>
	standing(tx, meetingId, item, id, { table: 'council.motion', kind: 'motion', name: 'motion' });
const voteMeant = (tx: WriteCtx, meetingId: string, item: string, id: string) =>
	standing(tx, meetingId, item, id, { table: 'council.vote', kind: 'openVote', name: 'vote' });

async function standing(
	tx: WriteCtx,
	meetingId: string,
	item: string,
	id: string,
	{ table, kind: made, name }: { table: string; kind: VoteKind; name: 'motion' | 'vote' },
): Promise<string> {
	const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(table)} t
		join council.agenda_item i on i.body_id = ${tx.body.id} and i.id = t.agenda_item_id
		where t.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} and i.id = ${item} and t.id in (${id}, (
			select (o.result ->> ${name})::uuid from kernel.operation o
			where o.body_id = ${tx.body.id} and o.room = ${`meeting:${meetingId}`} and o.kind = ${made}
				and o.payload ->> ${name} = ${id} order by o.seq desc limit 1))`.execute(tx.db);
	if (!rows[0]) throw new NotFound(name);
	return rows[0].id;
}

/** @throws NotFound for an item of another session */
async function demandItem(tx: WriteCtx, meetingId: string, item: string): Promise<void> {
	const found = await tx.db
		.selectFrom('council.agenda_item')
		.select('id')
		.where('id', '=', item)
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!found) throw new NotFound('item');
}

async function demandNotSecret(tx: WriteCtx, vote: string): Promise<void> {
	if (await hasBallot(tx, vote)) throw new RuleViolation('council_votes_secret_not_queued');
}

async function hasBallot(tx: WriteCtx, vote: string): Promise<boolean> {
	const found = await tx.db
		.selectFrom('council.secret_ballot')
		.select('id')
		.where('vote_id', '=', vote)
		.executeTakeFirst();
	return found !== undefined;
}

/** What is about the result of a vote; the others may be taken back as long as the session runs. */
const RESULTS: readonly string[] = ['figures', 'voices', 'voidVote'] satisfies VoteKind[];
const EARLIER: readonly string[] = ['motion', 'withdraw', 'restore', 'amendedText', 'openVote'] satisfies VoteKind[];

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
	if (vote && (await hasBallot(tx, vote))) throw new RuleViolation('council_votes_undo_secret');
}
