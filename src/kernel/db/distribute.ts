/** Turns the tables of towns into distributed tables of Citus: all of one town on one node, side by side. */
import type pg from 'pg';
import { UserError } from '../errors.ts';
import { citusAdaptations, citusRefusals, townTables } from './citus.ts';

export interface Distributed {
	tables: string[];
	droppedTriggers: string[];
	/** Foreign keys that refuse now where they emptied a column before. */
	stricterKeys: string[];
}

/** @throws UserError in one sentence when this server is no Citus, or has no node to give tables to */
export async function demandCitus(client: pg.ClientBase): Promise<void> {
	const { rows } = await client.query<{ there: string | null; possible: string | null }>(
		`select (select extversion from pg_extension where extname = 'citus') as there,
			(select default_version from pg_available_extensions where name = 'citus') as possible`,
	);
	const { there, possible } = rows[0]!;
	if (there) return;
	throw new UserError(
		possible
			? `Citus ${possible} liegt auf dem Server, ist in dieser Datenbank aber nicht angelegt: ein Verwalter muss dort „create extension citus“ ausführen (shared_preload_libraries = 'citus').`
			: 'Auf diesem Server ist Citus nicht installiert; ohne Citus liegen alle Städte auf einem Server, und es ist nichts zu verteilen.',
	);
}

/**
 * Distributes everything in one transaction: altogether or not at all. To be called on an installation without towns, right
 * after its migrations.
 * @param client the owner's, outside of a transaction
 * @param shards into how many pieces the towns are spread
 * @throws UserError naming what Citus would refuse, or when rows are there already; the server's errors
 */
export async function distribute(client: pg.ClientBase, shards: number): Promise<Distributed> {
	const refusals = await citusRefusals(client);
	if (refusals.length) throw new UserError(`Citus nähme ${refusals[0]!.what} nicht an: ${refusals[0]!.why}.`);
	await client.query('begin');
	try {
		// Thousands of pieces with keys to one list: one after the other, as Citus asks for it then.
		await client.query(`set local citus.multi_shard_modify_mode = 'sequential'`);
		const result = await spread(client, shards);
		await client.query('commit');
		return result;
	} catch (error) {
		await client.query('rollback');
		throw error;
	}
}

async function spread(client: pg.ClientBase, shards: number): Promise<Distributed> {
	const { triggers, setNull } = await citusAdaptations(client);
	const tables = await townTables(client);
	await refuseRows(client);
	for (const trigger of triggers) {
		const [table, name] = trigger.split(' ');
		await client.query(`drop trigger ${name} on ${table}`);
	}
	// A table can only be distributed when no other that is not yet points at it: so the keys wait.
	const keys = await foreignKeys(client, tables);
	for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
	await client.query(`select create_reference_table('kernel.town'::regclass)`);
	await client.query(
		`select create_distributed_table($1::regclass, 'body_id', colocate_with => 'none', shard_count => $2::int)`,
		[tables[0], shards],
	);
	for (const table of tables.slice(1)) {
		await client.query(`select create_distributed_table($1::regclass, 'body_id', colocate_with => $2::text)`, [
			table,
			tables[0],
		]);
	}
	// There are no rows that a key could be proved on, but the policies ask for a town all the same.
	await client.query(`set local mitrat.body = '00000000-0000-0000-0000-000000000000'`);
	for (const { table, name, definition } of keys) {
		await client.query(`alter table ${table} add constraint ${name} ${withoutSetNull(definition)}`);
	}
	return { tables, droppedTriggers: triggers, stricterKeys: setNull };
}

/** What Citus would have to move while the policies bind the owner: it is restored afterwards instead. */
async function refuseRows(client: pg.ClientBase): Promise<void> {
	const { rows } = await client.query<{ towns: number }>('select count(*)::int as towns from kernel.town');
	if (!rows[0]!.towns) return;
	throw new UserError(
		'In dieser Datenbank gibt es schon Städte: bitte sichern (mitrat backup), eine leere Datenbank verteilen und die Sicherung dort wiederherstellen.',
	);
}

interface Key {
	table: string;
	name: string;
	definition: string;
}

async function foreignKeys(client: pg.ClientBase, tables: string[]): Promise<Key[]> {
	const { rows } = await client.query<Key>(
		`select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
		 from pg_constraint where contype = 'f' and conrelid = any($1::regclass[]) order by conrelid, conname`,
		[tables],
	);
	return rows;
}

/** Citus knows no SET NULL where body_id is part of the key, not even for one column (its issue 7132). */
function withoutSetNull(definition: string): string {
	return definition.replace(/ ON (?:DELETE|UPDATE) SET (?:NULL|DEFAULT)(?: \([^)]*\))?/g, '');
}
