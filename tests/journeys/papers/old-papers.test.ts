import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage } from '../../support/forms.ts';

const app = await startApp({ demonstration: true, workers: 1 });
const { newPage, url, database } = app;

const STATEMENT = `Stadt Elbstadt

Stellungnahme der Verwaltung öffentlich

Stadtamt	Stellungnahme-Nr.	Datum
Bürgeramt	S0212/21	14.10.2021
zum/zur
A0113/21 – Fraktion Grüne Elbe, Fraktion Hafenpartei
Bezeichnung
Wartezeiten am Schalter verkürzen
Verteiler	Tag
Die Oberbürgermeisterin	26.10.2021
Ausschuss für Soziales und Zusammenleben	17.11.2021
Ausschuss für Ordnung	24.11.2021
Finanzausschuss	01.12.2021
Stadtrat	16.12.2021

Die Oberbürgermeisterin wird beauftragt, am Schalter zwei weitere Plätze einzurichten und dem Stadtrat darüber zu berichten.

Zum Antrag A0113/21 nimmt die Verwaltung wie folgt Stellung:

Die Zahl der Vorsprachen stieg im Jahr 2021 um ein Drittel. Mit der I0077/19 liegt dazu ein Bericht vor.

Zwei weitere Plätze sind in den vorhandenen Räumen nicht möglich. Vorgeschlagen wird eine Terminvergabe über das Netz.

Bearbeiterin: Frau Undine Muster, App. 4711
`;

const MOTION = `Stadt Elbstadt

Interfraktioneller Antrag	A0113/21
öffentlich
Absender	Datum
Fraktion Grüne Elbe, Fraktion Hafenpartei	02.09.2021
Betroffene Stadtteile: Nordhafen, Altstadt
Gremium	Sitzungstermin
Stadtrat	23.09.2021
Kurztitel
Wartezeiten am Schalter verkürzen

Der Stadtrat möge beschließen:

Die Oberbürgermeisterin wird beauftragt, am Schalter zwei weitere Plätze einzurichten und dem Stadtrat darüber zu berichten.

Begründung:
Wer keinen Termin bekommt, verliert im schlimmsten Fall die Erlaubnis zu arbeiten.
`;

async function officePage(): Promise<Page> {
	const page = await newPage({ role: 'office', javaScriptEnabled: false });
	page.setDefaultTimeout(20_000);
	return page;
}

async function upload(page: Page, name: string, text: string): Promise<void> {
	await page.goto('/einlesen');
	await page
		.getByLabel('Dateien', { exact: true })
		.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: 'Einlesen' }).click();
	await page.waitForURL(/\/einlesen\/./);
}

const visitorText = async (path: string) => (await plainPage(app, path)).text.split('Zum Inhalt springen').at(-1)!;
const visitorHtml = async (path: string) => (await fetch(url + path)).text();

test('VOR-24: numbers in an uploaded statement are recognised, offered, and kept as the reviewer decides', async () => {
	const page = await officePage();
	await upload(page, 'S0212-21.txt', STATEMENT);
	expect(await page.getByText('Die Vorlage behält ihre Nummer S0212/21').count()).toBe(1);
	expect(await page.getByLabel('Wortlaut').inputValue()).toContain('Vorgeschlagen wird eine Terminvergabe');
	// Who works on it is no part of the wording.
	expect(await page.getByLabel('Wortlaut').inputValue()).not.toContain('Undine');
	expect(await page.getByLabel('Art der Vorlage').last().inputValue()).not.toBe('');
	expect(await page.getByLabel('A0113/21, noch nicht im Bestand').inputValue()).toBe('answers');
	expect(await page.getByLabel('I0077/19, noch nicht im Bestand').inputValue()).toBe('cites');

	// Five stations: the approval inside the house is proposed as one, with no body.
	const stations = page.locator('ol.rows fieldset');
	expect(await stations.count()).toBe(5);
	const mayor = stations.first();
	expect(await mayor.getByLabel('Aufgabe').inputValue()).toBe('approval');
	expect(await mayor.getByLabel('Öffentlich').isChecked()).toBe(false);
	expect(await stations.last().getByLabel('hat stattgefunden').isChecked()).toBe(true);
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	await page.waitForURL(/\/vorlagen\/s0212-21$/);
	await page.context().close();

	const html = await visitorHtml('/vorlagen/s0212-21');
	expect(html).toContain('Wartezeiten am Schalter verkürzen');
	expect(html).toContain('Terminvergabe über das Netz');
	expect(html).toContain('Bürgeramt');
	expect(html).not.toContain('Undine');
	const way = await database.sql<{ role: string; public: boolean; state: string; name: string | null }>(
		`select c.role, c.public, c.state, o.name from papers.consultation c join papers.paper p on p.id = c.paper_id
		 left join papers.consultation_body b on b.consultation_id = c.id left join registry.organisation o on o.id = b.organisation_id
		 where p.reference = 'S0212/21' order by c.step`,
	);
	expect(way.map(({ name }) => name)).toEqual([
		null,
		'Ausschuss für Soziales und Zusammenleben',
		'Ausschuss für Ordnung',
		'Finanzausschuss',
		'Stadtrat',
	]);
	expect(way[0]).toMatchObject({ role: 'approval', public: false });
	expect(way.every(({ state }) => state === 'done')).toBe(true);
});

test('the original stays inside until somebody decides otherwise', async () => {
	const [file] = await database.sql<{ file_id: string }>(
		`select f.file_id from papers.paper_file f join papers.paper p on p.id = f.paper_id where p.reference = 'S0212/21'`,
	);
	expect((await fetch(`${url}/dateien/${file!.file_id}`)).status).toBe(404);
	const cookie = await app.signIn('office');
	expect((await fetch(`${url}/dateien/${file!.file_id}`, { headers: { cookie } })).status).toBe(200);
});

test('the same file and the same number become no second paper', async () => {
	const page = await officePage();
	await upload(page, 'S0212-21.txt', STATEMENT);
	expect(page.url()).toContain('bekannt');
	expect(await page.getByRole('link', { name: 'übernommen als S0212/21' }).getAttribute('href')).toBe(
		'/vorlagen/s0212-21',
	);
	expect(await page.getByRole('button', { name: 'Übernehmen' }).count()).toBe(0);

	await upload(page, 'abschrift.txt', STATEMENT.replace('um ein Drittel', 'um 33 Prozent'));
	const withScript = await newPage({ role: 'office' });
	await withScript.goto(page.url());
	expect(await axeFindings(withScript)).toEqual([]);
	await withScript.context().close();
	expect(await page.getByText('Die Vorlage S0212/21 gibt es schon.').count()).toBe(1);
	await page.getByLabel('Wenn nicht öffentlich: warum').fill('Nur eine Abschrift');
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	expect(await page.locator('.msg.bad').first().innerText()).toContain('Die Vorlage S0212/21 gibt es schon.');
	// What was typed is still there.
	expect(await page.getByLabel('Wenn nicht öffentlich: warum').inputValue()).toBe('Nur eine Abschrift');
	const [count] = await database.sql<{ n: number }>(
		`select count(*)::int as n from papers.paper where reference = 'S0212/21'`,
	);
	expect(count!.n).toBe(1);
	await page.context().close();
});

test('the motion comes later: both pages know each other, groups are matched or added, new numbers go on behind', async () => {
	const page = await officePage();
	await upload(page, 'A0113-21.txt', MOTION);
	expect(await page.getByLabel('Wortlaut').inputValue()).toMatch(/^Der Stadtrat möge beschließen:/);
	expect(await page.getByLabel('Begründung', { exact: true }).inputValue()).toMatch(/^Wer keinen Termin/);
	expect(await page.getByLabel('Eingebracht von: Fraktion Grüne Elbe').inputValue()).toMatch(/^o:/);
	expect(await page.getByLabel('Eingebracht von: Fraktion Hafenpartei').inputValue()).toBe('new:group');
	// what the form head names is ticked on the town's list, and the reviewer has the last word
	const named = page.getByRole('group', { name: 'Stadtteile: Nordhafen, Altstadt' });
	expect(await named.getByRole('checkbox', { checked: true }).count()).toBe(2);
	await named.getByLabel('Altstadt').uncheck();
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	await page.waitForURL(/\/vorlagen\/a0113-21$/);
	await page.context().close();
	expect(await visitorHtml('/vorlagen/a0113-21')).toContain('Fraktion Hafenpartei');
	expect(await visitorHtml('/vorlagen/a0113-21')).toMatch(/stadtteil=[^>]*>Nordhafen</);
	expect(await visitorHtml('/vorlagen/a0113-21')).not.toMatch(/stadtteil=[^>]*>Altstadt</);
	// Old papers don't call themselves undecided; a statement tells what became of what it answers, and names it once.
	const [motionText, statementText] = [
		await visitorText('/vorlagen/a0113-21'),
		await visitorText('/vorlagen/s0212-21'),
	];
	expect(motionText).not.toContain('Noch nicht entschieden');
	expect(statementText).not.toContain('Noch nicht entschieden');
	expect(statementText).toContain('Zu A0113/21:');
	expect(motionText.match(/S0212\/21/g)).toHaveLength(1);
	const linked = await database.sql<{ kind: string; to: string | null; base: string | null }>(
		`select r.kind, t.reference as to, b.reference as base from papers.paper_relation r
		 join papers.paper p on p.id = r.from_paper_id left join papers.paper t on t.id = r.to_paper_id
		 left join papers.paper b on b.id = p.superordinated_id where p.reference = 'S0212/21' order by r.kind`,
	);
	expect(linked).toEqual([
		{ kind: 'answers', to: 'A0113/21', base: 'A0113/21' },
		{ kind: 'cites', to: null, base: 'A0113/21' },
	]);
	const [counter] = await database.sql<{ last: number }>(
		`select c.last from papers.number_counter c join papers.numbering_scheme s on s.id = c.scheme_id where s.prefix = 'A' and c.year = 2021`,
	);
	expect(counter!.last).toBe(113);
	const [statement] = await database.sql<{ n: number }>(
		`select count(*)::int as n from papers.paper_version v join papers.paper p on p.id = v.paper_id where p.taken_over and v.number = 1`,
	);
	expect(statement!.n).toBe(2);
});

test('a number that no scheme of the town writes stays as it is printed; without one the next is given', async () => {
	const page = await officePage();
	await upload(page, 'alt.txt', MOTION.replaceAll('A0113/21', '2012/0456').replace('Wartezeiten', 'Aushänge'));
	expect(await page.getByText('Kein Nummernkreis der Stadt schreibt so.').count()).toBe(1);
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	await page.waitForURL(/\/vorlagen\/2012-0456$/);

	await upload(page, 'ohne.txt', MOTION.replaceAll('	A0113/21', '').replace('Wartezeiten', 'Bänke'));
	expect(await page.getByText('Auf der Unterlage ist keine Nummer erkannt.').count()).toBe(1);
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	expect(await page.locator('.msg.bad').first().innerText()).toContain('Bitte tragen Sie die Nummer ein');
	// It can be typed, too.
	expect(await page.getByLabel('Nummer', { exact: true }).first().inputValue()).toBe('');
	await page.getByLabel('Die nächste freie Nummer des Jahres vergeben').check();
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	await page.waitForURL(/\/vorlagen\/a0114-21$/);
	await page.context().close();
});

test('a closed paper is found by nobody outside', async () => {
	const page = await officePage();
	await upload(page, 'zu.txt', MOTION.replaceAll('A0113/21', 'A0099/21').replace('Wartezeiten', 'Stellenbesetzung'));
	await page.getByLabel('Die Vorlage ist öffentlich').uncheck();
	await page.getByLabel('Auch das Original veröffentlichen').check();
	await page.getByLabel('Wenn nicht öffentlich: warum').fill('Personalsache');
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	await page.waitForURL(/\/vorlagen\/a0099-21$/);
	await page.context().close();
	expect((await plainPage(app, '/vorlagen/a0099-21')).status).toBe(404);
	expect((await plainPage(app, '/suche?q=Stellenbesetzung')).text).not.toContain('A0099/21');
	expect((await plainPage(app, '/vorlagen')).text).not.toContain('Stellenbesetzung');
	const [file] = await database.sql<{ file_id: string }>(
		`select f.file_id from papers.paper_file f join papers.paper p on p.id = f.paper_id where p.reference = 'A0099/21'`,
	);
	expect((await fetch(`${url}/dateien/${file!.file_id}`)).status).toBe(404);
});
