import { expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addOrganisation } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { addCouncilBody } from '../commands/bodies.server.ts';
import { createMeeting } from './commands.server.ts';
import { carryOver, putOnAgenda } from './put.server.ts';
import { NewMeeting } from './schema.ts';

const database = await freshDatabase();
const ctx = database.ctx();
const council = await write(ctx, async (tx) => {
	const organisationId = await addOrganisation(tx, { name: 'Beirat von Probestadt', type: 'committee' });
	const from = Temporal.PlainDate.from('2020-01-01');
	return addCouncilBody(tx, { organisationId, slug: 'beirat', kind: 'council', preset: 'st-beirat-2024', from });
});

const form = (date: string, more: object = {}) =>
	NewMeeting.parse({ id: newId(), body: 'beirat', public: 'on', date, start: '17:00', end: '19:00', ...more });
const meeting = async (slug: string) => {
	const [row] = await database.sql<{ id: string; number: number; title: string }>(
		'select id, number, title from council.meeting where slug = $1',
		[slug],
	);
	return row!;
};
const titles = async (id: string) =>
	(
		await database.sql<{ title: string; number: string }>(
			'select title, number from council.agenda_item where meeting_id = $1 order by position',
			[id],
		)
	).map(({ number, title }) => `${number} ${title}`);

test('a new session gets the next number, the title in house style and the standing items in their order', async () => {
	const first = await meeting(await createMeeting(ctx, form('2023-02-15')));
	const second = await meeting(await createMeeting(ctx, form('2023-04-19')));
	expect([first.number, second.number, second.title]).toEqual([1, 2, '2. öffentliche Sitzung 2023']);
	expect(await titles(second.id)).toEqual([
		'1 Eröffnung und Feststellung der Beschlussfähigkeit',
		'2 Bestätigung der Tagesordnung',
		'3 Verschiedenes',
	]);
});

test('a form sent twice makes one session, two forms at once two numbers', async () => {
	const twice = form('2024-05-15');
	expect(await createMeeting(ctx, twice)).toBe(await createMeeting(ctx, twice));
	const made = await Promise.all(['2024-06-12', '2024-06-12'].map((date) => createMeeting(database.ctx(), form(date))));
	expect(new Set(made).size).toBe(2);
	expect((await Promise.all(made.map(meeting))).map(({ number }) => number).sort()).toEqual([2, 3]);
});

test('unapproved minutes, postponed items and closed resolutions come along by themselves, once', async () => {
	const { id } = await meeting(await createMeeting(ctx, form('2025-02-12')));
	const item = await write(ctx, (tx) => putOnAgenda(tx, { meetingId: id, title: 'Sprachkurse', papers: ['A0001/25'] }));
	const closed = await write(ctx, (tx) =>
		putOnAgenda(tx, {
			meetingId: id,
			title: 'Besetzung einer Stelle',
			public: false,
			closedCode: 'personnel',
			closedBasis: '§ 52 Abs. 2 KVG LSA',
			neutralTitle: 'Personalangelegenheit',
		}),
	);
	expect((await titles(id)).slice(-3)).toEqual(['3 Sprachkurse', '4 Verschiedenes', '5 Besetzung einer Stelle']);
	await database.sql(`update council.meeting set state = 'held' where id = $1`, [id]);
	await database.sql(`update council.agenda_item set result = 'postponed' where id = $1`, [item]);
	await database.sql(
		`insert into council.resolution (body_id, id, agenda_item_id, text) select body_id, gen_random_uuid(), id, 'So soll es sein.' from council.agenda_item where id = $1`,
		[closed],
	);
	const next = await meeting(await createMeeting(ctx, form('2025-04-09')));
	expect(await titles(next.id)).toEqual([
		'1 Eröffnung und Feststellung der Beschlussfähigkeit',
		'2 Bestätigung der Tagesordnung',
		'3 Bestätigung der Niederschrift der Sitzung vom 12. Februar 2025',
		'4 Bekanntgabe nichtöffentlich gefasster Beschlüsse',
		'5 Sprachkurse',
		'6 Verschiedenes',
	]);
	const papers = await database.sql('select reference from council.paper_mention where meeting_id = $1', [next.id]);
	expect(papers).toEqual([{ reference: 'A0001/25' }]);
	expect(await write(ctx, (tx) => carryOver(tx, id))).toBe(0);
	const third = await meeting(await createMeeting(ctx, form('2025-06-11')));
	expect((await titles(third.id)).join()).not.toMatch(/Sprachkurse|Niederschrift der Sitzung vom 12/);
});

test('a closed item needs reason, basis and a neutral title; strangers convene nothing', async () => {
	const { id } = await meeting(await createMeeting(ctx, form('2026-02-11')));
	await expect(
		write(ctx, (tx) => putOnAgenda(tx, { meetingId: id, title: 'Geheim', public: false, closedCode: 'personnel' })),
	).rejects.toThrow(RuleViolation);
	await expect(createMeeting(database.ctx(VISITOR), form('2026-03-11'))).rejects.toThrow(NotFound);
	expect(council).toBeTruthy();
});

test('a session that ends after midnight ends on the next day; the night of the clock change has its hours', async () => {
	const span = async (date: string) => {
		const { id } = await meeting(await createMeeting(ctx, form(date, { start: '23:00', end: '03:30' })));
		const [row] = await database.sql<{ hours: string }>(
			`select extract(epoch from ends_at - starts_at) / 3600 as hours from council.meeting where id = $1`,
			[id],
		);
		return Number(row!.hours);
	};
	expect([await span('2026-07-01'), await span('2027-03-27'), await span('2027-10-30')]).toEqual([4.5, 3.5, 5.5]);
});
