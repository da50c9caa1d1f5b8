import { runtime } from '../runtime.ts';
import { LIFETIME } from './lifetimes.ts';

/** Removes what is over: sessions, links, challenges, used codes, counted tries. Runs once an hour. @returns rows removed */
export async function cleanIdentity(): Promise<number> {
	const { pool } = runtime();
	const statements = [
		`delete from auth."session" where "expiresAt" < now() or "updatedAt" < now() - make_interval(secs => ${LIFETIME.idle})`,
		'delete from auth."verification" where "expiresAt" < now()',
		`delete from auth.used_code where used_at < now() - make_interval(secs => ${LIFETIME.usedCode})`,
		'delete from auth.attempt where free_at < now()',
		'delete from auth.logout_token where free_at < now()',
	];
	let removed = 0;
	for (const statement of statements) removed += (await pool.query(statement)).rowCount ?? 0;
	return removed;
}
