import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

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
