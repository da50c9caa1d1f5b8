import { expect, test } from 'vitest';
import { OPERATOR } from '../../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../../src/kernel/request.ts';
import { allTowns } from '../../../src/kernel/towns.ts';
import { write } from '../../../src/kernel/write.ts';
import { startApp } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** News of papers on a topic by mail, in the same letter as news of sessions. */
const app = await startApp({ demonstration: true, workers: 2 });
const { url, database } = app;
const { sql } = database;
const office = await app.signIn('office');
const READER = 'leserin@probe.example';
const TOPIC = 'Schule und Sprache';

async function lettersTo(email: string) {
	const waiting = `select 1 from graphile_worker.jobs where task_identifier like 'council.news.%'`;
	await expect.poll(async () => (await sql(waiting)).length, { timeout: 60_000 }).toBe(0);
	return sql<{ subject: string; text: string; locale: string; unsubscribe: string | null }>(
		`select subject, text, locale, unsubscribe_url as unsubscribe from kernel.mail where to_address = $1 order by id`,
		[email],
	);
}

/** What the clock does every quarter of an hour, twice: only what stood still is told. */
async function quarterHours(): Promise<void> {
	for (let i = 0; i < 2; i++) {
		const [town] = await allTowns();
		const ctx = contextFor(town!, OPERATOR);
		await write(ctx, (tx) => tx.enqueue('council.news.look', { origin: url }));
		await endRequest(ctx);
		await lettersTo('nobody@probe.example');
	}
}

async function filedMotion(title: string, more: Record<string, string>): Promise<PlainPage> {
	const [type] = await sql<{ id: string }>(`select id from papers.paper_type where code = 'motion'`);
	const form = await plainPage(app, `/vorlagen/neu?typ=${type!.id}`, office);
	const draft = await form.send(
		{ typeId: type!.id },
		{ title, operative: 'Der Stadtrat möge beschließen:\n\nEs wird Zeit.', relevance: '', ...more },
	);
	const seen = /name="einreichen" value="(\d+)"/.exec(draft.html)![1]!;
	return draft.send({ einreichen: seen });
}

const linkIn = (text: string) => new URL(/https?:\/\/\S+\/abonnement\/[\w-]+/.exec(text)![0]).pathname;

test('a reader orders news of a topic in Turkish: confirmed by a letter, told of new papers once, of other topics never', async () => {
	await filedMotion('Sprachkurs am Abend', { newTopics: TOPIC });
	await quarterHours();
	const [topic] = await sql<{ id: string }>(`select id from registry.topic where name = $1`, [TOPIC]);
	const list = await plainPage(app, `/tr/vorlagen?thema=${topic!.id}`);
	expect(list.text).toContain('Sprachkurs am Abend');
	expect(list.html).toContain(`/tr/abonnement?mehr=papers.topic:${topic!.id}`);
	const page = await plainPage(app, `/tr/abonnement?mehr=papers.topic:${topic!.id}`);
	expect(page.text).toContain('Hangi konulardaki evraklar?');
	const empty = await page.send({ website: '' }, { email: READER, further: '' });
	expect(empty.status).toBe(422);
	const asked = await page.send({ further: `papers.topic:${topic!.id}` }, { email: READER, website: '' });
	expect(asked.status).toBe(200);
	const [first] = await lettersTo(READER);
	expect(first).toMatchObject({ locale: 'tr', unsubscribe: null });
	expect(first!.text).toContain(TOPIC);

	// Nothing is told before the button was pressed.
	await filedMotion('Hefte für alle', { newTopics: TOPIC });
	await quarterHours();
	expect(await lettersTo(READER)).toHaveLength(1);
	const own = await plainPage(app, linkIn(first!.text));
	expect(own.text).toContain(TOPIC);
	const confirmed = await fetch(`${own.url}?/bestaetigen`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({}),
	});
	expect(confirmed.headers.get('location')).toContain('laeuft');

	const paper = await filedMotion('Dolmetschen in der Grundschule', { newTopics: TOPIC });
	await filedMotion('Bäume am Fluss', { newTopics: 'Stadtgrün' });
	await quarterHours();
	await quarterHours();
	const letters = await lettersTo(READER);
	expect(letters).toHaveLength(2);
	const letter = letters[1]!;
	expect(letter.locale).toBe('tr');
	expect(letter.subject).toBe('Yeni evrak: Dolmetschen in der Grundschule');
	expect(letter.text).toContain(`/tr${new URL(paper.url).pathname}`);
	expect(letter.text).not.toContain('Bäume');
	expect(letter.unsubscribe).toMatch(/\/tr\/abonnement\/[\w-]+\/ende$/);
});

test('sessions and papers come in one letter; a closed paper is told to nobody', async () => {
	const [letter] = (await lettersTo(READER)).slice(-1);
	const [council] = await sql<{ id: string }>(`select id from council.council_body where slug = 'beirat'`);
	const [topic] = await sql<{ id: string }>(`select id from registry.topic where name = $1`, [TOPIC]);
	const own = await plainPage(app, linkIn(letter!.text));
	const saved = await own.send({ bodies: council!.id }, { further: `papers.topic:${topic!.id}`, locale: 'de' });
	expect(saved.status).toBe(200);
	const day = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 40 }).toString();
	const created = await fetch(`${url}/sitzungen/neu?gremium=beirat&tag=${day}`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', cookie: office },
		body: new URLSearchParams({
			id: crypto.randomUUID(),
			body: 'beirat',
			public: 'on',
			date: day,
			start: '17:00',
			end: '19:00',
		}),
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(created.headers.get('location')!)![1]!;
	await fetch(`${url}/sitzungen/${slug}/tagesordnung?/zeigen`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', cookie: office },
		body: new URLSearchParams({}),
	});
	await filedMotion('Vorlesen im Stadtteil', { newTopics: TOPIC });
	await filedMotion('Stelle 4711 besetzen', {
		newTopics: TOPIC,
		closed: 'yes',
		closedReason: 'Personalangelegenheit',
	});
	await quarterHours();
	const news = (await lettersTo(READER)).slice(2);
	expect(news).toHaveLength(1);
	expect(news[0]!.subject).toBe('Neues für Sie (2)');
	expect(news[0]!.text).toContain('Neue Sitzung');
	expect(news[0]!.text).toContain('Vorlesen im Stadtteil');
	expect(news[0]!.text).not.toContain('4711');
});

test('one click ends it and deletes the address', async () => {
	const [letter] = (await lettersTo(READER)).slice(-1);
	const form = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
	expect((await fetch(letter!.unsubscribe!, form)).status).toBe(204);
	expect(await sql(`select 1 from council.subscriber`)).toEqual([]);
	expect(await sql(`select 1 from council.subscription_further`)).toEqual([]);
});
