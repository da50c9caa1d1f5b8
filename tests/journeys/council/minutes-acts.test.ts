import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { heldSession } from './minutes-support.ts';
import { clerkOf } from './room-support.ts';

/** What is done on the page of the minutes: attachments, owners of tasks, objections, what was announced and withheld. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, session, created, put, invite, ruled, room, begin, votes } = await clerkOf(app);
const [chair, member] = [await app.signIn('chair'), await app.signIn('member')];
const day = (offset: number) => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: offset }).toString();
const path = ({ slug }: { slug: string }) => `/sitzungen/${slug}/niederschrift`;
const minutes = (one: { slug: string }, cookie: string | undefined = office) => plainPage(app, path(one), cookie);

async function send(address: string, body: FormData | Record<string, string>, cookie = office) {
	const answer = await fetch(app.url + address, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie },
		body: body instanceof FormData ? body : new URLSearchParams(body),
	});
	return { status: answer.status, text: (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
}

function upload(item: string, name: string, content: string, more: Record<string, string> = {}): FormData {
	const form = new FormData();
	for (const [key, value] of Object.entries({ item, titel: '', ...more })) form.append(key, value);
	form.append('datei', new File([content], name, { type: 'text/plain' }));
	return form;
}

/** Signs by chair and minute taker, and publishes. */
async function publish(one: { slug: string }): Promise<void> {
	const unknown = [...(await minutes(one)).html.matchAll(/name="(wer:[^"]+)"/g)].map(([, name]) => [name!, 'absent']);
	if (unknown.length) await send(`${path(one)}?/anwesenheit`, Object.fromEntries(unknown) as Record<string, string>);
	await send(`${path(one)}?/pruefung`, {});
	for (const [cookie, role] of [
		[chair, 'chair'],
		[office, 'minuteTaker'],
	] as const) {
		const seen = /name="seen" value="([^"]*)"/.exec((await minutes(one, cookie)).html)![1]!;
		const signed = await send(`${path(one)}?/unterschrift`, { role, function: 'Amt', seen }, cookie);
		expect(signed.status, signed.text.slice(0, 1500)).toBe(303);
	}
	expect((await send(`${path(one)}?/veroeffentlichen`, {})).status).toBe(303);
}

test('a file is attached to an item of the draft; a closed item’s file stays closed; a signed record takes none', async () => {
	const one = await heldSession(app, {
		date: day(-12),
		number: 21,
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Zahlen zur Beratung' },
			{ title: 'Eine Beschwerde', public: false },
		],
	});
	const [open, closed] = [one.items['Zahlen zur Beratung']!, one.items['Eine Beschwerde']!];
	const nothing = new FormData();
	nothing.append('item', open);
	const empty = await send(`${path(one)}?/anlage`, nothing);
	expect([empty.status, empty.text.includes('Bitte wählen Sie eine Datei aus.')]).toEqual([422, true]);
	const active = await send(
		`${path(one)}?/anlage`,
		upload(open, 'seite.html', '<html><script>alert(1)</script></html>'),
	);
	expect([active.status, active.text.includes('Dateien, die Programme enthalten können')]).toEqual([422, true]);
	const shown = { titel: 'Tabelle der Anfragen', oeffentlich: 'on' };
	for (const _ of ['once', 'and pressed twice'])
		expect((await send(`${path(one)}?/anlage`, upload(open, 'zahlen.txt', 'Anfragen: 120', shown))).status).toBe(303);
	await send(`${path(one)}?/anlage`, upload(closed, 'schreiben.txt', 'Vertraulicher Brief', { oeffentlich: 'on' }));
	const files = await rows<{ title: string; public: boolean; file_id: string }>(
		'select title, public, file_id from council.meeting_file where meeting_id = $1 order by title',
		[one.id],
	);
	expect(files.map(({ title, public: open_ }) => [title, open_])).toEqual([
		['schreiben.txt', false],
		['Tabelle der Anfragen', true],
	]);
	expect((await minutes(one)).text).toContain('Tabelle der Anfragen');
	await publish(one);
	const visitor = await minutes(one, '');
	expect(visitor.text).toContain('Tabelle der Anfragen');
	expect(visitor.text).not.toContain('schreiben.txt');
	const load = async (title: string, cookie = '') =>
		(await fetch(`${app.url}/dateien/${files.find((file) => file.title === title)!.file_id}`, { headers: { cookie } }))
			.status;
	expect([
		await load('Tabelle der Anfragen'),
		await load('schreiben.txt'),
		await load('schreiben.txt', member),
	]).toEqual([200, 404, 200]);
	const late = await send(`${path(one)}?/anlage`, upload(open, 'spaeter.txt', 'Nachtrag', shown));
	expect(late.status).toBe(422);
	const off = await send(`${path(one)}?/anlageweg`, { item: open, file: files[1]!.file_id });
	expect(off.status).toBe(422);
});

test('SIT-20: a task has several owners, in the room and in the minutes; each has it on the desk and may report it', async () => {
	const [own] = await rows<{ name: string }>(
		`select p.given_name || ' ' || p.family_name as name from registry.person p join auth."user" u on u.id = p.account_id where u.demonstration = 'member'`,
	);
	const made = await session(['Eröffnung', 'Sprachkurse']);
	await begin(made, 9);
	const [first] = await rows<{ name: string }>(
		`select a.name from council.attendance a where a.meeting_id = $1 and a.voting and a.name <> $2 order by position limit 1`,
		[made.id, own!.name],
	);
	let page = await room(made, made.items[1]);
	page = await page.send(
		{ art: 'task', item: made.items[1]! },
		{ what: 'Räume für Kurse suchen', who: first!.name, others: `${own!.name}, Bürgeramt`, due: day(20) },
	);
	expect(page.text).toContain(`${first!.name}, ${own!.name}, Bürgeramt`);
	expect((await plainPage(app, '/tisch', member)).text).toContain('Räume für Kurse suchen');
	await page.send({ art: 'close' });
	const draft = await minutes(made);
	expect(draft.text).toContain(`${first!.name}, ${own!.name}, Bürgeramt: Räume für Kurse suchen`);
	const [task] = await rows<{ id: string }>('select id from council.task where meeting_id = $1', [made.id]);
	const form = { item: made.items[1]!, id: task!.id, what: 'Räume für Kurse suchen', due: day(25) };
	const bad = await send(`${path(made)}?/aufgabe`, { ...form, what: ' ', who: own!.name });
	expect([bad.status, bad.text.includes('Bitte schreiben Sie einen Text.')]).toEqual([422, true]);
	expect((await send(`${path(made)}?/aufgabe`, { ...form, who: `Bürgeramt, ${own!.name}` })).status).toBe(303);
	expect((await minutes(made)).text).toContain(`Bürgeramt, ${own!.name}: Räume für Kurse suchen`);
	const visitor = await plainPage(app, `/sitzungen/${made.slug}`);
	expect(visitor.text).toContain('Bürgeramt: Räume für Kurse suchen');
	expect(visitor.text).not.toContain(`Bürgeramt, ${own!.name}`);
	const done = await send('/aufgaben?/erledigt', { id: task!.id }, member);
	expect(done.status).toBe(303);
	const [state] = await rows<{ state: string }>('select state from council.task where id = $1', [task!.id]);
	expect(state!.state).toBe('done');
});

test('SIT-07: an objection filed before the session stands under its item there, and the body’s vote in it decides by its majority', async () => {
	const before = await heldSession(app, {
		date: day(-2),
		number: 22,
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Beratung am Abend', result: 'noted' },
		],
	});
	await publish(before);
	// The approval comes onto the next agenda by itself; the body asks for more than half of its seats from that day on.
	await ruled(day(21), { 'voting.standard.kind': 'absolute', 'voting.standard.of': 'seats' });
	const made = await created(day(21));
	const [approval] = await rows<{ id: string }>(
		'select id from council.agenda_item where meeting_id = $1 and approves_meeting_id = $2',
		[made.id, before.id],
	);
	const approves = approval!.id;
	const item = before.items['Beratung am Abend']!;
	for (const [text, wanted] of [
		['Es war der Mittwoch.', 'Beraten wird mittwochs bis 20 Uhr.'],
		['Frau Celik fehlt.', 'Frau Celik war da.'],
	])
		expect((await send(`${path(before)}?/einwendung`, { item, text: text!, wanted: wanted! }, member)).status).toBe(
			303,
		);
	// Before the session: on its page for those inside, on the agenda in work, in the room; never for strangers.
	for (const [address, cookie] of [
		[`/sitzungen/${made.slug}`, member],
		[`/sitzungen/${made.slug}`, office],
		[`/sitzungen/${made.slug}/tagesordnung`, office],
		[`/sitzungen/${made.slug}/verlauf?punkt=${approves}`, office],
	] as const)
		expect((await plainPage(app, address, cookie)).text, address).toContain('Es war der Mittwoch.');
	expect((await plainPage(app, `/sitzungen/${made.slug}`)).html).not.toContain('Es war der Mittwoch.');
	// 6 of 15 seats are too few, 8 are enough.
	await invite(made);
	const page = await begin(made, 9);
	expect((await room(made, approves)).html).toContain(`${path(made)}#punkt-${approves}`);
	const open = await rows<{ id: string; text: string }>(
		`select id, text from council.minutes_objection where state = 'open' and text in ('Es war der Mittwoch.', 'Frau Celik fehlt.') order by filed_at`,
	);
	const decide = (id: string, yes: number, no: number, abstain = 0) =>
		send(`${path(made)}?/entscheidung`, {
			id,
			item: approves,
			yes: String(yes),
			no: String(no),
			abstain: String(abstain),
			corrected: '',
		});
	const many = await decide(open[0]!.id, 9, 3);
	expect([many.status, many.text.includes('Es sind 12 Stimmen, festgestellt waren aber nur 9')]).toEqual([422, true]);
	expect((await decide(open[0]!.id, 8, 1)).status).toBe(303);
	expect((await decide(open[1]!.id, 6, 1, 2)).status).toBe(303);
	expect((await send(`${path(made)}?/bestaetigen`, { slug: before.slug, part: 'public', item: approves })).status).toBe(
		303,
	);
	const kept = await rows<{ state: string; needed: number }>(
		`select state, (finding #>> '{outcome,needed}')::int as needed from council.minutes_objection where id = any ($1) order by filed_at`,
		[open.map(({ id }) => id)],
	);
	expect(kept).toEqual([
		{ state: 'accepted', needed: 8 },
		{ state: 'rejected', needed: 8 },
	]);
	const corrected = await minutes(before, '');
	expect(corrected.text).toContain('Beraten wird mittwochs bis 20 Uhr.');
	expect(corrected.text).not.toContain('Frau Celik war da.');
	expect(corrected.text).toContain('Fassung 2');
	const shown = await minutes(before, member);
	expect(shown.text).toContain('Warum? (Rechnung zur Mehrheit)');
	expect(shown.text).toContain('Mehr als die Hälfte Sitze mit Stimme 15 Nötige Ja-Stimmen 8');
	await page.send({ art: 'close' });
	expect((await minutes(made)).text).toContain('die Niederschrift wird berichtigt');
});

test('the agenda as invited and as held both stay in the minutes; strangers read neutral titles in both', async () => {
	const date = day(20);
	const made = await created(date);
	await put(made, { title: 'Wohnen im Norden' });
	await put(made, {
		title: 'Bewerbung von Frau Anders',
		closed: 'on',
		closedCode: 'personnel',
		closedBasis: '§ 52 KVG LSA',
		neutralTitle: 'Personalangelegenheit',
	});
	await invite(made);
	const { id } = made;
	await begin(made, 9);
	let page = await room(made);
	page = await page.send(
		{ art: 'addItem' },
		{ title: 'Brand in der Unterkunft', reason: 'Es ist gestern geschehen.', yes: '9', no: '0', abstain: '0' },
	);
	expect(page.status).toBe(200);
	const [wohnen] = await rows<{ id: string }>(
		`select id from council.agenda_item where meeting_id = $1 and title = 'Wohnen im Norden'`,
		[id],
	);
	page = await (
		await room(made, wohnen!.id)
	).send(
		{ art: 'removeItem' },
		{ item: wohnen!.id, reason: 'Die Verwaltung ist verhindert.', yes: '9', no: '0', abstain: '0' },
	);
	expect(page.status).toBe(200);
	await (await room(made)).send({ art: 'close' });
	const invited = (text: string) => text.slice(text.lastIndexOf('Tagesordnung, wie sie eingeladen war'));
	const inside = (await minutes(made)).text;
	expect(invited(inside)).toContain('Wohnen im Norden');
	expect(invited(inside)).not.toContain('Brand in der Unterkunft');
	expect(inside).toContain('Brand in der Unterkunft');
	expect(inside).toContain('Es ist gestern geschehen.');
	expect(inside).toContain('Die Verwaltung ist verhindert.');
	await publish(made);
	const outside = (await minutes(made, '')).text;
	expect(invited(outside)).toContain('Wohnen im Norden');
	expect(invited(outside)).toContain('Personalangelegenheit');
	expect(outside).not.toContain('Frau Anders');
});

test('closed resolutions: what is announced stands in the next public minutes, what is withheld nowhere outside', async () => {
	const made = await session([
		{ title: 'Eröffnung', kind: 'opening' },
		{ title: 'Zwei Bewerbungen', public: false },
	]);
	await begin(made, 9);
	const item = made.items[1]!;
	const texts = ['Die Stelle wird besetzt.', 'Die Beschwerde wird abgewiesen.'];
	for (const text of texts) {
		await votes(made, 'antrag', { item, kind: 'main', text, reach: '1' });
		const [motion] = await rows<{ id: string }>(
			'select id from council.motion where agenda_item_id = $1 and text = $2',
			[item, text],
		);
		await votes(made, 'abstimmen', { motion: motion!.id });
		const [vote] = await rows<{ id: string }>(`select id from council.vote where motion_id = $1`, [motion!.id]);
		expect((await votes(made, 'ergebnis', { vote: vote!.id, yes: '9', no: '0', abstain: '0' })).status).toBe(303);
	}
	await (await room(made)).send({ art: 'close' });
	const next = await session(
		[
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Bekanntgabe nichtöffentlich gefasster Beschlüsse', kind: 'announcement' },
		],
		{ date: day(1) },
	);
	const ids = await rows<{ id: string; text: string }>(
		'select id, text from council.resolution where agenda_item_id = $1 order by text',
		[item],
	);
	expect(ids.map(({ text }) => text).sort()).toEqual([...texts].sort());
	const of = (text: string) => ids.find((one) => one.text === text)!.id;
	const office_ = '/gremien/beirat/niederschriften?/bekanntgabe';
	const announced = {
		id: of(texts[0]!),
		state: 'announced',
		item: next.items[1]!,
		text: 'Die Stelle in der Geschäftsstelle wird besetzt.',
		reason: '',
	};
	const told = await send(office_, announced);
	expect(told.status, told.text.slice(0, 800)).toBe(303);
	const withheld = await send(office_, {
		id: of(texts[1]!),
		state: 'withheld',
		item: '',
		publicText: '',
		reason: 'Schutz einer Person',
	});
	expect(withheld.status, withheld.text.slice(0, 800)).toBe(303);
	await begin(next, 9);
	await (await room(next)).send({ art: 'close' });
	await publish(next);
	const outside = await minutes(next, '');
	expect(outside.text).toContain('Die Stelle in der Geschäftsstelle wird besetzt.');
	expect(outside.html).not.toContain('abgewiesen');
	expect(outside.html).not.toContain('Zwei Bewerbungen');
});

test('minutes of an old record are what its original says: shown, never reviewed or signed here', async () => {
	const old = await heldSession(app, {
		date: day(-400),
		number: 3,
		state: 'takenOver',
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: 'Aus alter Zeit', result: 'noted' },
		],
		unknown: [4],
	});
	const outside = await minutes(old, '');
	expect(outside.text).toContain('Aus alter Zeit');
	expect(outside.text).toContain('Aus alten Unterlagen übernommen');
	expect(outside.text).toContain('Es gilt das beigefügte Original.');
	const review = await send(`${path(old)}?/pruefung`, {});
	expect([review.status, (await minutes(old)).offers({ role: 'chair' })]).toEqual([422, false]);
});

test('numbers of papers in minutes lead to the papers, for each reader to those that they may read', async () => {
	const known = await rows<{ slug: string; reference: string }>(
		`select slug, reference from papers.paper where state = 'filed' and public order by reference limit 2`,
	);
	const [open, closed] = [known[0]!, known[1]!];
	const shut = { public: 'no', closedReason: 'Personalsache' };
	expect((await send(`/vorlagen/${closed.slug}?/oeffentlichkeit`, shut)).status).toBe(303);
	const one = await heldSession(app, {
		date: day(-9),
		number: 27,
		items: [
			{ title: 'Eröffnung', kind: 'opening' },
			{ title: `Beratung zu ${open.reference} und ${closed.reference}` },
		],
	});
	await publish(one);
	const outside = (await minutes(one, '')).html;
	expect(outside).toContain(`<a href="/vorlagen/${open.slug}">${open.reference}</a>`);
	expect(outside).toContain(closed.reference);
	expect(outside).not.toContain(`href="/vorlagen/${closed.slug}"`);
	expect((await minutes(one)).html).toContain(`<a href="/vorlagen/${closed.slug}">${closed.reference}</a>`);
	const arabic = await plainPage(app, `/ar${path(one)}`);
	expect(arabic.html).toContain(`href="/ar/vorlagen/${open.slug}"`);
});
