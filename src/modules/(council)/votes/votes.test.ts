import { beforeAll, describe, expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { challengeQuorum, stateQuorumNow } from '../session/course-quorum.server.ts';
import { openSession } from '../session/course.server.ts';
import { checkIn, comeBack, handOver, leave } from '../session/presence.server.ts';
import { addSubstitute } from '../session/substitutes.server.ts';
import { sampleSession, type Sample } from '../session/testing.ts';
import { declareBias, decideBias } from './bias.server.ts';
import { closeVote, voidVote } from './close-vote.server.ts';
import { putMotion, withdrawMotion, writeAmendedText } from './motions.server.ts';
import { openVote } from './open-vote.server.ts';
import { votesOfItem } from './queries.server.ts';
import { castVoice, enterVoices } from './roll-call.server.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await freshDatabase();
});

/** A running session with the first `present` of fifteen seats there, and the quorum stated. */
async function running(present: number, options: Parameters<typeof sampleSession>[1] = {}): Promise<Sample> {
	const sample = await sampleSession(database, options);
	await write(database.ctx(), async (tx) => {
		await openSession(tx, sample.meeting, { proper: true, note: '' });
		for (const row of sample.rows.slice(0, present)) await checkIn(tx, row);
		await stateQuorumNow(tx, sample.meeting);
	});
	return sample;
}
const ctx = (): Ctx => database.ctx();
const writing = <Result>(work: (tx: WriteCtx) => Promise<Result>) => write(ctx(), work);
const person = (personId: string): Actor => ({
	kind: 'person',
	accountId: personId,
	personId,
	name: 'A',
	grants: [{ role: 'account', organisationId: null, personId }],
});
const motion = (item: string, more: object = {}) =>
	writing((tx) =>
		putMotion(tx, {
			item,
			kind: 'main',
			amends: null,
			text: 'Zehn Kurse',
			mover: null,
			moverName: '',
			reach: 1,
			...more,
		}),
	);
const ask = {
	body: null,
	rollCallAskers: 0,
	secretAskers: 0,
	majority: '',
	byMembers: false,
	anyway: false,
	reason: '',
};
const open = (id: string, more: object = {}) => writing((tx) => openVote(tx, { motion: id, ...ask, ...more }));
const close = (vote: string, yes: number, no: number, abstain: number, more: object = {}) =>
	closeVote(ctx(), { vote, yes, no, abstain, invalid: 0, presentNotVoting: 0, anyway: false, ...more });
const code = (expected: string, params: object = {}) => expect.objectContaining({ code: expected, ...params });

describe('an open vote', () => {
	test('is found under the profile, and its words become a recommendation', async () => {
		const { items } = await running(9);
		const id = await motion(items[0]!);
		const vote = await open(id);
		expect(await open(id)).toBe(vote);
		const finding = await close(vote, 6, 1, 2);
		expect(finding?.outcome).toMatchObject({ adopted: true, unanimous: false, sum: { fits: true, present: 9 } });
		expect(finding?.inputs).toMatchObject({ yes: 6, no: 1, abstain: 2, present: 9, seats: 15 });
		expect(await close(vote, 6, 1, 2)).toBeUndefined();
		await expect(close(vote, 0, 9, 0)).rejects.toThrow(code('council_votes_closed_as'));
		const view = await votesOfItem(ctx(), items[0]!);
		expect(view.result).toBe('adopted');
		expect(view.votes).toMatchObject([{ yes: 6, no: 1, abstain: 2, present: 9, adopted: true, state: 'closed' }]);
		const [resolution] = await database.sql<{ text: string; kind: string }>(
			'select text, kind from council.resolution where agenda_item_id = $1',
			[items[0]],
		);
		expect(resolution).toEqual({ text: 'Zehn Kurse', kind: 'recommendation' });
	});

	test('takes only figures whose sum is the voting members present; too few may be those who did not vote', async () => {
		const { items } = await running(9);
		const vote = await open(await motion(items[0]!));
		await expect(close(vote, 6, 1, 8)).rejects.toEqual(
			code('council_votes_sum_over', { params: { present: 9, counted: 15, missing: 6, biased: 0 } }),
		);
		await expect(close(vote, 6, 1, 1)).rejects.toEqual(code('council_votes_sum_under'));
		const finding = await close(vote, 6, 1, 1, { anyway: true });
		expect(finding?.inputs).toMatchObject({ abstain: 1, presentNotVoting: 1 });
	});

	test('8 of 15 at the opening, two leave, 4 : 1 without a challenge is valid; with one it is blocked', async () => {
		const { items, rows, meeting } = await running(8, { items: [{ title: 'Bericht' }, { title: 'Antrag' }] });
		await write(ctx(), async (tx) => {
			await leave(tx, rows[6]!);
			await leave(tx, rows[7]!);
		});
		const first = await open(await motion(items[0]!));
		expect((await close(first, 4, 1, 1))?.outcome).toMatchObject({ adopted: true, sum: { present: 6 } });
		const second = await motion(items[1]!);
		await write(ctx(), (tx) => challengeQuorum(tx, meeting, rows[0]!));
		await expect(open(second)).rejects.toEqual(code('council_votes_no_quorum', { params: { present: 6, needed: 8 } }));
		await write(ctx(), (tx) => comeBack(tx, rows[6]!));
		await write(ctx(), (tx) => comeBack(tx, rows[7]!));
		// Enough are there again, but what was found still stands until it is found anew.
		await expect(open(second)).rejects.toEqual(
			code('council_votes_quorum_again', { params: { present: 8, needed: 8 } }),
		);
	});

	test('a tie and 0 : 0 : 9 are rejections', async () => {
		const { items } = await running(9, { items: [{ title: 'Eins' }, { title: 'Zwei' }] });
		expect((await close(await open(await motion(items[0]!)), 4, 4, 1))?.outcome.because).toBe('tie');
		expect((await close(await open(await motion(items[1]!)), 0, 0, 9))?.outcome).toMatchObject({
			adopted: false,
			because: 'noVotes',
		});
		expect((await votesOfItem(ctx(), items[1]!)).result).toBe('rejected');
	});

	test('that does not stand stays with its reason, and everything is as before', async () => {
		const { items } = await running(9);
		const id = await motion(items[0]!);
		const vote = await open(id);
		await close(vote, 9, 0, 0);
		await writing((tx) => voidVote(tx, vote, 'Falsch ausgezählt'));
		const view = await votesOfItem(ctx(), items[0]!);
		expect(view).toMatchObject({ result: null, motions: [{ state: 'open' }], votes: [{ state: 'void' }] });
		await close(await open(id), 4, 5, 0);
		expect((await votesOfItem(ctx(), items[0]!)).result).toBe('rejected');
	});

	test('is opened by the office alone', async () => {
		const { items, seats } = await running(9);
		const id = await motion(items[0]!);
		const given = { motion: id, ...ask };
		const as = (actor: Actor) => write(database.ctx(actor), (tx) => openVote(tx, given));
		await expect(as(person(seats[0]!.person!))).rejects.toBeInstanceOf(Forbidden);
		await expect(as(VISITOR)).rejects.toBeInstanceOf(NotFound);
	});
});

describe('motions', () => {
	test('amendments go first, and then the text as amended is voted on', async () => {
		const { items } = await running(9);
		const main = await motion(items[0]!);
		const amendment = await motion(items[0]!, { kind: 'amendment', amends: main, text: 'Zwölf statt zehn' });
		await expect(open(main)).rejects.toEqual(code('council_votes_warned', { params: { warnings: 'order' } }));
		await close(await open(amendment), 9, 0, 0);
		await expect(open(main)).rejects.toEqual(code('council_votes_amended_text_missing'));
		await writing((tx) => writeAmendedText(tx, main, 'Zwölf Kurse'));
		await close(await open(main), 8, 1, 0);
		const view = await votesOfItem(ctx(), items[0]!);
		expect(view.result).toBe('adoptedChanged');
		expect(view.votes.at(-1)).toMatchObject({ text: 'Zwölf Kurse', adopted: true });
	});

	test('under "Verschiedenes" the room warns; with a reason the vote goes on', async () => {
		const { items } = await running(9, { items: [{ title: 'Verschiedenes', kind: 'anyOther' }] });
		const id = await motion(items[0]!);
		await expect(open(id)).rejects.toEqual(code('council_votes_warned', { params: { warnings: 'anyOther' } }));
		await expect(open(id, { anyway: true })).rejects.toEqual(code('council_votes_warned'));
		await open(id, { anyway: true, reason: 'Alle sind da' });
		expect((await votesOfItem(ctx(), items[0]!)).votes[0]!.warnedReason).toBe('Alle sind da');
	});

	test('can’t be taken back while they are voted on', async () => {
		const { items } = await running(9);
		const id = await motion(items[0]!);
		await open(id);
		await expect(writing((tx) => withdrawMotion(tx, id))).rejects.toEqual(code('council_votes_running_vote'));
	});
});

describe('a roll call', () => {
	test('is entered by the clerk in one pass, counted from the voices', async () => {
		const { items, rows } = await running(9);
		const vote = await open(await motion(items[0]!), { rollCallAskers: 1 });
		const voices = rows.slice(0, 9).map((row, i) => [row, i < 6 ? 'yes' : i < 7 ? 'no' : 'abstain'] as const);
		await writing((tx) => enterVoices(tx, vote, new Map(voices)));
		expect((await close(vote, 0, 0, 0))?.inputs).toMatchObject({ yes: 6, no: 1, abstain: 2, present: 9 });
		await expect(writing((tx) => enterVoices(tx, vote, new Map(voices)))).rejects.toEqual(code('council_votes_closed'));
		const view = await votesOfItem(database.ctx(VISITOR), items[0]!);
		expect(view.votes[0]!.voices).toHaveLength(9);
	});

	test('members vote for their seat while it is open; a seat votes once, whoever sits there', async () => {
		const { items, rows, seats, group, meeting } = await running(9);
		const [substitute] = await database.sql<{ id: string }>(
			`insert into registry.person (body_id, id, given_name, family_name) values ($1, gen_random_uuid(), 'Ver', 'Treter') returning id`,
			[database.town.id],
		);
		await database.sql(
			`insert into registry.membership (body_id, id, person_id, organisation_id, kind, from_date) values ($1, gen_random_uuid(), $2, $3, 'member', '2020-01-01')`,
			[database.town.id, substitute!.id, group],
		);
		const vote = await open(await motion(items[0]!), { rollCallAskers: 1, byMembers: true });
		const principal = () => database.ctx(person(seats[0]!.person!));
		await castVoice(principal(), vote, 'no');
		await castVoice(principal(), vote, 'yes');
		const row = await write(ctx(), (tx) => addSubstitute(tx, meeting, seats[0]!.id, substitute!.id));
		await write(ctx(), (tx) => handOver(tx, rows[0]!, row));
		const standIn = database.ctx(person(substitute!.id));
		await expect(castVoice(standIn, vote, 'no')).rejects.toEqual(code('council_votes_seat_voted'));
		await expect(castVoice(principal(), vote, 'no')).rejects.toEqual(code('council_votes_no_seat'));
		await expect(castVoice(database.ctx(person(seats[12]!.person!)), vote, 'no')).rejects.toEqual(
			code('council_votes_no_seat'),
		);
		expect((await votesOfItem(database.ctx(VISITOR), items[0]!)).votes[0]!.voices).toEqual([]);
		await close(vote, 0, 0, 0, { anyway: true });
		await expect(castVoice(standIn, vote, 'no')).rejects.toEqual(code('council_votes_closed'));
		expect((await votesOfItem(ctx(), items[0]!)).votes[0]).toMatchObject({ yes: 1, presentNotVoting: 8 });
	});

	test('60 members voting side by side lose no voice', async () => {
		const { items, seats } = await running(60, { delegated: 30, residents: 30 });
		const vote = await open(await motion(items[0]!), { rollCallAskers: 1, byMembers: true });
		await Promise.all(
			seats.map(({ person: id }, i) => castVoice(database.ctx(person(id!)), vote, i % 2 ? 'yes' : 'abstain')),
		);
		expect((await close(vote, 0, 0, 0))?.inputs).toMatchObject({ yes: 30, abstain: 30, present: 60 });
	});
});

describe('bias', () => {
	test('takes the member out of the vote, not out of the body; group interest is none', async () => {
		const { items, rows, seats } = await running(9);
		const bias = { item: items[0]!, attendance: rows[0]!, declaredByName: '', direct: true, sentByMunicipality: false };
		await expect(
			write(ctx(), (tx) => declareBias(tx, { ...bias, declaredBy: 'self', ground: 'groupInterest' })),
		).rejects.toEqual(code('council_votes_no_bias'));
		await write(ctx(), (tx) => declareBias(tx, { ...bias, declaredBy: 'self', ground: 'boardMember' }));
		const vote = await open(await motion(items[0]!), { rollCallAskers: 1, byMembers: true });
		await expect(castVoice(database.ctx(person(seats[0]!.person!)), vote, 'yes')).rejects.toEqual(
			code('council_votes_barred'),
		);
		await writing((tx) => enterVoices(tx, vote, new Map(rows.slice(1, 9).map((row) => [row, 'yes']))));
		expect((await close(vote, 0, 0, 0))?.inputs).toMatchObject({ yes: 8, biased: 1, present: 9, seats: 15 });
	});

	test('said by others bars only if the body decides so in absence', async () => {
		const { items, rows } = await running(9);
		await write(ctx(), (tx) =>
			declareBias(tx, {
				item: items[0]!,
				attendance: rows[0]!,
				declaredBy: 'other',
				declaredByName: 'Person Nummer 2',
				ground: 'relative',
				direct: false,
				sentByMunicipality: false,
			}),
		);
		const vote = await open(await motion(items[0]!));
		expect((await close(vote, 9, 0, 0))?.inputs.biased).toBe(0);
		await writing((tx) => voidVote(tx, vote, 'Es war noch nicht entschieden'));
		const [bias] = (await votesOfItem(ctx(), items[0]!)).biases;
		expect(bias).toMatchObject({ outcome: 'bodyDecides', decided: null });
		expect(await write(ctx(), (tx) => decideBias(tx, bias!.id, { yes: 5, no: 3, abstain: 0 }))).toBe('barred');
		const again = await open((await votesOfItem(ctx(), items[0]!)).motions[0]!.id);
		expect((await close(again, 8, 0, 0))?.inputs.biased).toBe(1);
		expect((await votesOfItem(database.ctx(VISITOR), items[0]!)).biases).toEqual([]);
	});
});
