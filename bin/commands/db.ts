import { readConfig } from '#kernel/config.ts';
import type { Adaptations, Refusal } from '#kernel/db/citus.ts';
import type { Database } from '#kernel/db/database.ts';
import { UserError } from '#kernel/errors.ts';
import { runningServer } from '../../src/server/server-lock.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat db migrate | status | psql | distribute [--shards N] | distribute --check
  migrate   bringt die Datenbank auf den Stand des Programms
  status    sagt, welche Datenbank benutzt wird und wie es ihr geht
  psql      nennt die Angaben, mit denen sich psql als Eigentümer verbindet (enthält das Passwort)
  distribute  verteilt auf Citus die Tabellen der Städte, auf einer Installation ohne Stadt (--shards: in wie viele Stücke,
              sonst 32); --check sagt nur, ob Citus die Tabellen nähme, und braucht kein Citus`;

interface Wishes {
	shards?: string;
	check?: boolean;
}

const actions: Record<string, (database: Database, wishes: Wishes) => Promise<string[]>> = {
	migrate,
	status,
	psql,
	distribute,
};

export default {
	summary: 'Datenbank: anpassen, Zustand, Zugang, verteilen (migrate, status, psql, distribute)',
	usage,
	async run(args) {
		const options = { shards: { type: 'string' }, check: { type: 'boolean' } } as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		const act = actions[positionals[0] ?? ''];
		if (!act || positionals.length > 1) throw new UserError(`Was soll mit der Datenbank geschehen? Aufruf: ${usage}`);
		const { openDatabase } = await import('#kernel/db/database.ts');
		const database = await openDatabase(readConfig());
		try {
			for (const line of await act(database, values)) process.stdout.write(`${line}\n`);
		} finally {
			await database.close();
		}
		return 0;
	},
} satisfies Command;

async function migrate(database: Database): Promise<string[]> {
	const { migrateDatabase } = await import('../../src/server/steps.ts');
	const names = await migrateDatabase(database);
	return names.length ? [`${names.length} Änderungen ausgeführt:`, ...names] : ['Die Datenbank ist auf dem Stand.'];
}

async function distribute(database: Database, { shards = '32', check }: Wishes): Promise<string[]> {
	if (!/^[1-9]\d{0,3}$/.test(shards)) throw new UserError('--shards ist eine Zahl von 1 bis 9999.');
	await migrate(database);
	const citus = await import('#kernel/db/citus.ts');
	const { demandCitus, distribute: spread } = await import('#kernel/db/distribute.ts');
	const { default: pg } = await import('pg');
	const client = new pg.Client(database.owner);
	await client.connect();
	try {
		if (check) return reportOf(await citus.citusRefusals(client), await citus.citusAdaptations(client));
		await demandCitus(client);
		const { tables, droppedTriggers, stricterKeys } = await spread(client, Number(shards));
		return [
			`${tables.length} Tabellen verteilt.`,
			...adaptationLines({ triggers: droppedTriggers, setNull: stricterKeys }),
		];
	} finally {
		await client.end();
	}
}

function reportOf(refusals: Refusal[], adaptations: Adaptations): string[] {
	const refused = refusals.map(({ what, why }) => `${what}: ${why}`);
	return [...(refused.length ? refused : ['Citus nähme alle Tabellen.']), ...adaptationLines(adaptations)];
}

function adaptationLines({ triggers, setNull }: Adaptations): string[] {
	return [
		`${triggers.length} Trigger entfallen auf Citus (was sie verbieten, verbieten dort nur noch die Rechte): ${triggers.join(', ')}`,
		`${setNull.length} Fremdschlüssel verbieten auf Citus, was sie sonst leeren würden.`,
	];
}

interface Facts {
	version: string;
	size: string;
	connections: number;
	migrations: number;
}

async function status(database: Database): Promise<string[]> {
	const { dataDir } = readConfig();
	const server = runningServer(dataDir);
	const facts = await ask(database);
	return [
		database.embedded ? `Mitgelieferte Datenbank in ${dataDir}` : `Vorhandener Server: ${place(database)}`,
		`PostgreSQL ${facts.version}, ${facts.size}, ${facts.connections} Verbindungen, ${facts.migrations} Änderungen ausgeführt`,
		server
			? `Der Mitrat-Server läuft (Prozess ${server.pid}${server.url ? `, ${server.url}` : ''}).`
			: 'Kein Mitrat-Server läuft auf diesem Datenordner.',
	];
}

async function ask({ owner }: Database): Promise<Facts> {
	const { default: pg } = await import('pg');
	const client = new pg.Client(owner);
	await client.connect();
	try {
		const { rows } = await client.query<Facts>(`
			select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
				(select count(*)::int from pg_stat_activity where datname = current_database()) as connections, 0 as migrations`);
		return { ...(rows[0] as Facts), migrations: await migrationCount(client) };
	} finally {
		await client.end();
	}
}

async function migrationCount(client: import('pg').Client): Promise<number> {
	const { rows } = await client.query<{ there: boolean }>(
		`select to_regclass('kernel.migration') is not null as there`,
	);
	if (!rows[0]?.there) return 0;
	const counted = await client.query<{ n: number }>('select count(*)::int as n from kernel.migration');
	return counted.rows[0]?.n ?? 0;
}

async function psql(database: Database): Promise<string[]> {
	const { owner } = database;
	if (owner.connectionString) return [owner.connectionString];
	const line = `host=${owner.host} port=${owner.port} user=${owner.user} dbname=${owner.database}`;
	const hint = '# Nur solange ein Mitrat-Server (oder ein anderer Befehl) die Datenbank offen hält.';
	return [hint, `PGPASSWORD='${String(owner.password)}' psql "${line}"`];
}

function place({ owner }: Database): string {
	const url = new URL(String(owner.connectionString));
	return `${url.hostname}:${url.port || 5432}${url.pathname}`;
}
