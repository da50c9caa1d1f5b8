import { sql } from 'kysely';
import type { Db } from '../db/scope.ts';
import type { Locale } from '../i18n/locales.ts';
import { runtime } from '../runtime.ts';
import { anyAuth } from './auth.ts';

/** Roles of the demonstration town, in the order in which the sign-in page lists them. */
export const DEMONSTRATION_ROLES = [
	'member',
	'chair',
	'office',
	'department',
	'commissioner',
	'mayor',
	'administrator',
] as const;
export type DemonstrationRole = (typeof DEMONSTRATION_ROLES)[number];

export interface NewAccount {
	email: string;
	name: string;
	/** Language of mails. */
	locale?: Locale;
	/** Only in demonstration towns: anybody may sign in as this account. */
	demonstration?: DemonstrationRole;
}

/**
 * Makes an account, or finds the one that has this address already (which then stays as it is). Whoever calls this
 * vouches for the address: there is no public sign-up. The account knows no way in but a link to that address.
 * It is not part of a running transaction: make it first, then name it in `registry.person.account_id`.
 */
export async function createAccount(account: NewAccount): Promise<{ id: string; created: boolean }> {
	const email = normalEmail(account.email);
	const known = await findAccount(email);
	if (known) return { id: known.id, created: false };
	const { internalAdapter } = await anyAuth().$context;
	try {
		const { id } = await internalAdapter.createUser({ ...account, email, emailVerified: true }, { method: 'admin' });
		return { id, created: true };
	} catch (error) {
		// Somebody else made it in between.
		const twin = await findAccount(email);
		if (twin) return { id: twin.id, created: false };
		throw error;
	}
}

export interface KnownAccount {
	id: string;
	email: string;
	name: string;
	locale: Locale | null;
	demonstration: DemonstrationRole | null;
}

const COLUMNS = '"id", "email", "name", "locale", "demonstration"';

export async function findAccount(email: string): Promise<KnownAccount | undefined> {
	const { rows } = await runtime().pool.query<KnownAccount>(`select ${COLUMNS} from auth."user" where "email" = $1`, [
		normalEmail(email),
	]);
	return rows[0];
}

/** The sign-ins of the demonstration. @returns none in production, whatever the table holds */
export async function demonstrationAccounts(): Promise<KnownAccount[]> {
	if (!demonstrationIsOn()) return [];
	const { rows } = await runtime().pool.query<KnownAccount>(
		`select ${COLUMNS} from auth."user" where "demonstration" = any ($1)
		 order by array_position($1, "demonstration"), "name"`,
		[DEMONSTRATION_ROLES],
	);
	return rows;
}

export function demonstrationIsOn(): boolean {
	return runtime().config.mode !== 'production';
}

/** Language of mails to this account; null takes that of the page which causes them. */
export async function chooseMailLocale(accountId: string, locale: Locale | null): Promise<void> {
	await runtime().pool.query('update auth."user" set "locale" = $2, "updatedAt" = now() where "id" = $1', [
		accountId,
		locale,
	]);
}

/**
 * Shuts every way in that is open now: sessions, links in mails, invitations, the tie to the city's own sign-in. The account
 * stays, with its passkeys and password, for who else knows it.
 * @param db a running write: then they end with it
 */
export async function closeAccount(accountId: string, db: Db): Promise<void> {
	await sql`delete from auth."session" where "userId" = ${accountId}`.execute(db);
	await sql`delete from auth."account" where "userId" = ${accountId} and "providerId" <> 'credential'`.execute(db);
	await sql`delete from auth."verification" v using auth."user" u where u."id" = ${accountId}
		and starts_with(v."value", '{"email":' || to_json(u."email")::text || ',')`.execute(db);
}

/**
 * Erases an account with its sessions, passkeys and codes. Records that name its person are not touched.
 * @param db a running write: then the account goes with it, or stays with it
 */
export async function removeAccount(accountId: string, db?: Db): Promise<void> {
	if (db) await sql`delete from auth."user" where "id" = ${accountId}`.execute(db);
	else await runtime().pool.query('delete from auth."user" where "id" = $1', [accountId]);
}

export function normalEmail(email: string): string {
	return email.trim().toLowerCase();
}
