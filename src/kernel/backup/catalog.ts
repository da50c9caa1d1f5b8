/** Which tables a backup holds, asked of the database itself: a new module's tables are in it without a word here. */
import pg from 'pg';
import { UserError } from '../errors.ts';

export interface Table {
	/** `schema.name`, as a part of the backup is called. */
	name: string;
	/** The same, quoted for SQL. */
	sql: string;
	/** Without generated ones. */
	columns: string[];
	/** Columns of the primary key as SQL to order by, the same in every collation: the same rows have the same sum everywhere. */
	key: string[];
}

export interface ForeignKey {
	name: string;
	from: string;
	to: string;
	definition: string;
}

export interface Catalog {
	/** Tables with `body_id`, in an order in which rows can be written. */
	towns: Table[];
	/** Foreign keys that no order can satisfy (two tables that point at each other). */
	circular: ForeignKey[];
	/** The tables of the whole installation that a backup holds. */
	shared: Table[];
}

export const TOWN = 'kernel.town';
export const ACCOUNTS = 'auth.user';
const SHARED = [TOWN, ACCOUNTS, 'auth.account', 'auth.twoFactor', 'auth.passkey'];
/**
 * Not in a backup: what would come to life again though it was ended or used up (sessions, links, codes, counted tries), and
 * what the target has of its own.
 */
const LEFT_OUT = [
	'auth.session',
	'auth.verification',
	'auth.used_code',
	'auth.attempt',
	'auth.oidc_session',
	'auth.logout_token',
	'kernel.migration',
	'kernel.migration_lock',
];
/** The queue belongs to its library: waiting jobs are handed over through its own function (see jobs.ts). */
const QUEUE = 'graphile_worker';

interface Row extends Table {
	has_town: boolean;
}

const TABLES = `
	select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as sql,
		array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
			and a.attgenerated = '' order by a.attnum) as columns,
		array(select format('%I', a.attname) || case a.attcollation when 0 then '' else ' collate "C"' end from pg_index i, unnest(i.indkey::int[]) with ordinality as k (attnum, place)
			join pg_attribute a on a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid
			order by k.place) as key,
		exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'body_id') as has_town
	from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> '${QUEUE}'
		and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
	order by 1`;

const KEYS = `
	select k.conname as name, format('%s.%s', fn.nspname, f.relname) as "from", format('%s.%s', tn.nspname, t.relname) as "to",
		pg_get_constraintdef(k.oid) as definition
	from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
		join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
	where k.contype = 'f' and k.conrelid <> k.confrelid and k.conparentid = 0
	order by 1, 2`;

/** @throws Error naming a table of which nobody decided whether backups hold it */
export async function catalogOf(client: pg.ClientBase): Promise<Catalog> {
	const { rows } = await client.query<Row>(TABLES);
	const keys = (await client.query<ForeignKey>(KEYS)).rows;
	const undecided = rows.filter(({ name, has_town }) => !has_town && ![...SHARED, ...LEFT_OUT].includes(name));
	if (undecided.length) throw new Error(`no backup knows what to do with ${undecided.map(({ name }) => name)}`);
	const byName = new Map(rows.map((row) => [row.name, row]));
	const shared = SHARED.map((name) => byName.get(name)).filter((row) => row !== undefined);
	if (shared.length < SHARED.length) throw new UserError('Die Datenbank ist keine von Mitrat oder noch leer.');
	return {
		...ordered(
			rows.filter((row) => row.has_town),
			keys,
		),
		shared,
	};
}

/** Each table after those it points at; where two point at each other, one goes first and its key is made afterwards. */
function ordered(tables: Table[], keys: ForeignKey[]): Pick<Catalog, 'towns' | 'circular'> {
	const waiting = new Map(tables.map((table) => [table.name, table]));
	const towns: Table[] = [];
	const circular: ForeignKey[] = [];
	const open = (table: Table) => keys.filter(({ from, to }) => from === table.name && waiting.has(to));
	while (waiting.size) {
		const candidates = [...waiting.values()].map((table) => ({ table, missing: open(table) }));
		const { table, missing } = candidates.reduce((a, b) => (b.missing.length < a.missing.length ? b : a));
		circular.push(...missing);
		waiting.delete(table.name);
		towns.push(table);
	}
	return { towns, circular };
}

export const quoted = (columns: string[]): string => columns.map((name) => pg.escapeIdentifier(name)).join(', ');
