import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { involvementOf } from './involvement-support.ts';
import { officeOf } from './way-support.ts';

/** The mayor's office: one page for all that waits for an approval, and a gate that no form gets round. */
const app = await startApp({ demonstration: true, workers: 0 });
const town = await involvementOf(app);
const way = await officeOf(app);
const mayor = await app.signIn('mayor');
const { one, read, post } = town;
const today = Temporal.Now.plainDateISO('Europe/Berlin');
await town.rule(await town.instruct('DA 7/26', today.toString()));

/** What stands on the page of approvals above and beneath the heading of what is blocked. */
async function approvals(cookie = mayor): Promise<{ open: string; shut: string; recent: string }> {
	const { text, status } = await read('/freigaben', cookie);
	expect(status).toBe(200);
	const [, open = '', shut = '', recent = ''] =
		/Zur Freigabe \(\d+\)(.*?)(?:Noch gesperrt \(\d+\)(.*?))?(?:In den letzten 30 Tagen freigegeben(.*))?$/.exec(text)!;
	return { open, shut, recent };
}

/** Opens the matter of a paper by the link that the gate shows, asks, and lets the commissioner answer. */
async function involve(paperSlug: string, title: string): Promise<void> {
	const form = await read(`/einbindung/neu?vorlage=${paperSlug}`);
	const opened = await form.send(
		{ relevant: 'yes' },
		{
			title,
			departmentId: await town.departmentId(),
			reason: 'Es geht um Menschen, die neu in der Stadt sind.',
			firstInformedOn: today.toString(),
		},
	);
	expect(opened.text, opened.text.slice(0, 600)).toContain('Das Vorhaben ist angelegt.');
	const id = town.idOf(opened);
	expect((await town.ask(id)).text).toContain('Die Anfrage ist verschickt.');
	expect((await town.answer(id, { answer: 'agreed' })).text).toContain('Danke');
}

test('MIT-03: a paper does not pass the mayor by any of its forms while a co-signature is missing, and does once it was answered', async () => {
	const title = 'Lotsen im Bürgeramt';
	const slug = await way.filed('Beschlussvorlage', {
		title,
		operative: 'Im Bürgeramt helfen Lotsen.',
		departmentId: await town.departmentId(),
		relevance: 'yes',
		relevanceReason: 'Sie helfen beim Ankommen.',
	});
	const station = await way.station(slug, 'approval', '', { plannedOn: today.add({ days: 3 }).toString() });
	expect((await approvals()).shut).toContain(title);
	const page = await read(`/vorlagen/${slug}`, mayor);
	expect(page.text).toContain('Gesperrt: Es gibt noch kein Vorhaben zur Beteiligung.');
	const refused = await page.send({ station }, { approvalText: 'Bitte zügig.' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Noch nicht genehmigt: Die Mitzeichnung steht aus.');
	expect(refused.html).toContain('value="Bitte zügig."');
	// neither on the page of the way, nor by the office
	for (const cookie of [mayor, town.office]) {
		const other = await post(`/vorlagen/${slug}/weg?/ergebnis`, { id: station, result: 'approved' }, cookie);
		expect(other.status).toBe(422);
	}
	expect(await one('select state as value from papers.consultation where id = $1', [station])).toBe('planned');

	await involve(slug, title);
	expect((await approvals()).open).toContain(title);
	expect((await read('/tisch', mayor)).text).toContain(title);
	const approved = await (await read(`/vorlagen/${slug}`, mayor)).send({ station }, { approvalText: 'Bitte zügig.' });
	expect(approved.text).toContain('Die Vorlage ist freigegeben.');
	expect(approved.offers({ station })).toBe(false);
	const after = await approvals();
	expect(after.open + after.shut).not.toContain(title);
	expect(after.recent).toContain(title);
	// nobody outside learns of it
	const outside = await plainPage(app, `/vorlagen/${slug}`);
	expect(outside.text).not.toMatch(/Bitte zügig|genehmigt|Freigabe der Vorlage/);
});

test('a statement waits with the mayor while its matter is blocked; approved it is ready to be published', async () => {
	const slug = await way.filed('Anfrage', {
		title: 'Lotsen auf dem Amt',
		operative: 'Wie viele Lotsen gibt es?',
		departmentId: await town.departmentId(),
		relevance: 'yes',
		relevanceReason: 'Sie helfen beim Ankommen.',
	});
	const statement = `/vorlagen/${slug}/stellungnahme`;
	const handed = await (
		await read(statement, town.department)
	).send({ dann: 'vorlegen' }, { title: 'Antwort zu den Lotsen', text: 'Es gibt acht.' });
	expect(handed.text).toContain('liegt zur Freigabe vor');
	expect((await approvals()).shut).toContain('Antwort zu den Lotsen');
	const refused = await (await read(statement, mayor)).send({ was: 'freigeben' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('muss vorher mitzeichnen');
	const draft = await one(
		`select p.slug as value from papers.paper p join papers.statement s on s.paper_id = p.id where p.title = 'Antwort zu den Lotsen'`,
	);
	await involve(draft, 'Antwort zu den Lotsen');
	expect((await approvals()).open).toContain('Antwort zu den Lotsen');
	const approved = await (await read(statement, mayor)).send({ was: 'freigeben' });
	expect(approved.status).toBe(200);
	expect((await approvals()).recent).toContain('Antwort zu den Lotsen');
	expect((await (await read(statement, town.office)).send({ was: 'veroeffentlichen' })).text).toContain(
		'Die Stellungnahme ist veröffentlicht.',
	);
});

test('a paper whose way begins with the mayor is read by her as a draft; the page is hers and the office’s alone', async () => {
	const slug = await town.draft('Entwurf mit Genehmigung', 'Es wird etwas getan.');
	expect((await read(`/vorlagen/${slug}`, mayor)).status).toBe(404);
	await way.station(slug, 'approval', '');
	expect((await read(`/vorlagen/${slug}`, mayor)).text).toContain('Es wird etwas getan.');
	expect((await approvals()).shut).toContain('Entwurf mit Genehmigung');
	expect((await approvals(town.office)).shut).toContain('Entwurf mit Genehmigung');
	for (const role of ['member', 'department', 'commissioner'] as const)
		expect((await read('/freigaben', await app.signIn(role))).status, role).toBe(403);
	expect((await plainPage(app, '/freigaben')).status).toBe(404);
});

test('the page reads well on a phone and has nothing that a screen reader stumbles over', async () => {
	const page = await app.newPage({ role: 'mayor', viewport: { width: 390, height: 800 } });
	for (const path of ['/freigaben', '/tisch']) {
		await page.goto(path);
		expect(await axeFindings(page), path).toEqual([]);
	}
	const wider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
	expect(wider).toBe(false);
	await page.context().close();
});
