import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { states, votingDevice, type Queued, type VotingDevice } from './testing.ts';

/** Elections and bias as operations: what a device queued arrives in its order, once, and can be taken back. */
const database = await freshDatabase();
let device: VotingDevice;
let sample: VotingDevice['sample'];
let item: string;
const send: VotingDevice['send'] = (...queued) => device.send(...queued);
const undo: VotingDevice['undo'] = (answer) => device.undo(answer);
const view = () => device.view(item);

const op = (kind: string, payload: Record<string, unknown>, base = ''): Queued => ({
	kind,
	payload: { item, ...payload },
	base,
});

beforeEach(async () => {
	device = await votingDevice(database, [{ title: 'Wahl', kind: 'election' }, { title: 'Bericht' }]);
	({ sample, item } = device);
});

/** Two candidates who said yes, and the first round open, all by ids of the device. */
function begun() {
	const ids = { election: newId(), a: newId(), b: newId(), round: newId() };
	const [first, second] = sample.seats.map(({ person }) => person);
	const queued = [
		op('election', { election: ids.election, post: 'chair' }),
		op('candidate', { election: ids.election, candidate: ids.a, person: first }),
		op('candidate', { election: ids.election, candidate: ids.b, person: second }),
		op('consent', { candidate: ids.a, consent: 'given', how: 'mündlich' }),
		op('consent', { candidate: ids.b, consent: 'given' }),
		op('round', {
			election: ids.election,
			round: ids.round,
			[`candidate-${ids.a}`]: 'ja',
			[`candidate-${ids.b}`]: 'ja',
		}),
	];
	return { ...ids, queued };
}
const ballots = (round: string, votes: [string, number][], more: Record<string, string> = {}) => {
	const returned = String(votes.reduce((sum, [, count]) => sum + count, 0) + Number(more.blank ?? 0));
	const fields = Object.fromEntries(votes.map(([id, count]) => [`votes-${id}`, String(count)]));
	return op('ballots', { round, issued: returned, returned, ...fields, ...more });
};

describe('an election that waited on a device', () => {
	test('arrives in its order: candidates, consent, rounds, figures, acceptance', async () => {
		const { election, a, b, round, queued } = begun();
		const second = newId();
		const answers = await send(
			...queued,
			ballots(
				round,
				[
					[a, 4],
					[b, 4],
				],
				{ blank: '1' },
			),
			op('round', { election, round: second }),
			ballots(second, [
				[a, 6],
				[b, 3],
			]),
			op('accept', { election, accepted: 'yes', time: '' }),
		);
		expect(states(answers)).toEqual(answers.map(() => 'done'));
		expect((await view()).elections).toMatchObject([
			{ id: election, state: 'accepted', electedId: a, rounds: [{ id: round }, { id: second, state: 'counted' }] },
		]);
	});

	test('sent twice it happens once; the device’s own names mean what stood there already', async () => {
		const { election, a, b, round, queued } = begun();
		const named = queued.map((one) => ({ ...one, clientId: newId() }));
		await send(...named);
		expect(states(await send(...named))).toEqual(named.map(() => 'repeated'));
		// Another clerk's device had begun the same election with ids of its own.
		const other = begun();
		expect(states(await send(...other.queued))).toEqual(
			other.queued.map((_, at) => (at === 3 || at === 4 ? 'refused' : 'done')),
		);
		expect(
			states(
				await send(
					ballots(other.round, [
						[other.a, 7],
						[other.b, 2],
					]),
				),
			),
		).toEqual(['done']);
		const { elections } = await view();
		expect(elections).toMatchObject([
			{ id: election, electedId: a, candidates: [{ id: a }, { id: b }], rounds: [{ id: round }] },
		]);
	});

	test('other figures for a round that is counted are refused, and so is a lot that fell otherwise', async () => {
		const { election, a, b, round, queued } = begun();
		await send(
			...queued,
			ballots(
				round,
				[
					[a, 4],
					[b, 4],
				],
				{ blank: '1' },
			),
		);
		expect(
			await send(
				ballots(round, [
					[a, 5],
					[b, 4],
				]),
			),
		).toMatchObject([{ state: 'refused', code: 'council_votes_round_counted' }]);
		expect(
			states(
				await send(
					ballots(
						round,
						[
							[a, 4],
							[b, 4],
						],
						{ blank: '1' },
					),
				),
			),
		).toEqual(['done']);
		const second = newId();
		const tie = [
			[a, 4],
			[b, 4],
		] as [string, number][];
		await send(op('round', { election, round: second }), ballots(second, tie, { blank: '1' }));
		const last = (await view()).elections[0]!.rounds.at(-1)!;
		expect(last.finding?.outcome.kind).toBe('lot');
		const lot = { round: last.id, winner: b, drawnBy: 'Wahlleitung', witness: 'Person Nummer 5' };
		expect(states(await send(op('lot', lot), op('lot', lot)))).toEqual(['done', 'done']);
		expect(await send(op('lot', { ...lot, winner: a }))).toMatchObject([
			{ state: 'refused', code: 'council_votes_lot_drawn' },
		]);
	});

	test('a field that is no number is named, and nothing is counted', async () => {
		const { a, b, round, queued } = begun();
		await send(...queued);
		expect(
			await send(op('ballots', { round, issued: '9', returned: '9', [`votes-${a}`]: 'neun', [`votes-${b}`]: '0' })),
		).toMatchObject([{ state: 'refused', code: 'kernel_operation_unreadable', field: `votes-${a}` }]);
		expect((await view()).elections[0]!.rounds).toMatchObject([{ state: 'open' }]);
	});
});

describe('taking back', () => {
	test('goes step by step: count, round, consent, candidate, election', async () => {
		const { a, b, round, queued } = begun();
		const answers = await send(
			...queued,
			ballots(round, [
				[a, 6],
				[b, 3],
			]),
		);
		expect((await undo(answers[0])).state).toBe('conflict');
		for (const answer of answers.toReversed()) expect(await undo(answer)).toMatchObject({ state: 'done' });
		expect((await view()).elections).toEqual([]);
	});

	test('a no to an election is taken back; a yes begins a post and stands', async () => {
		const { election, a, b, round, queued } = begun();
		await send(
			...queued,
			ballots(round, [
				[a, 6],
				[b, 3],
			]),
		);
		const [no] = await send(op('accept', { election, accepted: 'no' }));
		expect((await view()).elections[0]!.state).toBe('declined');
		expect((await undo(no)).state).toBe('done');
		const [yes] = await send(op('accept', { election, accepted: 'yes' }));
		expect((await undo(yes)).state).toBe('refused');
	});

	test('a round on devices has no way back', async () => {
		const { queued } = begun();
		const round = queued.at(-1)!;
		const answers = await send(...queued.slice(0, -1), { ...round, payload: { ...round.payload, onDevices: 'ja' } });
		expect((await undo(answers.at(-1))).state).toBe('refused');
	});
});

describe('bias that waited on a device', () => {
	beforeEach(() => {
		// To an honorary post one may elect oneself: bias is a matter of other items.
		item = sample.items[1]!;
	});
	const declared = (bias: string, more: Record<string, unknown> = {}) =>
		op('bias', { bias, attendance: sample.rows[0], ground: 'relative', direct: 'ja', declaredBy: 'other', ...more });

	test('is declared, decided and over in its order; sent by two devices it stands once', async () => {
		const [mine, theirs] = [newId(), newId()];
		const figures = { yes: '6', no: '2', abstain: '', decided: 'barred' };
		const answers = await send(
			declared(mine),
			declared(theirs),
			op('decideBias', { bias: theirs, ...figures }, 'open'),
			op('backAtTable', { bias: mine }),
		);
		expect(states(answers)).toEqual(['done', 'done', 'done', 'done']);
		expect((await view()).biases).toMatchObject([{ id: mine, decided: 'barred', inAt: expect.any(String) }]);
		for (const answer of [answers[3], answers[2], answers[0]]) expect((await undo(answer)).state).toBe('done');
		expect((await view()).biases).toEqual([]);
	});

	test('another decision in the meantime is a conflict, and what stands is left', async () => {
		const bias = newId();
		await send(declared(bias), op('decideBias', { bias, yes: '6', no: '2', abstain: '', decided: 'barred' }, 'open'));
		const late = op('decideBias', { bias, yes: '1', no: '7', abstain: '', decided: 'barred' }, 'open');
		expect(states(await send(late))).toEqual(['conflict']);
		expect((await view()).biases).toMatchObject([{ decided: 'barred' }]);
	});

	test('what the law does not count as bias is refused with its reason', async () => {
		expect(await send(declared(newId(), { ground: 'groupInterest', declaredBy: 'self' }))).toMatchObject([
			{ state: 'refused', code: 'council_votes_no_bias' },
		]);
	});
});
