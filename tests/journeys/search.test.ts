import { expect, test } from 'vitest';
import { OPERATOR } from '../../src/kernel/access/actor.ts';
import { newId } from '../../src/kernel/ids.ts';
import { contextFor, endRequest } from '../../src/kernel/request.ts';
import { runtime } from '../../src/kernel/runtime.ts';
import { indexDocument } from '../../src/kernel/search/index-document.ts';
import { allTowns, forgetTowns } from '../../src/kernel/towns.ts';
import { write } from '../../src/kernel/write.ts';
import { startApp } from '../support/app.ts';
import { plainPage, type PlainPage } from '../support/forms.ts';

/** The search as readers use it: on its page, as a feed, by mail, in one town and in all. */
const app = await startApp({ demonstration: true, workers: 2 });
const { url, database } = app;
const { sql } = database;
const office = await app.signIn('office');
const READER = 'sucherin@probe.example';

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

async function lettersTo(email: string) {
	const waiting = `select 1 from graphile_worker.jobs where task_identifier like 'council.news.%'`;
	await expect.poll(async () => (await sql(waiting)).length, { timeout: 60_000 }).toBe(0);
	return sql<{ subject: string; text: string; locale: string; unsubscribe: string | null }>(
		`select subject, text, locale, unsubscribe_url as unsubscribe from kernel.mail where to_address = $1 order by id`,
		[email],
	);
}

/** Twenty minutes later the clock looks for news. */
async function later(): Promise<void> {
	const moment = runtime().clock().add({ minutes: 20 });
	runtime().clock = () => moment;
	const [town] = await allTowns();
	const ctx = contextFor(town!, OPERATOR);
	await write(ctx, (tx) => tx.enqueue('council.news.look', { origin: url }));
	await endRequest(ctx);
	await lettersTo('nobody@probe.example');
}

test('a paper is found by its number however it was typed, by a part of its words, and narrowed by its facets', async () => {
	const paper = await filedMotion('Sprachkurs am Abend', { newTopics: 'Schule und Sprache' });
	const number = /A(\d+)\/(\d\d)/.exec(paper.text)!;
	for (const typed of [number[0], `a ${number[1]} / ${number[2]}`, `A-${number[1]}-20${number[2]}`]) {
		const found = await plainPage(app, `/suche?q=${encodeURIComponent(typed)}`);
		expect(found.text).toContain('Sprachkurs am Abend');
	}
	const found = await plainPage(app, `/suche?q=Kurs`);
	expect(found.html.replace(/<!--.*?-->/g, '')).toMatch(/<mark>Sprachkurs<\/mark> am Abend/);
	const narrowed = await plainPage(
		app,
		`/suche?q=Kurs&thema=${encodeURIComponent('Schule und Sprache')}&art=papers.paper`,
	);
	expect(narrowed.text).toContain('Sprachkurs am Abend');
	expect((await plainPage(app, '/suche?q=Kurs&thema=Wohnen&art=papers.paper')).text).not.toContain('am Abend');
});

test('new results come as a feed', async () => {
	const page = await plainPage(app, '/ar/suche?q=Kurs&art=papers.paper');
	const feed = /href="([^"]*suche\.atom[^"]*)"/.exec(page.html)![1]!.replaceAll('&amp;', '&');
	const answer = await fetch(url + feed);
	expect(answer.headers.get('content-type')).toContain('application/atom+xml');
	const text = await answer.text();
	expect(text).toContain('<title xml:lang="de">Sprachkurs am Abend</title>');
	expect(text).toMatch(/<link href="[^"]+\/ar\/vorlagen\/[^"]+"\/>/);
	expect(text).toContain('&#60;mark&#62;');
});

test('a reader orders a search by mail: confirmed by a letter, told of a new result once, ended by one click', async () => {
	const page = await plainPage(app, '/tr/suche?q=Kindergarten');
	const order = /href="([^"]*abonnement\?frage[^"]*)"/.exec(page.html)![1]!.replaceAll('&amp;', '&');
	const form = await plainPage(app, order);
	expect(form.text).toContain('Kindergarten');
	const wish = 'shell.search?q=Kindergarten';
	expect((await form.send({ website: '' }, { email: 'keine', further: wish })).text).toContain('Kindergarten');
	expect((await form.send({}, { email: READER, further: wish, website: '' })).status).toBe(200);
	const [first] = await lettersTo(READER);
	expect(first!.text).toContain('Kindergarten');
	const link = new URL(/https?:\/\/\S+\/abonnement\/[\w-]+/.exec(first!.text)![0]).pathname;
	await filedMotion('Kindergarten zu früh', {});
	await later();
	expect(await lettersTo(READER)).toHaveLength(1);
	await fetch(`${url}${link}?/bestaetigen`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({}),
	});
	expect((await plainPage(app, link)).text).toContain('Kindergarten');

	await filedMotion('Ein neuer Kindergarten am Hafen', {});
	await filedMotion('Kindergarten: Stelle 4711', { closed: 'yes', closedReason: 'Personal' });
	await filedMotion('Bäume am Fluss', {});
	await later();
	await later();
	const letters = await lettersTo(READER);
	expect(letters.slice(1).map(({ subject }) => subject)).toEqual([
		'“Kindergarten” için yeni: Ein neuer Kindergarten am Hafen',
	]);
	expect(letters[1]!.text).toContain('/tr/vorlagen/');
	const end = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
	expect((await fetch(letters[1]!.unsubscribe!, end)).status).toBe(204);
	expect(await sql('select 1 from council.subscription_further')).toEqual([]);
});

test('over all towns: public results of each, by the name of the town and at its own address; nothing closed', async () => {
	expect((await plainPage(app, '/suche?q=Sprachkurs')).text).not.toContain('In allen Kommunen suchen');
	const [here] = await allTowns();
	await sql(`update kernel.town set hosts = '{localhost}' where id = $1`, [here!.id]);
	const there = await database.addTown('Bergdorf');
	const put = async (title: string, audience: 'public' | 'members', facets: Record<string, string> = {}) => {
		const ctx = database.ctx(OPERATOR, there);
		await write(ctx, (tx) => {
			const id = newId();
			const rest = { keywords: [], body: '', href: '/sitzungen/1', date: null, facets };
			const document = { kind: 'council.meeting', id, audience, language: 'de', title, ...rest };
			return indexDocument(tx, 'council.meeting', id, document);
		});
	};
	await put('Sprachkurs im Bergdorf', 'public', {
		district: 'Nordhafen',
		topic: 'Schule und Sprache',
		result: 'adopted',
	});
	await put('Sprachkurs hinter verschlossener Tür', 'members');
	forgetTowns();
	// The list of towns is read anew every few seconds; each question is a page of its own.
	let asked = 0;
	const ask = () => plainPage(app, `/suche?q=Sprachkurs&n=${++asked}`);
	await expect
		.poll(async () => (await ask()).text, { timeout: 60_000, interval: 250 })
		.toContain('In allen Kommunen suchen');
	expect((await ask()).text).not.toContain('Bergdorf');
	for (const cookie of ['', office]) {
		const all = await plainPage(app, '/suche?q=Sprachkurs&wo=alle', cookie);
		expect(all.text).toContain('Sprachkurs am Abend');
		expect(all.text).toContain('Sprachkurs im Bergdorf');
		expect(all.html).toMatch(/href="http:\/\/bergdorf\.localhost:\d+\/sitzungen\/1"/);
		expect(all.text).not.toContain('verschlossener');
	}
	// topics of the same name are one, whatever town they are of; results have the words of the page's language
	const all = await plainPage(app, '/suche?q=Sprachkurs&wo=alle');
	expect(all.html.replace(/<!--.*?-->/g, '')).toMatch(/Schule und Sprache(<[^>]*>|\s)*2</);
	expect(all.text).toContain('Nordhafen');
	expect((await plainPage(app, '/en/suche?q=Sprachkurs&wo=alle')).text).toContain('Adopted');
	const narrowed = await plainPage(app, '/suche?q=Sprachkurs&stadtteil=Nordhafen&wo=alle');
	expect(narrowed.text).toContain('Sprachkurs im Bergdorf');
	expect(narrowed.text).not.toContain('Sprachkurs am Abend');
	const answer = await fetch(`${url}/suche?q=Sprachkurs&wo=alle`);
	expect(answer.headers.get('cache-control')).toContain('no-store');
});
