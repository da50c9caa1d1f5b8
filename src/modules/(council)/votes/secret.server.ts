import { createHash, randomInt } from 'node:crypto';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { PresentVoter } from '../session/presence.server.ts';
import { isSigned, newBallotKeys, signBlinded } from './blind.ts';
import { lockItem, ownSeat, told } from './item.server.ts';

/** A vote or a round of an election. */
export type BallotOf = { voteId: string } | { roundId: string };

/**
 * Begins a secret ballot with a key pair of its own. Who may fetch a token is written down at once and in the order of the
 * seats, so that the table tells nothing of who came first.
 * @param choices what may stand on a ballot; the empty one is a blank ballot, an abstention (rulebook R2-52)
 */
export async function beginSecretBallot(
	tx: WriteCtx,
	{ choices, voters, ...of }: BallotOf & { choices: readonly string[]; voters: readonly PresentVoter[] },
): Promise<string> {
	const id = newId();
	const { publicKey, privateKey } = await newBallotKeys();
	await tx.db
		.insertInto('council.secret_ballot')
		.values({
			id,
			vote_id: 'voteId' in of ? of.voteId : null,
			round_id: 'roundId' in of ? of.roundId : null,
			public_key: publicKey,
			private_key: privateKey,
			choices: JSON.stringify(choices),
		})
		.execute();
	for (const { attendanceId } of voters)
		await tx.db.insertInto('council.secret_right').values({ ballot_id: id, attendance_id: attendanceId }).execute();
	return id;
}

/**
 * Signs the hidden token of the seat the actor holds: one token for a seat. The same hidden token is signed again, so a lost
 * answer costs nobody the vote; another one is refused. Nothing is told and nothing logged: only "fetched" is noted.
 * @throws NotFound; RuleViolation `council_votes_closed`, `council_votes_box_open`, `council_votes_token_fetched`,
 * `council_votes_paper_taken`, `council_votes_no_seat`, `council_votes_barred`
 */
export async function issueToken(ctx: Ctx, ballotId: string, blinded: string): Promise<string> {
	demand(ctx.actor, 'council.cast');
	if (!/^[\w-]{300,400}$/.test(blinded)) throw new RuleViolation('council_votes_token_broken');
	return write(ctx, async (tx) => {
		const ballot = await ballotFor(tx, ballotId);
		if (ballot.state !== 'issuing' || !ballot.privateKey)
			throw new RuleViolation(ballot.state === 'closed' ? 'council_votes_closed' : 'council_votes_box_open');
		const voter = await ownSeat(tx, ballot.meetingId, ballot.councilBodyId, ballot.itemId);
		await demandSeatOnce(tx, ballotId, voter);
		await tx.db
			.insertInto('council.secret_right')
			.values({ ballot_id: ballotId, attendance_id: voter.attendanceId })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		const right = await tx.db
			.selectFrom('council.secret_right')
			.select(['issued', 'paper', 'blinded_hash'])
			.where('ballot_id', '=', ballotId)
			.where('attendance_id', '=', voter.attendanceId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		const hash = createHash('sha256').update(blinded).digest('base64url');
		if (right.paper) throw new RuleViolation('council_votes_paper_taken');
		if (right.issued && right.blinded_hash !== hash) throw new RuleViolation('council_votes_token_fetched');
		await tx.db
			.updateTable('council.secret_right')
			.set({ issued: true, blinded_hash: hash })
			.where('ballot_id', '=', ballotId)
			.where('attendance_id', '=', voter.attendanceId)
			.execute();
		return signBlinded(ballot.privateKey, blinded);
	});
}

/** A paper ballot instead of a token, at the member's wish or because they have no device. The clerk counts it. */
export async function takePaper(ctx: Ctx, ballotId: string, attendanceId: string | 'own'): Promise<void> {
	if (attendanceId === 'own') demand(ctx.actor, 'council.cast');
	await write(ctx, async (tx) => {
		const ballot = await ballotFor(tx, ballotId);
		if (attendanceId !== 'own') await lockItem(tx, ballot.itemId);
		if (ballot.state === 'closed') throw new RuleViolation('council_votes_closed');
		const row =
			attendanceId === 'own'
				? (await ownSeat(tx, ballot.meetingId, ballot.councilBodyId, ballot.itemId)).attendanceId
				: attendanceId;
		const right = await tx.db
			.selectFrom('council.secret_right')
			.select(['issued', 'paper'])
			.where('ballot_id', '=', ballotId)
			.where('attendance_id', '=', row)
			.forUpdate()
			.executeTakeFirst();
		if (!right) throw new NotFound('right to vote');
		if (right.paper) return;
		if (right.issued) throw new RuleViolation('council_votes_token_fetched');
		await tx.db
			.updateTable('council.secret_right')
			.set({ paper: true })
			.where('ballot_id', '=', ballotId)
			.where('attendance_id', '=', row)
			.execute();
		tx.touch('council.meeting', ballot.meetingId, { act: 'paperBallot', fields: { row } });
	});
}

/**
 * Opens the box: no more tokens, from now on ballots. The private key and every trace of hidden tokens are forgotten, so nobody
 * can sign another token afterwards. Twice changes nothing.
 */
export async function openBox(ctx: Ctx, ballotId: string): Promise<void> {
	await write(ctx, async (tx) => {
		const ballot = await ballotFor(tx, ballotId);
		const item = await lockItem(tx, ballot.itemId);
		const { numUpdatedRows } = await tx.db
			.updateTable('council.secret_ballot')
			.set({ state: 'casting', private_key: null })
			.where('id', '=', ballotId)
			.where('state', '=', 'issuing')
			.executeTakeFirst();
		if (!numUpdatedRows) return;
		await forgetBlinded(tx, ballotId);
		told(tx, item, 'boxOpened', { ballot: ballotId });
	});
}

/**
 * Puts a ballot into the box. Whoever calls is a stranger: no cookie, no account, no seat is looked at, no time is kept, nothing
 * is told. The token must be signed with this ballot's key and counts once; sending the same ballot again is no fault.
 * @throws NotFound; RuleViolation `council_votes_box_shut`, `council_votes_closed`, `council_votes_token_broken`, `council_votes_cast_already`
 */
export async function castBallot(
	ctx: Ctx,
	ballotId: string,
	{ token, signature, choice }: { token: string; signature: string; choice: string },
): Promise<void> {
	demand(ctx.actor, 'council.ballot');
	if (!isId(ballotId)) throw new NotFound('ballot');
	await write(ctx, async (tx) => {
		const ballot = await tx.db
			.selectFrom('council.secret_ballot')
			.select(['state', 'public_key', 'choices'])
			.where('id', '=', ballotId)
			// Closing waits for ballots that are on their way into the box.
			.forShare()
			.executeTakeFirst();
		if (!ballot) throw new NotFound('ballot');
		if (ballot.state !== 'casting')
			throw new RuleViolation(ballot.state === 'closed' ? 'council_votes_closed' : 'council_votes_box_shut');
		if (!(ballot.choices as string[]).includes(choice) || !(await isSigned(ballot.public_key, token, signature)))
			throw new RuleViolation('council_votes_token_broken');
		await tx.db
			.insertInto('council.secret_voice')
			.values({ ballot_id: ballotId, token, choice })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		const kept = await tx.db
			.selectFrom('council.secret_voice')
			.select('choice')
			.where('ballot_id', '=', ballotId)
			.where('token', '=', token)
			.executeTakeFirstOrThrow();
		if (kept.choice !== choice) throw new RuleViolation('council_votes_cast_already');
	});
}

/** Ends the ballot and counts the box. The rows are written anew in a random order, all at once. @returns votes by choice */
export async function closeSecretBallot(tx: WriteCtx, of: BallotOf): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	const ballot = await tx.db
		.selectFrom('council.secret_ballot')
		.select(['id', 'state'])
		.where((eb) => ('voteId' in of ? eb('vote_id', '=', of.voteId) : eb('round_id', '=', of.roundId)))
		.forUpdate()
		.executeTakeFirst();
	if (!ballot) return counts;
	const rows = await tx.db
		.deleteFrom('council.secret_voice')
		.where('ballot_id', '=', ballot.id)
		.returning(['token', 'choice'])
		.execute();
	for (const { token, choice } of shuffled(rows)) {
		counts.set(choice, (counts.get(choice) ?? 0) + 1);
		await tx.db.insertInto('council.secret_voice').values({ ballot_id: ballot.id, token, choice }).execute();
	}
	await tx.db
		.updateTable('council.secret_ballot')
		.set({ state: 'closed', private_key: null })
		.where('id', '=', ballot.id)
		.execute();
	await forgetBlinded(tx, ballot.id);
	return counts;
}

async function forgetBlinded(tx: WriteCtx, ballotId: string): Promise<void> {
	const rows = await tx.db
		.deleteFrom('council.secret_right')
		.where('ballot_id', '=', ballotId)
		.returning(['attendance_id', 'issued', 'paper'])
		.execute();
	const inOrder = rows.toSorted((a, b) => (a.attendance_id < b.attendance_id ? -1 : 1));
	for (const row of inOrder)
		await tx.db
			.insertInto('council.secret_right')
			.values({ ballot_id: ballotId, ...row })
			.execute();
}

/** A seat gets one token, whoever sits there: the principal or the substitute. */
async function demandSeatOnce(tx: WriteCtx, ballotId: string, voter: PresentVoter): Promise<void> {
	if (!voter.seatId) return;
	const other = await tx.db
		.selectFrom('council.secret_right as r')
		.innerJoin('council.attendance as a', 'a.id', 'r.attendance_id')
		.select('a.name')
		.where('r.ballot_id', '=', ballotId)
		.where('a.seat_id', '=', voter.seatId)
		.where('a.id', '<>', voter.attendanceId)
		.where((eb) => eb.or([eb('r.issued', '=', true), eb('r.paper', '=', true)]))
		.executeTakeFirst();
	if (other) throw new RuleViolation('council_votes_seat_voted', { name: other.name });
}

interface Ballot {
	state: string;
	privateKey: string | null;
	itemId: string;
	meetingId: string;
	councilBodyId: string;
}

async function ballotFor(tx: WriteCtx, id: string): Promise<Ballot> {
	if (!isId(id)) throw new NotFound('ballot');
	const row = await tx.db
		.selectFrom('council.secret_ballot as b')
		.leftJoin('council.vote as v', 'v.id', 'b.vote_id')
		.leftJoin('council.election_round as r', 'r.id', 'b.round_id')
		.leftJoin('council.election as e', 'e.id', 'r.election_id')
		.innerJoin('council.agenda_item as i', (join) =>
			join.on((eb) =>
				eb.or([eb('i.id', '=', eb.ref('v.agenda_item_id')), eb('i.id', '=', eb.ref('e.agenda_item_id'))]),
			),
		)
		.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
		.select(['b.state', 'b.private_key', 'i.id as item', 'i.meeting_id', 'm.council_body_id as leading'])
		.select(['v.council_body_id as ofVote', 'e.council_body_id as ofElection'])
		.where('b.id', '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound('ballot');
	return {
		state: row.state,
		privateKey: row.private_key,
		itemId: row.item,
		meetingId: row.meeting_id,
		councilBodyId: row.ofVote ?? row.ofElection ?? row.leading,
	};
}

function shuffled<T>(rows: readonly T[]): T[] {
	const mixed = [...rows];
	for (let i = mixed.length - 1; i > 0; i--) {
		const j = randomInt(i + 1);
		[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
	}
	return mixed;
}
