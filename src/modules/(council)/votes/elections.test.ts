import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/access/actor.ts';
import { VISITOR } from '#kernel/access/actor.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { stateQuorumNow } from '../session/course-quorum.server.ts';
import { openSession } from '../session/course.server.ts';
import { checkIn } from '../session/presence.server.ts';
import { sampleSession, type Sample } from '../session/testing.ts';
import { presidingOn } from '../structure/voting.server.ts';
import { blindToken, unblind } from './blind.ts';
import { propose, recordConsent } from './candidates.server.ts';
import { closeVote } from './close-vote.server.ts';
import { acceptElection, beginElection, openElections } from './elections.server.ts';
import { putMotion } from './motions.server.ts';
import { openVote } from './open-vote.server.ts';
import { votesOfItem } from './queries.server.ts';
import { countRound, drawLot, openRound } from './rounds.server.ts';
import { castBallot, issueToken, openBox, takePaper } from './secret.server.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await freshDatabase();
});

async function running(present: number, options: Parameters<typeof sampleSession>[1] = {}): Promise<Sample> {
	const sample = await sampleSession(database, { items: [{ title: 'Wahl', kind: 'election' }], ...options });
	await write(database.ctx(), async (tx) => {
		await openSession(tx, sample.meeting, { proper: true, note: '' });
		for (const row of sample.rows.slice(0, present)) await checkIn(tx, row);
		await stateQuorumNow(tx, sample.meeting);
	});
	return sample;
}
const ctx = () => database.ctx();
const as = (personId: string) => {
	const grants = [{ role: 'account', organisationId: null, personId }];
	return database.ctx({ kind: 'person', accountId: personId, personId, name: 'A', grants } satisfies Actor);
};
const code = (expected: string, params: object = {}) => expect.objectContaining({ code: expected, ...params });
const begin = (item: string, post: 'chair' | 'deputyChair' = 'chair') =>
	write(ctx(), (tx) => beginElection(tx, { item, body: null, post, title: '', ledBy: '', open: false }));

async function standing(election: string, people: (string | null)[]): Promise<string[]> {
	const ids: string[] = [];
	for (const person of people) {
		const id = await write(ctx(), (tx) =>
			propose(tx, { election, person, name: '', organisation: '', proposedBy: '' }),
		);
		await write(ctx(), (tx) => recordConsent(tx, { candidate: id, consent: 'given', how: 'mündlich' }));
		ids.push(id);
	}
	return ids;
}
const count = (round: string, votes: [string, number][], more: object = {}) => {
	const returned = votes.reduce((sum, [, n]) => sum + n, 0);
	return write(ctx(), (tx) =>
		countRound(tx, {
			round,
			issued: returned,
			returned,
			invalid: 0,
			blank: 0,
			against: 0,
			votes: new Map(votes),
			...more,
		}),
	);
};

describe('an election', () => {
	test('goes through two rounds, is accepted, and the chair holds the post from that day', async () => {
		const { items, seats, council, meeting } = await running(9, { meeting: { kind: 'constituting' } });
		expect(await openElections(ctx(), meeting)).toEqual([{ electionId: null, post: 'chair', missing: 'election' }]);
		const election = await begin(items[0]!);
		expect(await begin(items[0]!)).toBe(election);
		const [a, b, c] = await standing(election, [seats[0]!.person, seats[1]!.person, seats[2]!.person]);
		const first = await write(ctx(), (tx) => openRound(tx, { election }));
		expect(await openElections(ctx(), meeting)).toMatchObject([{ missing: 'result' }]);
		expect(
			(
				await count(first, [
					[a!, 4],
					[b!, 3],
					[c!, 2],
				])
			)?.outcome.kind,
		).toBe('nextRound');
		const second = await write(ctx(), (tx) => openRound(tx, { election }));
		expect(
			(
				await count(second, [
					[a!, 5],
					[b!, 3],
					[c!, 1],
				])
			)?.outcome,
		).toMatchObject({ kind: 'elected', candidate: a });
		expect(await openElections(ctx(), meeting)).toMatchObject([{ missing: 'acceptance' }]);
		await write(ctx(), (tx) => acceptElection(tx, { election, accepted: true }));
		await write(ctx(), (tx) => acceptElection(tx, { election, accepted: true }));
		expect(await openElections(ctx(), meeting)).toEqual([]);
		expect(await presidingOn(ctx(), council, ctx().today)).toMatchObject([{ personId: seats[0]!.person, as: 'chair' }]);
		const deputy = await begin(items[0]!, 'deputyChair');
		const [d] = await standing(deputy, [seats[3]!.person]);
		await count(await write(ctx(), (tx) => openRound(tx, { election: deputy })), [[d!, 6]], {
			issued: 9,
			returned: 9,
			blank: 3,
		});
		await write(ctx(), (tx) => acceptElection(tx, { election: deputy, accepted: true }));
		expect((await presidingOn(ctx(), council, ctx().today)).map(({ as }) => as)).toEqual(['chair', 'deputyChair']);
	});

	test('has no name on its ballot without consent, nor one whose organisation is no member', async () => {
		const { items, seats } = await running(9);
		const election = await begin(items[0]!);
		await expect(write(ctx(), (tx) => openRound(tx, { election }))).rejects.toEqual(
			code('council_votes_nobody_stands'),
		);
		const silent = await write(ctx(), (tx) =>
			propose(tx, {
				election,
				person: seats[0]!.person,
				name: '',
				organisation: '',
				proposedBy: '',
			}),
		);
		const stranger = await write(ctx(), (tx) =>
			propose(tx, {
				election,
				person: null,
				name: 'Amal Beispiel',
				organisation: 'Kulturverein Morgenrot',
				proposedBy: '',
			}),
		);
		await write(ctx(), (tx) => recordConsent(tx, { candidate: stranger, consent: 'given', how: 'schriftlich' }));
		for (const candidate of [silent, stranger])
			await expect(write(ctx(), (tx) => openRound(tx, { election, candidates: [candidate] }))).rejects.toEqual(
				code('council_votes_no_consent'),
			);
		const view = (await votesOfItem(ctx(), items[0]!)).elections[0]!;
		expect(view.candidates.map(({ missing }) => missing)).toEqual([['noConsent'], ['organisationNotMember']]);
		await write(ctx(), (tx) => recordConsent(tx, { candidate: silent, consent: 'given', how: 'mündlich' }));
		await write(ctx(), (tx) => openRound(tx, { election }));
		const [open] = (await votesOfItem(ctx(), items[0]!)).elections;
		expect(open!.rounds[0]!.votes.map(({ candidateId }) => candidateId)).toEqual([silent]);
	});

	test('with equal votes in the last round is settled by one lot, before a witness', async () => {
		const { items, seats } = await running(8);
		const election = await begin(items[0]!);
		const [a, b] = await standing(election, [seats[0]!.person, seats[1]!.person]);
		await count(await write(ctx(), (tx) => openRound(tx, { election })), [
			[a!, 4],
			[b!, 4],
		]);
		const round = await write(ctx(), (tx) => openRound(tx, { election }));
		expect(
			(
				await count(round, [
					[a!, 4],
					[b!, 4],
				])
			)?.outcome.kind,
		).toBe('lot');
		await expect(write(ctx(), (tx) => openRound(tx, { election }))).rejects.toEqual(code('council_votes_lot_first'));
		const lot = { round, winner: b!, drawnBy: 'Wahlleitung', witness: 'Person Nummer 5' };
		await write(ctx(), (tx) => drawLot(tx, lot));
		await expect(write(ctx(), (tx) => drawLot(tx, { ...lot, winner: a! }))).rejects.toEqual(
			code('council_votes_lot_drawn'),
		);
		expect((await votesOfItem(ctx(), items[0]!)).elections[0]).toMatchObject({ state: 'decided', electedId: b });
	});

	test('counts no more ballots than were issued, and none twice', async () => {
		const { items, seats } = await running(9);
		const election = await begin(items[0]!);
		const [a] = await standing(election, [seats[0]!.person]);
		const round = await write(ctx(), (tx) => openRound(tx, { election }));
		await expect(count(round, [[a!, 9]], { issued: 8 })).rejects.toEqual(
			code('council_votes_round_moreReturnedThanIssued'),
		);
		await expect(count(round, [[a!, 8]], { issued: 9, returned: 9 })).rejects.toEqual(code('council_votes_round_sum'));
		const counted = { issued: 9, returned: 9, blank: 2, against: 3 };
		await count(round, [[a!, 4]], counted);
		expect(await count(round, [[a!, 4]], counted)).toBeUndefined();
		await expect(count(round, [[a!, 9]])).rejects.toEqual(code('council_votes_round_counted'));
		expect((await votesOfItem(ctx(), items[0]!)).elections[0]).toMatchObject({ state: 'failed' });
	});
});

async function fetched(ballot: { id: string; publicKey: string }, personId: string) {
	const blind = await blindToken(ballot.publicKey);
	const signed = await issueToken(as(personId), ballot.id, blind.blinded);
	// A lost answer can be asked for again.
	expect(await issueToken(as(personId), ballot.id, blind.blinded)).not.toBe('');
	return { token: blind.token, signature: await unblind(ballot.publicKey, blind, signed), blinded: blind.blinded };
}

describe('a secret ballot', () => {
	async function secretVote(present: number) {
		const sample = await running(present, { items: [{ title: 'Antrag' }] });
		const given = {
			item: sample.items[0]!,
			kind: 'main',
			amends: null,
			text: 'Zehn Kurse',
			mover: null,
			moverName: '',
			reach: 1,
		} as const;
		const motion = await write(ctx(), (tx) => putMotion(tx, given));
		const ask = {
			body: null,
			rollCallAskers: 1,
			secretAskers: 1,
			majority: '',
			byMembers: false,
			anyway: false,
			reason: '',
		};
		const vote = await write(ctx(), (tx) => openVote(tx, { motion, ...ask }));
		const view = (await votesOfItem(ctx(), sample.items[0]!)).votes[0]!;
		expect(view.method).toBe('secret');
		return { ...sample, vote, ballot: view.ballot! };
	}
	test('gives each seat one token, counts each token once, and nobody else’s', async () => {
		const { ballot, seats, rows, vote, items } = await secretVote(9);
		const tokens: Awaited<ReturnType<typeof fetched>>[] = [];
		for (const { person } of seats.slice(0, 7)) tokens.push(await fetched(ballot, person!));
		const second = await blindToken(ballot.publicKey);
		await expect(issueToken(as(seats[0]!.person!), ballot.id, second.blinded)).rejects.toEqual(
			code('council_votes_token_fetched'),
		);
		await expect(issueToken(as(seats[12]!.person!), ballot.id, second.blinded)).rejects.toEqual(
			code('council_votes_no_seat'),
		);
		await takePaper(as(seats[7]!.person!), ballot.id, 'own');
		await expect(takePaper(ctx(), ballot.id, rows[0]!)).rejects.toEqual(code('council_votes_token_fetched'));
		const stranger = () => database.ctx(VISITOR);
		const cast = (i: number, choice: string) =>
			castBallot(stranger(), ballot.id, { token: tokens[i]!.token, signature: tokens[i]!.signature, choice });
		await expect(cast(0, 'yes')).rejects.toEqual(code('council_votes_box_shut'));
		await openBox(ctx(), ballot.id);
		await expect(issueToken(as(seats[8]!.person!), ballot.id, second.blinded)).rejects.toEqual(
			code('council_votes_box_open'),
		);
		for (const [i, choice] of ['yes', 'no', 'yes', '', 'yes', 'yes'].entries()) await cast(i, choice);
		await cast(0, 'yes');
		await expect(cast(0, 'no')).rejects.toEqual(code('council_votes_cast_already'));
		await expect(cast(6, 'maybe')).rejects.toEqual(code('council_votes_token_broken'));
		const forged = { ...tokens[6]!, token: tokens[6]!.token.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A')) };
		await expect(castBallot(stranger(), ballot.id, { ...forged, choice: 'yes' })).rejects.toEqual(
			code('council_votes_token_broken'),
		);
		// One ballot on paper says no; one token was fetched and never cast, one seat took neither.
		const given = { vote, yes: 0, no: 1, abstain: 0, invalid: 0, presentNotVoting: 0 };
		const finding = await closeVote(ctx(), { ...given, anyway: true });
		expect(finding?.inputs).toMatchObject({ yes: 4, no: 2, abstain: 1, presentNotVoting: 2, present: 9 });
		await expect(cast(6, 'yes')).rejects.toEqual(code('council_votes_closed'));
		expect((await votesOfItem(database.ctx(VISITOR), items[0]!)).votes[0]).toMatchObject({ voices: [], yes: 4, no: 2 });
	});

	test('leaves nothing in any table that ties a ballot to a person: not the token, not a time, not an order', async () => {
		const { ballot, seats, vote } = await secretVote(9);
		const [before] = await database.sql<{ seq: string }>(
			'select coalesce(max(seq), 0)::text as seq from kernel.change',
		);
		const people = seats.slice(0, 9).map(({ person }) => person!);
		const blinds: (Awaited<ReturnType<typeof fetched>> & { person: string })[] = [];
		for (const person of people) blinds.push({ person, ...(await fetched(ballot, person)) });
		await openBox(ctx(), ballot.id);
		for (const [i, { token, signature }] of blinds.entries())
			await castBallot(database.ctx(VISITOR), ballot.id, { token, signature, choice: i % 3 ? 'yes' : 'no' });
		const told = await database.sql<{ n: number }>('select count(*)::int as n from kernel.change where seq > $1', [
			before!.seq,
		]);
		// Only that the box was opened; neither fetching nor casting is told to anybody.
		expect(told[0]!.n).toBe(1);
		await closeVote(ctx(), { vote, yes: 0, no: 0, abstain: 0, invalid: 0, presentNotVoting: 0, anyway: false });

		const tables = await database.sql<{ name: string }>(
			`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
			where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
		);
		const holding = async (text: string) => {
			const found: string[] = [];
			for (const { name } of tables) {
				const [row] = await database.sql<{ hit: boolean }>(
					`select exists (select from ${name} t where t::text like '%' || $1 || '%') as hit`,
					[text],
				);
				if (row!.hit) found.push(name);
			}
			return found;
		};
		for (const { token, signature, blinded } of blinds.slice(0, 2)) {
			expect(await holding(token)).toEqual(['council.secret_voice']);
			expect(await holding(signature.slice(0, 40))).toEqual([]);
			expect(await holding(blinded.slice(0, 40))).toEqual([]);
		}
		const columns = await database.sql<{ column_name: string; data_type: string }>(
			`select column_name, data_type from information_schema.columns where table_schema = 'council' and table_name = 'secret_voice' order by 1`,
		);
		expect(columns.map(({ column_name }) => column_name)).toEqual(['ballot_id', 'body_id', 'choice', 'token']);
		// All ballots were written by one transaction, and not in the order in which they were cast.
		const voices = await database.sql<{ token: string; xmin: string }>(
			'select token, xmin::text from council.secret_voice where ballot_id = $1 order by ctid',
			[ballot.id],
		);
		expect(new Set(voices.map(({ xmin }) => xmin)).size).toBe(1);
		const rights = await database.sql<{ xmin: string; blinded_hash: string | null; issued: boolean }>(
			'select xmin::text, blinded_hash, issued from council.secret_right where ballot_id = $1',
			[ballot.id],
		);
		expect(new Set(rights.map(({ xmin }) => xmin)).size).toBe(1);
		expect(rights.every(({ issued, blinded_hash }) => issued && blinded_hash === null)).toBe(true);
		const [key] = await database.sql<{ private_key: string | null }>(
			'select private_key from council.secret_ballot where id = $1',
			[ballot.id],
		);
		expect(key!.private_key).toBeNull();
	});

	test('of an election counts the box and the paper together', async () => {
		const { items, seats } = await running(9);
		const election = await begin(items[0]!);
		const [a, b] = await standing(election, [seats[0]!.person, seats[1]!.person]);
		const round = await write(ctx(), (tx) => openRound(tx, { election, onDevices: true }));
		const { ballot } = (await votesOfItem(ctx(), items[0]!)).elections[0]!.rounds[0]!;
		const tokens: Awaited<ReturnType<typeof fetched>>[] = [];
		for (const { person } of seats.slice(0, 6)) tokens.push(await fetched(ballot!, person!));
		for (const { person } of seats.slice(6, 9)) await takePaper(as(person!), ballot!.id, 'own');
		await openBox(ctx(), ballot!.id);
		for (const [i, { token, signature }] of tokens.entries())
			await castBallot(database.ctx(VISITOR), ballot!.id, { token, signature, choice: i < 4 ? a! : i < 5 ? b! : '' });
		const finding = await count(
			round,
			[
				[a!, 1],
				[b!, 1],
			],
			{ issued: 3, returned: 3, invalid: 1 },
		);
		expect(finding?.inputs).toMatchObject({ issued: 9, returned: 9, blank: 1, invalid: 1 });
		expect(finding?.outcome).toMatchObject({ kind: 'elected', candidate: a, needed: 5 });
	});
});
