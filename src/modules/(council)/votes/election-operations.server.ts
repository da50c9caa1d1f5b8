import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { OperationKinds } from '#kernel/live/operations.ts';
import type { RowScope } from '#kernel/live/rows.ts';
import { propose, recordConsent } from './candidates.server.ts';
import { acceptElection, beginElection, cancelElection } from './elections.server.ts';
import { demandItem, hasBallot, meant, tokensOut, type Place, type Thing } from './meant.server.ts';
import { kind, ofItem } from './operation-kind.server.ts';
import { countRound, drawLot, openRound } from './rounds.server.ts';
import * as schema from './schema.ts';
import type { ElectionKind } from './view.ts';

/**
 * What the session's screen may queue of elections: everything that is done with paper and by hand. A round on devices needs the
 * server's signatures, so it is opened and counted with a connection only, and has no way back.
 */
export function electionKinds(meetingId: string): OperationKinds {
	const at = ({ item }: { item: string }): Place => ({ meetingId, item });
	const find = (tx: WriteCtx, given: { item: string }, thing: Thing, id: string) => meant(tx, at(given), thing, id);
	const candidate = (election: string): RowScope => ({ table: 'council.candidate', where: { election_id: election } });
	const ofRound = (round: string): RowScope[] => [
		{ table: 'council.election_round', where: { id: round } },
		{ table: 'council.round_candidate', where: { round_id: round } },
	];
	const kinds = {
		election: kind(
			schema.ElectionForm,
			({ item }) => [ofItem('election', item)],
			async (tx, given) => {
				await demandItem(tx, at(given));
				return { election: await beginElection(tx, given) };
			},
		),
		candidate: kind(
			schema.CandidateForm.extend(schema.UNDER),
			async (given, tx) => [candidate(await find(tx, given, 'election', given.election))],
			async (tx, given) => {
				const election = await find(tx, given, 'election', given.election);
				return { candidate: await propose(tx, { ...given, election }) };
			},
		),
		consent: kind(
			schema.ConsentForm.extend(schema.UNDER),
			async (given, tx) => [
				{ table: 'council.candidate', where: { id: await find(tx, given, 'candidate', given.candidate) } },
			],
			async (tx, given, base) => {
				const id = await find(tx, given, 'candidate', given.candidate);
				await recordConsent(tx, { ...given, candidate: id }, base);
			},
		),
		round: kind(
			schema.RoundOpening,
			(given) => (given.onDevices ? [] : ofRound(given.round)),
			async (tx, given) => {
				const candidates = [];
				for (const id of given.candidates) candidates.push(await find(tx, given, 'candidate', id));
				const election = await find(tx, given, 'election', given.election);
				return { round: await openRound(tx, { ...given, election, candidates }) };
			},
		),
		ballots: kind(
			schema.BallotsForm,
			async (given, tx) => {
				const round = await find(tx, given, 'round', given.round);
				return (await hasBallot(tx, { round })) ? [] : [ofItem('election', given.item), ...ofRound(round)];
			},
			async (tx, given) => {
				const round = await find(tx, given, 'round', given.round);
				if (await tokensOut(tx, { round })) throw new RuleViolation('council_votes_secret_not_queued');
				const votes = new Map<string, number>();
				for (const [id, count] of given.votes) votes.set(await find(tx, given, 'candidate', id), count);
				const finding = await countRound(tx, { ...given, round, votes });
				return { outcome: finding?.outcome.kind ?? null };
			},
		),
		lot: kind(
			schema.LotForm.extend(schema.UNDER),
			async (given, tx) => [
				ofItem('election', given.item),
				...ofRound(await find(tx, given, 'round', given.round)).slice(0, 1),
			],
			async (tx, given) => {
				const round = await find(tx, given, 'round', given.round);
				const winner = await find(tx, given, 'candidate', given.winner);
				await drawLot(tx, { ...given, round, winner });
			},
		),
		accept: kind(
			schema.AcceptForm.extend(schema.UNDER),
			// With the yes a post begins, which is no part of the session: whoever resigns from it leaves it by its own form.
			(given) => (given.accepted === 'no' ? [ofItem('election', given.item)] : []),
			async (tx, given) => {
				const election = await find(tx, given, 'election', given.election);
				await acceptElection(tx, { election, accepted: given.accepted === 'yes', at: momentOf(tx, given.time) });
			},
		),
		cancelElection: kind(
			schema.OneElection,
			async (given, tx) => {
				const election = await find(tx, given, 'election', given.election);
				return (await anyBallot(tx, election)) ? [] : [ofItem('election', given.item)];
			},
			async (tx, given) => cancelElection(tx, await find(tx, given, 'election', given.election)),
		),
	};
	return kinds satisfies Record<ElectionKind, unknown>;
}

/** The time of an acceptance as HH:MM of the town's clock today; nothing means the moment it was entered. */
function momentOf(tx: WriteCtx, text: string): Temporal.Instant | undefined {
	if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return undefined;
	return tx.today.toZonedDateTime({ timeZone: tx.body.timeZone, plainTime: text }).toInstant();
}

async function anyBallot(tx: WriteCtx, election: string): Promise<boolean> {
	const found = await tx.db
		.selectFrom('council.secret_ballot as b')
		.innerJoin('council.election_round as r', 'r.id', 'b.round_id')
		.select('b.id')
		.where('r.election_id', '=', election)
		.executeTakeFirst();
	return found !== undefined;
}
