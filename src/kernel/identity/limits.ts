import { RuleViolation } from '../errors.ts';
import { runtime } from '../runtime.ts';
import { identity } from './auth.ts';
import { keyedHash } from './secret.ts';

/** `burst` tries at once, then one more every `seconds`. */
interface Limit {
	burst: number;
	seconds: number;
}

/**
 * Tries per account and per network address. Town halls sit behind one address: its limits are wide, those of an account
 * narrow. Codes have six digits, of which three are valid at a time: 5 tries, then one in five minutes, leave a stranger
 * who already has the first factor a chance below 0.1 % a day.
 */
const LIMITS = {
	'link/account': { burst: 4, seconds: 300 },
	'link/address': { burst: 30, seconds: 20 },
	'password/account': { burst: 6, seconds: 60 },
	'password/address': { burst: 30, seconds: 20 },
	'code/account': { burst: 5, seconds: 300 },
	'code/address': { burst: 30, seconds: 20 },
	'token/address': { burst: 30, seconds: 10 },
	'passkey/address': { burst: 60, seconds: 5 },
	'oidc/address': { burst: 60, seconds: 5 },
	// forms that strangers may send
	'feedback/address': { burst: 10, seconds: 120 },
} satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

/**
 * Counts one try. One statement, so that tries at the same time are counted as if one came after the other.
 * @param subject an address or an account; stored as a salted hash only
 * @throws RuleViolation `identity.wait` with the seconds to wait
 */
export async function countTry(name: LimitName, subject: string): Promise<void> {
	const { burst, seconds } = LIMITS[name];
	const key = subjectKey(name, subject);
	const { rowCount } = await runtime().pool.query({
		name: 'identity-try',
		text: `insert into auth.attempt as a (subject, free_at) values ($1, now() + make_interval(secs => $2))
			on conflict (subject) do update set free_at = greatest(a.free_at, now()) + make_interval(secs => $2)
			where greatest(a.free_at, now()) + make_interval(secs => $2) <= now() + make_interval(secs => $3)`,
		values: [key, seconds, seconds * burst],
	});
	if (!rowCount) throw new RuleViolation('identity.wait', { seconds: await waitFor(key, seconds, burst) });
}

async function waitFor(key: string, seconds: number, burst: number): Promise<number> {
	const { rows } = await runtime().pool.query<{ wait: number }>(
		`select ceil(extract(epoch from free_at - now()) + $2 - $3)::int as wait from auth.attempt where subject = $1`,
		[key, seconds, seconds * burst],
	);
	return Math.max(1, rows[0]?.wait ?? 1);
}

/** The tries of an account are forgotten once it signed in; those of an address are not. */
export async function forgetTries(name: LimitName, subject: string): Promise<void> {
	await runtime().pool.query('delete from auth.attempt where subject = $1', [subjectKey(name, subject)]);
}

function subjectKey(name: LimitName, subject: string): string {
	const [, kind] = name.split('/');
	return keyedHash(
		identity().hashKey,
		`${name} ${kind === 'address' ? network(subject) : subject.trim().toLowerCase()}`,
	);
}

/** One customer of an internet provider: the whole address with IPv4, the first 64 bits with IPv6. */
export function network(address: string): string {
	const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (v4) return v4;
	const host = URL.parse(`http://[${address.split('%')[0]}]`)?.hostname.slice(1, -1);
	if (!host) return 'unknown';
	const [head = '', tail] = host.split('::');
	const left = head ? head.split(':') : [];
	const right = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
	return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}
