import { afterEach, expect, test } from 'vitest';
import { extractText } from '../../../src/kernel/files/extract.ts';
import { runtime } from '../../../src/kernel/runtime.ts';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf, type Made } from './room-support.ts';

/** A night in which clocks change, a session over midnight, names of many scripts, a body in which nobody votes. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, council, session, room, begin, votes, motion, vote } = await clerkOf(app);
const clock = runtime().clock;
afterEach(() => void (runtime().clock = clock));
const at = (moment: string) =>
	(runtime().clock = () => Temporal.ZonedDateTime.from(`${moment}[Europe/Berlin]`).toInstant());
const minutes = (made: Pick<Made, 'slug'>, cookie = office) =>
	plainPage(app, `/sitzungen/${made.slug}/niederschrift`, cookie);

async function post(path: string, fields: Record<string, string>) {
	const answer = await fetch(app.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie: office },
		body: new URLSearchParams(fields),
	});
	const text = (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
	expect(answer.status, `${path}: ${text.slice(0, 900)}`).toBe(303);
	return answer.headers.get('location') ?? '';
}

test('a session over midnight in the night in which clocks go back: one day, times in order, the hour that comes twice told apart', async () => {
	at('2026-10-05T10:00+02:00');
	const date = '2026-10-24';
	const location = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date,
		start: '22:30',
		end: '00:30',
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(location)![1]!;
	const [planned] = await rows<{ id: string; length: string }>(
		`select id, (ends_at - starts_at)::text as length from council.meeting where slug = $1`,
		[slug],
	);
	expect(planned!.length).toBe('02:00:00');
	const calendar = await (await fetch(`${app.url}/sitzungen/${slug}.ics`, { headers: { cookie: office } })).text();
	expect(calendar).toContain('DTSTART;TZID=Europe/Berlin:20261024T223000');
	expect(calendar).toContain('DTEND;TZID=Europe/Berlin:20261025T003000');
	await post(`/sitzungen/${slug}/einladung?/senden`, {});
	const made: Made = { id: planned!.id, slug, items: [] };
	at('2026-10-24T22:31+02:00');
	await begin(made, 8);
	const items = await rows<{ id: string }>(
		`select id from council.agenda_item where meeting_id = $1 and kind = 'topic' or (meeting_id = $1 and kind = 'report') order by position`,
		[made.id],
	);
	const item =
		items[0]?.id ??
		(
			await rows<{ id: string }>('select id from council.agenda_item where meeting_id = $1 order by position', [
				made.id,
			])
		)[1]!.id;
	const voters = await rows<{ id: string }>(
		'select id from council.attendance where meeting_id = $1 and voting order by position',
		[made.id],
	);
	at('2026-10-25T00:20+02:00');
	await (await room(made)).send({ art: 'checkIn', row: voters[8]!.id });
	// 02:30 comes twice: first in summer time, an hour later in winter time.
	at('2026-10-25T02:30+02:00');
	await (await room(made)).send({ art: 'leave', row: voters[7]!.id });
	at('2026-10-25T02:30+01:00');
	await (await room(made)).send({ art: 'checkIn', row: voters[7]!.id });
	const id = await motion(made, item, 'Der Beirat empfiehlt, früher anzufangen.');
	expect((await vote(made, id, { yes: 9, no: 0, abstain: 0 })).status).toBe(303);
	at('2026-10-25T03:10+01:00');
	const ended = await (await room(made)).send({ art: 'close' });
	expect(ended.text).toContain('beendet um 03:10');
	const spans = await rows<{ length: string; gap: string }>(
		`select (until_at - from_at)::text as length, (from_at - lag(until_at) over (order by from_at))::text as gap
		 from council.presence where attendance_id = $1 order by from_at`,
		[voters[7]!.id],
	);
	expect(spans).toEqual([
		{ length: '03:59:00', gap: null },
		{ length: '00:40:00', gap: '01:00:00' },
	]);
	const [kept] = await rows<{ date: string; length: string }>(
		`select date::text, (closed_at - opened_at)::text as length from council.meeting where id = $1`,
		[made.id],
	);
	expect(kept).toEqual({ date, length: '05:39:00' });
	const page = await plainPage(app, `/sitzungen/${slug}`);
	expect(page.text).toContain('Samstag, 24. Oktober 2026');
	expect(page.text).toContain('22:31 bis 03:10 Uhr');
	const record = await minutes(made);
	expect(record.text).toContain('schließt die Sitzung um 03:10 Uhr');
	expect(record.text).toContain('um 00:20 Uhr');
	const list = await plainPage(app, '/sitzungen?jahr=2026');
	expect(list.html).toContain(`/sitzungen/${slug}`);
	// The statute of the day on which it began holds, also after midnight.
	const [finding] = await rows<{ profile: string }>(
		`select finding ->> 'profileId' as profile from council.vote where motion_id = $1`,
		[id],
	);
	const [profile] = await rows<{ id: string }>(
		`select id from council.rule_profile where council_body_id = $1 and from_date <= $2::date and (until_date is null or until_date > $2::date)`,
		[council.id, date],
	);
	expect(finding!.profile).toBe(profile!.id);
});

test('GRE-22: a session in 2018 is evaluated under the old statute, one in 2020 under the new one', async () => {
	// The clerk of the demonstration was one then, too.
	await rows(`update registry.duty set from_date = '2010-01-01'`);
	at('2018-01-10T10:00+01:00');
	const path = '/gremien/zweierlei-satzung';
	await post('/gremien/anlegen?/anlegen', {
		name: 'Beirat mit zwei Satzungen',
		slug: 'zweierlei-satzung',
		kind: 'council',
		preset: 'free-beirat',
		from: '2015-01-01',
		visibility: 'public',
		statuteTitle: 'Satzung 2015',
	});
	await post(`${path}/sitze?/neu`, {
		kind: 'resident',
		count: '5',
		voting: 'on',
		substitutes: 'none',
		successors: 'rankedList',
		from: '2015-01-01',
	});
	const [body] = await rows<{ id: string }>(`select id from council.council_body where slug = 'zweierlei-satzung'`);
	for (const [index, { id }] of (
		await rows<{ id: string }>('select id from council.seat where council_body_id = $1 order by number', [body!.id])
	).entries())
		await post(`${path}/sitze?/berufen`, { seat: id, name: `Person Satzung-${index + 1}`, from: '2015-01-01' });
	/** Plans and runs a session on a day with two of five, by forms. @returns what everybody reads of it */
	const held = async (date: string, offset: string) => {
		at(`${date}T17:00${offset}`);
		const location = await post(`/sitzungen/neu?gremium=zweierlei-satzung&tag=${date}`, {
			id: crypto.randomUUID(),
			body: 'zweierlei-satzung',
			public: 'on',
			date,
			start: '18:00',
			end: '20:00',
		});
		const slug = /\/sitzungen\/([^/]+)\//.exec(location)![1]!;
		await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Zur Probe.' });
		const [row] = await rows<{ id: string }>('select id from council.meeting where slug = $1', [slug]);
		at(`${date}T18:01${offset}`);
		const page = await begin({ id: row!.id, slug, items: [] }, 2, body!.id);
		await page.send({ art: 'close' });
		return (await plainPage(app, `/sitzungen/${slug}`)).text;
	};
	const old = await held('2018-05-16', '+02:00');
	expect(old).toContain('Nicht beschlussfähig');
	expect(old).toContain('Mehr als die Hälfte von 5, also mindestens 3');
	at('2019-11-20T10:00+01:00');
	const { html } = await plainPage(app, `${path}/regeln`, office);
	const form = /<form[^>]*action="\?\/neu[\s\S]*?<\/form>/.exec(html)![0];
	const values: Record<string, string> = {};
	for (const [tag] of form.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
		const name = /\sname="([^"]*)"/.exec(tag)?.[1];
		if (!name || (/type="(?:checkbox|radio)"/.test(tag) && !/\schecked/.test(tag))) continue;
		values[name] = /\svalue="([^"]*)"/.exec(tag)?.[1] ?? '';
	}
	for (const [, name, inside] of form.matchAll(/<select[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
		values[name!] =
			/<option[^>]*value="([^"]*)"[^>]*\sselected/.exec(inside!)?.[1] ??
			/<option[^>]*value="([^"]*)"/.exec(inside!)?.[1] ??
			'';
	await post(`${path}/regeln?/neu`, {
		...values,
		name: 'Satzung 2019',
		from: '2019-11-27',
		'quorum.rule': 'third',
		statuteTitle: 'Satzung 2019',
	});
	const later = await held('2020-05-13', '+02:00');
	expect(later).toContain('Mindestens ein Drittel von 5, also 2');
	expect(later).not.toContain('Nicht beschlussfähig');
	// The old session stays what it was.
	const again = await rows<{ name: string; quorate: boolean }>(
		`select q.computed ->> 'profileName' as name, (q.computed #>> '{outcome,quorate}')::boolean as quorate from council.quorum_finding q
		 join council.meeting m on m.id = q.meeting_id where m.council_body_id = $1 order by q.at`,
		[body!.id],
	);
	expect(again.map(({ quorate }) => quorate)).toEqual([false, true]);
	expect(again[0]!.name).not.toBe(again[1]!.name);
});

const NAMES = [
	'Nguyễn Thị Ánh Tuyết',
	'محمد الأحمد',
	'Łukasz Żółćmiński',
	'İpek Çağlayan-Öztürk',
	"Siobhán O'Dòchartaigh",
	'گلناز سپنتا',
];

test('names with diacritics and from right to left stand everywhere as they are written, and are found', async () => {
	await post('/gremien/anlegen?/anlegen', {
		name: 'Beirat der vielen Namen',
		slug: 'viele-namen',
		kind: 'council',
		preset: 'free-beirat',
		from: '2020-01-01',
		visibility: 'public',
	});
	await post('/gremien/viele-namen/sitze?/neu', {
		kind: 'resident',
		count: String(NAMES.length),
		voting: 'on',
		substitutes: 'none',
		successors: 'rankedList',
		from: '2020-01-01',
	});
	const [body] = await rows<{ id: string }>(`select id from council.council_body where slug = 'viele-namen'`);
	const seats = await rows<{ id: string }>('select id from council.seat where council_body_id = $1 order by number', [
		body!.id,
	]);
	for (const [index, name] of NAMES.entries())
		await post('/gremien/viele-namen/sitze?/berufen', { seat: seats[index]!.id, name, from: '2020-01-01' });
	const made = await session(['Eröffnung', 'Erste Fragen'], { body: body!.id });
	const running = await begin(made, NAMES.length, body!.id);
	for (const name of NAMES) expect(running.text).toContain(name);
	const id = await motion(made, made.items[1]!, 'Wir fangen an.');
	expect((await votes(made, 'abstimmen', { motion: id, rollCallAskers: '6' })).status).toBe(303);
	const [open] = await rows<{ id: string }>('select id from council.vote where motion_id = $1', [id]);
	const there = await rows<{ id: string }>('select id from council.attendance where meeting_id = $1 and voting', [
		made.id,
	]);
	const closed = await votes(made, 'namen', {
		vote: open!.id,
		close: 'ja',
		...Object.fromEntries(there.map((one) => [`voice-${one.id}`, 'yes'])),
	});
	expect(closed.status).toBe(303);
	await (await room(made)).send({ art: 'close' });
	const places = [
		`/sitzungen/${made.slug}`,
		'/gremien/viele-namen',
		'/ar/gremien/viele-namen',
		'/gremien/viele-namen/mitglieder.csv',
	];
	for (const place of places) {
		const { html } = await plainPage(app, place);
		for (const name of NAMES)
			expect(html.replaceAll('&#39;', "'"), `${name} on ${place}`).toContain(
				place.endsWith('csv') ? name.split(' ').at(-1) : name,
			);
	}
	const pdf = await fetch(`${app.url}/sitzungen/${made.slug}/niederschrift.pdf`, { headers: { cookie: office } });
	const text = (await extractText(new Uint8Array(await pdf.arrayBuffer()), 'a.pdf')).text.replace(/\s+/g, ' ');
	for (const name of NAMES) expect(text).toContain(name);
	// A reader without these keys finds them, too.
	for (const typed of ['Nguyen Thi Anh Tuyet', 'Zolcminski', 'Caglayan', 'الأحمد', 'Siobhan']) {
		const found = await plainPage(app, `/suche?q=${encodeURIComponent(typed)}`);
		expect(found.text, typed).toContain('Beirat der vielen Namen');
	}
	// In a line from left to right a name from right to left turns nothing beside it round.
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await page.goto(`/sitzungen/${made.slug}`);
	await page.locator('summary', { hasText: 'Alle Namen als Tabelle' }).click();
	const cell = page.locator('td, th', { hasText: 'محمد الأحمد' }).first();
	const [name, state] = [await cell.boundingBox(), await cell.locator('xpath=following-sibling::td[1]').boundingBox()];
	expect(name!.x).toBeLessThan(state!.x);
	expect(await axeFindings(page)).toEqual([]);
	await page.context().close();
});

test('a body in which nobody has a vote meets and notes, and is told in one sentence why it resolves nothing', async () => {
	await post('/gremien/anlegen?/anlegen', {
		name: 'Kreis der Beratenden',
		slug: 'beratende',
		kind: 'roundTable',
		preset: 'round-table',
		from: '2020-01-01',
		visibility: 'public',
	});
	await post('/gremien/beratende/sitze?/neu', {
		kind: 'advisory',
		count: '2',
		substitutes: 'none',
		successors: 'none',
		from: '2020-01-01',
	});
	const [body] = await rows<{ id: string }>(`select id from council.council_body where slug = 'beratende'`);
	const seats = await rows<{ id: string; voting: boolean }>(
		'select id, voting from council.seat where council_body_id = $1 order by number',
		[body!.id],
	);
	expect(seats.map(({ voting }) => voting)).toEqual([false, false]);
	for (const [index, { id }] of seats.entries())
		await post('/gremien/beratende/sitze?/berufen', { seat: id, name: `Rat Geberin-${index + 1}`, from: '2020-01-01' });
	const made = await session(['Eröffnung', 'Stand der Dinge'], { body: body!.id });
	let page = await begin(made, 0, body!.id);
	expect(page.text).toContain('Das Gremium hat keine Mitglieder mit Stimme: Es ist nie beschlussfähig.');
	for (const { id } of await rows<{ id: string }>('select id from council.attendance where meeting_id = $1', [made.id]))
		page = await (await room(made)).send({ art: 'checkIn', row: id });
	page = await (await room(made, made.items[1])).send({ art: 'item', item: made.items[1]! });
	const refused = await page.send({ art: 'result', item: made.items[1]! }, { result: 'adopted' });
	const said = (text: string) => text.split('Das Gremium hat keine Mitglieder mit Stimme').length;
	expect([refused.status, said(refused.text) - said(page.text)]).toEqual([422, 1]);
	const id = await motion(made, made.items[1]!, 'Wir beschließen etwas.');
	const open = await votes(made, 'abstimmen', { motion: id });
	expect([open.status, open.text.includes('Das Gremium hat keine Mitglieder mit Stimme')]).toEqual([422, true]);
	page = await (await room(made, made.items[1])).send({ art: 'result', item: made.items[1]! }, { result: 'noted' });
	expect(page.status).toBe(200);
	await (await room(made)).send({ art: 'close' });
	const shown = await plainPage(app, `/sitzungen/${made.slug}`, office);
	expect(shown.text).toContain('Zur Kenntnis genommen');
	expect(shown.text).toContain('Das Gremium hat keine Mitglieder mit Stimme');
	expect((await minutes(made)).status).toBe(200);
});
