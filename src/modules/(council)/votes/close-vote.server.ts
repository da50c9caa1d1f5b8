import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { MajorityRule } from '../rules/profile.ts';
import { tellDecided } from '../session/decided.server.ts';
import { presentVoters, type PresentVoter } from '../session/presence.server.ts';
import { findQuorumAt } from '../session/quorum.server.ts';
import { rulesOf } from '../session/state.server.ts';
import { decideMotion, reopenMotion } from './decided-motion.server.ts';
import { barredRows, lockItem, told, type LockedItem } from './item.server.ts';
import { checkSum, type Figures } from './rules/figures.ts';
import { findMajority, type MajorityFinding } from './rules/majority.ts';
import type { FiguresGiven } from './schema.ts';
import { closeSecretBallot } from './secret.server.ts';

export interface LockedVote {
	id: string;
	item: LockedItem;
	motionId: string | null;
	councilBodyId: string;
	method: 'open' | 'rollCall' | 'secret';
	state: string;
	text: string;
	majority: MajorityRule | null;
}

type Voices = Pick<Figures, 'yes' | 'no' | 'abstain' | 'invalid' | 'presentNotVoting'>;

/**
 * Closes a vote with its figures and finds the majority. In an open vote the figures are those the chair counted; in a roll
 * call they are counted from the voices, in a secret one from the box plus the paper ballots given here. The sum must
 * be the voting members present now (rulebook R2-46). Closing twice changes nothing; other figures for a vote that is closed
 * are refused.
 * @throws RuleViolation `council_votes_closed_as` (params: `yes`, `no`, `abstain`), `council_votes_sum_over`, `council_votes_sum_under` (until `anyway`: they were there and did not vote)
 */
export async function closeVote(ctx: Ctx, given: FiguresGiven): Promise<MajorityFinding | undefined> {
	return write(ctx, (tx) => closeVoteIn(tx, given));
}

/** The same inside a running write, for the session's screen. */
export async function closeVoteIn(tx: WriteCtx, given: FiguresGiven): Promise<MajorityFinding | undefined> {
	const vote = await lockVote(tx, given.vote);
	if (vote.state === 'closed') return demandSame(tx, vote, given);
	if (vote.state === 'void') throw new RuleViolation('council_votes_void');
	const voices = await voicesOf(tx, vote, given);
	const figures = await completed(tx, vote, voices, given.anyway);
	const finding = await found(tx, vote, figures);
	const { unanimous, adopted } = finding.outcome;
	const { present, seats: _, ...columns } = finding.inputs;
	await tx.db
		.updateTable('council.vote')
		.set({
			yes: columns.yes,
			no: columns.no,
			abstain: columns.abstain,
			invalid: columns.invalid,
			biased: columns.biased,
			present_not_voting: columns.presentNotVoting,
			present,
			unanimous,
			adopted,
			state: 'closed',
			closed_at: tx.now,
			finding: JSON.stringify(finding),
		})
		.where('id', '=', vote.id)
		.execute();
	await findQuorumAt(tx, vote.item.session.id, vote.councilBodyId, tx.now, 'vote', {
		agendaItemId: vote.item.id,
		voteId: vote.id,
	});
	if (vote.motionId) await decideMotion(tx, vote, adopted);
	told(tx, vote.item, 'voteClosed', { vote: vote.id, adopted });
	await tellDecided(tx, vote.item.session.id, vote.item.id);
	return finding;
}

/**
 * A vote that does not stand (counted wrongly, barred member voted): it stays in the record with the reason, the motion is
 * open again, what followed from it is taken back. An open vote is broken off the same way.
 */
export async function voidVote(tx: WriteCtx, id: string, reason: string): Promise<void> {
	const vote = await lockVote(tx, id);
	if (vote.state === 'void') return;
	await tx.db
		.updateTable('council.vote')
		.set({ state: 'void', void_reason: reason, adopted: null, closed_at: tx.now })
		.where('id', '=', id)
		.execute();
	await tx.db.deleteFrom('council.resolution').where('vote_id', '=', id).execute();
	if (vote.method === 'secret') await closeSecretBallot(tx, { voteId: id });
	if (vote.motionId) await reopenMotion(tx, vote);
	told(tx, vote.item, 'voteVoided', { vote: id, reason });
	await tellDecided(tx, vote.item.session.id, vote.item.id);
}

/** A vote of a running session, locked together with the session. */
export async function lockVote(tx: WriteCtx, id: string): Promise<LockedVote> {
	if (!isId(id)) throw new NotFound('vote');
	const found = await tx.db.selectFrom('council.vote').select('agenda_item_id').where('id', '=', id).executeTakeFirst();
	if (!found) throw new NotFound('vote');
	const item = await lockItem(tx, found.agenda_item_id);
	const row = await tx.db
		.selectFrom('council.vote')
		.selectAll()
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	return {
		id,
		item,
		motionId: row.motion_id,
		councilBodyId: row.council_body_id ?? item.session.councilBodyId,
		method: row.method as LockedVote['method'],
		state: row.state,
		text: row.text,
		majority: row.majority as MajorityRule | null,
	};
}

async function voicesOf(tx: WriteCtx, vote: LockedVote, given: FiguresGiven): Promise<Voices> {
	const { yes, no, abstain, invalid, presentNotVoting } = given;
	if (vote.method === 'rollCall') return rollCallVoices(tx, vote.id);
	if (vote.method === 'open') return { yes, no, abstain, invalid, presentNotVoting };
	const box = await closeSecretBallot(tx, { voteId: vote.id });
	const count = (choice: string) => box.get(choice) ?? 0;
	return {
		yes: yes + count('yes'),
		no: no + count('no'),
		abstain: abstain + count(''),
		invalid,
		presentNotVoting,
	};
}

async function rollCallVoices(tx: WriteCtx, voteId: string): Promise<Voices> {
	const voices: Voices = { yes: 0, no: 0, abstain: 0, invalid: 0, presentNotVoting: 0 };
	const rows = await tx.db
		.selectFrom('council.roll_call_voice')
		.select('voice')
		.where('vote_id', '=', voteId)
		.execute();
	for (const { voice } of rows) voices[voice as keyof Voices]++;
	return voices;
}

/** Going back in the browser and sending other figures must not look as if they counted. */
async function demandSame(tx: WriteCtx, { id, method }: LockedVote, given: FiguresGiven): Promise<undefined> {
	const { yes, no, abstain } = await tx.db
		.selectFrom('council.vote')
		.select(['yes', 'no', 'abstain'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	const same = yes === given.yes && no === given.no && abstain === given.abstain;
	if (method !== 'open' || same) return undefined;
	throw new RuleViolation('council_votes_closed_as', { yes: yes ?? 0, no: no ?? 0, abstain: abstain ?? 0 }, 'yes');
}

/** Adds those who are barred, and those who did not vote where that was confirmed. */
async function completed(
	tx: WriteCtx,
	vote: LockedVote,
	voices: Voices,
	anyway: boolean,
): Promise<Figures & { present: number }> {
	const voters = await presentVoters(tx, vote.item.session.id, vote.councilBodyId, tx.now);
	const barred = await barredRows(tx, vote.item.id);
	const biased = voters.filter(({ attendanceId }) => barred.has(attendanceId)).length;
	const figures = { ...voices, biased };
	const { missing, counted } = checkSum(figures, voters.length);
	const params = { present: voters.length, counted, missing: Math.abs(missing), biased };
	if (missing < 0) throw new RuleViolation('council_votes_sum_over', params, 'yes');
	if (missing > 0 && !anyway) throw new RuleViolation('council_votes_sum_under', params, 'anyway');
	if (vote.method === 'rollCall')
		await nameSilent(
			tx,
			vote.id,
			voters.filter(({ attendanceId }) => !barred.has(attendanceId)),
		);
	return { ...figures, presentNotVoting: figures.presentNotVoting + missing, present: voters.length };
}

/** A vote by name says of everybody what they did: who was there and said nothing has a line, too (rulebook R2-44, R2-46). */
async function nameSilent(tx: WriteCtx, voteId: string, voters: readonly PresentVoter[]): Promise<void> {
	const said = await tx.db
		.selectFrom('council.roll_call_voice')
		.select(['attendance_id', 'seat_id'])
		.where('vote_id', '=', voteId)
		.execute();
	const silent = voters.filter(
		({ attendanceId, seatId }) =>
			// A seat that was handed over has spoken already.
			!said.some((row) => row.attendance_id === attendanceId || (seatId !== null && row.seat_id === seatId)),
	);
	if (!silent.length) return;
	const rows = silent.map(({ attendanceId, seatId, personId, name }) => ({
		vote_id: voteId,
		attendance_id: attendanceId,
		seat_id: seatId,
		person_id: personId,
		name,
		voice: 'presentNotVoting',
		entered_by: 'clerk',
		at: tx.now,
	}));
	await tx.db.insertInto('council.roll_call_voice').values(rows).execute();
}

async function found(
	tx: WriteCtx,
	vote: LockedVote,
	{ present, ...figures }: Figures & { present: number },
): Promise<MajorityFinding> {
	const profile = await rulesOf(tx, vote.item.session, vote.councilBodyId);
	const seats = await votingSeats(tx, vote.councilBodyId, vote.item.session.date);
	return findMajority(profile, { ...figures, present, seats }, vote.majority ?? undefined);
}

/** Seats with a vote on a day; a body without seats has as many as voting members. */
async function votingSeats(tx: WriteCtx, councilBodyId: string, day: Temporal.PlainDate): Promise<number> {
	const { rows } = await sql<{ seats: number; members: number }>`
		select (select count(*)::int from council.seat s where s.body_id = ${tx.body.id} and s.council_body_id = ${councilBodyId}
				and s.voting and s.from_date <= ${day}::date and (s.until_date is null or s.until_date > ${day}::date)) as seats,
			(select count(*)::int from registry.membership m where m.body_id = ${tx.body.id} and m.organisation_id = ${councilBodyId}
				and m.kind = 'member' and m.voting_right and m.from_date <= ${day}::date
				and (m.until_date is null or m.until_date > ${day}::date)) as members`.execute(tx.db);
	const { seats, members } = rows[0]!;
	return seats || members;
}
