import type { PersonalTable } from './declaration.ts';

/** Something that answers SQL, e.g. a `pg.Client` of the owner. */
export interface Asks {
	query: (text: string) => Promise<{ rows: unknown[] }>;
}

/** Names that speak of people, wherever they stand. */
const SPEAKING =
	'(^|_)(given|family|first|last|maiden|chair|taker|contact)_?name$|^name$|(^|_)(e?mail|phone|mobile|fax|birth|gender|nationality|address|street|affix|form_of_address|ip|user_agent)($|_)';

/**
 * Columns that may hold personal data: every column with free text or bytes in a table that points to a person or account,
 * and every column whose name speaks of people. Ids and dates of such rows say nothing once the texts are gone.
 */
const CANDIDATES = `
	with columns as (
		select n.nspname || '.' || c.relname as "table", a.attname as "column", t.typname as type
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
			join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
			join pg_type t on t.oid = a.atttypid
		where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'auth')
	), pointing as (
		select distinct "table" from columns where "column" ~ '(^|_)(person|account|subject|author|user)(_id)?$|_by$'
		union
		select n.nspname || '.' || c.relname from pg_constraint k
			join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
			join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
		where k.contype = 'f' and rn.nspname || '.' || r.relname = 'registry.person'
	)
	select "table" || '.' || "column" as name from columns
	where type in ('text', 'varchar', 'bpchar', '_text', 'citext', 'json', 'jsonb', 'bytea', 'inet', 'xml')
		and ("table" in (select "table" from pointing) or "column" ~ '${SPEAKING}')
	order by 1`;

/**
 * Columns that look personal and have neither a retention class nor a reviewed reason why they need none.
 * @param reviewed 'schema.table.column' with the reason
 * @returns their names, and reviewed or declared names that the database does not have (any more)
 */
export async function undeclaredColumns(
	database: Asks,
	declared: PersonalTable[],
	reviewed: Record<string, string>,
): Promise<{ missing: string[]; stale: string[] }> {
	const { rows } = await database.query(CANDIDATES);
	const candidates = (rows as { name: string }[]).map(({ name }) => name);
	const classed = new Set(
		declared.flatMap(({ table, columns }) => Object.keys(columns).map((column) => `${table}.${column}`)),
	);
	const missing = candidates.filter((name) => !classed.has(name) && !(name in reviewed));
	const all = await database.query(`select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_class c
		join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relkind in ('r', 'p')`);
	const existing = new Set((all.rows as { name: string }[]).map(({ name }) => name));
	return { missing, stale: [...classed, ...Object.keys(reviewed)].filter((name) => !existing.has(name)) };
}
