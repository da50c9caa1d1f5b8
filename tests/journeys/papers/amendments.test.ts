import { expect, test } from 'vitest';
import { extractText } from '../../../src/kernel/files/extract.ts';
import { readTrackedDocx } from '../../../src/kernel/files/tracked.ts';
import { normalise } from '../../../src/kernel/text/normalise.ts';
import { toWriting } from '../../../src/kernel/text/writing.ts';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';

/** Amendments from the proposal to the new version, by forms without JavaScript. */
const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const [office, member, chair] = await Promise.all([app.signIn('office'), app.signIn('member'), app.signIn('chair')]);
const [base] = await sql<{ slug: string; reference: string }>(
	`select slug, reference from papers.paper where title = 'Dolmetschen im Bürgerbüro' and state = 'filed'`,
);
const path = `/vorlagen/${base!.slug}`;

const FIRST = 'Der Stadtrat möge beschließen:';
const wording = (days: string, report: string) =>
	`${FIRST}\n\n1. Im Bürgerbüro wird an ${days} je Woche vor Ort gedolmetscht.\n2. Die Oberbürgermeisterin berichtet dem Stadtrat in ${report} über Nachfrage und Kosten.`;

/** Writes an amendment in the text field, looks at it and files it. @returns its number and address */
async function propose(cookie: string, title: string, operative: string): Promise<{ number: string; slug: string }> {
	const field = await plainPage(app, `${path}/aenderungen/neu`, cookie);
	expect(field.status, field.text).toBe(200);
	const draft = await field.send({ draft: '' }, { title, operative, reasons: 'Damit es reicht.' });
	expect(draft.text).toContain('Noch nicht eingereicht.');
	return file(cookie, new URL(draft.url).pathname);
}

async function file(cookie: string, draft: string): Promise<{ number: string; slug: string }> {
	const page = await plainPage(app, `${draft}/bearbeiten`, cookie);
	const revision = /name="einreichen" value="(\d+)"/.exec(page.html)?.[1] ?? '';
	const filed = await page.send({ einreichen: revision });
	const slug = new URL(filed.url).pathname.split('/').at(-1)!;
	const [row] = await sql<{ reference: string }>('select reference from papers.paper where slug = $1', [slug]);
	return { number: row!.reference, slug };
}

const bytes = async (address: string, cookie = office) => {
	const answer = await fetch(app.url + address, { headers: { cookie } });
	expect(answer.status, address).toBe(200);
	return new Uint8Array(await answer.arrayBuffer());
};

const merging = () => plainPage(app, `${path}/aenderungen/zusammenfuehren`, office);
/** The change in which these words stand, and how many decisions its page has seen. */
function changeWith(html: string, words: string): { change: string; seen: string } {
	const groups = [...html.matchAll(/id="aenderung-([0-9a-f]{16})"([\s\S]*?)<\/form>/g)];
	const group = groups.find(([, , inside]) => inside!.replace(/<[^>]+>/g, '').includes(words));
	if (!group) throw new Error(`no change with "${words}"`);
	return { change: group[1]!, seen: /name="seen" value="(\d+)"/.exec(html)![1]! };
}

/** Presses a button that says nothing but which decisions were seen. */
async function press(act: string, html: string): Promise<Response> {
	expect(html).toContain(`action="?/${act}"`);
	return fetch(`${app.url}${path}/aenderungen/zusammenfuehren?/${act}`, {
		method: 'POST',
		headers: { origin: app.url, accept: 'text/html', cookie: office },
		body: new URLSearchParams({ seen: /name="seen" value="(\d+)"/.exec(html)![1]! }),
	});
}

test('VOR-21~: a counter-proposal is an amendment with a number of its own, whose changes everybody reads in the wording', async () => {
	const first = await propose(member, 'Zwei Tage genügen', wording('zwei Tagen', 'einem halben Jahr'));
	expect(first.number).toBe(`${base!.reference}/1`);
	const stranger = await plainPage(app, `/vorlagen/${first.slug}`);
	expect(stranger.text).toContain('Gestrichen: drei Ende der Streichung.');
	expect(stranger.text).toContain('Eingefügt: zwei Ende der Einfügung.');
	expect(stranger.text).toContain(`Der Wortlaut von ${base!.reference} soll lauten:`);
	const second = await propose(chair, 'Vier Tage', wording('vier Tagen', 'einem Jahr'));
	expect(second.number).toBe(`${base!.reference}/2`);
	const all = await plainPage(app, `${path}/aenderungen`);
	expect(all.text).toContain(`Will an denselben Stellen etwas anderes als ${second.number}.`);
	expect(all.text).toContain(`Will an denselben Stellen etwas anderes als ${first.number}.`);
	expect((await plainPage(app, path)).text).toContain('Vier Tage');
});

test('a proposal that changes nothing is refused with a sentence; what was typed stays', async () => {
	const page = await plainPage(app, `${path}/aenderungen/neu`, member);
	const back = await page.send(
		{ draft: '' },
		{ title: 'Nichts Neues', operative: wording('drei Tagen', 'einem halben Jahr') },
	);
	expect(back.status).toBe(422);
	expect(back.text).toContain('Der Wortlaut ist derselbe wie bisher.');
	expect(back.html).toContain('Nichts Neues');
	expect((await plainPage(app, `${path}/aenderungen/neu`)).status).not.toBe(200);
});

test('an amendment goes out as a Word file with tracked changes and comes back as one', async () => {
	const out = await bytes(`${path}-1/wortlaut.docx`, '');
	const { before, after, changes } = await readTrackedDocx(out, 'a.docx');
	expect(toWriting(normalise({ blocks: before }))).toBe(wording('drei Tagen', 'einem halben Jahr'));
	expect(toWriting(normalise({ blocks: after }))).toBe(wording('zwei Tagen', 'einem halben Jahr'));
	expect(changes.map(({ kind, text }) => [kind, text])).toEqual([
		['delete', 'drei'],
		['insert', 'zwei'],
	]);
	const form = new FormData();
	form.set('draft', '');
	form.set('title', 'Aus Word');
	form.set('file', new File([out as BlobPart], 'aus-word.docx'));
	const send = (body: FormData) =>
		fetch(`${app.url}${path}/aenderungen/neu?/datei`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html', cookie: member },
			body,
		});
	const answer = await send(form);
	expect(answer.status).toBe(303);
	const draft = await plainPage(app, answer.headers.get('location')!, member);
	expect(draft.text).toContain('Nachverfolgte Änderungen: 2, Kommentare (außen vor gelassen): 0.');
	expect(draft.text).toContain('Gestrichen: drei');
	expect((await plainPage(app, new URL(draft.url).pathname)).status).toBe(404);
	form.set('file', new File(['kein Word'], 'a.docx'));
	const refused = await send(form);
	expect(refused.status).toBe(422);
	expect(await refused.text()).toContain('Das ist keine Word-Datei');
});

test('amendments are brought together place by place, with undo and a log, and become the next version', async () => {
	let page = await merging();
	expect(page.text).toContain('Hier wollen 2 Anträge Verschiedenes.');
	expect(page.text).toContain('Offen: 3, entschieden: 0.');
	const two = changeWith(page.html, 'zwei');
	page = await page.send({ change: two.change, kind: 'accept' });
	expect(page.text).toContain('an zwei Tagen je Woche');
	// Somebody who has not seen this decision decides nothing.
	const old = await fetch(`${app.url}${path}/aenderungen/zusammenfuehren?/entscheiden`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie: office },
		body: new URLSearchParams({ ...two, kind: 'reject' }),
	});
	expect(old.status).toBe(409);
	const four = changeWith(page.html, 'vier');
	page = await page.send({ change: four.change, kind: 'take' });
	expect(page.text).toContain('an vier Tagen je Woche');
	page = await page.send({ change: two.change, wording: '' }, { wording: 'dreieinhalb' });
	expect(page.text).toContain('an dreieinhalb Tagen je Woche');
	await press('zurueck', page.html);
	page = await merging();
	expect(page.text).toContain('an vier Tagen je Woche');
	expect(page.text).toContain('(zurückgenommen)');
	const year = changeWith(page.html, 'halben');
	page = await page.send({ change: year.change, kind: 'reject' });
	expect(page.text).toContain('Offen: 0, entschieden: 3.');
	expect(page.text).toMatch(/genommen aus \S+\/2, anderes abgelehnt/);
	const synopsis = await extractText(await bytes(`${path}/synopse.docx`), 'a.docx');
	expect(synopsis.text).toMatch(/vier.*\t.*\/2.*\tangenommen/);
	const pdf = await extractText(await bytes(`${path}/synopse.pdf`), 'a.pdf');
	expect(pdf.text).toContain('Gegenüberstellung');
	const odt = await extractText(await bytes(`${path}/synopse.odt`, ''), 'a.odt');
	expect(odt.text).toMatch(/\/2.*\toffen/);
	const taken = await press('uebernehmen', page.html);
	expect(taken.url).toMatch(/\/fassungen$/);
	const paper = await plainPage(app, path);
	expect(paper.text).toContain('an vier Tagen je Woche');
	// What is decided stays decided, and everybody reads what became of it.
	const left = await plainPage(app, `${path}/aenderungen`);
	expect(left.text).toContain('Darüber ist entschieden: siehe Fassung 2.');
	expect((await merging()).text).toContain('Es ist kein Änderungsantrag eingereicht.');
	const told = await extractText(await bytes(`${path}/synopse.odt`, ''), 'a.odt');
	expect(told.text).toMatch(/vier.*\t.*\/2.*\tangenommen/);
	expect(told.text).toMatch(/zwei.*\t.*\/1.*\tabgelehnt/);
});

test('VOR-29: two versions are shown as a difference that a screen reader reads', async () => {
	const page = await plainPage(app, `${path}/fassungen?von=1&bis=2`);
	expect(page.text).toContain('Von Fassung 1 zu Fassung 2');
	expect(page.text).toContain(`Änderungen übernommen aus ${base!.reference}/2`);
	expect(page.text).toContain('Eingefügt: 1. Gestrichen: 1. Verschoben: 0.');
	expect(page.text).toContain('Gestrichen: drei Ende der Streichung. Eingefügt: vier Ende der Einfügung.');
	expect(page.html).toMatch(
		/<del><span class="sr"> Gestrichen: <\/span>drei<span class="sr"> Ende der Streichung. <\/span><\/del>/,
	);
	expect(page.html).toContain('role="group" aria-label="Änderung 1 von 1"');
	expect((await plainPage(app, `${path}/fassungen?von=1&bis=9`)).status).toBe(404);
});

test('axe finds nothing on the pages of amendments, and nothing scrolls sideways', async () => {
	const faults: string[] = [];
	for (const [role, address] of [
		[undefined, `${path}/aenderungen`],
		[undefined, `/ar${path}/fassungen`],
		['office', `${path}/aenderungen/zusammenfuehren`],
		['member', `${path}/aenderungen/neu`],
	] as const) {
		const page = await app.newPage({ ...(role && { role }), viewport: { width: 390, height: 800 } });
		await page.goto(address);
		faults.push(...(await axeFindings(page)).map((finding) => `${address}: ${finding}`));
		if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) faults.push(`${address} is too wide`);
		await page.context().close();
	}
	expect(faults).toEqual([]);
}, 60_000);
