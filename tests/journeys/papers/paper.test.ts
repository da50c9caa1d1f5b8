import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { toldToPrograms } from '../../support/oparl.ts';
import { startApp } from '../../support/app.ts';
import { extractText } from '../../../src/kernel/files/extract.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';
import { withPaper } from './numbered.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { database } = app;
const office = await app.signIn('office');
const member = await app.signIn('member');

const id = async (table: 'paper_type' | 'organisation', name: string) => {
	const from = table === 'paper_type' ? 'papers.paper_type' : 'registry.organisation';
	const [row] = await database.sql<{ id: string }>(`select id from ${from} where name = $1`, [name]);
	return row!.id;
};

/** Types a draft of a type and saves it. @returns the page on which it is written on */
async function draft(type: string, typed: Record<string, string>, cookie = office): Promise<PlainPage> {
	const form = await plainPage(app, `/vorlagen/neu?typ=${await id('paper_type', type)}`, cookie);
	const saved = await form.send({ typeId: await id('paper_type', type) }, { relevance: '', ...typed });
	expect(saved.text, saved.text.slice(0, 400)).toContain('Der Entwurf ist gespeichert.');
	return saved;
}

/** Files a draft. @returns the paper's page */
async function filed(type: string, typed: Record<string, string>, cookie = office): Promise<PlainPage> {
	return fileIt(await draft(type, typed, cookie));
}

async function fileIt(page: PlainPage): Promise<PlainPage> {
	const seen = /name="einreichen" value="(\d+)"/.exec(page.html)![1]!;
	const paper = await page.send({ einreichen: seen });
	expect(paper.status, paper.text.slice(0, 400)).toBe(200);
	return paper;
}

const slugOf = (page: PlainPage) => new URL(page.url).pathname.split('/').at(-1)!;

test('VOR-01: a motion of three groups has them all as originators and is found by its number', async () => {
	const groups = ['Fraktion Grüne Elbe', 'Fraktion Linkes Ufer', 'Fraktion Soziale Stadt'];
	const [first, second, third] = await Promise.all(groups.map((name) => id('organisation', name)));
	const form = await plainPage(app, `/vorlagen/neu?typ=${await id('paper_type', 'Antrag')}`, office);
	expect(form.text).toContain('Betrifft die Vorlage Integration, Migration oder Teilhabe?');
	expect(form.html).toContain('Der Stadtrat möge beschließen:');
	const refused = await form.send(
		{ typeId: await id('paper_type', 'Antrag') },
		{ title: '', operative: 'Bleibt stehen.' },
	);
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Bitte geben Sie der Vorlage einen Titel.');
	expect(refused.html).toContain('Bleibt stehen.');
	const page = await filed('Antrag', {
		title: 'Gut ankommen im Rathaus',
		operative: 'Der Stadtrat möge beschließen:\n\n1. Am Eingang steht jemand, der den Weg weist.',
		von1: first!,
		von2: second!,
		von3: third!,
		relevance: 'yes',
		relevanceReason: 'Viele finden sich ohne Deutsch nicht zurecht.',
	});
	expect(page.status).toBe(200);
	const number = /A\d{4}\/\d\d/.exec(page.text)![0];
	const stranger = await plainPage(app, new URL(page.url).pathname);
	for (const name of groups) expect(stranger.text).toContain(name);
	const typed = number.replace(/^A0*/, 'a ').replace('/', ' – ');
	const found = await fetch(`${app.url}/vorlagen?q=${encodeURIComponent(typed)}`, { redirect: 'manual' });
	expect(found.headers.get('location')).toBe(`/vorlagen/${slugOf(page)}`);
});

test('a draft has no number and is seen by its author and the office alone; filed twice it is filed once', async () => {
	const page = await draft('Antrag', { title: 'Noch geheim', operative: 'Bänke aufstellen.' }, member);
	const path = `/vorlagen/${new URL(page.url).pathname.split('/')[2]!}`;
	expect((await plainPage(app, path)).status).toBe(404);
	expect((await plainPage(app, path, member)).status).toBe(200);
	expect((await plainPage(app, path, await app.signIn('chair'))).status).toBe(404);
	expect((await plainPage(app, path, office)).status).toBe(200);
	const once = await fileIt(page);
	const again = await fileIt(page);
	expect(slugOf(again)).toBe(slugOf(once));
	expect((await plainPage(app, slugOf(once) && `/vorlagen/${slugOf(once)}`)).text).toContain('Noch geheim');
});

test('two people save the same draft: what does not touch is brought together, the rest shows both texts', async () => {
	const page = await draft('Antrag', {
		title: 'Zwei schreiben',
		operative: 'Erster Absatz über Bänke.\n\nZweiter Absatz über Bäume.\n\nDritter Absatz über Wege.',
	});
	const mine = await plainPage(app, new URL(page.url).pathname, office);
	const typeId = await id('paper_type', 'Antrag');
	const theirs = await page.send(
		{ typeId },
		{
			title: 'Zwei schreiben',
			operative: 'Erster Absatz über Bänke und Tische.\n\nZweiter Absatz über Bäume.\n\nDritter Absatz über Wege.',
			costs: '500 Euro',
		},
	);
	expect(theirs.text).toContain('Der Entwurf ist gespeichert.');
	const merged = await mine.send(
		{ typeId },
		{
			title: 'Zwei schreiben',
			operative: 'Erster Absatz über Bänke.\n\nZweiter Absatz über Bäume.\n\nDritter Absatz über breite Wege.',
		},
	);
	expect(merged.text).toContain('Beide Änderungen sind jetzt drin.');
	expect(merged.html).toContain('Bänke und Tische');
	expect(merged.html).toContain('breite Wege');
	expect(merged.html).toContain('500 Euro');
	const collides = await mine.send(
		{ typeId },
		{ title: 'Zwei schreiben', operative: 'Erster Absatz über Bänke und Stühle.' },
	);
	expect(collides.status).toBe(422);
	expect(collides.text).toContain('Jemand anders hat inzwischen gespeichert');
	expect(collides.html).toContain('Bänke und Tische');
	expect(collides.html).toContain('Bänke und Stühle');
	const chosen = await collides.send({ typeId }, { title: 'Zwei schreiben', operative: 'Bänke, Tische und Stühle.' });
	expect(chosen.text).toContain('Der Entwurf ist gespeichert.');
});

const get = async (path: string, cookie?: string) => plainPage(app, path, cookie);
const pathOf = (page: PlainPage) => new URL(page.url).pathname;

async function post(path: string, fields: Record<string, string>, cookie = office): Promise<Response> {
	return fetch(app.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie },
		body: new URLSearchParams(fields),
	});
}

async function attach(page: PlainPage, name: string, text: string, more: Record<string, string> = {}): Promise<void> {
	const body = new FormData();
	body.set('datei', new File([text], name));
	for (const [key, value] of Object.entries(more)) body.set(key, value);
	const answer = await fetch(`${app.url}${pathOf(page)}?/anlage`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie: office },
		body,
	});
	expect(answer.status).toBe(303);
}

const motion = async (title: string, more: Record<string, string> = {}) =>
	filed('Antrag', { title, operative: 'Der Stadtrat beschließt.', ...more });
const numberOf = (page: PlainPage) => /\b(?:DS|A|F|S|I|P|E|Z)\d{4,}\/\d\d(?:\/\d+)?/.exec(page.text)![0];

test('VOR-02, VOR-06: opening a motion shows the information that answers it, with its date; figures have their own day', async () => {
	const review = await motion('Prüfauftrag Lotsen');
	const information = await filed('Information', {
		title: 'Ergebnis der Prüfung: Lotsen',
		reasons: 'Es gab 54 Anfragen.',
		base: numberOf(review).toLowerCase().replace('/', ' / '),
		date: '2026-05-04',
		dataDate: '2025-12-31',
	});
	expect(information.text).toContain('Stand der Zahlen 31. Dezember 2025');
	expect(information.text).toContain('Eingebracht 4. Mai 2026');
	expect(information.text).toContain(`Antwort auf ${numberOf(review)}`);
	const opened = await get(pathOf(review));
	expect(opened.text).toContain('04.05.2026 Information Ergebnis der Prüfung: Lotsen');
	expect(opened.html).toContain(`href="${pathOf(information)}"`);
	const form = await get(`/vorlagen/neu?typ=${await id('paper_type', 'Information')}`, office);
	const unknown = await form.send({ typeId: await id('paper_type', 'Information') }, { title: 'X', base: 'A9999/99' });
	expect(unknown.status).toBe(422);
	expect(unknown.text).toContain('Diese Nummer gibt es hier nicht.');
});

test('VOR-03: an information has its own pattern of number, and an agenda item that names it leads to it', async () => {
	const information = await filed('Information', { title: 'Zahlen zum Ankommen', reasons: 'Zahlen.' });
	const number = numberOf(information);
	expect(number).toMatch(/^I\d{4}\/\d\d$/);
	const [session] = await database.sql<{ slug: string }>(
		`select slug from council.meeting where state in ('planned', 'invited') and public and published order by date limit 1`,
	);
	const added = await post(`/sitzungen/${session!.slug}/tagesordnung?/neu`, {
		title: `Information ${number}: Zahlen zum Ankommen`,
		paper: number,
		papers: number,
	});
	expect(added.status, await added.clone().text()).toBe(303);
	await post(`/sitzungen/${session!.slug}/tagesordnung?/zeigen`, {});
	const agenda = await get(`/sitzungen/${session!.slug}`);
	expect(agenda.html).toMatch(new RegExp(`href="${pathOf(information)}"[\\s\\S]{0,120}${number}`));
	expect((await get(pathOf(information))).text).toContain('Auf der Tagesordnung');
	const wrong = await fetch(`${app.url}/vorlagen?q=I12345678/26`, { redirect: 'manual' });
	expect(wrong.status).toBe(200);
	expect(await wrong.text()).toContain('Dazu gibt es keine Vorlage.');
});

test('VOR-08: a public statement is on the web; closed, its address says that it is gone, lists, search and feed are silent, and OParl tells it as deleted', async () => {
	const base = await motion('Längere Öffnungszeiten');
	const statement = await filed('Stellungnahme der Verwaltung', {
		title: 'Stellungnahme Öffnungszeiten',
		reasons: 'Die Verwaltung nimmt Stellung.',
		base: numberOf(base),
	});
	const path = pathOf(statement);
	expect((await get(path)).status).toBe(200);
	expect((await get('/vorlagen')).text).toContain('Stellungnahme Öffnungszeiten');
	expect((await get(pathOf(base))).text).toContain('Stellungnahme Öffnungszeiten');
	const told = await toldToPrograms(app, 'paper', ({ name }) => name === 'Stellungnahme Öffnungszeiten');
	expect(told).toMatchObject({ paperType: 'Stellungnahme der Verwaltung' });
	const refused = await post(`${path}?/oeffentlichkeit`, { closedReason: '' });
	expect(refused.status).toBe(422);
	expect((await post(`${path}?/oeffentlichkeit`, { closedReason: 'Personalsache' })).status).toBe(303);
	const gone = await get(path);
	expect(gone.status).toBe(410);
	expect(gone.text).not.toContain('Die Verwaltung nimmt Stellung.');
	for (const where of ['/vorlagen', '/vorlagen.csv', '/vorlagen.atom', pathOf(base), '/suche?q=Stellungnahme'])
		expect((await get(where)).text, where).not.toContain('Stellungnahme Öffnungszeiten');
	expect((await get(path, office)).text).toContain('Personalsache');
	const same = ({ id: address }: Record<string, unknown>) => address === told!.id;
	expect(await toldToPrograms(app, 'paper', same)).toBeUndefined();
	const left = await toldToPrograms(app, 'paper', same, '2000-01-01T00:00:00Z');
	expect(left).toMatchObject({ deleted: true });
	expect(left).not.toHaveProperty('name');
	expect((await post(`${path}?/oeffentlichkeit`, { public: 'yes' })).status).toBe(303);
	expect((await get(path)).status).toBe(200);
});

test('VOR-09: statements count by year, four figures, anew in January', async () => {
	const statement = async (date: string) =>
		numberOf(await filed('Stellungnahme der Verwaltung', { title: `Vom ${date}`, reasons: 'Text.', date }));
	expect(await statement('2022-11-30')).toBe('S0001/22');
	expect(await statement('2022-12-31')).toBe('S0002/22');
	expect(await statement('2023-01-02')).toBe('S0001/23');
});

test('VOR-10, VOR-11: the statement shows its department, links to the motion, whose group and signing person are named', async () => {
	const [person] = await database.sql<{ id: string }>(`select id from registry.person where family_name = 'Wiebold'`);
	const base = await motion('Klare Wege zum Amt', {
		von1: await id('organisation', 'Fraktion Grüne Elbe'),
		durch1: person!.id,
	});
	const department = await id('organisation', 'Bürgeramt');
	const statement = await filed('Stellungnahme der Verwaltung', {
		title: 'Zu den klaren Wegen',
		reasons: 'Text.',
		base: numberOf(base),
		departmentId: department,
	});
	const shown = await get(pathOf(statement));
	expect(shown.text).toContain('Federführung Bürgeramt');
	expect(shown.html).toContain(`href="${pathOf(base)}"`);
	expect((await get(pathOf(base))).text).toContain('Fraktion Grüne Elbe (Jonna Wiebold)');
	const filtered = await get(`/vorlagen?amt=${department}`);
	expect(filtered.text).toContain('Zu den klaren Wegen');
	const others = await get(`/vorlagen?amt=${await id('organisation', 'Ausländerbehörde')}`);
	expect(others.text).not.toContain('Zu den klaren Wegen');
});

test('VOR-12: a paper has a short and a full title and is found in every spelling', async () => {
	const page = await motion('Konfliktfreie Ausländer*innenbehörde', {
		longTitle: 'Gewaltfrei im Gespräch: eine Arbeitsgruppe für die Ausländer*innenbehörde',
	});
	expect(page.text).toContain('Gewaltfrei im Gespräch');
	for (const typed of ['Ausländerinnenbehörde', 'Ausländerbehörde', 'Ausländer*innenbehörde'])
		expect((await get(`/vorlagen?q=${encodeURIComponent(typed)}`)).text, typed).toContain(
			'Konfliktfreie Ausländer*innenbehörde',
		);
});

test('VOR-18~: the operative text stands alone; without one a motion is not filed', async () => {
	const page = await motion('Nur der Beschluss zählt', { operative: '', reasons: 'Weil es nötig ist.' }).catch(
		() => null,
	);
	expect(page).toBeNull();
	const written = await draft('Antrag', { title: 'Beschluss', operative: '', reasons: 'Weil es nötig ist.' });
	const seen = /name="einreichen" value="(\d+)"/.exec(written.html)![1]!;
	const refused = await written.send({ einreichen: seen });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Vor dem Einreichen braucht die Vorlage einen Beschlussvorschlag.');
	const [row] = await database.sql<{ operative: object; reasons: object }>(
		`select operative, reasons from papers.paper where title = 'Gut ankommen im Rathaus'`,
	);
	expect(JSON.stringify(row!.operative)).toContain('Am Eingang steht jemand');
	expect(JSON.stringify(row!.reasons)).not.toContain('Am Eingang');
});

test('VOR-24: numbers in the text and in an uploaded file are offered, confirmed or declined, and shown both ways', async () => {
	const cited = await motion('Früherer Bericht');
	const page = await draft('Antrag', {
		title: 'Mit Verweisen',
		operative: 'Der Stadtrat beschließt.',
		reasons: `Wie schon in ${numberOf(cited)} gesagt.`,
	});
	expect(page.text).toContain(`Diese Nummern stehen im Text.`);
	expect(page.text).toContain('in der Begründung');
	await attach(page, 'Bericht.txt', 'Seit der I 0254/15 liegt ein Ergebnis vor, siehe auch DS0450/18.', {
		dateiTitel: 'Bericht',
	});
	const offered = await get(pathOf(page), office);
	expect(offered.text).toContain('I0254/15 (hier nicht vorhanden) in einer Datei');
	expect(offered.text).toContain('DS0450/18');
	const idOf = async (reference: string) =>
		(
			await database.sql<{ id: string }>(
				`select r.id from papers.paper_relation r join papers.paper p on p.id = r.from_paper_id
				where p.title = 'Mit Verweisen' and r.to_reference = $1`,
				[reference],
			)
		)[0]!.id;
	for (const [reference, none] of [
		[numberOf(cited), ''],
		['I0254/15', ''],
		['DS0450/18', 'yes'],
	] as const)
		await offered.send({ id: await idOf(reference) }, { kind: 'cites', ...(none && { none }) });
	const paper = await fileIt(await get(pathOf(page), office));
	const stranger = await get(pathOf(paper));
	expect(stranger.text).toContain(`Nennt ${numberOf(cited)} Früherer Bericht`);
	expect(stranger.text).toContain('Nennt I0254/15');
	expect(stranger.text).not.toContain('DS0450/18');
	expect((await get(pathOf(cited))).text).toContain('Genannt in');
	const found = await filed('Information', { title: 'Alter Bericht', reasons: 'Text.', date: '2015-06-01' });
	expect(numberOf(found)).toBe('I0001/15');
});

test('VOR-25: the signatory stands with the function of that day, whatever office comes later', async () => {
	const [holder] = await database.sql<{ id: string; name: string; title: string }>(
		`select q.id, concat_ws(' ', q.given_name, q.family_name) as name, o.title from registry.office_holding h
		join registry.office o on o.id = h.office_id join registry.person q on q.id = h.person_id where o.kind = 'head' limit 1`,
	);
	const page = await filed('Stellungnahme der Verwaltung', { title: 'Unterschrieben', reasons: 'Text.' });
	const path = pathOf(page);
	const unknown = await post(`${path}?/unterschreiben`, { personId: holder!.id, signedOn: '1999-01-01' });
	expect(unknown.status).toBe(422);
	expect(await unknown.text()).toContain('Bitte nennen Sie die Funktion an diesem Tag');
	const today = Temporal.Now.plainDateISO('Europe/Berlin').toString();
	expect((await post(`${path}?/unterschreiben`, { personId: holder!.id, signedOn: today })).status).toBe(303);
	const signed = `${holder!.name}, ${holder!.title}`;
	expect((await get(path)).text).toContain(signed);
	await database.sql(`update registry.office set title = 'Anderes Amt' where title = $1`, [holder!.title]);
	expect((await get(path)).text).toContain(signed);
	await database.sql(`update registry.office set title = $1 where title = 'Anderes Amt'`, [holder!.title]);
});

test('VOR-04~, VOR-05~: a paper has annexes and fixed versions that others can cite; a closed annex says why it is closed', async () => {
	const page = await draft('Beschlussvorlage', { title: 'Leitlinien', operative: 'Die Leitlinien gelten.' });
	await attach(page, 'Anlage.txt', 'Leitlinien im Wortlaut', { dateiTitel: 'Leitlinien im Wortlaut' });
	await attach(page, 'Angebot.txt', 'Angebot', {
		dateiTitel: 'Angebot eines Dienstes',
		dateiZu: 'on',
		dateiGrund: 'Geschäftsgeheimnis',
	});
	const paper = await fileIt(await get(pathOf(page), office));
	const shown = await get(pathOf(paper));
	expect(shown.text).toContain('Leitlinien im Wortlaut TXT');
	expect(shown.text).toContain('Nichtöffentliche Anlage Nichtöffentlich: Geschäftsgeheimnis');
	expect((await get(pathOf(paper), office)).text).toContain(
		'Angebot eines Dienstes Nichtöffentlich: Geschäftsgeheimnis',
	);
	// its title tells as much as its text: no stranger reads it anywhere
	const slug = pathOf(paper).split('/').at(-1)!;
	const told = [
		pathOf(paper),
		`/ar${pathOf(paper)}`,
		'/vorlagen',
		'/vorlagen.csv',
		'/vorlagen.atom',
		'/suche?q=Dienstes',
	];
	for (const path of told) {
		const words = (await (await fetch(app.url + path, { headers: { accept: '*/*' } })).text()).split('<main').at(-1)!;
		expect(words, path).not.toContain('Angebot eines Dienstes');
	}
	for (const format of ['pdf', 'odt', 'docx']) {
		const bytes = new Uint8Array(await (await fetch(`${app.url}${pathOf(paper)}/vorlage.${format}`)).arrayBuffer());
		const { text } = await extractText(bytes, `a.${format}`);
		expect(text, format).toContain('Leitlinien');
		expect(text, format).not.toContain('Angebot eines Dienstes');
	}
	const object = await toldToPrograms(app, 'paper', ({ web }) => String(web).endsWith(`/${slug}`));
	expect(JSON.stringify(object)).toContain('Leitlinien im Wortlaut');
	expect(JSON.stringify(object)).not.toContain('Angebot');
	expect(shown.html.match(/href="\/dateien\//g)).toHaveLength(1);
	const href = /href="(\/dateien\/[^"]+)"/.exec(shown.html)![1]!;
	expect((await fetch(app.url + href)).status).toBe(200);
	const [closed] = await database.sql<{ file: string }>(
		`select file_id as file from papers.paper_file where title = 'Angebot eines Dienstes'`,
	);
	expect((await fetch(`${app.url}/dateien/${closed!.file}`)).status).toBe(404);
	const edit = await get(`${pathOf(paper)}/bearbeiten`, office);
	const typeId = await id('paper_type', 'Beschlussvorlage');
	const silent = await edit.send({ typeId }, { title: 'Leitlinien', operative: 'Die neuen Leitlinien gelten.' });
	expect(silent.status).toBe(422);
	expect(silent.text).toContain('Bitte nennen Sie den Grund der Änderung.');
	await silent.send(
		{ typeId },
		{ title: 'Leitlinien', operative: 'Die neuen Leitlinien gelten.', reason: 'Schreibfehler im Titel' },
	);
	const changed = await get(pathOf(paper));
	expect(changed.text).toContain('Die neuen Leitlinien gelten.');
	expect(changed.text).toContain('Fassung 2 vom');
	expect(changed.text).toContain('Schreibfehler im Titel');
});

test('a motion of two groups survives that one withdraws its signature; the last one withdraws the paper', async () => {
	const paper = await motion('Zwei Fraktionen', {
		von1: await id('organisation', 'Fraktion Grüne Elbe'),
		von2: await id('organisation', 'Fraktion Linkes Ufer'),
	});
	const path = pathOf(paper);
	const rows = await database.sql<{ id: string; name: string }>(
		`select o.id, g.name from papers.originator o join papers.paper p on p.id = o.paper_id
		join registry.organisation g on g.id = o.organisation_id where p.title = 'Zwei Fraktionen' order by o.position`,
	);
	expect((await post(`${path}?/austreten`, { row: rows[0]!.id }, member)).status).toBe(403);
	expect((await post(`${path}?/austreten`, { row: rows[0]!.id })).status).toBe(303);
	const after = await get(path);
	expect(after.text).toContain('Von Fraktion Linkes Ufer');
	expect(after.text).toMatch(/Fraktion Grüne Elbe dabei bis/);
	const last = await post(`${path}?/austreten`, { row: rows[1]!.id });
	expect(last.status).toBe(422);
	expect(await last.text()).toContain('Niemand sonst bringt die Vorlage noch ein.');
	await post(`${path}?/austreten`, { row: rows[0]!.id, undo: 'yes' });
	expect((await get(path)).text).not.toContain('dabei bis');
	const supported = await get(path, member);
	await supported.send({ side: '' });
	expect((await get(path, office)).text).toContain('unterstützt');
	expect((await post(`${path}?/zurueckziehen`, { note: '' }, member)).status).toBe(403);
	expect((await post(`${path}?/zurueckziehen`, { note: 'Erledigt' })).status).toBe(422);
	expect((await post(`${path}?/zurueckziehen`, { note: 'Erledigt', sure: 'on' })).status).toBe(303);
	const withdrawn = await get(path);
	expect(withdrawn.status).toBe(200);
	expect(withdrawn.text).toContain('Zurückgezogen am');
	const next = await motion('Danach');
	expect(numberOf(next)).not.toBe(numberOf(paper));
});

test('an administrator makes a numbering and a type of the town; the next number is shown, used letters stay', async () => {
	const administrator = await app.signIn('administrator');
	const page = await get('/vorlagen/arten', administrator);
	expect(page.text).toContain('nächste Nummer: A');
	const made = await page.send(
		{ name: '', prefix: '' },
		{ id: '', name: 'Prüfaufträge', prefix: 'pa', digits: '3', yearDigits: '4', separator: '-', suffixSeparator: '.' },
	);
	const { year } = Temporal.Now.plainDateISO('Europe/Berlin');
	expect(made.text).toContain(`nächste Nummer: PA001-${year} , darunter PA001-${year}.1`);
	const [motions] = await database.sql<{ id: string }>(`select id from papers.numbering_scheme where prefix = 'A'`);
	const fields = { id: motions!.id, name: 'Anträge', prefix: 'B', digits: '4', yearDigits: '2', separator: '/' };
	const used = await post('/vorlagen/arten?/nummer', { ...fields, suffixSeparator: '/' }, administrator);
	expect(used.status).toBe(422);
	expect(await used.text()).toContain('Mit diesen Buchstaben sind schon Nummern vergeben.');
	expect((await get('/vorlagen/arten', member)).status).toBe(403);
});

test('members write together: asked, remarking, called by name on desk and by mail; strangers to the draft see nothing', async () => {
	const chair = await app.signIn('chair');
	const [person] = await database.sql<{ id: string; family: string }>(
		`select q.id, q.family_name as family from registry.person q join auth."user" u on u.id = q.account_id
		where u.demonstration = 'chair'`,
	);
	const page = await draft('Antrag', { title: 'Gemeinsam geschrieben', operative: 'Erstens.' }, member);
	const path = pathOf(page);
	expect((await get(path, chair)).status).toBe(404);
	const asked = await page.send({ personId: '' }, { personId: person!.id });
	expect(asked.text).toContain(person!.family);
	expect((await get('/tisch', chair)).text).toContain('Sie sind eingeladen, an diesem Entwurf mitzuschreiben.');
	const theirs = await get(path, chair);
	expect(theirs.status).toBe(200);
	const empty = await theirs.send({ text: '' }, { part: 'all', text: ' ' }).catch(() => null);
	expect(empty?.status ?? 422).toBe(422);
	const answer = await post(
		`${path}?/bemerken`,
		{ part: 'operative', text: `@${person!.family} bitte Zahlen` },
		member,
	);
	expect(answer.status).toBe(303);
	expect((await get('/tisch', chair)).text).toContain('hat Sie in einer Bemerkung gerufen.');
	const mails = await database.sql<{ text: string }>(
		`select text from kernel.mail where subject = 'Entwurf: Gemeinsam geschrieben' order by id`,
	);
	expect(mails).toHaveLength(2);
	expect(mails[1]!.text).not.toContain('bitte Zahlen');
	await post(`${path}?/gesehen`, {}, chair);
	expect((await get('/tisch', chair)).text).not.toContain('hat Sie in einer Bemerkung gerufen.');
	const remark = await get(path, chair);
	expect(remark.text).toContain('bitte Zahlen');
	const saved = await (
		await get(path, chair)
	).send(
		{ typeId: await id('paper_type', 'Antrag') },
		{ title: 'Gemeinsam geschrieben', operative: 'Erstens und zweitens.' },
	);
	expect(saved.text).toContain('Der Entwurf ist gespeichert.');
	await post(`${path}?/schreibende`, { personId: person!.id, gone: 'yes' }, member);
	expect((await get(path, chair)).status).toBe(404);
	await fileIt(await get(path, member));
	const left = await database.sql(
		`select 1 from papers.draft_comment c join papers.paper p on p.id = c.paper_id where p.title = 'Gemeinsam geschrieben'`,
	);
	expect(left).toEqual([]);
});

test.each([
	['', '/vorlagen'],
	['', '/vorlagen/A1'],
	['', '/ar/vorlagen/A1'],
	['member', '/vorlagen/neu'],
	['office', '/vorlagen/A1/bearbeiten'],
	['office', '/vorlagen/A1'],
	['office', '/vorlagen/arten'],
] as const)('nobody is kept out of the page: %s %s', async (role, path) => {
	const page = await app.newPage({ ...(role && { role }), reducedMotion: 'reduce' });
	const answer = await page.goto(await withPaper(app, path));
	// An error page without findings says nothing about the page that was meant.
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});

test('numbers in a paper’s text lead to the papers that the reader may know; its own leads nowhere', async () => {
	const number = (page: PlainPage) => /A\d{4}\/\d\d/.exec(page.text)![0];
	const open = await fileIt(await draft('Antrag', { title: 'Erste Bank', operative: 'Eine Bank am Tor.' }));
	const shut = await fileIt(
		await draft('Antrag', { title: 'Zweite Bank', operative: 'Eine Bank.', closed: 'yes', closedReason: 'Grundstück' }),
	);
	const words = `Wie in ${number(open)} und ${number(shut).replace('/', ' / ')} beantragt.`;
	const page = await fileIt(
		await draft('Antrag', { title: 'Dritte Bank', operative: words, reasons: `Siehe ${number(open)}.` }),
	);
	const outside = (await get(pathOf(page))).html;
	expect(outside.match(new RegExp(`<a href="${pathOf(open)}">${number(open)}</a>`, 'g'))).toHaveLength(2);
	expect(outside).not.toContain(`href="${pathOf(shut)}"`);
	expect((await get(pathOf(page), office)).html).toContain(`<a href="${pathOf(shut)}">`);
	expect((await get(`/en${pathOf(page)}`)).html).toContain(`<a href="/en${pathOf(open)}">`);
});
