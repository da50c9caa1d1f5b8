import { expect, test } from 'vitest';
import { search } from '#kernel/search/search.ts';
import { write } from '#kernel/write.ts';
import { takeOverPlaces } from '#server/registry';
import { demonstrationTown, OPERATOR, VISITOR } from '../demo/town.fixture.ts';

const { as, database } = await demonstrationTown();

const found = (text: string) =>
	as(VISITOR, async (ctx) => {
		const { hits } = await search(ctx, { text, facets: { kind: ['council.meeting'] }, perPage: 100 });
		return hits.map(({ id }) => id).sort();
	});

test('a place is found by the sessions held there, by its present name', async () => {
	const [place] = await database.sql<{ id: string; room: string; meetings: string[] }>(
		`select p.id, p.room, array_agg(m.id::text order by m.id::text) as meetings
		from registry.place p join council.meeting m on m.place_id = p.id
		where m.public and m.published and m.place_text = '' group by p.id, p.room order by count(*) desc, p.id limit 1`,
	);
	const { id, room, meetings } = place!;
	expect(meetings.length).toBeGreaterThan(1);
	const rename = (name: string) =>
		as(OPERATOR, (ctx) =>
			write(ctx, (tx) =>
				takeOverPlaces(tx, [{ id, name, room, street: '', postcode: '', locality: '', accessibility: '' }]),
			),
		);
	await rename('Speicher am Wendekreis');
	expect(await found('Wendekreis')).toEqual(meetings);
	await rename('Kontor am Leuchtfeuer');
	expect(await found('Leuchtfeuer')).toEqual(meetings);
	expect(await found('Wendekreis')).toEqual([]);
});
