import { describe, expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf } from '../council/room-support.ts';
import { officeOf } from './way-support.ts';

/** The way of a paper through the town's bodies, as the office arranges it and everybody reads it. */
const app = await startApp({ demonstration: true, workers: 0 });
const { newPage } = app;
const { office, filed, way, paper, act, station, outcome, session, order, id } = await officeOf(app);
const clerk = await clerkOf(app);

const today = Temporal.Now.plainDateISO('Europe/Berlin');
const day = (days: number) => today.add({ days }).toString();
const COUNCIL = 'Beirat für Integration und Migration';
const OPERATIVE = 'Der Stadtrat möge beschließen:\n\n1. Am Eingang des Rathauses steht ein Wegweiser in acht Sprachen.';

const motion = (title: string, more: Record<string, string> = {}) =>
	filed('Antrag', { title, operative: OPERATIVE, relevance: 'yes', relevanceReason: 'Viele suchen den Weg.', ...more });

describe('stations', () => {
	test('VOR-13: the way begins with the mayor’s approval, which is internal and never shown as a public meeting', async () => {
		const slug = await motion('Wegweiser im Rathaus', { relevance: 'no' });
		const first = await station(slug, 'approval', '', { plannedOn: day(-2) });
		await station(slug, 'advisory', 'Sozialausschuss', { plannedOn: day(20) });
		const inside = await way(slug);
		expect(inside.text).toContain('Genehmigung (intern)');
		expect(inside.text).toContain('intern');
		await outcome(slug, first, 'approved', { happenedOn: day(-1) });
		expect((await paper(slug, clerk.office)).text).toContain('genehmigt');
		const stranger = await paper(slug);
		expect(stranger.text).toContain('Weg durch die Gremien');
		expect(stranger.text).toContain('Sozialausschuss');
		expect(stranger.text).not.toMatch(/genehmigt|Genehmigung|Oberbürgermeister/);
		expect((await plainPage(app, '/vorlagen/beratungen')).text).not.toMatch(/Genehmigung|genehmigt/);
	});

	test('VOR-14: a station has its committee, planned date and role, and its result after the meeting', async () => {
		const slug = await motion('Bänke am Hafen');
		const at = await station(slug, 'advisory', 'Gesundheits- und Sozialausschuss', { plannedOn: day(3) });
		const before = await paper(slug);
		expect(before.text).toContain('Gesundheits- und Sozialausschuss');
		expect(before.text).toContain('berät');
		expect(before.html).toContain(`datetime="${day(3)}"`);
		expect(before.text).toContain('Hier steht der Antrag');
		const tooEarly = await outcome(slug, at, 'adopted', { happenedOn: day(3) });
		expect(tooEarly.status).toBe(422);
		expect(tooEarly.text).toContain('Dieser Tag liegt noch vor uns.');
		await outcome(slug, at, 'adopted', { happenedOn: day(0), 'yes-0': '6', 'no-0': '1', 'abstain-0': '2' });
		const after = await paper(slug);
		expect(after.text).toContain('Gesundheits- und Sozialausschuss empfohlen');
		expect(after.text).toContain('6 Ja, 1 Nein, 2 Enthaltungen');
		expect(after.text).toContain('6 : 1');
		expect((await paper(slug, undefined, '/en')).text).toContain('recommended');
	});

	test('VOR-15: advisory stations in order keep their own recommendation; what differs stands side by side', async () => {
		const slug = await motion('Sprachkurse am Abend');
		const first = await station(slug, 'advisory', 'Sozialausschuss', { plannedOn: day(-9) });
		const second = await station(slug, 'advisory', 'Ausschuss für Recht und Bürgerangelegenheiten', {
			plannedOn: day(-5),
		});
		await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(30) });
		await outcome(slug, first, 'adoptedChanged', {
			'yes-0': '7',
			'no-0': '2',
			'abstain-0': '0',
			wording: 'Am Eingang des Rathauses steht ein Wegweiser in zwölf Sprachen.',
		});
		await outcome(slug, second, 'rejected', { text: 'Das Geld fehlt.', 'yes-0': '3', 'no-0': '6', 'abstain-0': '0' });
		const page = await paper(slug);
		expect(page.text).toContain('Sozialausschuss geändert empfohlen');
		expect(page.text).toContain('Ausschuss für Recht und Bürgerangelegenheiten nicht empfohlen');
		expect(page.text).toContain('Die Gremien empfehlen Verschiedenes.');
		expect(page.text).toContain('Empfehlungen nebeneinander');
		const table = /<table[\s\S]*?<\/table>/.exec(page.html)![0];
		expect(table).toMatch(/geändert empfohlen[\s\S]*nicht empfohlen/);
		expect(table).toMatch(/in zwölf Sprachen[\s\S]*Das Geld fehlt\./);
		expect(page.text).toMatch(/Was wurde daraus\? Noch nicht entschieden: die Gremien empfehlen Verschiedenes/);
		const wrong = await outcome(slug, first, 'adopted', { 'yes-0': '7' });
		expect(wrong.status, 'a correction wants its reason').toBe(422);
		expect(wrong.text).toContain('Bitte nennen Sie den Grund.');
		const corrected = await outcome(slug, first, 'adopted', {
			reason: 'Falsch abgeschrieben.',
			'yes-0': '7',
			'no-0': '2',
		});
		expect(corrected.text).toContain('Frühere Einträge');
		expect(corrected.text).toContain('Falsch abgeschrieben.');
		expect((await paper(slug)).text, 'the other one stands as it stood').toContain(
			'Ausschuss für Recht und Bürgerangelegenheiten nicht empfohlen',
		);
	});

	test('VOR-16: one station decides, as the last one; a second deciding station needs a reason', async () => {
		const slug = await motion('Nachtbus nach Norden');
		await station(slug, 'advisory', 'Sozialausschuss', { plannedOn: day(10) });
		expect((await way(slug)).text).toContain('Es fehlt die Station, die entscheidet.');
		await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(40) });
		await station(slug, 'advisory', 'Verwaltungsausschuss', { plannedOn: day(20) });
		expect(await order(slug), 'a later advisory one goes before the decision').toEqual([
			'Sozialausschuss',
			'Verwaltungsausschuss',
			'Stadtrat',
		]);
		const refused = await act(slug, 'neu', {
			role: 'deciding',
			body: await id('organisation', 'Verwaltungsausschuss'),
		});
		expect(refused.status).toBe(422);
		expect(refused.text).toContain('Es entscheidet schon ein anderes Gremium.');
		const given = await act(slug, 'neu', {
			role: 'deciding',
			body: await id('organisation', 'Verwaltungsausschuss'),
			secondReason: 'Er gibt das Geld frei.',
		});
		expect(given.status).toBe(200);
		expect(given.text).toContain('zweite Entscheidung: Er gibt das Geld frei.');
	});

	test('two people add a deciding station at the same moment: one of them is asked for a reason', async () => {
		const slug = await motion('Zugleich');
		const body = await id('organisation', 'Sozialausschuss');
		const answers = await Promise.all([1, 2, 3].map(() => act(slug, 'neu', { role: 'deciding', body })));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
	});

	test('stations are put in another order, in parallel, taken off and brought back, without script', async () => {
		const slug = await motion('Reihenfolge');
		const first = await station(slug, 'advisory', 'Sozialausschuss');
		const second = await station(slug, 'advisory', 'Verwaltungsausschuss');
		await station(slug, 'deciding', 'Stadtrat');
		await act(slug, 'schieben', { id: second, richtung: 'hoch' });
		expect(await order(slug)).toEqual(['Verwaltungsausschuss', 'Sozialausschuss', 'Stadtrat']);
		const parallel = await act(slug, 'aendern', {
			id: first,
			role: 'advisory',
			body: await id('organisation', 'Sozialausschuss'),
			place: second,
		});
		expect(parallel.text).toContain('gleichzeitig');
		const off = await act(slug, 'entfernen', { id: first });
		expect(off.text).toContain('Station entfernt.');
		expect(await order(slug)).toEqual(['Verwaltungsausschuss', 'Stadtrat']);
		// at once, and whenever somebody comes back to the page
		const later = await way(slug);
		expect(later.text).toContain('Entfernte Stationen');
		const [, removed] = /action="\?\/zurueckholen"[\s\S]*?name="id" value="([0-9a-f-]{36})"/.exec(later.html)!;
		const back = await act(slug, 'zurueckholen', { id: removed! });
		expect(back.text).toContain('Station aufgenommen.');
		expect(await order(slug)).toEqual(['Verwaltungsausschuss', 'Sozialausschuss', 'Stadtrat']);
		await act(slug, 'zurueckholen', { id: removed! });
		expect(await order(slug), 'pressed twice it comes back once').toHaveLength(3);
	});

	test('a further station goes where its day puts it, before the decision; a hearing that is missing is one press away', async () => {
		const slug = await filed('Antrag', {
			title: 'Bänke am Ufer',
			operative: 'Am Ufer stehen Bänke.',
			relevance: 'yes',
			relevanceReason: 'Dort treffen sich alle.',
		});
		expect((await paper(slug, office)).text).toContain('Noch steht keine Station fest');
		await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(40) });
		await station(slug, 'advisory', 'Verwaltungsausschuss', { plannedOn: day(30) });
		await station(slug, 'advisory', 'Sozialausschuss', { plannedOn: day(10) });
		await station(slug, 'advisory', 'Ausschuss für Recht und Bürgerangelegenheiten');
		expect(await order(slug)).toEqual([
			'Sozialausschuss',
			'Verwaltungsausschuss',
			'Ausschuss für Recht und Bürgerangelegenheiten',
			'Stadtrat',
		]);
		const mend = /href="([^"]*anhoerung[^"]*)"/.exec((await paper(slug, office)).html)![1]!;
		const form = await plainPage(app, mend.split('#')[0]!, office);
		const chosen = (field: string) =>
			new RegExp(`id="${field}"[\\s\\S]*?<option[^>]*value="([^"]*)"[^>]*selected`).exec(form.html)?.[1] ?? '';
		const asked = { role: chosen('role'), body: chosen('body') };
		expect(asked).toEqual({ role: 'hearing', body: await id('organisation', COUNCIL) });
		const heard = await form.send({ bodyName: '' }, { ...asked, plannedOn: day(20) });
		expect(heard.text).toContain('Station aufgenommen.');
		expect((await order(slug))[1]).toBe('Beirat für Integration und Migration');
		expect((await paper(slug, office)).text).not.toContain('ist keine Station');
	});

	test('postponed it comes again, referred another committee is asked before it comes back, a new term keeps the number', async () => {
		const slug = await motion('Wiedervorlage');
		const first = await station(slug, 'advisory', 'Sozialausschuss', { plannedOn: day(-3) });
		const last = await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(-1) });
		await outcome(slug, first, 'postponed', { resubmitOn: day(12) });
		expect(await order(slug)).toEqual(['Sozialausschuss', 'Sozialausschuss', 'Stadtrat']);
		expect((await way(slug)).text).toContain('Wiedervorlage');
		expect((await paper(slug)).text).toContain('Kommt wieder am');
		const refused = await outcome(slug, last, 'referred');
		expect(refused.text).toContain('Wohin wurde verwiesen?');
		await outcome(slug, last, 'referred', { referTo: await id('organisation', 'Verwaltungsausschuss') });
		expect((await order(slug)).slice(-3)).toEqual(['Stadtrat', 'Verwaltungsausschuss', 'Stadtrat']);
		const number = /A\d{4}\/\d\d/.exec((await paper(slug)).text)![0];
		const moved = await act(slug, 'wahlperiode', { reason: 'Die Wahlperiode endete.' });
		expect(moved.text).toContain('In die neue Wahlperiode überführt.');
		expect(moved.text).toContain('findet nicht statt: Die Wahlperiode endete.');
		expect((await paper(slug)).text).toContain(number);
		expect((await way(slug)).text).not.toContain('Es fehlt die Station, die entscheidet.');
	});

	test('several bodies hold one station jointly, the first leads; a skipped one says why and can take place after all', async () => {
		const slug = await motion('Gemeinsam');
		const body = await id('organisation', 'Sozialausschuss');
		const joint = await act(slug, 'neu', {
			role: 'advisory',
			body,
			mit: await id('organisation', 'Verwaltungsausschuss'),
		});
		expect(joint.text).toContain('Sozialausschuss und Verwaltungsausschuss');
		const at = /station-([0-9a-f-]{36})/.exec(joint.html)![1]!;
		await outcome(slug, at, 'adopted', {
			bodies: `${body} ${await id('organisation', 'Verwaltungsausschuss')}`,
			'yes-0': '5',
			'no-0': '1',
			'yes-1': '4',
			'no-1': '3',
		});
		const page = await paper(slug);
		expect(page.text).toContain('5 Ja, 1 Nein');
		expect(page.text).toContain('4 Ja, 3 Nein');
		const other = await station(slug, 'hearing', COUNCIL, { plannedOn: day(9) });
		expect((await act(slug, 'auslassen', { id: other, reason: '' })).status).toBe(422);
		expect((await act(slug, 'auslassen', { id: other, reason: 'Schon gehört.' })).text).toContain(
			'findet nicht statt: Schon gehört.',
		);
		expect((await paper(slug)).text).toContain('findet nicht statt');
		expect((await act(slug, 'wieder', { id: other })).text).toContain('Die Station findet statt.');
	});
});

describe('checks', () => {
	test('VOR-17: a report that is asked for before the decision is warned of, with its reason', async () => {
		const slug = await motion('Bericht zu früh', { reportBy: day(20) });
		await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(60) });
		const page = await paper(slug, clerk.office);
		expect(page.text).toContain('Der Bericht ist zum');
		expect(page.text).toContain('Bis dahin kann niemand berichten');
		expect(page.text).toContain('Ein Bericht folgt aus dem Beschluss');
		expect((await paper(slug)).text, 'strangers read no warnings').not.toContain('Ein Bericht folgt');
		const inWords = await filed('Antrag', {
			title: 'Frist im Wortlaut',
			operative: `Die Verwaltung berichtet bis spätestens Ende ${today.year} über die Ergebnisse.`,
		});
		await station(inWords, 'deciding', 'Stadtrat', { plannedOn: `${today.year + 1}-02-16` });
		expect((await paper(inWords, clerk.office)).text).toContain(
			`Im Wortlaut steht „bis spätestens Ende ${today.year}“`,
		);
		const desk = await plainPage(app, '/tisch', clerk.office);
		expect(desk.text).toContain('Frist im Wortlaut');
	});

	test('VOR-26: a paper that touches integration flags the council that is no station, until it is one', async () => {
		const slug = await motion('Ohne Beirat');
		await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(60) });
		const page = await paper(slug, clerk.office);
		expect(page.text).toContain(`aber ${COUNCIL} ist keine Station`);
		expect(page.text).toContain('soll vor der Entscheidung gehört werden');
		await station(slug, 'hearing', COUNCIL, { plannedOn: day(30) });
		expect((await paper(slug, clerk.office)).text).not.toContain('soll vor der Entscheidung gehört werden');
	});
});

describe('with the council’s sessions', () => {
	test('a paper that is planned for a body is offered on the agenda of its session; taken up, its station knows the item', async () => {
		const slug = await motion('Bänke am Hafen');
		const at = await station(slug, 'hearing', COUNCIL, { plannedOn: day(12) });
		const made = await session(day(12));
		const work = `/sitzungen/${made.slug}/tagesordnung`;
		const agenda = await plainPage(app, work, clerk.office);
		const key = `papers.station:${at}`;
		expect(agenda.text).toContain('Bänke am Hafen (A');
		const taken = await agenda.send({ key });
		expect(taken.text).toContain('Der Punkt steht auf der Tagesordnung.');
		expect(taken.offers({ key })).toBe(false);
		await agenda.send({ key });
		const items = await app.database.sql(`select id from council.agenda_item where title = 'Bänke am Hafen'`);
		expect(items, 'pressed twice it is there once').toHaveLength(1);
		const next = await session(day(13));
		expect((await plainPage(app, `/sitzungen/${next.slug}/tagesordnung`, clerk.office)).text).not.toContain(
			'Bänke am Hafen',
		);
		expect((await way(slug)).html).not.toContain('name="meeting"');
	});

	test('a closed paper is put on an agenda with its reason, legal basis and a title that gives nothing away', async () => {
		const slug = await motion('Grundstück der Familie', { closed: 'yes', closedReason: 'Grundstück' });
		const at = await station(slug, 'hearing', COUNCIL, { plannedOn: day(16) });
		const made = await session(day(16));
		const agenda = await plainPage(app, `/sitzungen/${made.slug}/tagesordnung`, clerk.office);
		const key = `papers.station:${at}`;
		const bare = await agenda.send({ key });
		expect(bare.status).toBe(422);
		const words = { closedCode: 'other', closedBasis: '§ 52 KVG', neutralTitle: 'Eine Angelegenheit' };
		const taken = await bare.send({ key }, words);
		expect(taken.text).toContain('Eine Angelegenheit');
		expect((await plainPage(app, `/sitzungen/${made.slug}`)).text).not.toContain('Grundstück der Familie');
	});

	test('VOR-18: put on an agenda and adopted as it stands, the operative text is the resolution’s, and result and votes come back by themselves', async () => {
		const slug = await motion('Wegweiser in acht Sprachen');
		const at = await station(slug, 'advisory', COUNCIL, { plannedOn: day(0) });
		await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(50) });
		const made = await session(day(0));
		const put = await act(slug, 'tagesordnung', { id: at, meeting: made.id, late: 'Es eilt.' });
		expect(put.text, put.text.slice(0, 900)).toContain('Die Vorlage steht auf der Tagesordnung.');
		const again = await act(slug, 'tagesordnung', { id: at, meeting: made.id, late: 'Es eilt.' });
		expect(again.status, 'pressed twice it is there once').toBe(200);
		const items = await app.database.sql<{ id: string }>(
			`select id from council.agenda_item where meeting_id = $1 and title = 'Wegweiser in acht Sprachen'`,
			[made.id],
		);
		expect(items).toHaveLength(1);
		const item = items[0]!.id;
		const agenda = await plainPage(app, `/sitzungen/${made.slug}/tagesordnung`, clerk.office);
		expect(agenda.html).toContain(`href="/vorlagen/${slug}"`);
		await clerk.begin({ ...made, items: [item] }, 12);
		const room = await clerk.room(made, item);
		expect(room.html).toContain(`href="/vorlagen/${slug}"`);
		await room.send({ art: 'item', item });
		const votesPage = await plainPage(app, `/sitzungen/${made.slug}/abstimmungen`, clerk.office);
		const offered = /<textarea[^>]*name="text"[^>]*>([^<]*Wegweiser in acht Sprachen[^<]*)<\/textarea>/.exec(
			votesPage.html,
		)?.[1];
		expect(offered, 'the motion form offers the operative text').toBeTruthy();
		const moved = await clerk.motion({ ...made, items: [item] }, item, offered!.trim());
		expect((await clerk.vote({ ...made, items: [item] }, moved, { yes: 8, no: 3, abstain: 1 })).status).toBe(303);
		const page = await paper(slug, clerk.office);
		expect(page.text).toContain('Beirat empfohlen');
		expect(page.text).toContain('8 Ja, 3 Nein, 1 Enthaltung');
		const [station1] = await app.database.sql<{ wording: unknown; same: boolean }>(
			`select c.wording, c.wording = p.operative as same from papers.consultation c join papers.paper p on p.id = c.paper_id where c.id = $1`,
			[at],
		);
		expect(station1!.same, 'the resolution has the operative text, alone').toBe(true);
		await (await clerk.room(made)).send({ art: 'close' });
		expect((await way(slug)).text).toContain('empfohlen');
		expect((await plainPage(app, `/sitzungen/${made.slug}`, clerk.office)).html).toContain(`href="/vorlagen/${slug}"`);
	});

	test('what a session postpones comes again, and goes on with the item that is carried over', async () => {
		const slug = await motion('Vertagt im Beirat');
		const at = await station(slug, 'advisory', COUNCIL, { plannedOn: day(0) });
		const made = await session(day(0));
		await act(slug, 'tagesordnung', { id: at, meeting: made.id, late: 'Es eilt.' });
		await clerk.begin({ ...made, items: [] }, 12);
		await (await clerk.room(made)).send({ art: 'close' });
		expect((await order(slug)).filter((name) => name === COUNCIL)).toHaveLength(2);
		expect((await way(slug)).text).toContain('nach Vertagung');
		const next = await session(day(45));
		const page = await way(slug);
		expect(page.html).toContain(`/sitzungen/${next.slug}`);
	});
});

describe('a statute', () => {
	test('VOR-07: adopting a paper that changes the statute makes the next dated version of the rules', async () => {
		const slug = await filed('Beschlussvorlage', {
			title: 'Neue Satzung des Beirats',
			operative: 'Die Satzung wird beschlossen.',
		});
		const at = await station(slug, 'deciding', 'Stadtrat', { plannedOn: day(-1) });
		const council = await id('organisation', COUNCIL);
		const from = day(90);
		const named = await act(slug, 'satzung', {
			councilBody: council,
			statuteTitle: 'Zweite Satzung des Beirats',
			inForceOn: from,
		});
		expect(named.text).toContain('entsteht mit dem Beschluss');
		const before = await plainPage(app, '/gremien/beirat/regeln', clerk.office);
		expect(before.text).not.toContain('Zweite Satzung des Beirats');
		await outcome(slug, at, 'adopted');
		const rules = await plainPage(app, '/gremien/beirat/regeln', clerk.office);
		expect(rules.text).toContain('Zweite Satzung des Beirats');
		expect((await way(slug)).text).toContain('angelegt');
		expect((await paper(slug)).text).toMatch(/Angenommen: So wurde es am .* beschlossen \(Stadtrat\)\./);
		await act(slug, 'zuruecknehmen', { id: at, reason: 'Verwechselt.' });
		expect((await plainPage(app, '/gremien/beirat/regeln', clerk.office)).text).not.toContain(
			'Zweite Satzung des Beirats',
		);
	});
});

test('the pages of the way have nothing that axe finds, and drag sends the same form', async () => {
	const slug = await motion('Ziehen');
	for (const body of ['Sozialausschuss', 'Verwaltungsausschuss']) await station(slug, 'advisory', body);
	await station(slug, 'deciding', 'Stadtrat');
	const page = await newPage({ role: 'office' });
	await page.goto(`/vorlagen/${slug}/weg`);
	expect(await axeFindings(page)).toEqual([]);
	const grips = page.locator('[data-grip]:visible');
	await grips.nth(1).dragTo(page.locator('[data-sort-item]').nth(0), { targetPosition: { x: 40, y: 4 } });
	await page.waitForURL(/gesagt=verschoben/);
	expect(await order(slug)).toEqual(['Verwaltungsausschuss', 'Sozialausschuss', 'Stadtrat']);
	await page.goto(`/vorlagen/${slug}`);
	expect(await axeFindings(page)).toEqual([]);
	await page.goto('/vorlagen/beratungen');
	expect(await axeFindings(page)).toEqual([]);
	expect(await page.locator('main').innerText()).toContain('Ziehen');
	await page.context().close();
});
