import { expect, test } from 'vitest';
import { OPERATOR, type Actor } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { draftIn, draftPaper, fileIn, filePaper } from './commands.server.ts';
import { nextNumber } from './numbers.server.ts';
import { PaperForm } from './schema.ts';
import { usualTypes } from './types.server.ts';

// Two hundred at once wait for each other longer than a request would, on a machine that has other things to do.
const database = await freshDatabase({}, { connectionTimeoutMillis: 0 });
const types = await write(database.ctx(), (tx) => usualTypes(tx));
const form = (title: string, more: Record<string, unknown> = {}) =>
	PaperForm.parse({ typeId: types.get('motion'), title, operative: 'Der Stadtrat beschließt.', ...more });
const references = async (like: string) =>
	(
		await database.sql<{ reference: string }>(
			`select reference from papers.paper where reference like $1 order by number_year, number, suffix nulls first`,
			[like],
		)
	).map(({ reference }) => reference);

class Broken extends Error {}

test('200 papers filed at the same time, a third of which fail, get consecutive numbers without gap or double', async () => {
	const outcomes = await Promise.allSettled(
		Array.from({ length: 200 }, (_, n) =>
			write(database.ctx(), async (tx) => {
				const slug = await draftIn(tx, form(`Gleichzeitig ${n}`, { date: '2031-05-05' }));
				const filed = await fileIn(tx, slug);
				if (n % 3 === 0) throw new Broken(`paper ${n} fails after it had its number`);
				return filed;
			}),
		),
	);
	const failed = outcomes.filter((one) => one.status === 'rejected').map(({ reason }) => reason as Error);
	expect(failed.filter((reason) => !(reason instanceof Broken))).toEqual([]);
	expect(failed).toHaveLength(67);
	const given = await references('A%/31');
	expect(given).toEqual(Array.from({ length: 133 }, (_, n) => `A${String(n + 1).padStart(4, '0')}/31`));
}, 120_000);

test('numbering begins anew with the year, and goes on past four figures', async () => {
	const ctx = database.ctx();
	const filed = async (date: string) => filePaper(ctx, await draftPaper(ctx, form('Jahr', { date })), 1);
	expect(await filed('2032-12-31')).toBe('a0001-32');
	expect(await filed('2033-01-01')).toBe('a0001-33');
	expect(await filed('2032-06-01')).toBe('a0002-32');
	await database.sql(`update papers.number_counter set last = 9999 where year = 2033`);
	expect(await filed('2033-02-02')).toBe('a10000-33');
});

test('changes are numbered below their paper; a change of a change counts on below the first one', async () => {
	const ctx = database.ctx();
	const base = await filePaper(ctx, await draftPaper(ctx, form('Grundlage', { date: '2034-01-01' })), 1);
	const idOf = async (slug: string) =>
		(await database.sql<{ id: string }>('select id from papers.paper where slug = $1', [slug]))[0]!.id;
	const change = async (of: string) => {
		const given = form('Änderung', { typeId: types.get('amendment'), superordinatedId: await idOf(of) });
		return filePaper(ctx, await draftPaper(ctx, given), 1);
	};
	const first = await change(base);
	const second = await change(first);
	const [third, fourth] = await Promise.all([change(base), change(second)]);
	expect([first, second]).toEqual(['a0001-34-1', 'a0001-34-2']);
	expect([third, fourth].sort()).toEqual(['a0001-34-3', 'a0001-34-4']);
	expect(await references('A0001/34/%')).toEqual(['A0001/34/1', 'A0001/34/2', 'A0001/34/3', 'A0001/34/4']);
	const orphan = await draftPaper(ctx, form('Ohne Grundlage', { typeId: types.get('amendment') }));
	await expect(filePaper(ctx, orphan, 1)).rejects.toMatchObject({ code: 'papers.baseMissing' });
});

test('a number of a write that was rolled back is given to the next one', async () => {
	const scheme = (await database.sql<{ id: string }>(`select id from papers.numbering_scheme where prefix = 'F'`))[0]!;
	const day = Temporal.PlainDate.from('2035-03-03');
	const next = (fails: boolean) =>
		write(database.ctx(), async (tx) => {
			const { reference } = await nextNumber(tx, scheme.id, day);
			if (fails) throw new Broken(reference);
			return reference;
		});
	expect(await next(false)).toBe('F0001/35');
	await expect(next(true)).rejects.toThrow('F0002/35');
	expect(await next(false)).toBe('F0002/35');
});

test('a draft is filed once, only by who may, and only as it was read', async () => {
	const ctx = database.ctx();
	const personId = newId();
	await database.sql(`insert into registry.person (body_id, id, family_name) values ($1, $2, 'Probe')`, [
		database.town.id,
		personId,
	]);
	const member: Actor = {
		...OPERATOR,
		kind: 'person',
		personId,
		grants: [{ role: 'member', organisationId: newId(), personId }],
	};
	const own = await draftPaper(database.ctx(member), form('Eigenes', { date: '2036-01-01' }));
	await expect(filePaper(database.ctx(member), own, 2)).rejects.toMatchObject({ code: 'papers.savedSince' });
	const [once, twice] = await Promise.all([
		filePaper(database.ctx(member), own, 1),
		filePaper(database.ctx(member), own, 1),
	]);
	expect(once).toBe('a0001-36');
	expect(twice).toBe(once);
	const others = await draftPaper(ctx, form('Fremdes', { date: '2036-01-01' }));
	await expect(filePaper(database.ctx(member), others, 1)).rejects.toThrow('paper');
	const group = newId();
	await database.sql(
		`insert into registry.organisation (body_id, id, name, organisation_type) values ($1, $2, 'Fremde Fraktion', 'group')`,
		[database.town.id, group],
	);
	const inTheirName = await draftPaper(database.ctx(member), form('Im Namen anderer', { originators: [group] }));
	await expect(filePaper(database.ctx(member), inTheirName, 1)).rejects.toMatchObject({ code: 'papers.notYours' });
});
