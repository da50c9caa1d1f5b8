import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { presentVoters, type PresentVoter } from '../session/presence.server.ts';
import { lockVote } from './close-vote.server.ts';
import { barredRows, ownSeat, told } from './item.server.ts';
import type { Voice } from './schema.ts';

/**
 * The clerk enters what was called, in one pass or in parts; a voice entered again replaces the first. Rows left out stay as
 * they are.
 * @throws RuleViolation `council_votes_closed`, `council_votes_not_entitled` (somebody not present, or barred)
 */
export async function enterVoices(tx: WriteCtx, voteId: string, voices: ReadonlyMap<string, Voice>): Promise<void> {
	const vote = await lockVote(tx, voteId);
	if (vote.method !== 'rollCall') throw new NotFound('roll call');
	if (vote.state !== 'open') throw new RuleViolation('council_votes_closed');
	const voters = await presentVoters(tx, vote.item.session.id, vote.councilBodyId, tx.now);
	const barred = await barredRows(tx, vote.item.id);
	for (const [attendanceId, voice] of voices) {
		const voter = voters.find((one) => one.attendanceId === attendanceId);
		if (!voter || barred.has(attendanceId)) throw new RuleViolation('council_votes_not_entitled');
		await keepVoice(tx, voteId, voter, voice, 'clerk');
	}
	if (voices.size) told(tx, vote.item, 'voicesEntered', { vote: voteId, count: voices.size });
}

/**
 * A member votes on their own device, for the seat they hold at this moment; until the vote is closed they may change it.
 * @throws NotFound for strangers; RuleViolation `council_votes_closed`, `council_votes_no_seat`, `council_votes_barred`,
 * `council_votes_seat_voted` when the principal or the substitute has voted for the same seat
 */
export async function castVoice(ctx: Ctx, voteId: string, voice: Voice): Promise<void> {
	demand(ctx.actor, 'council.cast');
	if (!isId(voteId)) throw new NotFound('vote');
	await write(ctx, async (tx) => {
		const vote = await tx.db
			.selectFrom('council.vote as v')
			.innerJoin('council.agenda_item as i', 'i.id', 'v.agenda_item_id')
			.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
			.select(['v.state', 'v.method', 'v.by_members', 'v.council_body_id', 'v.agenda_item_id', 'i.meeting_id'])
			.select('m.council_body_id as leading')
			.where('v.id', '=', voteId)
			// Members vote side by side; closing waits for them, and they for it.
			.forShare('v')
			.executeTakeFirst();
		if (!vote) throw new NotFound('vote');
		const body = vote.council_body_id ?? vote.leading;
		const voter = await ownSeat(tx, vote.meeting_id, body, vote.agenda_item_id);
		if (vote.state !== 'open') throw new RuleViolation('council_votes_closed');
		if (vote.method !== 'rollCall' || !vote.by_members) throw new RuleViolation('council_votes_by_clerk');
		await keepVoice(tx, voteId, voter, voice, 'member');
		tx.touch('council.meeting', vote.meeting_id, { act: 'voiceCast', fields: { vote: voteId } });
	});
}

async function keepVoice(
	tx: WriteCtx,
	voteId: string,
	voter: PresentVoter,
	voice: Voice,
	enteredBy: 'clerk' | 'member',
): Promise<void> {
	if (voter.seatId) {
		const other = await tx.db
			.selectFrom('council.roll_call_voice')
			.select('name')
			.where('vote_id', '=', voteId)
			.where('seat_id', '=', voter.seatId)
			.where('attendance_id', '<>', voter.attendanceId)
			.executeTakeFirst();
		if (other) throw new RuleViolation('council_votes_seat_voted', { name: other.name });
	}
	const said = { voice, entered_by: enteredBy, at: tx.now };
	await tx.db
		.insertInto('council.roll_call_voice')
		.values({
			vote_id: voteId,
			attendance_id: voter.attendanceId,
			seat_id: voter.seatId,
			person_id: voter.personId,
			name: voter.name,
			...said,
		})
		.onConflict((conflict) => conflict.columns(['body_id', 'vote_id', 'attendance_id']).doUpdateSet(said))
		.execute();
}
