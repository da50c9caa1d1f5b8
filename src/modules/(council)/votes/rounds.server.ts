import type { WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { presentVoters } from '../session/presence.server.ts';
import { rulesOf } from '../session/state.server.ts';
import { candidatesOf, lockElection, type LockedElection } from './candidates.server.ts';
import { told, type LockedItem } from './item.server.ts';
import { hasBallot } from './meant.server.ts';
import { demandQuorum } from './open-vote.server.ts';
import { findRound, type RoundFinding } from './rules/election.ts';
import { checkRound, standingAfter, type RoundInputs, type RoundOutcome } from './rules/round.ts';
import { beginSecretBallot, closeSecretBallot } from './secret.server.ts';

/**
 * Opens the next round with its ballot: everybody on the list who may stand and said yes, or those whom the round before
 * left (run-off). Opening twice gives the round that is open. @returns its id
 * @throws RuleViolation `council_votes_no_consent` when a name is asked for that may not stand (GRE-27), `council_votes_nobody_stands`,
 * `council_votes_no_quorum`, `council_votes_lot_first`
 */
export async function openRound(
	tx: WriteCtx,
	given: { election: string; round?: string; candidates?: readonly string[]; onDevices?: boolean },
): Promise<string> {
	const { item, election } = await lockElection(tx, given.election);
	if (election.state !== 'open') throw new RuleViolation('council_votes_election_over');
	const last = await lastRound(tx, election.id);
	if (last?.state === 'open') return last.id;
	await demandQuorum(tx, item, election.councilBodyId);
	const standing = await onBallot(tx, item, election, last, given.candidates);
	const voters = await presentVoters(tx, item.session.id, election.councilBodyId, tx.now);
	const id = given.round ?? newId();
	if (given.round && (await roundExists(tx, id))) throw new Conflict('round');
	await tx.db
		.insertInto('council.election_round')
		.values({
			id,
			election_id: election.id,
			number: (last?.number ?? 0) + 1,
			present: voters.length,
			opened_at: tx.now,
		})
		.execute();
	for (const candidate of standing)
		await tx.db.insertInto('council.round_candidate').values({ round_id: id, candidate_id: candidate }).execute();
	if (given.onDevices && election.method === 'secret') {
		const choices = [...standing, ...(standing.length === 1 ? ['against'] : []), ''];
		await beginSecretBallot(tx, { roundId: id, choices, voters });
	}
	told(tx, item, 'roundOpened', { election: election.id, round: id, candidates: standing.length });
	return id;
}

export interface RoundGiven {
	round: string;
	issued: number;
	returned: number;
	invalid: number;
	blank: number;
	against: number;
	/** Votes on paper or by hand, by candidate. */
	votes: ReadonlyMap<string, number>;
}

/**
 * Counts a round: paper as given here, plus the box where members voted on their devices. Finds what follows and keeps it with
 * profile and inputs. Counting twice changes nothing; other figures for a round that is counted are refused.
 * @throws RuleViolation `council_votes_round_counted`, `council_votes_round_moreIssuedThanPresent`, `…_moreReturnedThanIssued`, `…_sum`
 */
export async function countRound(tx: WriteCtx, given: RoundGiven): Promise<RoundFinding | undefined> {
	const { item, election, round } = await lockRound(tx, given.round);
	if (round.state === 'counted') return demandSame(tx, round, given);
	const inputs = await withBox(tx, given, round, await namesOn(tx, given.round));
	const check = checkRound(inputs);
	if (check.fault)
		throw new RuleViolation(
			`council_votes_round_${check.fault}`,
			{ issued: inputs.issued, returned: inputs.returned, present: inputs.present, missing: Math.abs(check.missing) },
			check.fault === 'moreIssuedThanPresent' ? 'issued' : 'returned',
		);
	const finding = findRound(await rulesOf(tx, item.session, election.councilBodyId), inputs);
	const { issued, returned, invalid, blank, against } = inputs;
	await tx.db
		.updateTable('council.election_round')
		.set({
			issued,
			returned,
			invalid,
			blank,
			against,
			state: 'counted',
			counted_at: tx.now,
			finding: JSON.stringify(finding),
		})
		.where('id', '=', round.id)
		.execute();
	for (const { candidate, votes } of inputs.votes)
		await tx.db
			.updateTable('council.round_candidate')
			.set({ votes })
			.where('round_id', '=', round.id)
			.where('candidate_id', '=', candidate)
			.execute();
	await follow(tx, item, election, finding.outcome);
	told(tx, item, 'roundCounted', { round: round.id, outcome: finding.outcome.kind });
	return finding;
}

/**
 * The lot that the chair drew between equals, before a witness. For the election it elects; for a run-off it says who stands
 * beside the first. Drawing again is refused: a lot falls once.
 */
export async function drawLot(
	tx: WriteCtx,
	given: { round: string; winner: string; drawnBy: string; witness: string },
): Promise<void> {
	const { item, election, round } = await lockRound(tx, given.round);
	const outcome = (round.finding as RoundFinding | null)?.outcome;
	if (outcome?.kind !== 'lot') throw new RuleViolation('council_votes_no_lot');
	if (round.lot?.winner === given.winner) return;
	if (round.lot) throw new RuleViolation('council_votes_lot_drawn');
	if (!outcome.between.includes(given.winner)) throw new NotFound('candidate');
	const { winner, drawnBy, witness } = given;
	const lot = { between: outcome.between, winner, drawnBy, witness, at: tx.now.toString() };
	await tx.db
		.updateTable('council.election_round')
		.set({ lot: JSON.stringify(lot) })
		.where('id', '=', round.id)
		.execute();
	if (outcome.for === 'election') await elect(tx, item, election, winner);
	told(tx, item, 'lotDrawn', { round: round.id });
}

/** Figures of ballots on paper can be compared; what lay in a box nobody said before. */
async function demandSame(tx: WriteCtx, round: Round, given: RoundGiven): Promise<undefined> {
	const { inputs } = round.finding as RoundFinding;
	const same =
		(['issued', 'returned', 'blank', 'invalid', 'against'] as const).every((name) => given[name] === inputs[name]) &&
		inputs.votes.every(({ candidate, votes }) => (given.votes.get(candidate) ?? 0) === votes);
	if (!same && !(await hasBallot(tx, { round: round.id }))) throw new RuleViolation('council_votes_round_counted');
}

async function roundExists(tx: WriteCtx, id: string): Promise<boolean> {
	const row = await tx.db.selectFrom('council.election_round').select('id').where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

async function follow(tx: WriteCtx, item: LockedItem, election: LockedElection, outcome: RoundOutcome): Promise<void> {
	if (outcome.kind === 'elected') await elect(tx, item, election, outcome.candidate);
	if (outcome.kind === 'failed')
		await tx.db.updateTable('council.election').set({ state: 'failed' }).where('id', '=', election.id).execute();
}

async function elect(tx: WriteCtx, item: LockedItem, election: LockedElection, candidate: string): Promise<void> {
	await tx.db
		.updateTable('council.election')
		.set({ state: 'decided', elected_id: candidate })
		.where('id', '=', election.id)
		.execute();
	told(tx, item, 'elected', { election: election.id, candidate });
}

async function lockRound(tx: WriteCtx, id: string) {
	if (!isId(id)) throw new NotFound('round');
	const found = await tx.db
		.selectFrom('council.election_round')
		.select('election_id')
		.where('id', '=', id)
		.executeTakeFirst();
	if (!found) throw new NotFound('round');
	const { item, election } = await lockElection(tx, found.election_id);
	const round = await tx.db
		.selectFrom('council.election_round')
		.select(['id', 'number', 'state', 'present', 'finding', 'lot'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return { item, election, round: { ...round, lot: round.lot as Round['lot'] } };
}

/** Who stands: whoever is eligible and consented; a round after the first takes those whom the one before left. */
async function onBallot(
	tx: WriteCtx,
	item: LockedItem,
	election: LockedElection,
	last: Round | undefined,
	asked: readonly string[] | undefined,
): Promise<string[]> {
	const all = await candidatesOf(tx, election, item.session.date);
	const able = all.filter(({ missing }) => !missing.length).map(({ id }) => id);
	const wrong = asked?.find((id) => !able.includes(id));
	if (wrong) {
		const name = all.find(({ id }) => id === wrong)?.name ?? '';
		throw new RuleViolation('council_votes_no_consent', { name }, 'candidates');
	}
	const left = last ? leftAfter(last) : undefined;
	const standing = able.filter((id) => (left ? left.includes(id) : !asked?.length || asked.includes(id)));
	if (!standing.length) throw new RuleViolation('council_votes_nobody_stands');
	return standing;
}

function leftAfter(round: Round): string[] {
	const left = standingAfter((round.finding as RoundFinding).outcome, round.lot?.winner);
	if (!left) throw new RuleViolation('council_votes_lot_first');
	return left;
}

async function namesOn(tx: WriteCtx, roundId: string): Promise<string[]> {
	const rows = await tx.db
		.selectFrom('council.round_candidate')
		.select('candidate_id')
		.where('round_id', '=', roundId)
		.orderBy('candidate_id')
		.execute();
	return rows.map(({ candidate_id }) => candidate_id);
}

/** Paper and box together: a token that was fetched is a ballot issued, one that was cast a ballot returned. */
async function withBox(tx: WriteCtx, given: RoundGiven, round: Round, names: string[]): Promise<RoundInputs> {
	const fetched = await tx.db
		.selectFrom('council.secret_right as r')
		.innerJoin('council.secret_ballot as b', 'b.id', 'r.ballot_id')
		.select('r.attendance_id')
		.where('b.round_id', '=', round.id)
		.where('r.issued', '=', true)
		.execute();
	const box = await closeSecretBallot(tx, { roundId: round.id });
	const inBox = [...box.values()].reduce((sum, count) => sum + count, 0);
	return {
		number: round.number,
		present: round.present,
		issued: given.issued + fetched.length,
		returned: given.returned + inBox,
		blank: given.blank + (box.get('') ?? 0),
		invalid: given.invalid,
		against: given.against + (box.get('against') ?? 0),
		votes: names.map((candidate) => ({
			candidate,
			votes: (given.votes.get(candidate) ?? 0) + (box.get(candidate) ?? 0),
		})),
	};
}

interface Round {
	id: string;
	number: number;
	state: string;
	present: number;
	finding: unknown;
	lot: { winner: string } | null;
}

/** The last round of an election, open or counted. */
export async function lastRound(tx: WriteCtx, electionId: string): Promise<Round | undefined> {
	const row = await tx.db
		.selectFrom('council.election_round')
		.select(['id', 'number', 'state', 'present', 'finding', 'lot'])
		.where('election_id', '=', electionId)
		.orderBy('number', 'desc')
		.executeTakeFirst();
	return row && { ...row, lot: row.lot as Round['lot'] };
}
