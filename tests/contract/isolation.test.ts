/**
 * Towns are kept apart in the database itself: for every table there is, somebody who works for town A tries to read and
 * write rows of town B, with and without naming the town in the query. New tables are tried without a change here.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql as raw } from 'kysely';
import { BodyScope, type Db } from '../../src/kernel/db/scope.ts';
import { runtime } from '../../src/kernel/runtime.ts';
import { forgetTowns } from '../../src/kernel/towns.ts';
import { loadDemonstration } from '../../src/server/demonstration.ts';
import { inventRow, townTables } from '../support/catalog.ts';
import { freshDatabase } from '../support/database.ts';

/** Searched by functions of the owner that take towns as arguments (docs/kernel/search.md), so the owner is exempt. */
const UNFORCED = ['kernel.search_document', 'kernel.search_match', 'kernel.search_pending', 'kernel.search_word'];
/** Functions that run as the owner, past the policies of the tables above; each has to look after the town itself. */
const PAST_POLICIES = [
	// writes one setting of the running town
	'kernel.choose_licence',
	// counts how large tables are, and says nothing of it
	'kernel.count_grown',
	'kernel.drop_job',
	'kernel.enqueue_job',
	'kernel.failed_jobs',
	'kernel.job_state',
	'kernel.retry_job',
	'kernel.search',
	'kernel.search_similar',
	// how frequent words are in all documents together, for estimates that no reader sees
	'kernel.search_statistics',
	'kernel.search_sweep',
];
const POLICY = `(body_id = (current_setting('mitrat.body'::text))::uuid)`;
const REFUSED = '42501';

const { app, owner, superuser, sql, addTown } = await freshDatabase({ MITRAT_MODE: 'demo' });
await sql('delete from kernel.town');
forgetTowns();
await loadDemonstration({ owner, app, embedded: false, joined: true, close: async () => undefined });
const [demonstration] = await sql<{ id: string }>('select id from kernel.town');
const b = demonstration!.id;
const a = (await addTown('Nordhafen')).id;
const tables = await townTables(sql);
const client = new pg.Client(app);

beforeAll(async () => {
	await client.connect();
	await inventMissing();
});
afterAll(() => client.end());

/** One row of A everywhere, and of B where the demonstration left nothing. Foreign keys don't matter here. */
async function inventMissing(): Promise<void> {
	const past = new pg.Client(superuser);
	await past.connect();
	await past.query('set session_replication_role = replica');
	for (const table of tables) {
		await insert(past, table.name, inventRow(table, a));
		const { rows } = await past.query<{ n: number }>(
			`select count(*)::int as n from ${table.name} where body_id = '${b}'`,
		);
		if (rows[0]!.n === 0) await insert(past, table.name, inventRow(table, b));
	}
	await past.end();
}

function insert(by: pg.Client, table: string, row: Record<string, unknown>): Promise<unknown> {
	const names = Object.keys(row);
	const marks = names.map((_, i) => `$${i + 1}`).join(', ');
	return by.query(
		`insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${marks})`,
		Object.values(row),
	);
}

interface Tried {
	rows: Record<string, unknown>[];
	count: number;
	refused: boolean;
}

/** Runs a statement of town A as a request would, and takes it back. Any refusal but "not allowed" is an error here. */
async function asA(text: string, values: unknown[] = []): Promise<Tried> {
	await client.query(`begin; set local mitrat.body = '${a}'`);
	try {
		const { rows, rowCount } = await client.query<Record<string, unknown>>(text, values);
		return { rows, count: rowCount ?? 0, refused: false };
	} catch (error) {
		if ((error as pg.DatabaseError).code !== REFUSED) throw error;
		return { rows: [], count: 0, refused: true };
	} finally {
		await client.query('rollback');
	}
}

/** The same, but it stays done. */
async function keptAsA(text: string): Promise<void> {
	await client.query(`begin; set local mitrat.body = '${a}'`);
	await client.query(text).then(
		() => client.query('commit'),
		() => client.query('rollback'),
	);
}

async function fingerprint(table: string): Promise<string> {
	const [row] = await sql<{ print: string }>(
		`select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from ${table} t where body_id = $1`,
		[b],
	);
	return row!.print;
}

test('the trials notice a table that somebody forgot to guard', async () => {
	await sql('create table registry.unguarded (body_id uuid not null, id uuid primary key)');
	await sql(`grant select, insert, update, delete on registry.unguarded to ${app.user}`);
	await sql(`insert into registry.unguarded values ('${b}', gen_random_uuid())`);
	const found = await townTables(sql);
	expect(found.map(({ name }) => name)).toContain('registry.unguarded');
	expect((await asA('select * from registry.unguarded')).rows).toMatchObject([{ body_id: b }]);
	expect(await asA(`insert into registry.unguarded values ('${b}', gen_random_uuid())`)).toMatchObject({
		refused: false,
	});
	const before = await fingerprint('registry.unguarded');
	await keptAsA('delete from registry.unguarded');
	expect(await fingerprint('registry.unguarded')).not.toBe(before);
	await sql('drop table registry.unguarded');
});

test('there are tables to try, with rows of both towns', async () => {
	expect(tables.length).toBeGreaterThan(25);
	for (const { name } of tables) {
		const [row] = await sql<{ towns: number }>(`select count(distinct body_id)::int as towns from ${name}`);
		expect(row, name).toEqual({ towns: 2 });
	}
});

describe.each(tables.map((table) => [table.name, table] as const))('%s', (name, table) => {
	test('is read without the other town, whatever the query says', async () => {
		const all = await asA(`select * from ${name}`);
		expect(all.rows.filter((row) => row.body_id !== a)).toEqual([]);
		expect(all.count, 'the own row is there').toBeGreaterThan(0);
		for (const filter of [`body_id = '${b}'`, `body_id <> '${a}'`, `body_id = '${b}' or true`]) {
			const found = await asA(`select * from ${name} where ${filter}`);
			expect(
				found.rows.filter((row) => row.body_id === b),
				filter,
			).toEqual([]);
		}
		expect((await asA(`select 1 from ${name} where body_id = '${b}' for update`)).count).toBe(0);
		const [count] = (await asA(`select count(*)::int as n from ${name} where body_id = '${b}'`)).rows;
		expect(count).toEqual({ n: 0 });
	});

	test('takes no row for the other town', async () => {
		const row = inventRow(table, b);
		const names = Object.keys(row).map((column) => `"${column}"`);
		const marks = names.map((_, i) => `$${i + 1}`);
		const text = `insert into ${name} (${names.join(', ')}) values (${marks.join(', ')})`;
		expect(await asA(text, Object.values(row))).toMatchObject({ refused: true });
		const change = `${text} on conflict (${table.key.join(', ')}) do update set body_id = excluded.body_id`;
		expect(await asA(change, Object.values(row))).toMatchObject({ refused: true });
	});

	test('changes and loses no row of the other town', async () => {
		const before = await fingerprint(name);
		expect(await asA(`update ${name} set body_id = body_id where body_id = '${b}'`)).toMatchObject({ count: 0 });
		expect(await asA(`update ${name} set body_id = '${b}'`), 'moving a row').toMatchObject({ refused: true });
		expect(await asA(`update ${name} set body_id = '${a}' where body_id = '${b}'`), 'taking a row').toMatchObject({
			count: 0,
		});
		expect(await asA(`delete from ${name} where body_id = '${b}'`)).toMatchObject({ count: 0 });
		expect(await asA(`truncate ${name}`)).toMatchObject({ refused: true });
		await keptAsA(`update ${name} set body_id = body_id`);
		await keptAsA(`delete from ${name} where body_id = '${b}' or true`);
		expect(await fingerprint(name)).toBe(before);
	});

	test('is out of reach while no town is set', async () => {
		const code = await failure(`select * from ${name}`);
		expect(['22P02', '42704']).toContain(code);
	});

	test('is out of reach through the query builder, too', async () => {
		const scope = new BodyScope(runtime().pool, a, 'read write');
		const db: Db = scope.db;
		const seen = await raw<{ body_id: string }>`select body_id from ${raw.table(name)}`.execute(db);
		expect(seen.rows.every((row) => row.body_id === a)).toBe(true);
		const key = name as 'registry.person';
		expect(await db.selectFrom(key).select('body_id').where('body_id', '=', b).execute()).toEqual([]);
		expect((await db.selectFrom(key).select('body_id').execute()).every((row) => row.body_id === a)).toBe(true);
		await scope.rollback();
		const row = inventRow(table, b);
		await expect(
			db
				.insertInto(key)
				.values(row as never)
				.execute(),
		).rejects.toMatchObject({ code: REFUSED });
		await scope.rollback();
	});
});

async function failure(text: string): Promise<string | undefined> {
	await client.query('begin');
	try {
		await client.query(text);
		return undefined;
	} catch (error) {
		return (error as pg.DatabaseError).code;
	} finally {
		await client.query('rollback');
	}
}

describe('the shape of the tables', () => {
	const named = `n.nspname || '.' || c.relname`;

	test('every one has its town, with row level security that even the owner cannot pass', async () => {
		const rows = await sql<{ name: string; enabled: boolean; forced: boolean }>(
			`select ${named} as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
			 from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${named} = any ($1)`,
			[tables.map(({ name }) => name)],
		);
		expect(rows.filter(({ enabled }) => !enabled).map(({ name }) => name)).toEqual([]);
		expect(
			rows
				.filter(({ forced }) => !forced)
				.map(({ name }) => name)
				.sort(),
		).toEqual(UNFORCED);
		const homeless = tables.filter(
			({ columns }) => !columns.some(({ name, type, required }) => name === 'body_id' && type === 'uuid' && required),
		);
		expect(homeless.map(({ name }) => name)).toEqual([]);
	});

	test('policies compare the town with the setting and do nothing else (Citus takes no sub-select)', async () => {
		const rows = await sql<{ name: string; policies: string[] }>(
			`select schemaname || '.' || tablename as name, array_agg(permissive || ' ' || cmd || ' ' || qual || ' ' || coalesce(with_check, '-')) as policies
			 from pg_policies where schemaname || '.' || tablename = any ($1) group by 1`,
			[tables.map(({ name }) => name)],
		);
		expect(rows).toHaveLength(tables.length);
		const odd = rows.filter(
			({ policies }) => policies.length !== 1 || policies[0] !== `PERMISSIVE ALL ${POLICY} ${POLICY}`,
		);
		expect(odd).toEqual([]);
	});

	test('primary key, unique and exclusion constraints begin with the town', async () => {
		expect(tables.filter(({ key }) => key[0] !== 'body_id').map(({ name }) => name)).toEqual([]);
		const rows = await sql<{ index: string }>(
			`select ${named} || ': ' || i.indexrelid::regclass as index from pg_index i
			 join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
			 where ${named} = any ($1) and (i.indisunique or i.indisexclusion) and coalesce(
				(select attname from pg_attribute where attrelid = c.oid and attnum = i.indkey[0]), '') <> 'body_id'`,
			[tables.map(({ name }) => name)],
		);
		expect(rows).toEqual([]);
	});

	test('foreign keys lead to the same town', async () => {
		const rows = await sql<{ key: string }>(
			`select ${named} || ': ' || pg_get_constraintdef(k.oid) as key from pg_constraint k
			 join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
			 where k.contype = 'f' and ${named} = any ($1) and not exists (
				select from unnest(k.conkey, k.confkey) p (own, other)
				join pg_attribute mine on mine.attrelid = k.conrelid and mine.attnum = p.own
				join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = p.other
				where mine.attname = 'body_id'
					and (theirs.attname = 'body_id' or k.confrelid = 'kernel.town'::regclass and theirs.attname = 'id'))`,
			[tables.map(({ name }) => name)],
		);
		expect(rows).toEqual([]);
	});

	test('the role of requests owns nothing, passes no policy and may not become another role', async () => {
		const [role] = await sql(
			`select rolsuper, rolbypassrls, rolcreaterole, (select count(*)::int from pg_class where relowner = r.oid) as owned,
				(select count(*)::int from pg_auth_members where member = r.oid) as groups from pg_roles r where rolname = $1`,
			[app.user],
		);
		expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owned: 0, groups: 0 });
	});

	test('nothing else opens a way past the policies: views, and functions that run as the owner', async () => {
		const views = await sql(
			`select ${named} as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
			 where c.relkind in ('v', 'm') and n.nspname not in ('graphile_worker', 'information_schema') and n.nspname not like 'pg\\_%'
				and not coalesce(c.reloptions @> '{security_invoker=true}', false)
				and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
		);
		expect(views).toEqual([]);
		const functions = await sql<{ name: string }>(
			`select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
			 where p.prosecdef and n.nspname not in ('graphile_worker') and n.nspname not like 'pg\\_%' order by 1`,
		);
		expect(functions.map(({ name }) => name)).toEqual(PAST_POLICIES);
	});
});
