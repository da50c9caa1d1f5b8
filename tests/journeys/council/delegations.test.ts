import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf } from './room-support.ts';

/** Who sits for the council elsewhere, and what somebody sees who is appointed but not in office yet. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, council, session, begin, voters } = await clerkOf(app);
const day = (offset: number) => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: offset }).toString();
const page = '/gremien/beirat/entsandte';

async function post(path: string, fields: Record<string, string>, cookie = office) {
	const answer = await fetch(app.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie },
		body: new URLSearchParams(fields),
	});
	return { status: answer.status, text: (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
}

test('a member is sent into another body: on the public page, in its history, and among the member’s own delegations', async () => {
	const [own] = await rows<{ id: string; name: string }>(
		`select p.id, p.given_name || ' ' || p.family_name as name from registry.person p join auth."user" u on u.id = p.account_id where u.demonstration = 'member'`,
	);
	const given = {
		into: '',
		intoName: 'Polizeibeirat der Region',
		person: own!.id,
		name: '',
		role: 'Mitglied',
		voting: 'on',
		from: '2025-03-01',
	};
	const nameless = await post(`${page}?/entsenden`, { ...given, intoName: '' });
	expect([nameless.status, nameless.text.includes('Bitte wählen Sie das andere Gremium aus')]).toEqual([422, true]);
	expect((await post(`${page}?/entsenden`, given, '')).status).toBe(404);
	expect((await post(`${page}?/entsenden`, given)).status).toBe(303);
	const [membership] = await rows<{ id: string; on_behalf_of_id: string; organisation_id: string }>(
		`select m.id, m.on_behalf_of_id, m.organisation_id from registry.membership m join registry.organisation o on o.id = m.organisation_id
		 where o.name = 'Polizeibeirat der Region'`,
	);
	expect(membership!.on_behalf_of_id).toBe(council.id);
	const twice = await post(`${page}?/entsenden`, { ...given, into: membership!.organisation_id, intoName: '' });
	expect([twice.status, twice.text.includes('Diese Person ist in dieser Zeit schon dabei.')]).toEqual([422, true]);
	const stranger = await plainPage(app, page);
	expect(stranger.text).toContain(`Polizeibeirat der Region ${own!.name} Mitglied mit Stimme, seit 1. März 2025`);
	expect((await plainPage(app, '/gremien/beirat')).html).toContain(page);
	expect((await plainPage(app, '/ar/gremien/beirat/entsandte')).text).toContain('له حق التصويت');
	const member = await app.signIn('member');
	const mine = await plainPage(app, '/mitarbeit', member);
	expect(mine.text).toMatch(/Meine Entsendungen Polizeibeirat der Region/);
	// The end is history, and a mistake about it can be taken back.
	const early = await post(`${page}?/beenden`, { id: membership!.id, until: '2025-03-01' });
	expect(early.status).toBe(422);
	expect((await post(`${page}?/beenden`, { id: membership!.id, until: day(-1) })).status).toBe(303);
	const past = await plainPage(app, page);
	expect(past.text).toContain('Zurzeit ist niemand entsandt.');
	expect(past.text).toMatch(/Früher entsandt Polizeibeirat der Region/);
	expect((await plainPage(app, '/mitarbeit', member)).text).not.toContain('Meine Entsendungen');
	expect((await post(`${page}?/beenden`, { id: membership!.id, until: '' })).status).toBe(303);
	expect((await plainPage(app, page)).text).not.toContain('Früher entsandt');
});

test.each(['de', 'ar'])('axe finds nothing on the page of delegations (%s)', async (locale) => {
	const browser = await app.newPage({
		role: 'office',
		viewport: { width: 390, height: 844 },
		colorScheme: locale === 'ar' ? 'dark' : 'light',
	});
	await browser.goto(locale === 'de' ? page : `/ar${page}`);
	expect(await axeFindings(browser)).toEqual([]);
	expect(await browser.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
	await browser.context().close();
});

test('GRE-20: who is designated reads public drafts and is invited to a workshop, and counts nowhere before the constitution', async () => {
	const cookie = await app.signInAs('bald@probe.example');
	await post('/gremien/beirat/wahlperiode?/vorbereiten', {
		name: 'Nächste Wahlperiode',
		electedOn: '',
		councilFrom: '',
		councilUntil: '',
		seats: 'keep',
		preset: '',
	});
	const [seat] = await rows<{ id: string }>(
		`select t.id from council.term_seat t join council.term p on p.id = t.term_id where p.name = 'Nächste Wahlperiode' and t.kind = 'resident' order by t.number limit 1`,
	);
	const designated = await post('/gremien/beirat/wahlperiode?/bestellen', {
		seat: seat!.id,
		name: 'Wanda Baldda',
		person: '',
		appointedOn: day(-2),
	});
	expect(designated.status, designated.text.slice(0, 900)).toBe(303);
	const [person] = await rows<{ id: string }>(`select id from registry.person where family_name = 'Baldda'`);
	await rows(
		`update registry.person set email = 'bald@probe.example', account_id = (select id from auth."user" where email = 'bald@probe.example') where id = $1`,
		[person!.id],
	);
	// A session that nobody has announced yet: a public draft, and a closed one.
	const draft = await session(
		[{ title: 'Eröffnung', kind: 'opening' }, 'Ein Entwurf', { title: 'Vertrauliches', public: false }],
		{ date: day(40) },
	);
	const closed = await session(['Nur für Mitglieder'], { date: day(41) });
	await rows('update council.meeting set published = false where id in ($1, $2)', [draft.id, closed.id]);
	await rows('update council.meeting set public = false where id = $1', [closed.id]);
	const status = async (slug: string, who: string) => (await plainPage(app, `/sitzungen/${slug}`, who)).status;
	expect([await status(draft.slug, ''), await status(draft.slug, cookie), await status(closed.slug, cookie)]).toEqual([
		404, 200, 404,
	]);
	const read = await plainPage(app, `/sitzungen/${draft.slug}`, cookie);
	expect(read.text).toContain('Ein Entwurf');
	expect(read.html).not.toContain('Vertrauliches');
	expect((await plainPage(app, `/sitzungen/${draft.slug}/verlauf`, cookie)).status).not.toBe(200);
	expect((await plainPage(app, '/gremien/beirat', cookie)).text).toContain(
		'Sie sind bestellt, aber noch nicht im Amt.',
	);
	// Invited to a workshop by name, with a mail.
	const workshop = await session(['Was der Beirat tut'], { date: day(20) });
	await rows(`update council.meeting set state = 'planned' where id = $1`, [workshop.id]);
	const guest = await post(`/sitzungen/${workshop.slug}/tagesordnung?/gast`, {
		name: 'Wanda Baldda',
		email: 'bald@probe.example',
		label: 'Künftiges Mitglied',
	});
	expect(guest.status, guest.text.slice(0, 900)).toBe(303);
	const sent = await post(`/sitzungen/${workshop.slug}/einladung?/senden`, { grund: '' });
	expect(sent.status, sent.text.slice(0, 900)).toBe(303);
	const [invited] = await rows<{ role: string; voting: boolean }>(
		`select role, voting from council.invitation where meeting_id = $1 and email = 'bald@probe.example'`,
		[workshop.id],
	);
	expect(invited).toEqual({ role: 'guest', voting: false });
	// In a session of today: not on the list of those who vote, and never part of the count.
	const today = await session(['Eröffnung']);
	const running = await begin(today, 9);
	expect(running.text).toContain('9 von 15 da');
	expect((await voters(today)).map(({ name }) => name)).not.toContain('Wanda Baldda');
	const electable = await plainPage(app, `/gremien/beirat/funktionen?tag=${day(0)}`, office);
	expect(/<select[^>]*name="chair"[\s\S]*?<\/select>/.exec(electable.html)![0]).not.toContain('Baldda');
});

test('a group’s new name and a constitution are taken back as a whole, until somebody went on from there', async () => {
	const undo = async (path: string, at = 0) => {
		const shown = await plainPage(app, path, office);
		const ids = [...shown.html.matchAll(/action="\?\/rueckgaengig"[\s\S]*?name="id" value="([^"]+)"/g)];
		const id = ids[at]![1]!;
		return post(`${path}?/rueckgaengig`, { id });
	};
	const [group] = await rows<{ id: string; name: string }>(
		`select id, name from registry.organisation where organisation_type = 'group' and until_date is null order by name limit 1`,
	);
	await post('/fraktionen?/umbenennen', { id: group!.id, name: 'Völlig neuer Name', shortName: 'VNN', on: day(0) });
	expect((await plainPage(app, '/fraktionen', office)).text).toContain(`Umbenannt: ${group!.name} → Völlig neuer Name`);
	expect((await undo('/fraktionen')).status).toBe(303);
	expect((await rows('select name from registry.organisation where id = $1', [group!.id]))[0]!.name).toBe(group!.name);
	// Two steps on the same group: the first waits until the second is taken back.
	for (const [name, on] of [
		['Erster Name', day(-3)],
		['Zweiter Name', day(0)],
	] as const)
		await post('/fraktionen?/umbenennen', { id: group!.id, name, shortName: 'N', on });
	const gone = await undo('/fraktionen', 1);
	expect([gone.status, gone.text.includes('Seitdem wurde daran weitergearbeitet.')]).toEqual([422, true]);
	for (const _ of ['second', 'first']) expect((await undo('/fraktionen')).status).toBe(303);
	expect((await rows('select name from registry.organisation where id = $1', [group!.id]))[0]!.name).toBe(group!.name);

	const state = () =>
		rows(
			`select (select json_agg(m order by m.id) from (select id, from_date, until_date, end_reason, post from registry.membership where organisation_id = $1) m) as m,
			(select json_agg(s order by s.id) from (select id, from_date, until_date from council.seat where council_body_id = $1) s) as s,
			(select json_agg(f order by f.id) from (select f.id, f.from_date, f.until_date from council.seat_filling f) f) as f,
			(select json_agg(t order by t.id) from (select id, from_date, until_date, constituted_at from council.term where council_body_id = $1) t) as t`,
			[council.id],
		);
	// Posts get their days by the first act that needs them; afterwards a constitution changes only what it has to.
	const before = await state();
	const [term] = await rows<{ id: string }>(`select id from council.term where name = 'Nächste Wahlperiode'`);
	const constituted = await post('/gremien/beirat/wahlperiode?/konstituieren', {
		id: term!.id,
		on: day(0),
		sure: 'on',
	});
	expect(constituted.status, constituted.text.slice(0, 900)).toBe(303);
	expect(await state()).not.toEqual(before);
	expect((await undo('/gremien/beirat/wahlperiode')).status).toBe(303);
	expect(await state()).toEqual(before);
	expect((await plainPage(app, '/gremien/beirat')).text).toContain('Birte Aschenbrand');
});
