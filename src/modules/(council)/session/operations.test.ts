import { beforeEach, describe, expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { latestOperations, type Answer } from '#kernel/live/operations.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { actInSession, roomOf } from './operations.server.ts';
import { sampleSession, type Sample } from './testing.ts';

const database = await freshDatabase();
let sample: Sample;

interface Sent {
	clientId?: string;
	base?: string;
	age?: number;
	actor?: Actor;
}

async function act(kind: string, payload: Record<string, unknown> = {}, sent: Sent = {}): Promise<Answer> {
	const { clientId = newId(), base = '', age = 0, actor } = sent;
	const meeting = { id: sample.meeting, councilBodyId: sample.council };
	const [answer] = await actInSession(database.ctx(actor), meeting, [{ clientId, kind, payload, base, age }]);
	return answer!;
}

const done = async (kind: string, payload: Record<string, unknown> = {}, sent: Sent = {}) => {
	const answer = await act(kind, payload, sent);
	expect(answer).toMatchObject({ state: 'done' });
	return answer as Answer & { state: 'done' };
};

const state = async (table: string, columns: string) =>
	database.sql(`select ${columns} from council.${table} where meeting_id = $1 order by 1`, [sample.meeting]);
const meeting = async () =>
	(
		await database.sql('select state, current_item_id, closed_at from council.meeting where id = $1', [sample.meeting])
	)[0]!;

async function openWith(present: number): Promise<void> {
	await done('roll', { marks: Object.fromEntries(sample.rows.slice(0, present).map((row) => [row, 'present'])) });
	await done('open', { proper: 'ja' });
	await done('quorum');
}

beforeEach(async () => {
	sample = await sampleSession(database, {
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Bericht' },
			{ title: 'Verschiedenes', kind: 'anyOther' },
		],
	});
});

describe('an operation', () => {
	test('is done once, however often it is sent', async () => {
		const clientId = newId();
		await openWith(9);
		const first = await done('task', { item: sample.items[1], what: 'Nachfragen' }, { clientId });
		expect(await act('task', { item: sample.items[1], what: 'Nachfragen' }, { clientId })).toMatchObject({
			state: 'repeated',
			seq: first.seq,
		});
		expect(await state('task', 'what')).toEqual([{ what: 'Nachfragen' }]);
	});

	test('sent by two at the same moment is done once as well', async () => {
		await openWith(9);
		const clientId = newId();
		const answers = await Promise.all([1, 2, 3].map(() => act('pause', { reason: 'Lüften' }, { clientId })));
		expect(answers.map(({ state: said }) => said).sort()).toEqual(['done', 'repeated', 'repeated']);
	});

	test('that a rule refuses stops none behind it', async () => {
		await openWith(9);
		const operation = (kind: string, payload: Record<string, unknown>) => ({
			clientId: newId(),
			kind,
			payload,
			base: '',
			age: 0,
		});
		const answers = await actInSession(database.ctx(), { id: sample.meeting, councilBodyId: sample.council }, [
			operation('item', { item: sample.items[1] }),
			operation('task', { item: sample.items[1], what: '' }),
			operation('unheard of', {}),
			operation('task', { item: sample.items[1], what: 'Antwort geben' }),
		]);
		expect(answers.map((answer) => answer.state)).toEqual(['done', 'refused', 'refused', 'done']);
		expect(answers[1]).toMatchObject({ code: 'kernel_operation_unreadable', field: 'what' });
	});

	test('done while the network was away is kept with its own time', async () => {
		await done('checkIn', { row: sample.rows[0] }, { age: 300_000 });
		const [span] = await database.sql<{ away: number }>(
			`select extract(epoch from now() - from_at)::int as away from council.presence where meeting_id = $1`,
			[sample.meeting],
		);
		expect(span!.away).toBeGreaterThanOrEqual(300);
	});

	test('is refused to members, and strangers learn nothing', async () => {
		const member: Actor = {
			kind: 'person',
			accountId: 'a',
			personId: newId(),
			name: 'A',
			grants: [{ role: 'member', organisationId: sample.council, personId: newId() }],
		};
		await expect(act('open', {}, { actor: member })).rejects.toBeInstanceOf(Forbidden);
		await expect(act('open', {}, { actor: VISITOR })).rejects.toBeInstanceOf(NotFound);
	});

	test('about a row of another session does nothing', async () => {
		const other = sample;
		sample = await sampleSession(database);
		expect(await act('checkIn', { row: other.rows[0] })).toMatchObject({
			state: 'refused',
			code: 'kernel_operation_gone',
		});
		expect(await state('presence', 'id')).toEqual([]);
	});
});

describe('two clerks', () => {
	test('who write the same item lose nothing: the second is shown what stands', async () => {
		await openWith(9);
		const first = await done('text', { item: sample.items[1], text: 'Das Amt berichtet.' });
		const second = await act('text', { item: sample.items[1], text: 'Die Leitung berichtet.' });
		expect(second).toMatchObject({ state: 'conflict', current: { hash: (first.result as { hash: string }).hash } });
		const base = (first.result as { hash: string }).hash;
		await done('text', { item: sample.items[1], text: 'Das Amt berichtet.\n\nDie Leitung ergänzt.' }, { base });
	});

	test('who record different results of one item are told', async () => {
		await openWith(9);
		await done('result', { item: sample.items[1], result: 'noted' });
		expect(await act('result', { item: sample.items[1], result: 'postponed' })).toMatchObject({
			state: 'conflict',
			current: { result: 'noted' },
		});
		await done('result', { item: sample.items[1], result: 'postponed' }, { base: 'noted' });
	});

	test('who mark different people at the same moment both succeed', async () => {
		const answers = await Promise.all(sample.rows.map((row) => act('checkIn', { row })));
		expect(answers.every((answer) => answer.state === 'done')).toBe(true);
		expect(await state('presence', 'id')).toHaveLength(sample.rows.length);
	});
});

describe('taking back', () => {
	test('puts every row as it was and stands in the log; it can be taken back itself', async () => {
		await openWith(9);
		const before = await state('presence', 'attendance_id, until_at, ended');
		const { seq } = await done('leave', { row: sample.rows[0] });
		const undone = await done('undo', { seq });
		expect(await state('presence', 'attendance_id, until_at, ended')).toEqual(before);
		await done('undo', { seq: undone.seq });
		const [gone] = await database.sql<{ ended: string }>(
			'select ended from council.presence where attendance_id = $1',
			[sample.rows[0]],
		);
		expect(gone!.ended).toBe('left');
		const ctx = database.ctx();
		const log = await latestOperations(ctx, roomOf(sample.meeting), 3);
		await ctx.scope.commit();
		expect(log.map(({ kind, undoes, undone: back }) => [kind, undoes, back])).toEqual([
			['undo', undone.seq, false],
			['undo', seq, true],
			['leave', null, true],
		]);
	});

	test('is a conflict once somebody went on from there', async () => {
		await openWith(9);
		const { seq } = await done('item', { item: sample.items[1] });
		await done('item', { item: sample.items[2] });
		expect(await act('undo', { seq })).toMatchObject({ state: 'conflict' });
	});

	test('works for the end of a session: the check-ins are open again', async () => {
		await openWith(9);
		const { seq } = await done('close');
		expect(await meeting()).toMatchObject({ state: 'held' });
		await done('undo', { seq });
		expect(await meeting()).toMatchObject({ state: 'running', closed_at: null });
		expect(
			await database.sql('select 1 from council.presence where meeting_id = $1 and until_at is null', [sample.meeting]),
		).toHaveLength(9);
	});
});

describe('the course of a session', () => {
	test('without quorum nothing is resolved, and taking note is possible all the same', async () => {
		await openWith(7);
		expect(await act('result', { item: sample.items[1], result: 'adopted' })).toMatchObject({
			state: 'refused',
			code: 'council_session_not_quorate',
			params: { present: 7, needed: 8 },
		});
		await done('result', { item: sample.items[1], result: 'noted' });
	});

	test('nothing is resolved under "Verschiedenes" before the warning was read', async () => {
		await openWith(9);
		expect(await act('result', { item: sample.items[2], result: 'adopted' })).toMatchObject({
			code: 'council_session_any_other',
		});
		await done('result', { item: sample.items[2], result: 'adopted', confirmed: 'ja' });
	});

	test('a challenge counts the challenger; only a voting member who is there may challenge', async () => {
		await openWith(9);
		for (const row of sample.rows.slice(0, 2)) await done('leave', { row });
		await done('result', { item: sample.items[1], result: 'adopted' });
		expect(await act('challenge', { row: sample.rows[0] })).toMatchObject({ code: 'council_session_challenger' });
		expect(await done('challenge', { row: sample.rows[2] })).toMatchObject({ result: { quorate: false } });
		expect(await act('result', { item: sample.items[0], result: 'confirmed' })).toMatchObject({
			code: 'council_session_not_quorate',
		});
	});

	test('a closed item waits until the public has left', async () => {
		sample = await sampleSession(database, { items: [{ title: 'Eröffnung' }, { title: 'Personal', public: false }] });
		await openWith(9);
		expect(await act('item', { item: sample.items[1] })).toMatchObject({ code: 'council_session_item_closed' });
		await done('part', { closed: 'ja' });
		await done('item', { item: sample.items[1] });
		expect(await act('item', { item: sample.items[0] })).toMatchObject({ code: 'council_session_item_public' });
	});

	test('one speaks at a time; asking twice waits once', async () => {
		await openWith(9);
		const [a, b] = [sample.rows[0], sample.rows[1]];
		const on = sample.items[0];
		for (const who of [a, b, b]) await done('ask', { item: on, row: who });
		expect(await state('speaker', 'attendance_id')).toHaveLength(2);
		await done('floor', { item: on, row: b });
		await done('floor', { item: on, row: a });
		expect(
			await database.sql(
				'select 1 from council.speaker where meeting_id = $1 and from_at is not null and until_at is null',
				[sample.meeting],
			),
		).toHaveLength(1);
		expect(await act('ask', { item: on, row: sample.rows[12] })).toMatchObject({ code: 'council_session_not_here' });
	});
});
