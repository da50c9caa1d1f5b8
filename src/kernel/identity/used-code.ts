import { runtime } from '../runtime.ts';
import { identity } from './auth.ts';
import { LIFETIME } from './lifetimes.ts';
import { keyedHash } from './secret.ts';

/**
 * Takes a code before it is checked, so that of two requests with the same code at most one goes on (RFC 6238, 5.2).
 * @returns false if the code was taken before
 */
export async function takeCode(accountId: string, code: string): Promise<boolean> {
	const { rowCount } = await runtime().pool.query(
		`insert into auth.used_code as u (user_id, code) values ($1, $2)
		 on conflict (user_id, code) do update set used_at = now() where u.used_at < now() - make_interval(secs => $3)`,
		[accountId, hash(code), LIFETIME.usedCode],
	);
	return rowCount === 1;
}

/** The code was wrong after all: it may become a right one later. */
export async function giveCodeBack(accountId: string, code: string): Promise<void> {
	await runtime().pool.query('delete from auth.used_code where user_id = $1 and code = $2', [accountId, hash(code)]);
}

function hash(code: string): string {
	return keyedHash(identity().hashKey, `code ${code}`);
}
