import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import {
	checkIn,
	comeBack,
	connectionBack,
	connectionLost,
	endAllPresences,
	handOver,
	leave,
	presentVoters,
} from './presence.server.ts';
import { prepareRoll } from './roll.server.ts';
import { addSubstitute, eligibleFor } from './substitutes.server.ts';
import { sampleSession, type Sample } from './testing.ts';

const database = await freshDatabase();
let sample: Sample;
const start = Temporal.Instant.from('2026-05-06T15:00:00Z');
const at = (minutes: number) => start.add({ minutes });
const act = <T>(work: (tx: WriteCtx) => Promise<T>) => write(database.ctx(), work);
const voters = async (minutes: number) => {
	const ctx = database.ctx();
	const found = await presentVoters(ctx, sample.meeting, sample.council, at(minutes));
	await ctx.scope.commit();
	return found;
};
const seatsAt = async (minutes: number) => (await voters(minutes)).map(({ seatNumber }) => seatNumber);

async function substitute(): Promise<string> {
	const person = newId();
	await database.sql(
		`insert into registry.person (body_id, id, given_name, family_name) values ($1, $2, 'Petra', 'Ersatz')`,
		[database.town.id, person],
	);
	await database.sql(
		`insert into registry.membership (body_id, id, person_id, organisation_id, kind, from_date) values ($1, $2, $3, $4, 'member', '2020-01-01')`,
		[database.town.id, newId(), person, sample.group],
	);
	return person;
}

beforeEach(async () => {
	sample = await sampleSession(database, { delegated: 2, residents: 2 });
});

describe('who votes now', () => {
	test('are those who are there with a seat, from when they come until they leave', async () => {
		await act((tx) => checkIn(tx, sample.rows[0]!, { at: at(0) }));
		await act((tx) => checkIn(tx, sample.rows[2]!, { at: at(10) }));
		await act((tx) => leave(tx, sample.rows[0]!, { at: at(20) }));
		await act((tx) => comeBack(tx, sample.rows[0]!, { at: at(30) }));
		expect([await seatsAt(0), await seatsAt(10), await seatsAt(20), await seatsAt(30)]).toEqual([
			[1],
			[1, 3],
			[3],
			[1, 3],
		]);
		expect(await seatsAt(-1)).toEqual([]);
	});

	test('are never guests, who may be there all the same', async () => {
		await act((tx) => checkIn(tx, sample.rows.at(-1)!, { at: at(0) }));
		expect(await voters(1)).toEqual([]);
		const [row] = await database.sql('select guest, status from council.attendance where id = $1', [
			sample.rows.at(-1),
		]);
		expect(row).toEqual({ guest: true, status: 'present' });
	});

	test('checking in twice, and leaving twice, changes nothing', async () => {
		for (const minutes of [0, 5]) await act((tx) => checkIn(tx, sample.rows[0]!, { at: at(minutes) }));
		for (const minutes of [10, 15]) await act((tx) => leave(tx, sample.rows[0]!, { at: at(minutes) }));
		expect(await database.sql('select 1 from council.presence where meeting_id = $1', [sample.meeting])).toHaveLength(
			1,
		);
		expect(await seatsAt(12)).toEqual([]);
	});

	test('the end of the session ends every presence and stamps the rows', async () => {
		for (const row of sample.rows) await act((tx) => checkIn(tx, row, { at: at(0) }));
		expect(await act((tx) => endAllPresences(tx, sample.meeting, at(120)))).toBe(5);
		expect(await voters(120)).toEqual([]);
		const rows = await database.sql<{ present_until: Date }>(
			'select present_until from council.attendance where meeting_id = $1',
			[sample.meeting],
		);
		expect(rows.map(({ present_until }) => present_until.toISOString())).toEqual(
			rows.map(() => '2026-05-06T17:00:00.000Z'),
		);
	});
});

describe('a seat', () => {
	test('is refused to the principal while the substitute holds it, and changes hands at one moment', async () => {
		const [principal, person] = [sample.rows[0]!, await substitute()];
		const row = await act((tx) => addSubstitute(tx, sample.meeting, sample.seats[0]!.id, person));
		await act((tx) => checkIn(tx, row, { at: at(0) }));
		await expect(act((tx) => checkIn(tx, principal, { at: at(10) }))).rejects.toMatchObject({
			code: 'council_session_seat_taken',
			params: { name: 'Petra Ersatz' },
		});
		expect(await voters(10)).toMatchObject([{ name: 'Petra Ersatz', seatNumber: 1, substituteFor: 'Person Nummer 1' }]);
		await act((tx) => handOver(tx, row, principal, { at: at(20), stays: true }));
		expect(await voters(19)).toMatchObject([{ name: 'Petra Ersatz' }]);
		expect(await voters(20)).toMatchObject([{ name: 'Person Nummer 1', substituteFor: '' }]);
		await act((tx) => handOver(tx, principal, row, { at: at(30) }));
		expect(await voters(30)).toMatchObject([{ name: 'Petra Ersatz' }]);
	});

	test('can’t be held by two even past the program’s own question', async () => {
		await act((tx) => checkIn(tx, sample.rows[0]!, { at: at(0) }));
		const insert = database.sql(
			`insert into council.presence (body_id, id, meeting_id, council_body_id, attendance_id, seat_id, from_at)
			 values ($1, $2, $3, $4, $5, $6, $7)`,
			[
				database.town.id,
				newId(),
				sample.meeting,
				sample.council,
				sample.rows[1],
				sample.seats[0]!.id,
				at(5).toString(),
			],
		);
		await expect(insert).rejects.toThrow('presence_seat');
	});

	test('is substituted only as its rule allows: by the group of a delegate, by nobody for a resident', async () => {
		const person = await substitute();
		const ctx = database.ctx();
		expect(await eligibleFor(ctx, sample.meeting, sample.seats[0]!.id)).toMatchObject([{ personId: person }]);
		expect(await eligibleFor(ctx, sample.meeting, sample.seats[2]!.id)).toEqual([]);
		await ctx.scope.commit();
		await expect(act((tx) => addSubstitute(tx, sample.meeting, sample.seats[2]!.id, person))).rejects.toMatchObject({
			code: 'council_session_no_substitutes',
		});
		await expect(
			act((tx) => addSubstitute(tx, sample.meeting, sample.seats[0]!.id, sample.seats[1]!.person!)),
		).rejects.toMatchObject({ code: 'council_session_not_eligible' });
	});
});

describe('a remote member', () => {
	test('may vote only where the profile has sessions with a remote part; a guest may always be there remotely', async () => {
		await expect(act((tx) => checkIn(tx, sample.rows[0]!, { mode: 'remote', at: at(0) }))).rejects.toMatchObject({
			code: 'council_session_remote_off',
		});
		await act((tx) => checkIn(tx, sample.rows.at(-1)!, { mode: 'remote', at: at(0) }));
	});

	test('is absent while the connection is lost', async () => {
		sample = await sampleSession(database, { rules: { remote: { mode: 'hybrid', electionsAllowed: false } } });
		await act((tx) => checkIn(tx, sample.rows[0]!, { mode: 'remote', at: at(0) }));
		await act((tx) => connectionLost(tx, sample.rows[0]!, { at: at(5) }));
		await act((tx) => connectionBack(tx, sample.rows[0]!, { at: at(7) }));
		expect([await seatsAt(4), await seatsAt(6), await seatsAt(7)]).toEqual([[1], [], [1]]);
		expect((await voters(7))[0]!.mode).toBe('remote');
	});
});

test('the list is laid once; a second time adds only who is new', async () => {
	expect(await act((tx) => prepareRoll(tx, sample.meeting))).toBe(0);
	expect(sample.rows).toHaveLength(5);
});

test('whatever comes and goes, no seat is held by two at any minute', async () => {
	const step = fc.record({ who: fc.integer({ min: 0, max: 4 }), what: fc.constantFrom('in', 'out', 'over', 'back') });
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
			sample = await sampleSession(database, { delegated: 2, residents: 2 });
			const person = await substitute();
			const rows = sample.rows.slice(0, 4);
			rows.push(await act((tx) => addSubstitute(tx, sample.meeting, sample.seats[0]!.id, person)));
			for (const [minute, { who, what }] of steps.entries()) {
				const row = rows[who]!;
				const time = { at: at(minute) };
				await act((tx) => {
					if (what === 'in') return checkIn(tx, row, time);
					if (what === 'out') return leave(tx, row, time);
					return what === 'over' ? handOver(tx, rows[0]!, rows[4]!, time) : handOver(tx, rows[4]!, rows[0]!, time);
				}).catch((error: { code?: string }) => expect(error.code).toMatch(/^council_session_/));
				const seats = await seatsAt(minute);
				expect(new Set(seats).size).toBe(seats.length);
			}
		}),
		{ numRuns: 12 },
	);
});
