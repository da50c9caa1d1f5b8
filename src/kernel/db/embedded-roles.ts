/** Passwords, roles, database and extensions of the embedded PostgreSQL. */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { UserError } from '../errors.ts';

export const SUPERUSER = 'postgres';
export const OWNER = 'mitrat_owner';
export const APP = 'mitrat_app';
export const DATABASE = 'mitrat';

/** What every database of Mitrat needs; all of them are "trusted": the owner of a database may create them. */
export const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch', 'pgcrypto'];

const Passwords = z.object({ [SUPERUSER]: z.string(), [OWNER]: z.string(), [APP]: z.string() });
export type Passwords = z.infer<typeof Passwords>;

/** Written as the last step, so that an interrupted preparation is repeated. */
const PREPARED = 'prepared by Mitrat (1)';

/**
 * The passwords of the three roles, made at random the first time; the file belongs to this user alone.
 * @param mayCreate false when a cluster exists: then new passwords would fit nothing
 */
export function passwords(dataDir: string, mayCreate: boolean): Passwords {
	const file = join(dataDir, 'database-passwords.json');
	try {
		return Passwords.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EACCES')
			throw new UserError(`${file} gehört einem anderen Benutzer.`);
		if (!mayCreate) {
			throw new UserError(
				`${file} fehlt oder ist beschädigt; ohne die Passwörter darin öffnet sich die Datenbank nicht.`,
				{
					cause: error,
				},
			);
		}
	}
	const fresh = Object.fromEntries(
		[SUPERUSER, OWNER, APP].map((role) => [role, randomBytes(24).toString('base64url')]),
	);
	writeFileSync(`${file}.new`, JSON.stringify(fresh), { mode: 0o600, flush: true });
	chmodSync(`${file}.new`, 0o600);
	renameSync(`${file}.new`, file);
	return Passwords.parse(fresh);
}

/** Roles, database and extensions, if they are not there yet. Can be interrupted and repeated. */
export async function prepareDatabase(superuser: pg.Client, words: Passwords): Promise<void> {
	const { rows } = await superuser.query<{ note: string | null }>(
		`select shobj_description(oid, 'pg_database') as note from pg_database where datname = $1`,
		[DATABASE],
	);
	if (rows[0]?.note === PREPARED) return;
	for (const role of [OWNER, APP] as const) await superuser.query(roleSql(role, words[role]));
	if (rows.length === 0) await superuser.query(`create database ${DATABASE} owner ${OWNER}`);
	await superuser.query(
		`revoke all on database ${DATABASE} from public; grant connect on database ${DATABASE} to ${APP}`,
	);
	await createExtensions(superuser);
	await superuser.query(`comment on database ${DATABASE} is '${PREPARED}'`);
}

function roleSql(role: string, password: string): string {
	const traits = 'login nosuperuser nocreatedb nocreaterole nobypassrls noreplication';
	return `do $$ begin
		if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if;
		alter role ${role} ${traits} password ${pg.escapeLiteral(password)};
	end $$`;
}

async function createExtensions(superuser: pg.Client): Promise<void> {
	const { host, port, user, password } = superuser;
	const inside = new pg.Client({ host, port, user, password: password ?? undefined, database: DATABASE });
	await inside.connect();
	try {
		for (const name of EXTENSIONS) await inside.query(`create extension if not exists ${name}`);
	} finally {
		await inside.end();
	}
}
