import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** Districts from the town's list to the reader's filter, by forms alone. */
const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const office = await app.signIn('office');
const member = await app.signIn('member');
const LIST = '/vorlagen/stadtteile';

const get = (path: string, cookie?: string) => plainPage(app, path, cookie);
const districtId = async (name: string) => {
	const [row] = await sql<{ id: string }>('select id from papers.district where name = $1', [name]);
	return row!.id;
};
/** The form sends what is ticked; a box that is not there can't be ticked. */
const tick = (page: PlainPage, id: string) =>
	expect(page.html).toMatch(new RegExp(`name="districts"[^>]*value="${id}"`));

async function draft(title: string, district: string): Promise<PlainPage> {
	const [type] = await sql<{ id: string }>(`select id from papers.paper_type where code = 'motion'`);
	const form = await get(`/vorlagen/neu?typ=${type!.id}`, member);
	if (district) tick(form, district);
	const typed = { title, operative: 'Der Stadtrat möge beschließen:\n\nEs wird Licht.', relevance: '' };
	return form.send({ typeId: type!.id }, { ...typed, ...(district && { districts: district }) });
}

async function filed(title: string, district: string): Promise<PlainPage> {
	const page = await draft(title, district);
	return page.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(page.html)![1]! });
}

test('the office pastes the list, mends a name, moves it; whoever writes may not', async () => {
	const page = await get(LIST, office);
	expect(page.text).toContain('Kranichwerder');
	const empty = await page.send({ names: '' }, { names: ' \n' });
	expect(empty.status).toBe(422);
	expect(empty.text).toContain('Bitte geben Sie mindestens einen Namen ein.');
	const long = await page.send({ names: '' }, { names: `Mühlenfeld\n${'x'.repeat(90)}` });
	expect(long.text).toContain('Zeile 2 ist zu lang');
	expect(long.html).toContain('Mühlenfeld');
	const added = await page.send({ names: '' }, { names: 'Mühlnfeld; MF\nnordhafen\nMühlnfeld\n' });
	expect(added.text).toContain('Mühlnfeld');
	expect(added.text.match(/Nordhafen ändern/g)).toHaveLength(1);
	const id = await districtId('Mühlnfeld');
	const taken = await added.send({ id, position: '7' }, { name: 'ALTSTADT', shortName: '' });
	expect(taken.status).toBe(422);
	expect(taken.text).toContain('Diesen Namen gibt es schon.');
	const mended = await added.send({ id, position: '7' }, { name: 'Mühlenfeld', position: '1' });
	expect(mended.text).toContain('Mühlenfeld ist gespeichert.');
	expect(mended.text.indexOf('Mühlenfeld ändern')).toBeLessThan(mended.text.indexOf('Altstadt ändern'));
	const order = await sql<{ name: string; position: number }>(
		'select name, position from papers.district order by position',
	);
	expect(order.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
	expect(order[0]!.name).toBe('Mühlenfeld');
	expect((await get(LIST, member)).status).toBe(403);
	expect((await get(LIST)).status).toBe(404);
});

test('a motion names a district: on its page, in the list, in the search of its name, and by the filter in any language', async () => {
	const nordhafen = await districtId('Nordhafen');
	const page = await filed('Laternen am Kai', nordhafen);
	const path = new URL(page.url).pathname;
	const read = await get(path);
	expect(read.html).toContain(`href="/vorlagen?stadtteil=${nordhafen}"`);
	const [amendment] = await sql<{ id: string }>(`select id from papers.paper_type where code = 'amendment'`);
	const empty = await get(`/vorlagen/neu?typ=${amendment!.id}`, member);
	const base = /A\d{4}\/\d\d/.exec(page.text)![0];
	const typed = { title: 'Mehr Laternen am Kai', operative: 'Es wird heller.', relevance: '', base };
	const below = await empty.send({ typeId: amendment!.id }, typed);
	expect(below.html).toMatch(new RegExp(`value="${nordhafen}"[^>]*checked|checked[^>]*value="${nordhafen}"`));
	const whole = await filed('Laternen überall', '');
	expect((await get(new URL(whole.url).pathname)).text).toContain('Stadtteile Gesamte Stadt');
	expect((await get(new URL(whole.url).pathname.replace('/', '/ar/'))).text).toContain('المدينة كلها');
	const list = await get(`/vorlagen?stadtteil=${nordhafen}`);
	expect(list.text).toContain('Laternen am Kai');
	expect(list.text).not.toContain('Laternen überall');
	expect(list.text).toMatch(/Antrag, [^·]+ · Nordhafen/);
	const arabic = await get(`/ar/vorlagen?stadtteil=${nordhafen}`);
	expect(arabic.text).toContain('الحي');
	expect(arabic.html).toMatch(/<option[^>]*lang="de"[^>]*>Nordhafen/);
	const csv = await (await fetch(`${app.url}/vorlagen.csv?stadtteil=${nordhafen}`)).text();
	expect(csv).toContain('Nordhafen');
	expect(csv).not.toContain('Laternen überall');
	const found = await get('/suche?q=Laternen');
	expect(found.html).toContain('stadtteil=Nordhafen');
	const narrowed = await get('/suche?q=Laternen&stadtteil=Nordhafen');
	expect(narrowed.text).toContain('Laternen am Kai');
	expect(narrowed.text).not.toContain('Laternen überall');
	expect((await get('/suche?q=Laternen+Nordhafen')).text).toContain('Laternen am Kai');
});

test('a district that is taken out stays with its papers, is offered no more, and comes back; a new name shows at once', async () => {
	const id = await districtId('Südanger');
	const page = await draft('Bänke am Anger', id);
	const path = new URL(page.url).pathname;
	const list = await get(LIST, office);
	const told = await list.send({ id, tun: 'heraus' });
	expect(told.text).toContain('Südanger wird nicht mehr angeboten.');
	expect(told.text).toContain('Nicht mehr angeboten');
	const [type] = await sql<{ id: string }>(`select id from papers.paper_type where code = 'motion'`);
	expect((await get(`/vorlagen/neu?typ=${type!.id}`, member)).html).not.toContain(id);
	const editing = await get(path, member);
	tick(editing, id);
	const saved = await editing.send({ typeId: type!.id }, { title: 'Bänke am Südanger', operative: 'Zwei Bänke.' });
	expect(saved.text).toContain('Der Entwurf ist gespeichert.');
	const kept = await sql('select 1 from papers.paper_district where district_id = $1', [id]);
	expect(kept).toHaveLength(2);
	const again = await told.send({ id, tun: 'anbieten' });
	expect(again.text).toContain('Südanger wird wieder angeboten.');
	const place = /name="position" value="(\d+)"/.exec(again.html.slice(again.html.indexOf(`id="ort-${id}"`)))![1]!;
	const renamed = await again.send({ id, position: place }, { name: 'Südwiese', shortName: '' });
	expect(renamed.text).toContain('Südwiese ist gespeichert.');
	expect((await get('/suche?q=Beratung&stadtteil=Südwiese')).text).toContain('Beratung am Samstag');
	expect((await get('/suche?q=Beratung&stadtteil=Südanger')).text).not.toContain('Beratung am Samstag');
});

test('one who writes beside another keeps the districts that the other one chose', async () => {
	const [first, second] = [await districtId('Altstadt'), await districtId('Weidengrund')];
	const page = await draft('Zwei schreiben', first);
	const path = new URL(page.url).pathname;
	const [mine, theirs] = [await get(path, member), await get(path, office)];
	const [type] = await sql<{ id: string }>(`select id from papers.paper_type where code = 'motion'`);
	const words = { title: 'Zwei schreiben', operative: 'Der Stadtrat möge beschließen:\n\nEs wird Licht.' };
	await theirs.send({ typeId: type!.id }, { ...words, districts: second });
	const merged = await mine.send({ typeId: type!.id }, { ...words, title: 'Zwei schreiben es' });
	expect(merged.status).toBe(200);
	const rows = await sql<{ title: string; name: string }>(`select p.title, d.name from papers.paper p
		join papers.paper_district x on x.paper_id = p.id join papers.district d on d.id = x.district_id
		where p.title like 'Zwei schreiben%'`);
	expect(rows).toEqual([{ title: 'Zwei schreiben es', name: 'Weidengrund' }]);
});

test('nobody is kept out of the office’s page', async () => {
	const page = await app.newPage({ role: 'office', reducedMotion: 'reduce' });
	await page.goto(LIST);
	expect(await axeFindings(page)).toEqual([]);
	await page.context().close();
});
