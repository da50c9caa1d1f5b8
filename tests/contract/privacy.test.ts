import pg from 'pg';
import { expect, test } from 'vitest';
import { undeclaredColumns } from '#kernel/privacy/completeness.ts';
import { recordOfProcessing } from '#kernel/privacy/processing.ts';
import { retentionRun } from '#kernel/privacy/retention-run.ts';
import { erasePerson } from '#kernel/privacy/erase.ts';
import { subjectAccess } from '#kernel/privacy/access.ts';
import { reviewedColumns } from '#kernel/privacy/reviewed-columns.ts';
import { personalTables } from '#kernel/privacy/tables.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase } from '../support/database.ts';

const database = await freshDatabase();

test('every column that looks personal has a retention class or a reviewed reason', async () => {
	const client = new pg.Client(database.owner);
	await client.connect();
	const { missing, stale } = await undeclaredColumns(client, personalTables(), reviewedColumns);
	await client.end();
	expect({ missing, stale }).toEqual({ missing: [], stale: [] });
});

test('every declaration works: access, erasure and retention run over all tables', async () => {
	const ctx = database.ctx();
	const person = newId();
	await write(ctx, async (tx) => {
		await tx.db
			.insertInto('registry.person')
			.values({ id: person, family_name: 'Probst', email: 'p@example.org' })
			.execute();
		tx.touch('registry.person', person, {
			act: 'created',
			fields: { family_name: 'Probst' },
			personal: ['family_name'],
		});
	});
	const access = await subjectAccess(ctx, person);
	expect(access.tables.map(({ table }) => table)).toEqual(['kernel.audit_value', 'registry.person']);
	await write(ctx, (tx) => erasePerson(tx, person));
	const [row] = await database.sql<{ left: string }>(
		'select to_jsonb(p)::text as left from registry.person p where id = $1',
		[person],
	);
	expect(row!.left).not.toMatch(/Probst|example\.org/);
	expect(await database.sql('select 1 from kernel.audit_value where subject_id = $1', [person])).toEqual([]);
	expect((await retentionRun(ctx, ctx.today)).steps).toEqual([]);
});

test('the record of processing covers every declared table', () => {
	const named = recordOfProcessing(database.ctx()).activities.flatMap(({ data }) => data.map(({ table }) => table));
	expect(named.toSorted()).toEqual(
		personalTables()
			.map(({ table }) => table)
			.toSorted(),
	);
});
