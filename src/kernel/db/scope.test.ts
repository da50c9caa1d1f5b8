import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { newId } from '../ids.ts';
import { write } from '../write.ts';

const { ctx, town, addTown, sql: past } = await freshDatabase();
const other = await addTown('Anderstadt');

async function addPerson(body: string, name: string): Promise<string> {
	const id = newId();
	await past('insert into registry.person (body_id, id, family_name) values ($1, $2, $3)', [body, id, name]);
	return id;
}

describe('a town sees only itself', () => {
	test('queries name the town even where nobody wrote it', async () => {
		await addPerson(town.id, 'Hier');
		await addPerson(other.id, 'Dort');
		const { db } = ctx();
		const query = db
			.selectFrom('registry.person as p')
			.innerJoin('registry.duty as d', 'd.person_id', 'p.id')
			.select('p.id');
		expect(query.compile().sql).toBe(
			'select "p"."id" from "registry"."person" as "p" inner join "registry"."duty" as "d" on "d"."person_id" = "p"."id" and "d"."body_id" = $1 where "p"."body_id" = $2',
		);
		const names = await db.selectFrom('registry.person').select('family_name').execute();
		expect(names).toEqual([{ family_name: 'Hier' }]);
	});

	test('raw SQL without the filter is stopped by row level security', async () => {
		const { rows } = await sql<{ family_name: string }>`select family_name from registry.person`.execute(ctx().db);
		expect(rows).toEqual([{ family_name: 'Hier' }]);
	});

	test('an insert gets the town by itself', async () => {
		const context = ctx();
		const id = newId();
		await write(
			context,
			async (tx) => void (await tx.db.insertInto('registry.place').values({ id, name: 'Rathaus' }).execute()),
		);
		expect(await past('select body_id from registry.place where id = $1', [id])).toEqual([{ body_id: town.id }]);
	});

	test('insert … select and cross joins refuse to run unscoped', () => {
		const { db } = ctx();
		const copy = db
			.insertInto('registry.topic')
			.columns(['id', 'name'])
			.expression((eb) => eb.selectFrom('registry.topic').select(['id', 'name']));
		expect(() => copy.compile()).toThrow(/scoped/);
		expect(() =>
			db.selectFrom('registry.topic').crossJoin('registry.place').select('registry.topic.id').compile(),
		).toThrow(/scoped/);
	});
});

describe('a write is one transaction', () => {
	test('using the outer database inside throws instead of hanging', async () => {
		const context = ctx();
		const attempt = write(context, async () => context.db.selectFrom('registry.person').select('id').execute());
		await expect(attempt).rejects.toThrow('outer database');
		expect(await context.db.selectFrom('registry.person').select('id').execute()).toHaveLength(1);
	});

	test('a write inside a write throws', async () => {
		const context = ctx();
		await expect(write(context, () => write(context, async () => undefined))).rejects.toThrow('write inside a write');
	});

	test('what failed leaves nothing', async () => {
		const context = ctx();
		const attempt = write(context, async (tx) => {
			await tx.db.insertInto('registry.topic').values({ id: newId(), name: 'Wohnen' }).execute();
			throw new Error('stop');
		});
		await expect(attempt).rejects.toThrow('stop');
		expect(await past('select 1 from registry.topic where name = $1', ['Wohnen'])).toEqual([]);
	});
});
