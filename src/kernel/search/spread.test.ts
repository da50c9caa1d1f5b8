import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, changeNote, installNotes, removeNote } from '../../../tests/support/notes.ts';
import { VISITOR } from '../access/actor.ts';
import { newId } from '../ids.ts';
import type { Town } from '../town.ts';
import { write } from '../write.ts';
import { indexDocument } from './index-document.ts';
import { search } from './search.ts';
import { spreadTown } from './spread.ts';

const database = await freshDatabase();
await installNotes(database);
let other: Town;
beforeAll(async () => {
	other = await database.addTown('Nordhafen');
});

/** What a search over all towns says, from either town. */
async function everywhere(text: string) {
	const ctx = database.ctx(VISITOR);
	const { hits, facets, total } = await search(ctx, { text, everywhere: true });
	await ctx.scope.commit();
	const counted = (facets.town ?? []).reduce((sum, { count }) => sum + count, 0);
	return { titles: hits.map(({ title }) => title.map((part) => part.text).join('')).sort(), total, counted };
}

/** What a search over all towns says of topics. */
async function topics(text: string) {
	const ctx = database.ctx(VISITOR);
	const { facets } = await search(ctx, { text, everywhere: true });
	await ctx.scope.commit();
	return facets.topic;
}

/** Something with a topic that everybody may find. */
async function put(town: Town, { title, topic }: { title: string; topic: string }): Promise<void> {
	await write(database.ctx(undefined, town), async (tx) => {
		const id = newId();
		const rest = { keywords: [], body: '', href: '/', date: null, facets: { topic, body: 'Beirat' } };
		await indexDocument(tx, 'a.paper', id, { kind: 'a.paper', id, audience: 'public', language: 'de', title, ...rest });
	});
}

const found = (...titles: string[]) => ({ titles, total: titles.length, counted: titles.length });
const small = () => database.sql<{ n: number }>('select count(*)::int as n from kernel.search_match');

describe('what everybody may find is found over all towns', () => {
	test('in every town, and nothing that is closed, in counts neither', async () => {
		await addNote(database.ctx(), { title: 'Eins', text: 'Wandelstern' });
		await addNote(database.ctx(undefined, other), { title: 'Zwei', text: 'Wandelstern' });
		await addNote(database.ctx(), { title: 'Drei', text: 'Wandelstern', audience: 'office' });
		await addNote(database.ctx(), { title: 'Vier', text: 'Wandelstern', audience: 'members' });
		expect(await everywhere('Wandelstern')).toEqual(found('Eins', 'Zwei'));
	});

	test('until it is closed or taken out, and again when it is opened', async () => {
		const id = await addNote(database.ctx(), { title: 'Offen', text: 'Drehtür' });
		expect(await everywhere('Drehtür')).toEqual(found('Offen'));
		await changeNote(database.ctx(), id, { audience: 'members' });
		expect(await everywhere('Drehtür')).toEqual(found());
		await changeNote(database.ctx(), id, { audience: 'public', text: 'Schwingtür' });
		expect([await everywhere('Drehtür'), await everywhere('Schwingtür')]).toEqual([found(), found('Offen')]);
		await removeNote(database.ctx(), id);
		expect(await everywhere('Schwingtür')).toEqual(found());
	});
});

describe('an installation that was filled before', () => {
	test('answers rightly before its entries are brought along, while they are, and after', async () => {
		const before = await everywhere('Wandelstern');
		await database.sql('delete from kernel.search_match');
		await database.sql('insert into kernel.search_pending select id from kernel.town');
		expect(await everywhere('Wandelstern')).toEqual(before);
		await spreadTown(database.ctx());
		// the other town is still missing
		expect(await everywhere('Wandelstern')).toEqual(before);
		await addNote(database.ctx(undefined, other), { title: 'Sechs', text: 'Zwischendurch' });
		expect(await everywhere('Zwischendurch')).toEqual(found('Sechs'));
		await spreadTown(database.ctx(undefined, other));
		expect(await database.sql('select from kernel.search_pending')).toEqual([]);
		expect([await everywhere('Wandelstern'), await everywhere('Zwischendurch')]).toEqual([before, found('Sechs')]);
		const [{ n } = { n: 0 }] = await small();
		expect(n).toBe(3);
	});

	test('says topics once all that it counts have theirs', async () => {
		for (const [town, topic] of [
			[database.town, 'Wohnen'],
			[other, 'Wohnen'],
			[other, 'Arbeit'],
		] as const)
			await put(town, { title: 'Leitstern', topic });
		const told = [
			{ value: 'Wohnen', count: 2, chosen: false },
			{ value: 'Arbeit', count: 1, chosen: false },
		];
		expect(await topics('Leitstern')).toEqual(told);
		await database.sql('update kernel.search_match set facets = null');
		expect(await topics('Leitstern')).toBeUndefined();
		await spreadTown(database.ctx(undefined, other));
		expect(await topics('Leitstern')).toBeUndefined();
		await spreadTown(database.ctx());
		expect(await topics('Leitstern')).toEqual(told);
	});

	test('has nothing of its closed entries among the small rows', async () => {
		const rows =
			await database.sql(`select from kernel.search_match m join kernel.search_document d using (body_id, kind, object_id)
			where d.audience <> 'public'`);
		expect(rows).toEqual([]);
	});
});
