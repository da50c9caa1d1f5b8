import type pg from 'pg';

type Sql = <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>;

export interface Column {
	name: string;
	/** As PostgreSQL writes it: `text`, `timestamp with time zone`, `jsonb`, `text[]` … */
	type: string;
	required: boolean;
	hasDefault: boolean;
	generated: boolean;
}

export interface Table {
	/** `council.meeting` */
	name: string;
	columns: Column[];
	/** Definitions as in `check ((kind = ANY (ARRAY['a'::text])))`. */
	checks: string[];
	key: string[];
}

/** Schemas without towns: accounts are of the whole installation, jobs carry their town in the payload. */
const EXEMPT_SCHEMAS = ['auth', 'graphile_worker', 'information_schema', 'pg_catalog', 'pg_toast'];
/** The list of towns itself, and the migrations' own book. */
const EXEMPT_TABLES = ['kernel.town', 'kernel.migration', 'kernel.migration_lock'];

/** Every table that must belong to a town, with what is needed to make up a row for it. */
export async function townTables(sql: Sql): Promise<Table[]> {
	const rows = await sql<{ name: string; columns: Column[]; checks: string[] | null; key: string[] | null }>(
		`select n.nspname || '.' || c.relname as name,
			(select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'required', a.attnotnull,
				'hasDefault', a.atthasdef, 'generated', a.attgenerated <> '' or a.attidentity <> '') order by a.attnum)
			 from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
			(select jsonb_agg(pg_get_constraintdef(k.oid)) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c') as checks,
			(select jsonb_agg(a.attname order by p.at) from pg_constraint k, unnest(k.conkey) with ordinality p (attnum, at),
				pg_attribute a where k.conrelid = c.oid and k.contype = 'p' and a.attrelid = c.oid and a.attnum = p.attnum) as key
		 from pg_class c join pg_namespace n on n.oid = c.relnamespace
		 where c.relkind in ('r', 'p') and n.nspname <> all ($1) and n.nspname not like 'pg\\_%'
			and n.nspname || '.' || c.relname <> all ($2)
			and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
		 order by 1`,
		[EXEMPT_SCHEMAS, EXEMPT_TABLES],
	);
	return rows.map(({ name, columns, checks, key }) => ({ name, columns, checks: checks ?? [], key: key ?? [] }));
}

/** A row that satisfies types, not-null and simple checks; foreign keys are left to whoever switches them off. */
export function inventRow(table: Table, bodyId: string): Record<string, unknown> {
	const row: Record<string, unknown> = {};
	for (const column of table.columns) {
		if (column.generated) continue;
		if (column.name === 'body_id') row.body_id = bodyId;
		else if (column.required && !column.hasDefault) row[column.name] = inventValue(table, column);
	}
	return row;
}

function inventValue({ checks, name: table }: Table, { name, type }: Column): unknown {
	const words = checks.flatMap((check) => new RegExp(`\\(${name} = ANY \\(ARRAY\\['([^']*)'`).exec(check)?.[1] ?? []);
	if (words[0] !== undefined) return words[0];
	const make = VALUES[type.replace(/\(.*\)/, '')];
	if (make) return make();
	if (type.endsWith('[]')) return [];
	throw new Error(`${table}.${name}: no value is known for the type ${type}`);
}

const VALUES: Record<string, () => unknown> = {
	uuid: () => crypto.randomUUID(),
	text: () => `erfunden-${crypto.randomUUID()}`,
	'character varying': () => 'erfunden',
	integer: () => 1,
	bigint: () => 1,
	smallint: () => 1,
	numeric: () => 1,
	'double precision': () => 1,
	boolean: () => false,
	date: () => '2026-01-01',
	'timestamp with time zone': () => '2026-01-01T12:00:00Z',
	'time without time zone': () => '12:00',
	interval: () => '1 day',
	json: () => '{}',
	jsonb: () => '{}',
	tsvector: () => '',
	tstzrange: () => 'empty',
	daterange: () => 'empty',
	bytea: () => Buffer.from('erfunden'),
};
