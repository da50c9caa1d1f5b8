/**
 * What Citus would refuse, asked of the catalog of an ordinary database: so that migrations stay fit for it without one at
 * hand. Rules as of Citus 13, see docs/operating.md.
 */
import type pg from 'pg';

export interface Refusal {
	/** `schema.table`, with the name of the key, index, policy or trigger. */
	what: string;
	why: string;
}

/** Tables of towns: they are distributed by `body_id`. The list of towns is a reference table; all others stay where they are. */
const OF_TOWNS = `
	select c.oid, c.oid::regclass::text as name, a.attnum as body
	from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
	where c.relkind in ('r', 'p') and a.attname = 'body_id' and n.nspname !~ '^pg_' and n.nspname <> 'graphile_worker'`;

const QUERIES: Record<string, string> = {
	'a unique or exclusion key has to begin with body_id': `
		select i.indexrelid::regclass::text as what from pg_index i join towns t on t.oid = i.indrelid
		where (i.indisunique or i.indisexclusion) and i.indkey[0] <> t.body`,
	'the key has to compare body_id for equality': `
		select k.conname::text as what from pg_constraint k join towns t on t.oid = k.conrelid
			join pg_operator o on o.oid = k.conexclop[1]
		where k.contype = 'x' and o.oprname <> '='`,
	'a foreign key has to stay within the town: body_id first, on both sides, or to the list of towns': `
		select k.conname::text as what from pg_constraint k join towns t on t.oid = k.conrelid
			left join towns r on r.oid = k.confrelid
		where k.contype = 'f' and k.confrelid <> 'kernel.town'::regclass
			and (k.conkey[1] <> t.body or r.oid is null or k.confkey[1] <> r.body)`,
	'a table that is not distributed cannot point at one that is': `
		select k.conname::text as what from pg_constraint k join towns r on r.oid = k.confrelid
		where k.contype = 'f' and k.conrelid not in (select oid from towns)`,
	'a key cannot be deferred': `
		select k.conname::text as what from pg_constraint k join towns t on t.oid = k.conrelid where k.condeferrable`,
	'a policy cannot hold a sub-select': `
		select t.name || ' ' || p.polname as what from pg_policy p join towns t on t.oid = p.polrelid
		where pg_get_expr(p.polqual, p.polrelid) ~* '\\mselect\\M' or pg_get_expr(p.polwithcheck, p.polrelid) ~* '\\mselect\\M'`,
	'the policy has to be for the town alone': `
		select t.name as what from towns t where not exists (select from pg_policy p where p.polrelid = t.oid
			and pg_get_expr(p.polqual, p.polrelid) = '(body_id = (current_setting(''mitrat.body''::text))::uuid)')`,
	'body_id may not be empty': `
		select t.name as what from towns t join pg_attribute a on a.attrelid = t.oid and a.attnum = t.body where not a.attnotnull`,
	'a number may not be made by the table (identity, serial)': `
		select t.name || '.' || a.attname as what from towns t join pg_attribute a on a.attrelid = t.oid
			left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
		where a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval'`,
	'a table may not inherit': `
		select t.name as what from towns t join pg_inherits h on t.oid in (h.inhrelid, h.inhparent)`,
};

/** @returns everything of the present schema that Citus refuses */
export async function citusRefusals(client: Pick<pg.ClientBase, 'query'>): Promise<Refusal[]> {
	const found: Refusal[] = [];
	for (const [why, text] of Object.entries(QUERIES)) {
		const { rows } = await client.query<{ what: string }>(`with towns as (${OF_TOWNS}) ${text} order by 1`);
		found.push(...rows.map(({ what }) => ({ what, why })));
	}
	return found;
}

export interface Adaptations {
	/** Triggers: `schema.table trigger`. They go; the rights of the role of requests stay. */
	triggers: string[];
	/** Foreign keys that empty a column when what they point at goes. They become keys that refuse this. */
	setNull: string[];
}

/** What Citus refuses, too, and `distribute` changes. A new one is a decision, not an accident: a test knows them by name. */
export async function citusAdaptations(client: Pick<pg.ClientBase, 'query'>): Promise<Adaptations> {
	const triggers = await client.query<{ what: string }>(`with towns as (${OF_TOWNS})
		select t.name || ' ' || g.tgname as what from pg_trigger g join towns t on t.oid = g.tgrelid
		where not g.tgisinternal order by 1`);
	const setNull = await client.query<{ what: string }>(`with towns as (${OF_TOWNS})
		select k.conname::text as what from pg_constraint k join towns t on t.oid = k.conrelid
		where k.contype = 'f' and (k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd')) order by 1`);
	return { triggers: triggers.rows.map(({ what }) => what), setNull: setNull.rows.map(({ what }) => what) };
}

/** Names of the tables that are distributed, as SQL writes them. */
export async function townTables(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
	const { rows } = await client.query<{ name: string }>(
		`with towns as (${OF_TOWNS}) select name from towns order by 1`,
	);
	return rows.map(({ name }) => name);
}
