import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { UserError } from '../errors.ts';
import { quietLogger } from './logger.ts';
import { surviveLosses } from '../db/survive-losses.ts';

/**
 * Installs or updates graphile-worker's tables, as the owner. Runs before the migrations, each time: an update of the
 * library brings its own. Workers connect as the role of requests, so that role is let in, but only on connections that
 * say `mitrat.worker = on`; the connections of requests see an empty queue.
 * @throws UserError when the server refuses
 */
export async function installQueue(owner: pg.PoolConfig, appRole: string): Promise<void> {
	if (!/^[a-z_][a-z0-9_]*$/i.test(appRole)) throw new UserError(`Der Rollenname „${appRole}“ ist nicht zulässig.`);
	const pool = new pg.Pool({ ...owner, max: 2 });
	surviveLosses(pool);
	try {
		await runMigrations({ pgPool: pool, logger: quietLogger });
		await pool.query(letIn(appRole));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new UserError(`Die Warteschlange ließ sich nicht einrichten: ${reason}`, { cause: error });
	} finally {
		await pool.end();
	}
}

const letIn = (appRole: string) => `
	do $install$
	declare
		target regclass;
	begin
		grant usage on schema graphile_worker to "${appRole}";
		grant select on graphile_worker.migrations to "${appRole}";
		grant usage on all sequences in schema graphile_worker to "${appRole}";
		for target in
			select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = 'graphile_worker' and c.relkind = 'r' and c.relname like '\\_private\\_%'
		loop
			execute format('grant select, insert, update, delete on %s to "${appRole}"', target);
			execute format('alter table %s enable row level security', target);
			execute format('drop policy if exists mitrat_worker on %s', target);
			execute format('create policy mitrat_worker on %s using (current_setting(''mitrat.worker'', true) = ''on'')', target);
		end loop;
	end $install$`;
