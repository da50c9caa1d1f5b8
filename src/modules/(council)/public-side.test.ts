import { expect, test } from 'vitest';
import { extractText } from '#kernel/files/extract.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { erasePerson } from '#kernel/privacy/erase.ts';
import { retentionRun } from '#kernel/privacy/retention-run.ts';
import { write } from '#kernel/write.ts';
import { calendarOf } from './calendar.server.ts';
import { demonstrationTown, OPERATOR, plantSecrets, SECRETS, VISITOR } from './demo/town.fixture.ts';
import { minutesDocument } from './minutes/output/render.server.ts';
import { agendaPdf } from './pdf/render.server.ts';
import { bodyView } from './queries/bodies.server.ts';
import { feedEntries } from './queries/feed.server.ts';
import { meetingView } from './queries/meeting.server.ts';
import { meetingRows } from './queries/meetings.server.ts';
import { publicResults, resultRows } from './queries/results.server.ts';
import { publicTasks } from './queries/task-export.server.ts';
import { taskRows } from './queries/tasks.server.ts';

const ORIGIN = 'https://beirat.elbstadt.example';
const demo = await demonstrationTown();
const secretive = await plantSecrets(demo);
// Fixed versions were fixed before the secrets were planted: without them minutes are built from the records.
await demo.database.sql(`alter table council.minutes_version disable trigger minutes_version_fixed`);
for (const table of ['signature', 'version', 'record']) await demo.database.sql(`delete from council.minutes_${table}`);
await demo.database.sql(`alter table council.minutes_version enable trigger minutes_version_fixed`);
const slugs = (await demo.as(OPERATOR, (ctx) => meetingRows(ctx))).map(({ slug }) => slug);
const open = slugs.filter((slug) => !slug.startsWith('nebel'));

/** Secrets that a text gives away; votes of closed items are figures that occur nowhere else. */
function leaks(text: string): string[] {
	return [...SECRETS, '"yes":77', '77 Ja'].filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
}

async function text(pdf: Uint8Array): Promise<string> {
	return (await extractText(pdf, 'a.pdf')).text.replace(/\s+/g, ' ');
}

test('the secrets are really there for those inside', async () => {
	const view = JSON.stringify(await demo.as(OPERATOR, (ctx) => meetingView(ctx, secretive)));
	const inside = [
		'Zwetschgenakte',
		'Verschlusswort',
		'Geheimbeschluss',
		'Abstimmzettelwort',
		'V9999/99',
		'Stillaufgabe',
		'Stilltermin',
		'Quendolin',
		'Rufzeichenwort',
		'Wahlzettelwort',
	];
	expect(leaks(view)).toEqual(expect.arrayContaining(inside));
	expect(leaks(await text(await demo.as(OPERATOR, (ctx) => minutesDocument(ctx, secretive, ORIGIN))))).toEqual(
		expect.arrayContaining(['Geheimbeschluss', 'Quendolin', '77 Ja']),
	);
});

test('no page of a session gives a stranger anything closed, a guest’s name or an address', async () => {
	for (const slug of open) {
		const view = await demo.as(VISITOR, (ctx) => meetingView(ctx, slug));
		expect(leaks(JSON.stringify(view)), slug).toEqual([]);
		expect(JSON.stringify(view), slug).not.toMatch(/[\w.]+@[\w.]+/);
		const closed = view.items.filter((item) => !item.public);
		for (const item of closed) {
			expect(item).toMatchObject({
				hidden: true,
				title: 'Personalangelegenheit',
				text: { blocks: [] },
				result: null,
				resultNote: '',
				plain: '',
				votes: [],
				elections: [],
				resolutions: [],
				papers: [],
			});
		}
	}
});

test('why somebody was away is nowhere: a state word and times are all', async () => {
	const view = await demo.as(VISITOR, (ctx) => meetingView(ctx, secretive));
	const keys = [
		'id',
		'name',
		'function',
		'organisation',
		'grouping',
		'seatNumber',
		'bodyName',
		'voting',
		'guest',
		'status',
		'substituteFor',
		'from',
		'until',
	];
	for (const row of view.attendance) expect(new Set(Object.keys(row))).toEqual(new Set(keys));
	expect(view.attendance.map(({ status }) => status)).not.toContain('excused');
	const guests = view.attendance.filter((row) => row.guest);
	expect(guests.map(({ name }) => name).join('')).toBe('');
	expect(guests.map((row) => row.function)).toContain('Beratungsstelle am Hafen');
});

test('sessions that are closed or not yet published do not exist for strangers', async () => {
	for (const slug of ['nebel-1', 'nebel-2']) {
		for (const ask of [
			meetingView,
			(ctx: never, s: string) => agendaPdf(ctx, s, ORIGIN),
			(ctx: never, s: string) => feedEntries(ctx, { slug: s }),
		]) {
			await expect(demo.as(VISITOR, (ctx) => Promise.resolve(ask(ctx as never, slug)))).rejects.toThrow(NotFound);
		}
		expect(await demo.as(OPERATOR, (ctx) => feedEntries(ctx, { slug }))).toHaveLength(1);
	}
});

test('lists, exports and calendars give nothing away, whoever asks for them', async () => {
	for (const actor of [VISITOR, OPERATOR]) {
		const said = await demo.as(actor, async (ctx) => {
			const results = await publicResults(ctx);
			const feed = calendarOf(await feedEntries(ctx, {}), { name: 'x', origin: ORIGIN, timeZone: 'Europe/Berlin' });
			return [results, resultRows(results, ORIGIN), await publicTasks(ctx, ORIGIN), feed.replaceAll('\r\n ', '')];
		});
		for (const part of said) expect(leaks(JSON.stringify(part))).toEqual([]);
	}
	expect(leaks(JSON.stringify(await demo.as(VISITOR, (ctx) => meetingRows(ctx))))).toEqual([]);
	expect(leaks(JSON.stringify(await demo.as(VISITOR, (ctx) => taskRows(ctx))))).toEqual([]);
});

test('tasks name offices and nobody else', async () => {
	const rows = await demo.as(VISITOR, (ctx) => taskRows(ctx));
	expect(rows.find(({ what }) => what === 'Zahlen nachreichen')).toMatchObject({ who: '' });
	expect(rows.find(({ what }) => what === 'Raum klären')).toMatchObject({ who: '' });
	expect(rows.map(({ who }) => who)).toContain('Bürgeramt');
	const inside = await demo.as(OPERATOR, (ctx) => taskRows(ctx));
	expect(inside.find(({ what }) => what === 'Zahlen nachreichen')).toMatchObject({ who: 'Frau Habichthorst' });
});

test('what strangers can search has none of it', async () => {
	const rows = await demo.database.sql("select * from kernel.search_document where audience = 'public'");
	expect(rows.length).toBeGreaterThan(5);
	expect(leaks(JSON.stringify(rows))).toEqual([]);
	const hidden = await demo.database.sql(
		"select href from kernel.search_document where href like '/sitzungen/nebel%' and audience = 'public'",
	);
	expect(hidden).toEqual([]);
});

test('no minutes or agenda as PDF gives a stranger anything closed', async () => {
	for (const slug of open) {
		for (const make of [(ctx: Ctx, slug: string, origin: string) => minutesDocument(ctx, slug, origin), agendaPdf]) {
			const pdf = await demo.as(VISITOR, (ctx) =>
				make(ctx, slug, ORIGIN).catch((error) => (error instanceof NotFound ? null : Promise.reject(error))),
			);
			if (pdf) expect(leaks(await text(pdf)), slug).toEqual([]);
		}
	}
});

test('who is erased leaves search, lists of members and cached pages; the minutes keep what the law keeps', async () => {
	const { sql } = demo.database;
	const seen = async () =>
		(await sql<{ public_seq: string }>('select public_seq from kernel.clock where body_id = $1', [demo.town.id]))[0]!
			.public_seq;
	const [person] = await sql<{ id: string }>("select id from registry.person where family_name = 'Dubrawez'");
	const found = () => sql("select 1 from kernel.search_document where audience = 'public' and body like '%Dubrawez%'");
	expect(await found()).not.toEqual([]);
	const before = await seen();
	await demo.as(OPERATOR, (ctx) => write(ctx, (tx) => erasePerson(tx, person!.id)));
	expect(Number(await seen())).toBeGreaterThan(Number(before));
	expect(await found()).toEqual([]);
	expect(JSON.stringify(await demo.as(VISITOR, (ctx) => bodyView(ctx, 'beirat')))).not.toContain('Dubrawez');
	expect(JSON.stringify(await demo.as(VISITOR, (ctx) => meetingView(ctx, secretive)))).toContain('Dubrawez');
});

test('the retention run copes with a seat that two people shared on one evening', async () => {
	const { sql } = demo.database;
	const [row] = await sql<{ id: string; meeting_id: string; seat_id: string }>(
		"select a.id, a.meeting_id, a.seat_id from council.attendance a join council.meeting m on m.id = a.meeting_id where a.status = 'present' and a.seat_id is not null order by m.date limit 1",
	);
	await sql('update council.attendance set present_until = now(), unexcused_since = $2 where id = $1', [
		row!.id,
		'2001-01-01',
	]);
	await sql(
		`insert into council.attendance (body_id, id, meeting_id, position, name, voting, status, seat_id, present_from)
		values ($1, gen_random_uuid(), $2, 950, 'Petra Lüdersen', true, 'present', $3, now())`,
		[demo.town.id, row!.meeting_id, row!.seat_id],
	);
	const far = Temporal.PlainDate.from('2099-01-01');
	const { steps } = await demo.as(OPERATOR, (ctx) => retentionRun(ctx, far));
	expect(steps.find(({ table }) => table === 'council.attendance')).toMatchObject({ emptied: 1 });
});
