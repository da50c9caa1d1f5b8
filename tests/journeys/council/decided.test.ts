import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';

/** What residents read afterwards: what was decided, what was taken off and by whom, and who sat here when. */
const app = await startApp({ demonstration: true, workers: 1 });
const { url, newPage, signIn, database } = app;
const { sql } = database;
const office = await signIn('office');
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const [council] = await sql<{ id: string; body_id: string }>(
	`select id, body_id from council.council_body where slug = 'beirat'`,
);
const today = Temporal.Now.plainDateISO('Europe/Berlin');

async function text(path: string): Promise<string> {
	const html = await (await fetch(url + path, { headers: { accept: 'text/html' } })).text();
	return html
		.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ');
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
	return fetch(url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', cookie: office },
		body: new URLSearchParams(fields),
	});
}

test('what was decided stands in plain sentences in each of the twelve languages, German originals marked as such', async () => {
	const [item] = await sql<{ slug: string; anchor: string }>(
		`select m.slug, 'top-' || i.number as anchor from council.agenda_item i join council.meeting m on m.id = i.meeting_id
		join council.resolution r on r.agenda_item_id = i.id join council.vote v on v.agenda_item_id = i.id
		where i.result = 'adopted' and i.public and m.public and m.published and m.council_body_id = $1 and v.yes is not null
		and r.kind <> 'decision' and m.state = 'minutesSigned' order by m.date desc limit 1`,
		[council!.id],
	);
	const sentences = {
		de: 'Das Gremium empfiehlt das. Entscheiden werden andere. Dafür: ',
		'de-simple': 'Das Gremium findet das gut. Andere entscheiden.',
		en: 'Topic: The body recommends this. Others will decide. For: ',
		ar: 'توصي الهيئة بذلك. القرار لجهات أخرى. مع: ',
		fa: 'نهاد این را توصیه می‌کند.',
		uk: 'Орган це рекомендує.',
		ru: 'Орган это рекомендует.',
		zh: '本机构建议这样做',
		ro: 'Organismul recomandă acest lucru.',
		vi: 'Hội đồng khuyến nghị điều này.',
		fr: 'L’instance le recommande.',
		tr: 'Kurul bunu öneriyor.',
	};
	for (const [locale, sentence] of Object.entries(sentences)) {
		const words = await text(`${locale === 'de' ? '' : `/${locale}`}/sitzungen/${item!.slug}`);
		expect(words, locale).toContain(sentence);
	}
	const page = await newPage(WITHOUT_SCRIPT);
	await page.goto(`/ar/sitzungen/${item!.slug}`);
	const german = page.locator(`[id="${item!.anchor}"] [lang=de]`);
	expect(await german.count()).toBeGreaterThan(1);
	expect(await page.locator(`[id="${item!.anchor}"]`).textContent()).toContain('الألمانية');
	await page.context().close();
});

test('an item taken off stays on the public page and says so: before the session by the office, in it by the body’s vote', async () => {
	const date = today.toString();
	const created = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date,
		start: '17:00',
		end: '19:00',
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(created.headers.get('location')!)![1]!;
	const add = async (title: string) => {
		const answer = await post(`/sitzungen/${slug}/tagesordnung?/neu`, { title });
		return /punkt-([0-9a-f-]+)/.exec(answer.headers.get('location')!)![1]!;
	};
	const [early, late] = [await add('Spielplatz am Nordufer'), await add('Sprachkurse am Abend')];
	expect((await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Es eilt.' })).status).toBe(303);
	await post(`/sitzungen/${slug}/tagesordnung?/weg`, { id: early, grund: 'Die Unterlagen fehlen.' });
	const shown = await text(`/sitzungen/${slug}`);
	expect(shown).toMatch(
		/Spielplatz am Nordufer\s+Abgesetzt[\s\S]*von der Tagesordnung genommen\. Das geschah vor der Sitzung[\s\S]*Die Unterlagen fehlen\./,
	);
	// Nothing that asks for it as a topic of the session finds it any more.
	expect(await text('/sitzungen')).not.toContain('Spielplatz am Nordufer');
	expect(await (await fetch(`${url}/sitzungen/${slug}.ics`)).text()).not.toContain('Spielplatz');

	const room = (query = '') => plainPage(app, `/sitzungen/${slug}/verlauf${query}`, office);
	let page = await (await room()).send({ art: 'prepare' });
	const [{ id: meeting }] = (await sql<{ id: string }>('select id from council.meeting where slug = $1', [slug])) as [
		{ id: string },
	];
	const people = await sql<{ id: string }>(
		'select id from council.attendance where meeting_id = $1 and voting order by position limit 9',
		[meeting],
	);
	page = await page.send({ art: 'roll' }, Object.fromEntries(people.map(({ id }) => [`mark:${id}`, 'present'])));
	page = await page.send({ art: 'open' }, { proper: 'ja' });
	page = await (
		await room()
	).send({ art: 'removeItem' }, { item: late, reason: 'Erst berät der Ausschuss.', yes: '7', no: '1', abstain: '1' });
	expect(page.status).toBe(200);
	const after = await text(`/en/sitzungen/${slug}`);
	expect(after).toContain('The body decided so in the meeting. For: 7, against: 1, abstained: 1.');
	const reader = await newPage({ viewport: { width: 390, height: 900 } });
	await reader.goto(`/ar/sitzungen/${slug}`);
	expect(await axeFindings(reader)).toEqual([]);
	await reader.context().close();
});

test('who sat in the body when: from the body’s page, by term, found by name, printed without its form', async () => {
	const page = await newPage(WITHOUT_SCRIPT);
	await page.goto('/gremien/beirat');
	await page.getByRole('link', { name: 'Alle Mitglieder seit Beginn' }).click();
	const [member] = await sql<{ family: string; since: string; number: number }>(
		`select p.family_name as family, to_char(f.from_date, 'DD.MM.YYYY') as since, s.number from council.seat_filling f
		join council.seat s on s.id = f.seat_id join registry.membership m on m.id = f.membership_id
		join registry.person p on p.id = m.person_id where s.council_body_id = $1 and f.until_date is null order by s.number limit 1`,
		[council!.id],
	);
	await page.getByLabel('Name oder Organisation').fill(member!.family.toUpperCase());
	await page.getByRole('button', { name: 'Auswahl anzeigen' }).click();
	const found = page.locator('tbody tr').filter({ hasText: `Sitz ${member!.number}` });
	expect(await found.first().innerText()).toContain(member!.family);
	expect(await found.first().innerText()).toContain('heute');
	await page.getByLabel('Aufgabe').selectOption('chair');
	await page.getByLabel('Name oder Organisation').fill('');
	await page.getByRole('button', { name: 'Auswahl anzeigen' }).click();
	for (const row of await page.locator('tbody tr').all()) expect(await row.innerText()).toContain('Vorsitz');
	await page.goto('/gremien/beirat/geschichte?q=gibtesnicht');
	expect(await page.locator('main').innerText()).toContain('Zu dieser Auswahl gibt es niemanden.');
	await page.emulateMedia({ media: 'print' });
	expect(await page.locator('main form').isVisible()).toBe(false);
	await page.context().close();
});

test('SIT-20: a task written in the session stands on that person’s desk, on the next agenda, and in the review of the next minutes', async () => {
	const create = async (days: number) => {
		const date = today.add({ days }).toString();
		const answer = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
			id: crypto.randomUUID(),
			body: 'beirat',
			public: 'on',
			date,
			start: '17:00',
			end: '19:00',
		});
		return /\/sitzungen\/([^/]+)\//.exec(answer.headers.get('location')!)![1]!;
	};
	/** Invited, laid out, nine people there, opened. */
	const begin = async (slug: string) => {
		expect((await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Es eilt.' })).status).toBe(303);
		let page = await (await plainPage(app, `/sitzungen/${slug}/verlauf`, office)).send({ art: 'prepare' });
		const people = await sql<{ id: string }>(
			`select a.id from council.attendance a join council.meeting m on m.id = a.meeting_id
			where m.slug = $1 and a.voting order by a.position limit 9`,
			[slug],
		);
		page = await page.send({ art: 'roll' }, Object.fromEntries(people.map(({ id }) => [`mark:${id}`, 'present'])));
		return page.send({ art: 'open' }, { proper: 'ja' });
	};
	const first = await create(1);
	const added = await post(`/sitzungen/${first}/tagesordnung?/neu`, { title: 'Räume für Kurse' });
	const item = /punkt-([0-9a-f-]+)/.exec(added.headers.get('location')!)![1]!;
	await begin(first);
	const [who] = await sql<{ id: string; name: string }>(
		`select p.id, concat_ws(' ', p.given_name, p.family_name) as name from registry.person p
		join auth."user" u on u."id" = p.account_id where u."demonstration" = 'member'`,
	);
	const what = 'Mit der Schule über Räume sprechen';
	const due = today.add({ days: 30 }).toString();
	let page = await plainPage(app, `/sitzungen/${first}/verlauf?punkt=${item}`, office);
	page = await page.send({ art: 'item', item });
	page = await page.send({ art: 'task', item }, { what, person: who!.id, due });
	expect(page.text).toContain(what);
	const desk = await plainPage(app, '/tisch', await signIn('member'));
	expect(desk.text).toContain(what);
	await (await plainPage(app, `/sitzungen/${first}/verlauf`, office)).send({ art: 'close' });
	const next = await create(8);
	expect(await (await plainPage(app, `/sitzungen/${next}/tagesordnung`, office)).text).toContain(what);
	await begin(next);
	await (await plainPage(app, `/sitzungen/${next}/verlauf`, office)).send({ art: 'close' });
	const reader = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await reader.goto(`/sitzungen/${next}/niederschrift`);
	expect(await reader.locator('#kontrolle').innerText()).toContain(what);
	await reader.context().close();
});

test.each(['/gremien/beirat/geschichte', '/en/gremien/beirat/geschichte', '/ar/gremien/beirat/geschichte'])(
	'axe finds nothing on %s',
	async (path) => {
		const page = await newPage({ viewport: { width: 390, height: 900 } });
		const answer = await page.goto(path);
		expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
		await page.context().close();
	},
);
