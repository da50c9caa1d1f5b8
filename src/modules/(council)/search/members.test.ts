import { expect, test } from 'vitest';
import { search } from '#kernel/search/search.ts';
import { reindex } from '#kernel/search/reindex.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addPerson, beginMembership, endMembership } from '#server/registry';
import { demonstrationTown, OPERATOR, VISITOR } from '../demo/town.fixture.ts';

const { as, database } = await demonstrationTown();
const { sql } = database;

const found = (text: string, actor = VISITOR) =>
	as(actor, async (ctx) => {
		const { hits } = await search(ctx, { text, facets: { kind: ['council.member'] } });
		return hits.map(({ title, href, facets }) => [title.map((part) => part.text).join(''), href, facets.body]);
	});
const act = (work: Parameters<typeof write<string>>[1]) => as(OPERATOR, (ctx) => write(ctx, work));

const [body] = await sql<{ id: string; slug: string; name: string }>(
	`select b.id, b.slug, o.name from council.council_body b join registry.organisation o on o.id = b.id
	where b.visibility = 'public' order by b.slug limit 1`,
);
const day = (text: string) => Temporal.PlainDate.from(text);

test('a person is found by the seat they hold, from the day they hold it until it ends, by the present name of its body', async () => {
	const person = await act((tx) => addPerson(tx, 'Philomena Quastenflosser'));
	const seat = await act((tx) =>
		addMembership(tx, { personId: person, organisationId: body!.id, kind: 'member', votingRight: true, from: null }),
	);
	expect(await found('Quastenflosser')).toEqual([]);
	await act(async (tx) => (await beginMembership(tx, seat, day('2026-01-01')), ''));
	const entry = ['Philomena Quastenflosser', `/gremien/${body!.slug}`, body!.name];
	expect(await found('Quastenflosser')).toEqual([entry]);
	expect(await found(`Quastenflosser ${body!.name}`)).toEqual([entry]);
	await act(async (tx) => {
		await tx.db.updateTable('registry.organisation').set({ name: 'Runder Tisch' }).where('id', '=', body!.id).execute();
		tx.touch('registry.organisation', body!.id, { act: 'changed' });
		return '';
	});
	expect(await found('Quastenflosser')).toEqual([[...entry.slice(0, 2), 'Runder Tisch']]);
	await as(OPERATOR, (ctx) => reindex(ctx));
	expect(await found('Quastenflosser')).toHaveLength(1);
	await act(async (tx) => (await endMembership(tx, seat, { until: day('2026-02-01'), reason: 'resigned' }), ''));
	expect(await found('Quastenflosser')).toEqual([]);
});

test('guests, people without a seat and members of closed bodies are found by no stranger', async () => {
	const person = await act((tx) => addPerson(tx, 'Eustachius Rehbeinwald'));
	const guest = { personId: person, organisationId: body!.id, kind: 'guest' as const, votingRight: false };
	await act((tx) => addMembership(tx, { ...guest, from: day('2026-01-01') }));
	expect(await found('Rehbeinwald', OPERATOR)).toEqual([]);
	const other = await act((tx) => addPerson(tx, 'Kunigunde Rehbeinwald'));
	await act((tx) =>
		addMembership(tx, { ...guest, personId: other, kind: 'member', votingRight: true, from: day('2026-01-01') }),
	);
	expect(await found('Rehbeinwald')).toHaveLength(1);
	const close = (visibility: string) =>
		act(async (tx) => {
			await tx.db.updateTable('council.council_body').set({ visibility }).where('id', '=', body!.id).execute();
			tx.touch('council.councilBody', body!.id, { act: 'changed' });
			return '';
		});
	await close('members');
	expect(await found('Rehbeinwald')).toEqual([]);
	expect(await found('Rehbeinwald', OPERATOR)).toHaveLength(1);
	await close('public');
	expect(await found('Rehbeinwald')).toHaveLength(1);
});
