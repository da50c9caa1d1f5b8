/** An existing PostgreSQL server, named by DATABASE_URL (requests) and DATABASE_OWNER_URL (migrations). */
import pg from 'pg';
import { UserError } from '../errors.ts';
import { explainConnectError } from './connect-errors.ts';
import { EXTENSIONS } from './embedded-roles.ts';

const OLDEST = 150000;

/** What the server says about the role that is connected. */
interface Standing {
	version: number;
	version_name: string;
	encoding: string;
	role: string;
	database: string;
	/** Two connections with the same start time and database oid lead to the same database. */
	identity: string;
	superuser: boolean;
	bypasses: boolean;
	owns: boolean;
}

const STANDING = `
	select current_setting('server_version_num')::int as version, current_setting('server_version') as version_name,
		pg_encoding_to_char(d.encoding) as encoding, r.rolname as role, d.datname as database,
		pg_postmaster_start_time()::text || '/' || d.oid as identity,
		r.rolsuper as superuser, r.rolbypassrls as bypasses, pg_has_role(d.datdba, 'member') as owns
	from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`;

export interface External {
	app: pg.PoolConfig;
	owner: pg.PoolConfig;
}

/**
 * Checks both roles before anything else runs, so that a mistake is one sentence and not a half-done migration.
 * @throws UserError: unreachable, wrong password, too old, wrong encoding, roles with too many or too few rights,
 * missing extensions
 */
export async function openExternal(appUrl: string, ownerUrl: string): Promise<External> {
	const app = describeAccess('DATABASE_URL', appUrl);
	const owner = describeAccess('DATABASE_OWNER_URL', ownerUrl);
	const asApp = await ask(app, async (client) => judgeApp(await standing(client)));
	await ask(owner, async (client) => {
		judgeOwner(await standing(client), asApp);
		await ensureExtensions(client);
	});
	return { app: { connectionString: appUrl, user: app.user }, owner: { connectionString: ownerUrl, user: owner.user } };
}

interface Access {
	url: string;
	user: string;
	where: string;
}

function describeAccess(variable: string, url: string): Access {
	const { hostname, port, pathname, username } = new URL(url);
	if (!username)
		throw new UserError(`${variable} nennt keine Rolle: postgres://rolle:passwort@rechner:5432/datenbank.`);
	const user = decodeURIComponent(username);
	return {
		url,
		user,
		where: `Rolle ${user}, ${hostname}:${port || 5432}${decodeURIComponent(pathname)} (${variable})`,
	};
}

async function ask<T>({ url, where }: Access, question: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'mitrat' });
	try {
		await client.connect();
		return await question(client);
	} catch (error) {
		throw explainConnectError(error, where);
	} finally {
		await client.end().catch(() => undefined);
	}
}

async function standing(client: pg.Client): Promise<Standing> {
	const { rows } = await client.query<Standing>(STANDING);
	const found = rows[0];
	if (!found) throw new UserError('Der Datenbankserver gibt über die Rolle keine Auskunft.');
	if (found.version < OLDEST) {
		throw new UserError(`Der Datenbankserver ist PostgreSQL ${found.version_name}; Mitrat braucht 15 oder neuer.`);
	}
	if (found.encoding !== 'UTF8') {
		throw new UserError(`Die Datenbank ${found.database} hat den Zeichensatz ${found.encoding}; Mitrat braucht UTF8.`);
	}
	return found;
}

function judgeApp(app: Standing): Standing {
	const tooMuch = app.superuser
		? 'ist Superuser'
		: app.bypasses
			? 'darf Zeilenschutz umgehen (BYPASSRLS)'
			: app.owns
				? 'ist Eigentümer der Datenbank'
				: '';
	if (!tooMuch) return app;
	throw new UserError(
		`Die Rolle ${app.role} aus DATABASE_URL ${tooMuch}: für Anfragen braucht Mitrat eine Rolle ohne dieses Recht, sonst schützt der Zeilenschutz nicht.`,
	);
}

function judgeOwner(owner: Standing, app: Standing): void {
	if (owner.identity !== app.identity) {
		throw new UserError('DATABASE_URL und DATABASE_OWNER_URL führen zu verschiedenen Datenbanken.');
	}
	if (owner.owns || owner.superuser) return;
	throw new UserError(
		`Die Rolle ${owner.role} aus DATABASE_OWNER_URL ist nicht Eigentümer der Datenbank ${owner.database}.`,
	);
}

async function ensureExtensions(client: pg.Client): Promise<void> {
	for (const name of EXTENSIONS) {
		try {
			await client.query(`create extension if not exists ${name}`);
		} catch (error) {
			throw new UserError(
				`Die Erweiterung ${name} fehlt und lässt sich nicht anlegen (${(error as Error).message}): der Verwalter des Servers muss „create extension ${name}“ ausführen oder postgresql-contrib installieren.`,
				{ cause: error },
			);
		}
	}
}
