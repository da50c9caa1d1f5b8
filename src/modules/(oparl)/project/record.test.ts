import { expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, addPerson } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { read } from '../serve/read.server.ts';
import { HERE } from './node.ts';

const database = await freshDatabase();
const day = Temporal.PlainDate.from('2026-04-01');
const at = (time: string) => Temporal.Instant.from(`2026-04-01T${time}:00+02:00`);

/** A held session of a body with two members, one of them replaced, with a roll call, a secret vote, a closed item. */
const made = await write(database.ctx(), async (tx) => {
	const council = await addOrganisation(tx, { name: 'Beirat', type: 'committee' });
	await tx.db.insertInto('council.council_body').values({ id: council, slug: 'beirat' }).execute();
	tx.touch('council.councilBody', council, { act: 'founded' });
	const group = await addOrganisation(tx, { name: 'Verein Brücke', type: 'external' });
	const stranger = await addOrganisation(tx, { name: 'Verein Anderswo', type: 'external' });
	const [ada, bela, cem] = [
		await addPerson(tx, 'Ada Marwitz'),
		await addPerson(tx, 'Bela Ohm'),
		await addPerson(tx, 'Cem Tal'),
	];
	const seat = newId();
	await tx.db
		.insertInto('council.seat')
		.values({
			id: seat,
			council_body_id: council,
			number: 4,
			kind: 'organisation',
			voting: true,
			organisation_id: group,
			from_date: day,
		})
		.execute();
	const join = (personId: string, kind: 'member' | 'substitute') =>
		addMembership(tx, { personId, organisationId: council, kind, votingRight: true, from: day, onBehalfOfId: group });
	const membership = await join(ada, 'member');
	await join(bela, 'substitute');
	await tx.db
		.insertInto('council.seat_filling')
		.values({ id: newId(), seat_id: seat, membership_id: membership, from_date: day })
		.execute();
	const meeting = newId();
	const held = {
		slug: 's',
		date: day,
		state: 'held',
		published: true,
		starts_at: at('17:00'),
		opened_at: at('17:04'),
		closed_at: at('19:10'),
	};
	await tx.db
		.insertInto('council.meeting')
		.values({ id: meeting, council_body_id: council, ...held })
		.execute();
	const [open, closed] = [newId(), newId()];
	const item = (id: string, position: number, more: object) =>
		tx.db
			.insertInto('council.agenda_item')
			.values({ id, meeting_id: meeting, position, title: 'Punkt', number: `${position}`, ...more })
			.execute();
	await item(open, 3, { result: 'adopted', result_note: 'mit einer Änderung' });
	await item(closed, 7, {
		public: false,
		neutral_title: 'Personal',
		result: 'rejected',
		result_note: 'geheim',
		opened_at: at('18:00'),
	});
	const attendance = newId();
	const rows = [
		{
			id: attendance,
			name: 'Bela Ohm',
			person_id: bela,
			voting: true,
			status: 'present',
			seat_id: seat,
			substitute_for_person_id: ada,
			present_from: at('17:04'),
		},
		{ id: newId(), name: 'Dora Ritz', voting: true, status: 'excused' },
		{ id: newId(), name: 'Cem Tal', person_id: cem, voting: false, function: 'Amtsleitung', status: 'present' },
		{ id: newId(), name: 'Gast Emil', voting: false, function: 'Gast', status: 'present', guest: true },
	];
	for (const [position, row] of rows.entries())
		await tx.db
			.insertInto('council.attendance')
			.values({ meeting_id: meeting, position, ...row })
			.execute();
	for (const [position, [method, itemId]] of (
		[
			['rollCall', open],
			['secret', open],
			['rollCall', closed],
		] as const
	).entries()) {
		const vote = newId();
		const figures = { yes: 2, no: 0, abstain: 1, biased: 0, present: 3, adopted: true, unanimous: true };
		await tx.db
			.insertInto('council.vote')
			.values({ id: vote, agenda_item_id: itemId, position, method, text: 'Der Text.', ...figures })
			.execute();
		const voice = {
			name: 'Bela Ohm',
			person_id: bela,
			voice: 'presentNotVoting',
			entered_by: 'clerk',
			at: at('18:30'),
		};
		await tx.db
			.insertInto('council.roll_call_voice')
			.values({ vote_id: vote, attendance_id: attendance, ...voice })
			.execute();
	}
	const outcome = { base: 15, needed: 8, present: 9, quorate: true, because: 'counted' };
	for (const [time, present] of [
		['17:05', 9],
		['17:40', 8],
	] as const)
		await tx.db
			.insertInto('council.quorum_finding')
			.values({
				id: newId(),
				meeting_id: meeting,
				stated: true,
				stated_present: present,
				stated_at: at(time),
				at: at(time),
				computed: JSON.stringify({ profileName: 'x', outcome: { ...outcome, present } }),
			})
			.execute();
	tx.touch('council.meeting', meeting, { act: 'held' });
	return { council, group, stranger, ada, bela, meeting, open, closed, membership };
});

const told = async (path: string) => {
	const found = await read(database.ctx(VISITOR), path, new URLSearchParams());
	if (!('json' in found)) throw new Error(`nothing under ${path}`);
	return JSON.parse(found.json) as Record<string, unknown>;
};
const link = (type: string, id: string) => `${HERE}/oparl/v1.1/${type}/${id}`;
const meeting = await told(`meeting/${made.meeting}`);
const [open, closed] = meeting.agendaItem as Record<string, unknown>[];

test('votes are told with their figures, names only of roll calls', () => {
	const figures = {
		yes: 2,
		no: 0,
		abstain: 1,
		biased: 0,
		present: 3,
		adopted: true,
		unanimous: true,
		text: 'Der Text.',
	};
	expect(open!['mitrat:vote']).toEqual([
		{
			...figures,
			method: 'rollCall',
			voices: [{ name: 'Bela Ohm', person: link('person', made.bela), voice: 'notVoting' }],
		},
		{ ...figures, method: 'secret' },
	]);
	expect(open).toMatchObject({ result: 'angenommen', 'mitrat:resultNote': 'mit einer Änderung', order: 0 });
});

test('a closed item keeps its neutral title and nothing else', () => {
	expect(Object.keys(closed!).sort()).toEqual([
		'created',
		'id',
		'meeting',
		'modified',
		'name',
		'number',
		'order',
		'public',
		'type',
		'web',
	]);
	expect(closed).toMatchObject({ name: 'Personal', public: false, order: 1 });
});

test('attendance names who has a seat, with substitutes; others by function; no guests and no reasons', () => {
	expect(meeting['mitrat:attendance']).toEqual([
		{
			name: 'Bela Ohm',
			person: link('person', made.bela),
			seat: 4,
			voting: true,
			status: 'present',
			substituteFor: { name: 'Ada Marwitz', person: link('person', made.ada) },
			from: '2026-04-01T17:04:00+02:00',
		},
		{ name: 'Dora Ritz', voting: true, status: 'absent' },
		{ function: 'Amtsleitung', voting: false, status: 'present' },
	]);
	expect(meeting.participant).toEqual([link('person', made.bela)]);
});

test('the newest finding of the quorum is told, with what it was counted from', () => {
	expect(meeting['mitrat:quorum']).toEqual([
		{
			organization: link('organization', made.council),
			stated: true,
			statedPresent: 8,
			at: '2026-04-01T17:40:00+02:00',
			base: 15,
			needed: 8,
			present: 8,
			quorate: true,
		},
	]);
});

test('a session is planned, invited, and held once its minutes are out; it ends when it was closed', async () => {
	expect(meeting).toMatchObject({
		meetingState: 'eingeladen',
		start: '2026-04-01T17:00:00+02:00',
		end: '2026-04-01T19:10:00+02:00',
	});
	await write(database.ctx(), async (tx) => {
		const minutes = { id: newId(), meeting_id: made.meeting, state: 'published', published_at: tx.now };
		await tx.db.insertInto('council.minutes_record').values(minutes).execute();
		tx.touch('council.minutes', minutes.id, { act: 'published' });
	});
	expect(await told(`meeting/${made.meeting}`)).toMatchObject({ meetingState: 'durchgeführt' });
});

test('seats say whose they are and who held them; who sends somebody is an organisation of its own, others are not', async () => {
	const council = await told(`organization/${made.council}`);
	expect(council).toMatchObject({ memberCount: 1, votingMemberCount: 1, 'mitrat:advisory': true });
	expect(council['mitrat:seat']).toEqual([
		{
			number: 4,
			kind: 'organisation',
			voting: true,
			organization: link('organization', made.group),
			startDate: '2026-04-01',
			holder: [{ membership: link('membership', made.membership), startDate: '2026-04-01' }],
		},
	]);
	expect(await told(`membership/${made.membership}`)).toMatchObject({ onBehalfOf: link('organization', made.group) });
	expect(await told(`organization/${made.group}`)).toMatchObject({ name: 'Verein Brücke' });
	await expect(told(`organization/${made.stranger}`)).rejects.toThrow('nothing');
});
