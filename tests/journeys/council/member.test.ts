import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';

const { newPage, database, url, signIn } = await startApp({ demonstration: true, workers: 0 });
const { sql } = database;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const [next] = await sql<{ slug: string }>(
	`select slug from council.meeting where state = 'invited' and published order by date limit 1`,
);

test('a member’s notes on an agenda are read by nobody else, the office included', async () => {
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await member.goto(`/sitzungen/${next!.slug}`);
	await member.getByRole('link', { name: 'Meine Notizen' }).click();
	await member.locator('textarea').nth(2).fill('Nach den Kosten fragen');
	await member.getByRole('button', { name: 'Speichern' }).click();
	expect(await member.getByRole('status').innerText()).toContain('Gespeichert');
	expect(await member.locator('textarea').nth(2).inputValue()).toBe('Nach den Kosten fragen');
	const notes = `${url}/sitzungen/${next!.slug}/notizen`;
	for (const role of ['chair', 'office'] as const) {
		const headers = { cookie: await signIn(role) };
		expect(await (await fetch(notes, { headers })).text()).not.toContain('Nach den Kosten fragen');
	}
	expect((await fetch(notes)).status).toBe(404);
	// An empty note is gone, not kept as an empty row.
	await member.locator('textarea').nth(2).fill('');
	await member.getByRole('button', { name: 'Speichern' }).click();
	expect(await sql('select 1 from council.item_note')).toEqual([]);
	await member.context().close();
});

test('a member’s own calendar has the closed sessions, too; a renewed address ends the old one', async () => {
	await sql(`update council.meeting set public = false where slug = $1`, [next!.slug]);
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await member.goto('/mitarbeit');
	expect(await member.locator('main').innerText()).toMatch(/Beirat für Integration und Migration[\s\S]*anwesend/);
	await member.getByRole('button', { name: 'Adresse anlegen' }).click();
	const address = (await member.locator('a[href*="/kalender/"]').getAttribute('href'))!;
	const feed = await fetch(address);
	expect([feed.status, feed.headers.get('cache-control')]).toEqual([200, 'no-store']);
	expect(await feed.text()).toContain(`/sitzungen/${next!.slug}`);
	await member.getByRole('button', { name: 'Adresse erneuern' }).click();
	expect((await fetch(address)).status).toBe(404);
	const fresh = (await member.locator('a[href*="/kalender/"]').getAttribute('href'))!;
	expect((await fetch(fresh)).status).toBe(200);
	await sql(`update council.meeting set public = true where slug = $1`, [next!.slug]);
	await member.context().close();
});

test('public sessions come as an Atom feed, for all bodies and for one, in the reader’s language', async () => {
	const all = await fetch(`${url}/ar/sitzungen.atom`);
	expect(all.headers.get('content-type')).toContain('application/atom+xml');
	const text = await all.text();
	expect(text).toMatch(/^<\?xml[\s\S]*xml:lang="ar"[\s\S]*<entry>/);
	const [council] = await sql<{ slug: string }>(`select slug from council.council_body where kind = 'council'`);
	expect((await fetch(`${url}/gremien/${council!.slug}/sitzungen.atom`)).status).toBe(200);
	expect((await fetch(`${url}/gremien/gibt-es-nicht/sitzungen.atom`)).status).toBe(404);
	// Well-formed for a strict reader.
	const page = await newPage();
	await page.goto('/');
	const broken = await page.evaluate(
		(xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent,
		text,
	);
	expect(broken).toBeUndefined();
	await page.context().close();
});

test.each(['/mitarbeit', 'NOTES'])('axe finds nothing for a member on %s', async (path) => {
	const page = await newPage({ role: 'member', viewport: { width: 390, height: 900 } });
	const answer = await page.goto(path.replace('NOTES', `/sitzungen/${next!.slug}/notizen`));
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});
