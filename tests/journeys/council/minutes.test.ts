import { DEFAULT_LIMITS } from '../../../src/kernel/files/limits.ts';
import { openZip } from '../../../src/kernel/files/zip.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { writeZip } from '../../../src/kernel/files/zip-write.ts';
import { extractText } from '../../../src/kernel/files/extract.ts';
import { verifyArchive } from '../../../src/modules/(council)/minutes/verify-archive.server.ts';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { heldSession } from './minutes-support.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { newPage, database, url } = app;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const day = (offset: number) => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: offset }).toString();
const as = (role?: 'office' | 'chair' | 'member') => newPage({ ...(role ? { role } : {}), ...WITHOUT_SCRIPT });
const main = (page: Page) => page.locator('main').innerText();

const session = await heldSession(app, {
	date: day(-9),
	number: 12,
	unknown: [2],
	excused: [3],
	items: [
		{ title: 'Eröffnung', kind: 'opening' },
		{ title: 'Sprechzeiten im Bürgerbüro', kind: 'report', result: 'noted' },
		{ title: 'Eine Bewerbung', public: false, result: 'noted' },
	],
});
const minutes = `/sitzungen/${session.slug}/niederschrift`;
const topic = () => `#punkt-${session.items['Sprechzeiten im Bürgerbüro']}`;

async function pdfText(page: Page, path: string): Promise<string> {
	const answer = await page.request.get(url + path);
	expect(answer.status(), path).toBe(200);
	return (await extractText(new Uint8Array(await answer.body()), 'a.pdf')).text.replace(/\s+/g, ' ');
}

async function writeText(page: Page, text: string): Promise<void> {
	await page.goto(minutes);
	const item = page.locator(topic());
	await item.locator('summary', { hasText: 'Text zu diesem Punkt' }).click();
	await item.getByLabel('Was gesagt und besprochen wurde').fill(text);
	await item.getByRole('button', { name: 'Sichern' }).first().click();
}

test('SIT-03, SIT-31: minutes can’t be signed while somebody’s presence is unknown; absent members come from the register', async () => {
	const office = await as('office');
	await office.goto(minutes);
	expect(await main(office)).toContain('Von 1 Personen ist nicht festgehalten');
	expect(await main(office)).toContain('nicht festgehalten');
	await office.getByRole('button', { name: 'Zur Prüfung geben' }).click();
	// The form to sign is not offered; sent all the same, it is refused with the reason.
	expect(await office.getByRole('button', { name: /Unterzeichnen als/ }).count()).toBe(0);
	const answer = await office.request.post(`${url}${minutes}?/unterschrift`, {
		headers: { origin: url, accept: 'text/html' },
		form: { role: 'minuteTaker', function: 'Schriftführung', seen: '' },
	});
	expect(answer.status()).toBe(422);
	expect(await answer.text()).toContain('Es ist nicht festgehalten, wer alles da war');
	const [unsigned] = await database.sql<{ n: number }>(
		'select count(*)::int as n from council.minutes_signature s join council.minutes_version v on v.id = s.version_id join council.minutes_record r on r.id = v.minutes_id where r.meeting_id = $1',
		[session.id],
	);
	expect(unsigned!.n).toBe(0);

	const [unknown] = await database.sql<{ name: string }>(
		`select name from council.attendance where meeting_id = $1 and status = 'unknown'`,
		[session.id],
	);
	await office.getByLabel(unknown!.name).selectOption('absent');
	await office.getByRole('button', { name: 'Anwesenheit sichern' }).click();
	expect(await main(office)).not.toContain('Anwesenheit klären');
	const row = office.getByRole('row', { name: unknown!.name });
	expect(await row.innerText()).toContain('abwesend');
	await office.context().close();
});

test('what two people write at once is not lost: the second sees both and decides', async () => {
	const first = await as('office');
	const second = await as('office');
	await second.goto(minutes);
	const base = await second.locator(`${topic()} input[name=base]`).inputValue();
	await writeText(first, 'Das Bürgerbüro öffnet **dienstags** länger.');
	expect(await first.locator(topic()).innerText()).toContain('Das Bürgerbüro öffnet dienstags länger.');
	const answer = await second.request.post(`${url}${minutes}?/text`, {
		headers: { origin: url, accept: 'text/html' },
		form: { item: session.items['Sprechzeiten im Bürgerbüro']!, base, text: 'Ein anderer Satz.' },
	});
	expect(answer.status()).toBe(409);
	const page = await answer.text();
	expect(page).toContain('Jemand anderes hat diesen Text inzwischen geändert');
	expect(page).toContain('Ein anderer Satz.');
	expect(page).toContain('Das Bürgerbüro öffnet **dienstags** länger.');
	await Promise.all([first.context().close(), second.context().close()]);
});

test('SIT-08, SIT-09, SIT-16: a draft has a watermark; signed by chair and minute taker with function and date, it is fixed with its checksum', async () => {
	const office = await as('office');
	await office.goto(minutes);
	expect(await main(office)).toContain('schließt die Sitzung um 18:41 Uhr.');
	const draft = await pdfText(office, `${minutes}.pdf`);
	expect(draft).toContain('Entwurf');
	expect(draft).toContain('Dies ist ein Entwurf');

	const visitor = await as();
	await visitor.goto(minutes);
	expect(await main(visitor)).toContain('Die Niederschrift ist noch nicht veröffentlicht');
	expect(await main(visitor)).not.toContain('dienstags');
	await visitor.goto(`/sitzungen/${session.slug}`);
	expect(await visitor.content()).not.toContain('dienstags');
	expect((await visitor.request.get(`${url}${minutes}.pdf`)).status()).toBe(404);

	// The chair comments, the office settles it, both sign.
	const chair = await as('chair');
	await chair.goto(minutes);
	await chair.locator(topic()).locator('summary', { hasText: 'Anmerkung schreiben' }).click();
	await chair.locator(topic()).getByLabel('Anmerkung', { exact: true }).fill('Bitte den Donnerstag ergänzen.');
	await chair.locator(topic()).getByRole('button', { name: 'Sichern' }).last().click();
	await writeText(office, 'Das Bürgerbüro öffnet **dienstags** und donnerstags länger.');
	expect(await office.locator(topic()).innerText()).toContain('Bitte den Donnerstag ergänzen.');
	await office.locator(topic()).getByRole('button', { name: 'Erledigt' }).click();

	await chair.goto(minutes);
	await chair.getByLabel('Ihre Funktion heute').fill('Vorsitzende des Beirats');
	await chair.getByRole('button', { name: 'Unterzeichnen als Vorsitz' }).click();
	expect(await main(chair)).toContain('Es fehlt noch: Schriftführung');
	// A double press changes nothing.
	await chair.goBack();
	await chair.reload();
	await office.goto(minutes);
	await office.getByRole('button', { name: 'Unterzeichnen als Schriftführung' }).click();
	const text = await main(office);
	expect(text).toContain('Vorsitzende des Beirats');
	expect(text).toContain('unterzeichnet am');
	const [version] = await database.sql<{ sha512: string; state: string }>(
		`select v.sha512, m.state from council.minutes_version v join council.minutes_record r on r.id = v.minutes_id
		 join council.meeting m on m.id = r.meeting_id where m.id = $1 order by v.number desc limit 1`,
		[session.id],
	);
	expect(version!.state).toBe('minutesSigned');
	expect(await office.content()).toContain(version!.sha512);
	const signed = await pdfText(office, `${minutes}.pdf`);
	expect(signed).not.toContain('Entwurf');
	expect(signed).toContain('Vorsitzende des Beirats');
	// Fixed: neither the page nor the database lets the words be changed.
	const again = await office.request.post(`${url}${minutes}?/text`, {
		headers: { origin: url, accept: 'text/html' },
		form: { item: session.items['Sprechzeiten im Bürgerbüro']!, base: '', text: 'Anders.' },
	});
	expect(again.status()).toBe(422);
	await expect(database.sql('update council.minutes_version set content = $1', ['{}'])).rejects.toThrow(
		'never changed',
	);
	await Promise.all([office, visitor, chair].map((page) => page.context().close()));
});

test('published, the public reads it without closed parts and reasons; members have the closed minutes', async () => {
	const office = await as('office');
	await office.goto(minutes);
	await office.getByRole('button', { name: 'Veröffentlichen' }).click();
	const visitor = await as();
	await visitor.goto(minutes);
	const said = await main(visitor);
	expect(said).toContain('Vorläufige Niederschrift');
	expect(said).toContain('Ergebnisprotokoll der 12. öffentlichen Sitzung');
	expect(said).toContain('donnerstags');
	expect(said).toContain('Personalangelegenheit');
	expect(said).not.toContain('Eine Bewerbung');
	expect(said).not.toContain('entschuldigt');
	expect((await visitor.request.get(`${url}${minutes}.pdf?teil=nichtoeffentlich`)).status()).toBe(404);
	expect(await pdfText(office, `${minutes}.pdf?teil=nichtoeffentlich`)).toContain('Eine Bewerbung');
	const extract = await pdfText(visitor, `${minutes}.pdf?punkt=${session.items['Sprechzeiten im Bürgerbüro']}`);
	expect(extract).toContain('donnerstags');
	expect(extract).not.toContain('Eröffnung');
	for (const [format, name] of [
		['odt', 'a.odt'],
		['docx', 'a.docx'],
	] as const) {
		const file = await visitor.request.get(`${url}${minutes}.${format}`);
		const text = (await extractText(new Uint8Array(await file.body()), name)).text;
		expect(text).toContain('donnerstags');
		expect(text).not.toContain('Eine Bewerbung');
	}
	for (const page of [visitor, office]) {
		const open = await newPage(page === office ? { role: 'office' } : {});
		await open.goto(minutes);
		expect(await axeFindings(open)).toEqual([]);
		await open.context().close();
	}
	await Promise.all([office, visitor].map((page) => page.context().close()));
});

test('SIT-07: an objection filed before the session appears under its item; the vote keeps the minutes or corrects them as a new version', async () => {
	const next = await heldSession(app, {
		date: day(-1),
		number: 13,
		state: 'invited',
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Bestätigung der Niederschrift', kind: 'minutesApproval', approves: session.id },
		],
	});
	const member = await as('member');
	await member.goto(minutes);
	await member.getByLabel('Zu welchem Punkt?').selectOption({ label: '2 Sprechzeiten im Bürgerbüro' });
	await member.getByRole('button', { name: 'Einwendung senden' }).click();
	expect(await member.locator('#einwendungen').getByRole('alert').innerText()).toContain(
		'Bitte schreiben Sie einen Text.',
	);
	await member.getByLabel('Was ist nicht richtig festgehalten?').fill('Es war der Mittwoch.');
	await member.getByLabel('Wie soll es heißen?').fill('Das Bürgerbüro öffnet dienstags und mittwochs länger.');
	await member.getByRole('button', { name: 'Einwendung senden' }).click();
	expect(await member.getByRole('status').innerText()).toContain('Das Gremium entscheidet in seiner nächsten Sitzung.');
	await member.getByLabel('Was ist nicht richtig festgehalten?').fill('Die Uhrzeit stimmt nicht.');
	await member.getByRole('button', { name: 'Einwendung senden' }).click();

	await database.sql(
		`update council.meeting set state = 'held', opened_at = starts_at, closed_at = ends_at where id = $1`,
		[next.id],
	);
	const office = await as('office');
	const later = `/sitzungen/${next.slug}/niederschrift`;
	await office.goto(later);
	const item = office.locator(`#punkt-${next.items['Bestätigung der Niederschrift']}`);
	expect(await item.innerText()).toContain('Es war der Mittwoch.');
	// Not confirmed while objections are open.
	await item.getByRole('button', { name: 'Öffentlicher Teil bestätigt', exact: true }).click();
	expect(await main(office)).toContain('Erst sind die offenen Einwendungen zu entscheiden.');
	const decide = async (yes: string, no: string) => {
		await office.goto(later);
		const form = item.locator('form[action="?/entscheidung"]').first();
		await form.getByLabel('Ja', { exact: true }).fill(yes);
		await form.getByLabel('Nein', { exact: true }).fill(no);
		await form.getByRole('button', { name: 'Abstimmung festhalten' }).click();
	};
	await decide('8', '2');
	expect(await office.getByRole('status').innerText()).toContain('Es gibt eine neue Fassung.');
	await decide('4', '4');
	expect(await office.getByRole('status').innerText()).toContain('bleibt, wie sie ist');
	await item.getByRole('button', { name: 'Öffentlicher Teil bestätigt', exact: true }).click();
	await item.getByRole('button', { name: 'Nichtöffentlicher Teil bestätigt' }).click();
	expect(await item.innerText()).toContain('ist angenommen, die Niederschrift wird berichtigt');

	const visitor = await as();
	await visitor.goto(minutes);
	expect(await main(visitor)).toContain('dienstags und mittwochs');
	expect(await main(visitor)).toContain('Vom Gremium bestätigt am');
	await member.goto(minutes);
	expect(await main(member)).toContain('Fassung 2');
	expect(await main(member)).toContain('Fassung 1');
	await member.getByRole('link', { name: 'Fassungen vergleichen' }).click();
	const diff = await member.locator('section', { hasText: 'Was sich von Fassung 1 zu Fassung 2' }).first().innerHTML();
	expect(diff).toMatch(/<del>.{0,90}donnerstags/);
	expect(diff).toMatch(/<ins>.{0,90}mittwochs/);

	// After the confirmation: kept, and clearly told.
	expect(await main(member)).toContain('Die Niederschrift ist schon bestätigt.');
	await member.getByLabel('Was ist nicht richtig festgehalten?').fill('Noch etwas.');
	await member.getByRole('button', { name: 'Einwendung senden' }).click();
	expect(await member.getByRole('status').innerText()).toContain('kam nach der Bestätigung');
	expect(await main(member)).toContain('nach Fristende');
	await Promise.all([member, office, visitor].map((page) => page.context().close()));
});

test('taken back, the address stays and says so; published again, it is there', async () => {
	const office = await as('office');
	await office.goto(minutes);
	await office.locator('summary', { hasText: 'Veröffentlichung zurückziehen' }).click();
	await office.getByRole('button', { name: 'Veröffentlichung zurückziehen' }).click();
	expect(await main(office)).toContain('Bitte nennen Sie einen Grund.');
	await office.getByLabel('Grund', { exact: true }).fill('Ein Name war zu viel.');
	await office.getByRole('button', { name: 'Veröffentlichung zurückziehen' }).click();
	const gone = await fetch(url + minutes, { headers: { accept: 'text/html' } });
	expect(gone.status).toBe(410);
	expect(await gone.text()).toContain('zurückgezogen');
	expect((await fetch(`${url}${minutes}.pdf`)).status).toBe(410);
	await office.getByRole('button', { name: 'Veröffentlichen' }).click();
	expect((await fetch(url + minutes)).status).toBe(200);
	await office.context().close();
});

test('what is announced or withheld of closed resolutions is decided by the office; a term goes to the archive and can be checked there', async () => {
	const closedItem = session.items['Eine Bewerbung']!;
	await database.sql(
		`insert into council.resolution (body_id, id, agenda_item_id, number, text, kind)
		 select body_id, gen_random_uuid(), id, '1/2026', 'Die Stelle wird besetzt.', 'decision' from council.agenda_item where id = $1`,
		[closedItem],
	);
	await database.sql(`update council.agenda_item set result = 'adopted' where id = $1`, [closedItem]);
	const office = await as('office');
	const page = '/gremien/beirat/niederschriften';
	await office.goto(page);
	const card = office.locator('article', { hasText: 'Die Stelle wird besetzt.' });
	expect(await card.innerText()).toContain('noch nicht bekannt gegeben');
	await card.locator('summary').click();
	await card.getByLabel('Stand').selectOption('withheld');
	await card.getByRole('button', { name: 'Sichern' }).click();
	expect(await office.locator('main').getByRole('alert').last().innerText()).toContain('Bitte nennen Sie einen Grund.');
	await card.locator('summary').click();
	await card.getByLabel('Stand').selectOption('withheld');
	await card.getByLabel('Grund, falls').fill('Schutz einer Person');
	await card.getByRole('button', { name: 'Sichern' }).click();
	expect(await card.innerText()).toContain('bleibt vertraulich');

	await office.getByRole('button', { name: 'Archivdatei erstellen' }).first().click();
	const href = await office
		.getByRole('link', { name: /Archiv vom/ })
		.first()
		.getAttribute('href');
	const zip = new Uint8Array(await (await office.request.get(url + href!)).body());
	const report = await verifyArchive(zip);
	expect(report.problems).toEqual([]);
	expect(report.ok).toBe(true);
	expect(report.sessions).toBeGreaterThan(2);
	const parts = await partsOf(zip);
	const pdf = Buffer.from(parts[`sitzungen/${session.slug}/niederschrift.pdf`]!).toString('latin1');
	expect(pdf).toContain('<pdfaid:part>2</pdfaid:part>');
	expect(pdf).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
	expect(Object.keys(parts)).toContain(`sitzungen/${session.slug}/fassung-2.json`);
	expect(Buffer.from(parts['metadaten.xml']!).toString()).toContain('Vorsitzende des Beirats');
	// One letter changed in a version, and the archive is no longer what was signed.
	const name = `sitzungen/${session.slug}/fassung-1.json`;
	const tampered = Object.entries(parts).map(([path, data]) => ({
		name: path,
		data: path === name ? Buffer.from(Buffer.from(data).toString().replace('donnerstags', 'samstags')) : data,
	}));
	const wrong = await verifyArchive(writeZip(tampered));
	expect(wrong.ok).toBe(false);
	expect(wrong.problems).toContainEqual({ path: name, what: 'version' });
	// Strangers and members get no archive.
	expect((await fetch(url + href!)).status).toBe(404);
	await office.context().close();
});

test('SIT-01, SIT-12, SIT-20, SIT-29: the title in house style; an opinion without a vote is named so; a task stands with its owner in the next minutes’ review; dates become the calendar’s', async () => {
	const first = await heldSession(app, {
		date: day(-60),
		number: 2,
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Wartezeiten in der Ausländerbehörde', result: 'withoutVote' },
		],
	});
	const [person] = await database.sql<{ id: string; name: string }>(
		`select p.id, p.given_name || ' ' || p.family_name as name from registry.person p join auth."user" u on u.id = p.account_id where u.demonstration = 'member'`,
	);
	const task = 'Mit der Behörde über Termine sprechen';
	await database.sql(
		`insert into council.task (body_id, id, meeting_id, agenda_item_id, what, who, person_id, due)
		 select body_id, gen_random_uuid(), $1, $2, $3, $4, $5, (now() at time zone 'Europe/Berlin')::date + 20 from council.meeting where id = $1`,
		[first.id, first.items['Wartezeiten in der Ausländerbehörde'], task, person!.name, person!.id],
	);
	await database.sql(
		`insert into council.date_entry (body_id, id, meeting_id, title, date, start_time, end_time, place)
		 select body_id, gen_random_uuid(), id, 'Mitgliederversammlung der Vereine', (now() at time zone 'Europe/Berlin')::date + 30, '14:00', '16:00', 'Haus der Vereine' from council.meeting where id = $1`,
		[first.id],
	);
	const office = await as('office');
	await office.goto(`/sitzungen/${first.slug}/niederschrift`);
	const said = await main(office);
	expect(said).toContain('Ergebnisprotokoll der 2. öffentlichen Sitzung');
	expect(said).toContain('Das Gremium hält diese Haltung ohne Abstimmung fest.');
	expect(said).toContain(`${person!.name}: ${task}`);
	expect(said).toContain('Mitgliederversammlung der Vereine, Haus der Vereine');
	const member = await as('member');
	await member.goto('/tisch');
	expect(await main(member)).toContain(task);
	const next = await heldSession(app, { date: day(-30), number: 3, items: [{ title: 'Eröffnung', kind: 'opening' }] });
	await office.goto(`/sitzungen/${next.slug}/niederschrift`);
	const review = office.locator('#kontrolle');
	expect(await review.innerText()).toContain(task);
	expect(await review.innerText()).toContain('offen');
	await database.sql(
		`insert into council.task_review (body_id, meeting_id, task_id, outcome) select body_id, $1, id, 'continued' from council.task where what = $2`,
		[next.id, task],
	);
	await office.reload();
	expect(await review.innerText()).toContain('läuft weiter');
	// Dates that the minutes name stand in the public calendar with their place.
	const visitor = await as();
	await visitor.goto(`/termine?monat=${day(30).slice(0, 7)}`);
	expect(await main(visitor)).toContain('Mitgliederversammlung der Vereine');
	await visitor.goto(`/sitzungen/${first.slug}`);
	expect(await main(visitor)).toContain('Haus der Vereine');
	await visitor.context().close();
	await Promise.all([office, member].map((page) => page.context().close()));
});

test('SIT-14: a closed retreat is no public session, but what it came to stands in the minutes of the session it was attached to', async () => {
	const session = await heldSession(app, { date: day(-20), number: 4, items: [{ title: 'Ergebnisse der Klausur' }] });
	const retreat = await heldSession(app, { date: day(-25), items: [{ title: 'Interne Aussprache' }] });
	await database.sql(`update council.meeting set kind = 'retreat', public = false where id = $1`, [retreat.id]);
	await database.sql(
		`insert into council.retreat_result (body_id, meeting_id, text, attached_to_id, agenda_item_id, attached_on)
		 select body_id, $1, 'Drei Schwerpunkte für das Jahr', $2, $3, (now() at time zone 'Europe/Berlin')::date from council.meeting where id = $1`,
		[retreat.id, session.id, session.items['Ergebnisse der Klausur']],
	);
	const office = await as('office');
	await office.goto(`/sitzungen/${session.slug}/niederschrift`);
	expect(await main(office)).toContain('Drei Schwerpunkte für das Jahr');
	expect(await main(office)).not.toContain('Interne Aussprache');
	for (const path of [`/sitzungen/${retreat.slug}`, `/sitzungen/${retreat.slug}/niederschrift`])
		expect((await fetch(url + path)).status).toBe(404);
	await office.context().close();
});

async function partsOf(zip: Uint8Array): Promise<Record<string, Buffer>> {
	const { names, read } = await openZip(zip, DEFAULT_LIMITS);
	return Object.fromEntries(await Promise.all([...names].map(async (name) => [name, (await read(name))!] as const)));
}
