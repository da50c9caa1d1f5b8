import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Answer } from '#kernel/live/operations.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { beginElection, cancelElection } from './elections.server.ts';
import { ElectionForm } from './schema.ts';
import { states, votingDevice, type Queued, type VotingDevice } from './testing.ts';

/** Motions and votes as operations: what a device queued arrives in its order, once, and can be taken back. */
const database = await freshDatabase();
let device: VotingDevice;
let sample: VotingDevice['sample'];
let item: string;
const send: VotingDevice['send'] = (...queued) => device.send(...queued);
const undo: VotingDevice['undo'] = (answer) => device.undo(answer);
const view = () => device.view(item);

const motion = (id: string, more: Record<string, unknown> = {}): Queued => ({
	kind: 'motion',
	payload: { item, motion: id, kind: 'main', text: 'Zehn Kurse', ...more },
});
const openVote = (of: string, vote: string, more: Record<string, unknown> = {}): Queued => ({
	kind: 'openVote',
	payload: { item, motion: of, vote, ...more },
});
const figures = (vote: string, yes: number, no: number): Queued => ({
	kind: 'figures',
	payload: { item, vote, yes: String(yes), no: String(no), abstain: '' },
});
const count = async (table: string) =>
	(await database.sql(`select 1 from council.${table} where agenda_item_id = $1`, [item])).length;

beforeEach(async () => {
	device = await votingDevice(database, [{ title: 'Kurse' }, { title: 'Wohnen' }]);
	({ sample, item } = device);
});

describe('what waited on a device', () => {
	test('arrives in its order: motion, amendment, its vote, the final wording, the vote on all of it', async () => {
		const [main, amendment, first, last] = [newId(), newId(), newId(), newId()] as [string, string, string, string];
		const answers = await send(
			motion(main),
			motion(amendment, { kind: 'amendment', amends: main, text: 'Zwölf statt zehn' }),
			openVote(amendment, first),
			figures(first, 6, 3),
			{ kind: 'amendedText', payload: { item, motion: main, text: 'Zwölf Kurse' } },
			openVote(main, last),
			figures(last, 7, 2),
		);
		expect(states(answers)).toEqual(Array.from({ length: 7 }, () => 'done'));
		const { motions, votes, result } = await view();
		expect(motions.map(({ id, state }) => [id, state])).toEqual([
			[amendment, 'adopted'],
			[main, 'adopted'],
		]);
		expect(votes.map(({ id, text, yes }) => [id, text, yes])).toEqual([
			[first, 'Zwölf statt zehn', 6],
			[last, 'Zwölf Kurse', 7],
		]);
		expect(result).toBe('adoptedChanged');
	});

	test('is done once, however often the device sends it', async () => {
		const [main, vote] = [newId(), newId()];
		const queue = [motion(main), openVote(main, vote), figures(vote, 9, 0)].map((one) => ({
			...one,
			clientId: newId(),
		}));
		expect(states(await send(...queue.slice(0, 2)))).toEqual(['done', 'done']);
		expect(states(await send(...queue))).toEqual(['repeated', 'repeated', 'done']);
		const both = await Promise.all([send(...queue), send(...queue)]);
		expect(both.flatMap(states).every((state) => state === 'repeated')).toBe(true);
		expect([await count('motion'), await count('vote'), await count('resolution')]).toEqual([1, 1, 1]);
	});

	test('means what another clerk put in the same words, and the vote that another clerk opened', async () => {
		const [theirs, theirVote, mine, myVote] = [newId(), newId(), newId(), newId()];
		await send(motion(theirs), openVote(theirs, theirVote));
		const answers = await send(motion(mine), openVote(mine, myVote), figures(myVote, 5, 4));
		expect(answers).toMatchObject([
			{ state: 'done', result: { motion: theirs } },
			{ state: 'done', result: { vote: theirVote } },
			{ state: 'done', result: { adopted: true } },
		]);
		const { motions, votes } = await view();
		expect(motions.map(({ id }) => id)).toEqual([theirs]);
		expect(votes).toMatchObject([{ id: theirVote, yes: 5, no: 4, state: 'closed' }]);
	});

	test('that a rule refuses takes along what rested on it, and nothing behind that', async () => {
		for (const row of sample.rows.slice(0, 3)) await send({ kind: 'leave', payload: { row } });
		await send({ kind: 'challenge', payload: { row: sample.rows[4]! } });
		const [main, vote] = [newId(), newId()];
		const answers = await send(motion(main), openVote(main, vote), figures(vote, 6, 0), {
			kind: 'task',
			payload: { item, what: 'Neu einladen' },
		});
		expect(answers).toMatchObject([
			{ state: 'done' },
			{ state: 'refused', code: 'council_votes_no_quorum' },
			{ state: 'refused', code: 'kernel_operation_gone' },
			{ state: 'done' },
		]);
	});

	test('is a conflict where the wording is another one by now', async () => {
		const [main, amendment, first] = [newId(), newId(), newId()] as [string, string, string];
		await send(
			motion(main),
			motion(amendment, { kind: 'amendment', amends: main, text: 'Zwölf statt zehn' }),
			openVote(amendment, first),
			figures(first, 6, 3),
		);
		const seen = (await view()).motions.find(({ id }) => id === main)!.hash;
		const rewrite = (text: string) => ({ kind: 'amendedText', base: seen, payload: { item, motion: main, text } });
		expect(states(await send(rewrite('Zwölf Kurse'), rewrite('Zwölf Sprachkurse')))).toEqual(['done', 'conflict']);
		expect(states(await send({ ...openVote(main, newId()), base: seen }))).toEqual(['conflict']);
		expect((await view()).motions.find(({ id }) => id === main)!.amendedText).toBe('Zwölf Kurse');
		expect(await count('vote')).toBe(1);
	});

	test('about another session’s item or motion does nothing', async () => {
		const main = newId();
		await send(motion(main));
		const elsewhere = await votingDevice(database, [{ title: 'Anderes' }]);
		expect(await elsewhere.send(motion(newId()), openVote(main, newId()))).toMatchObject([
			{ state: 'refused', code: 'kernel_operation_gone' },
			{ state: 'refused', code: 'kernel_operation_gone' },
		]);
		expect([await count('motion'), await count('vote')]).toEqual([1, 0]);
	});

	test('whose id names something else already is a conflict', async () => {
		const main = newId();
		await send(motion(main));
		expect(states(await send(motion(main, { item: sample.items[1], text: 'Anderes' })))).toEqual(['conflict']);
	});
});

describe('taking back', () => {
	test('goes from the result to the motion, step by step, and forwards again', async () => {
		const [main, vote] = [newId(), newId()];
		const [put, opened, closed] = (await send(motion(main), openVote(main, vote), figures(vote, 9, 0))) as [
			Answer,
			Answer,
			Answer,
		];
		expect((await undo(put)).state).toBe('conflict');
		expect((await undo(opened)).state).toBe('conflict');
		expect((await undo(closed)).state).toBe('done');
		expect((await view()).votes).toMatchObject([{ state: 'open', yes: null }]);
		const back = await undo(opened);
		expect(back.state).toBe('done');
		expect(await count('vote')).toBe(0);
		expect((await undo(back)).state).toBe('done');
		expect((await view()).votes).toMatchObject([{ id: vote, state: 'open' }]);
		expect((await undo(put)).state).toBe('conflict');
		expect(await count('motion')).toBe(1);
	});

	test('a motion does not take its amendments along', async () => {
		const main = newId();
		const [put] = await send(motion(main), motion(newId(), { kind: 'amendment', amends: main, text: 'Zwölf' }));
		expect((await undo(put!)).state).toBe('conflict');
		expect(await count('motion')).toBe(2);
	});

	test('a vote in which members have voted already does not lose their voices', async () => {
		const [main, vote] = [newId(), newId()];
		const [, opened] = await send(motion(main), openVote(main, vote, { rollCallAskers: '1' }), {
			kind: 'voices',
			payload: { item, vote, [`voice-${sample.rows[0]}`]: 'yes' },
		});
		expect((await undo(opened!)).state).toBe('conflict');
		expect(await database.sql('select 1 from council.roll_call_voice where vote_id = $1', [vote])).toHaveLength(1);
	});

	test('a secret vote has no way back; its figures may wait as long as all ballots are on paper', async () => {
		const votes = [newId(), newId()] as const;
		const opened: Answer[] = [];
		for (const vote of votes) {
			const main = newId();
			const more = { text: `Antrag ${main}` };
			const answers = await send(
				motion(main, more),
				openVote(main, vote, { secretAskers: '1', anyway: 'ja', reason: 'beide zugleich' }),
			);
			opened.push(answers[1]!);
		}
		expect(states(opened)).toEqual(['done', 'done']);
		expect((await undo(opened[0]!)).state).toBe('refused');
		await database.sql(
			`update council.secret_right r set issued = true from council.secret_ballot b
			 where b.body_id = r.body_id and b.id = r.ballot_id and b.vote_id = $1 and r.attendance_id = $2`,
			[votes[1], sample.rows[0]],
		);
		const [onPaper, inBox] = await send(figures(votes[0], 9, 0), figures(votes[1], 9, 0));
		expect(onPaper).toMatchObject({ state: 'done' });
		expect(inBox).toMatchObject({ state: 'refused', code: 'council_votes_secret_not_queued' });
		expect((await undo(onPaper!)).state).toBe('refused');
		expect((await view()).votes.map(({ state, yes }) => ({ state, yes }))).toEqual([
			{ state: 'closed', yes: 9 },
			{ state: 'open', yes: null },
		]);
	});

	test('an item put in during the session stays once something stands under it', async () => {
		const added = { title: 'Nachgereicht', reason: 'Frist läuft ab', yes: '9', no: '0', abstain: '0' };
		const [first, second] = (await send(
			{ kind: 'addItem', payload: added },
			{ kind: 'addItem', payload: { ...added, title: 'Noch etwas' } },
		)) as [Answer & { result: string }, Answer & { result: string }];
		await send(motion(newId(), { item: first.result }));
		await send({ kind: 'text', payload: { item: second.result, text: 'Das Amt berichtet.' } });
		expect((await undo(first)).state).toBe('conflict');
		expect((await undo(second)).state).toBe('conflict');
		const [third] = await send({ kind: 'addItem', payload: { ...added, title: 'Leer' } });
		expect((await undo(third!)).state).toBe('done');
	});

	test('comes too late for a motion once the session is closed', async () => {
		const [put] = await send(motion(newId()));
		await send({ kind: 'close', payload: {} });
		expect(await undo(put!)).toMatchObject({ state: 'refused', code: 'council_votes_not_running' });
	});
});

describe('the end of a session', () => {
	test('waits for the result of a vote that runs, and says under which item', async () => {
		const [main, vote] = [newId(), newId()];
		await send(motion(main), openVote(main, vote));
		expect(await send({ kind: 'close', payload: {} })).toMatchObject([
			{ state: 'refused', code: 'council_session_open_vote', params: { number: '1' } },
		]);
		await send({ kind: 'voidVote', payload: { item, vote, reason: 'Irrtum' } });
		expect(states(await send({ kind: 'close', payload: {} }))).toEqual(['done']);
	});

	test('waits for an election: its result and acceptance, or that it was broken off', async () => {
		const given = { item, post: 'other', title: 'Sprecherin', open: 'ja' };
		const election = await write(database.ctx(), (tx) => beginElection(tx, ElectionForm.parse(given)));
		expect(await send({ kind: 'close', payload: {} })).toMatchObject([
			{ state: 'refused', code: 'council_session_open_election' },
		]);
		await write(database.ctx(), (tx) => cancelElection(tx, election));
		expect(states(await send({ kind: 'close', payload: {} }))).toEqual(['done']);
	});

	test('comes before what was queued behind it: a motion is put too late then', async () => {
		expect(states(await send({ kind: 'close', payload: {} }, motion(newId())))).toEqual(['done', 'refused']);
	});
});
