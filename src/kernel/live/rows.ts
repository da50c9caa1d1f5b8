import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import { Conflict } from '../errors.ts';

/** Rows that an operation may change: all of a table where `where` has that value, or those with these ids. */
export interface RowScope {
	/** With its schema, as in 'council.speaker'. Never from a request. */
	table: string;
	/** Column and value that choose the rows, as in `{ meeting_id: '…' }`. */
	where: Record<string, string>;
	/** Columns that are left alone, because they follow from others or count for nobody. */
	except?: readonly string[];
}

type Values = Record<string, unknown>;

/** What became of one row: `before` null where it was made, `after` null where it was taken away. */
export interface RowChange {
	table: string;
	/** Its key without the town: `{ id }`, or the columns of a key of several. */
	key: Values;
	before: Values | null;
	after: Values | null;
}

type Snapshot = Map<string, { table: string; key: Values; values: Values }>;

/** Runs `work` and tells what became of the rows in `scopes`: for a row that stays, the changed columns alone. */
export async function recordRows<T>(
	tx: WriteCtx,
	scopes: readonly RowScope[],
	work: () => Promise<T>,
): Promise<{ value: T; changes: RowChange[] }> {
	const before = await snapshot(tx, scopes);
	const value = await work();
	return { value, changes: difference(before, await snapshot(tx, scopes)) };
}

/**
 * Puts the rows back as they were before.
 * @throws Conflict when one of them is no longer as the operation left it, or others rest on it: somebody went on from there
 */
export async function restoreRows(tx: WriteCtx, changes: readonly RowChange[]): Promise<void> {
	for (const change of changes) await demandUnchanged(tx, change);
	// Taken away first, the latest first: what is changed or put back may need their place.
	for (const change of changes.filter(({ before }) => !before).toReversed()) {
		await demandNothingRests(tx, change);
		await remove(tx, change);
	}
	for (const change of changes) if (change.before && change.after) await update(tx, change);
	for (const change of changes) if (change.before && !change.after) await insert(tx, change);
}

async function snapshot(tx: WriteCtx, scopes: readonly RowScope[]): Promise<Snapshot> {
	const found: Snapshot = new Map();
	for (const { table, where, except = [] } of scopes) {
		const key = await keyColumns(tx, table);
		for (const values of await rowsOf(tx, table, where)) {
			for (const column of except) delete values[column];
			const own = Object.fromEntries(key.map((column) => [column, values[column]]));
			found.set(`${table} ${JSON.stringify(own)}`, { table, key: own, values });
		}
	}
	return found;
}

function difference(before: Snapshot, after: Snapshot): RowChange[] {
	const changes: RowChange[] = [];
	for (const [name, { table, key, values }] of after) {
		const old = before.get(name);
		if (!old) changes.push({ table, key, before: null, after: values });
		else {
			const columns = Object.keys(values).filter((column) => !isDeepStrictEqual(values[column], old.values[column]));
			if (columns.length) changes.push({ table, key, before: only(old.values, columns), after: only(values, columns) });
		}
	}
	for (const [name, { table, key, values }] of before)
		if (!after.has(name)) changes.push({ table, key, before: values, after: null });
	return changes;
}

function only(values: Values, columns: string[]): Values {
	return Object.fromEntries(columns.map((column) => [column, values[column]]));
}

async function demandUnchanged(tx: WriteCtx, { table, key, after }: RowChange): Promise<void> {
	const [now] = await rowsOf(tx, table, key);
	const same = after ? now && isDeepStrictEqual(only(now, Object.keys(after)), after) : !now;
	if (!same) throw new Conflict(table);
}

/** What others hung on a row since would go with it, or forbid its going. */
async function demandNothingRests(tx: WriteCtx, { table, key }: RowChange): Promise<void> {
	for (const { child, pairs } of await referencesTo(tx, table)) {
		const on = sql.join(
			pairs.map(([own, its]) => sql`c.${sql.ref(own)} = t.${sql.ref(its)}`),
			sql` and `,
		);
		const { rows } = await sql`select 1 from ${sql.table(table)} t join ${sql.table(child)} c on ${on}
			where ${matching(tx, key, 't.')} limit 1`.execute(tx.db);
		if (rows.length) throw new Conflict(table);
	}
}

async function rowsOf(tx: WriteCtx, table: string, where: Values): Promise<Values[]> {
	const { rows } = await sql<{ row: Values }>`select to_jsonb(t) as row from ${sql.table(table)} t
		where ${matching(tx, where)} for update`.execute(tx.db);
	return rows.map(({ row }) => row);
}

async function remove(tx: WriteCtx, { table, key }: RowChange): Promise<void> {
	await sql`delete from ${sql.table(table)} where ${matching(tx, key)}`.execute(tx.db);
}

async function update(tx: WriteCtx, { table, key, before }: RowChange): Promise<void> {
	const columns = Object.keys(before!);
	const set = sql.join(columns.map((column) => sql`${sql.ref(column)} = old.${sql.ref(column)}`));
	await sql`update ${sql.table(table)} t set ${set}
		from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(before)}::jsonb) old
		where ${matching(tx, key, 't.')}`.execute(tx.db);
}

async function insert(tx: WriteCtx, { table, before }: RowChange): Promise<void> {
	const columns = sql.join(Object.keys(before!).map((column) => sql.ref(column)));
	await sql`insert into ${sql.table(table)} (${columns})
		select ${columns} from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(before)}::jsonb)`.execute(
		tx.db,
	);
}

function matching(tx: WriteCtx, where: Values, prefix = '') {
	const conditions = Object.entries({ body_id: tx.body.id, ...where }).map(
		([column, value]) => sql`${sql.raw(prefix)}${sql.ref(column)} = ${value}`,
	);
	return sql.join(conditions, sql` and `);
}

const keys = new Map<string, string[]>();

/** The primary key without the town. */
async function keyColumns(tx: WriteCtx, table: string): Promise<string[]> {
	const known = keys.get(table);
	if (known) return known;
	const { rows } = await sql<{ column: string }>`select a.attname as column from pg_index i
		join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
		where i.indrelid = ${table}::regclass and i.indisprimary and a.attname <> 'body_id'`.execute(tx.db);
	const found = rows.map(({ column }) => column);
	keys.set(table, found);
	return found;
}

interface Reference {
	child: string;
	/** Column of the child, column of the table it points to. */
	pairs: [string, string][];
}

const references = new Map<string, Reference[]>();

/** The foreign keys that point to a table. */
async function referencesTo(tx: WriteCtx, table: string): Promise<Reference[]> {
	const known = references.get(table);
	if (known) return known;
	const { rows } = await sql<Reference>`select n.nspname || '.' || r.relname as child,
		(select json_agg(json_build_array(own.attname, its.attname) order by place)
			from unnest(k.conkey, k.confkey) with ordinality as u(own_number, its_number, place)
			join pg_attribute own on own.attrelid = k.conrelid and own.attnum = u.own_number
			join pg_attribute its on its.attrelid = k.confrelid and its.attnum = u.its_number) as pairs
		from pg_constraint k join pg_class r on r.oid = k.conrelid join pg_namespace n on n.oid = r.relnamespace
		where k.contype = 'f' and k.confrelid = ${table}::regclass`.execute(tx.db);
	references.set(table, rows);
	return rows;
}
