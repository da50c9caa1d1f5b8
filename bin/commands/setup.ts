import { readConfig, type Config } from '#kernel/config.ts';
import { UserError } from '#kernel/errors.ts';
import { readSettings, writeSettings, type Settings } from '#kernel/settings.ts';
import { parse, type Command } from './command.ts';
import { ask, KEYS, type Answers, type Key } from './setup-questions.ts';

const usage = `mitrat setup [--name NAME --short-name NAME --council NAME --host NAME --origin ADRESSE
             --admin-name NAME --admin-email ADRESSE --smtp-url URL --mail-from ADRESSE]
  legt eine richtige Stadt an, ohne Vorführdaten. Was nicht angegeben ist, wird gefragt; ohne Terminal und ohne
  Angaben stehen die Antworten Zeile für Zeile in der Eingabe. Noch einmal aufgerufen, legt es eine weitere Stadt an;
  jede braucht ihren eigenen Rechnernamen, der Mailserver gilt für alle.
  Am Ende steht ein Link, mit dem sich die erste verwaltende Person einmal anmeldet.`;

type Town = Answers & { hosts: string[] };
type Invited = { url: string; validUntil: string };

export default {
	summary: 'legt eine richtige Stadt an und lädt die erste verwaltende Person ein',
	usage,
	async run(args) {
		const texts = Object.fromEntries(KEYS.map((key) => [key, { type: 'string' }])) as Record<Key, { type: 'string' }>;
		const { values } = parse({ usage }, { args, options: { ...texts, host: { type: 'string', multiple: true } } });
		const { host, ...options } = values as Partial<Answers> & { host?: string[] };
		const config = readConfig();
		const answers = await ask({ options, hasMail: config.smtpUrl !== undefined });
		const hosts = (host ?? [new URL(answers.origin).hostname]).map((name) => name.toLowerCase());
		const { url, validUntil } = await setUp(config, { ...answers, hosts });
		process.stdout.write(`${answers.name} ist angelegt. „npm start“ startet sie.\n`);
		process.stdout.write(`Erste Anmeldung für ${answers['admin-name']}, gültig bis ${validUntil}:\n${url}\n`);
		return 0;
	},
} satisfies Command;

/** Town, settings and invitation: all of them, or what was made is taken back. */
async function setUp(config: Config, town: Town): Promise<Invited> {
	const { openDatabase } = await import('#kernel/db/database.ts');
	const database = await openDatabase({ ...config, mode: 'production' });
	try {
		const { migrateDatabase, townInside } = await import('../../src/server/steps.ts');
		await migrateDatabase(database);
		if ((await townInside(database)) === 'demonstration') {
			throw new UserError(
				`In ${config.dataDir} steht die Vorführung. Eine richtige Stadt braucht einen eigenen Datenordner: MITRAT_DATA=… npx mitrat setup`,
			);
		}
		await using takeBack = new AsyncDisposableStack();
		const id = await insertTown(database.owner, town);
		takeBack.defer(() => removeTown(database.owner, id));
		takeBack.defer(keepSettings(config, settingsFor(config, town)));
		const { closeRuntime, installRuntime } = await import('#kernel/runtime.ts');
		installRuntime({ ...readConfig(), mode: 'production' }, database.app);
		try {
			const invited = await inviteAdministrator(town);
			takeBack.move();
			return invited;
		} finally {
			await closeRuntime();
		}
	} finally {
		await database.close();
	}
}

/** A further town adds its address; mail is one for all, and stays as it is unless something else was said. */
function settingsFor({ dataDir }: Config, town: Town): Settings {
	const before = readSettings(dataDir).ORIGIN?.split(/[\s,]+/) ?? [];
	const origins = new Set([...before.filter(Boolean), new URL(town.origin).origin]);
	return {
		MITRAT_MODE: 'production',
		ORIGIN: [...origins].join(' '),
		...(town['smtp-url'] && { SMTP_URL: town['smtp-url'] }),
		...(town['mail-from'] && { MAIL_FROM: town['mail-from'] }),
	};
}

/** @returns what puts the settings back */
function keepSettings({ dataDir }: Config, changes: Settings): () => void {
	const before = readSettings(dataDir);
	writeSettings(dataDir, changes);
	return () => writeSettings(dataDir, Object.fromEntries(Object.keys(changes).map((name) => [name, before[name]])));
}

async function insertTown(owner: import('pg').PoolConfig, town: Town): Promise<string> {
	const { newId } = await import('#kernel/ids.ts');
	const id = newId();
	const settings = JSON.stringify({ councilName: town.council });
	const { rowCount } = await asOwner(
		owner,
		`insert into kernel.town (id, name, short_name, hosts, settings) select $1, $2, $3, $4, $5
		 where not exists (select from kernel.town where hosts && $4)`,
		[id, town.name, town['short-name'], town.hosts, settings],
	);
	if (!rowCount) {
		throw new UserError(
			`Für ${town.hosts.join(', ')} gibt es schon eine Stadt; eine weitere braucht eine eigene Adresse (--origin).`,
		);
	}
	return id;
}

async function removeTown(owner: import('pg').PoolConfig, id: string): Promise<void> {
	await asOwner(owner, 'delete from kernel.town where id = $1', [id]);
}

async function asOwner(
	owner: import('pg').PoolConfig,
	text: string,
	values: unknown[],
): Promise<{ rowCount: number | null }> {
	const { default: pg } = await import('pg');
	const client = new pg.Client(owner);
	await client.connect();
	try {
		return await client.query(text, values);
	} finally {
		await client.end();
	}
}

/** Person, account and working roles of the first administrator, and the usual types of papers to begin with; the link is printed, because mail may not work yet. */
async function inviteAdministrator(town: Town): Promise<Invited> {
	const { townOfHost, forgetTowns } = await import('#kernel/towns.ts');
	const { OPERATOR } = await import('#kernel/access/actor.ts');
	const { contextFor, endRequest } = await import('#kernel/request.ts');
	const { inviteAccount } = await import('#kernel/identity/links.ts');
	const { write } = await import('#kernel/write.ts');
	const { addDuty, addPerson, linkAccount } = await import('#server/registry');
	const { usualTypes } = await import('#server/papers');
	forgetTowns();
	const body = (await townOfHost(town.hosts[0]!))!;
	const { 'admin-name': name, 'admin-email': email } = town;
	const invitation = await inviteAccount({ email, name }, { origin: new URL(town.origin).origin, next: '/tisch' });
	const ctx = contextFor(body, OPERATOR);
	try {
		await write(ctx, async (tx) => {
			const personId = await addPerson(tx, name);
			await linkAccount(tx, personId, { id: invitation.accountId, email });
			for (const duty of ['administrator', 'office', 'auditor'] as const)
				await addDuty(tx, { personId, duty, from: tx.today });
			await usualTypes(tx);
		});
	} finally {
		await endRequest(ctx);
	}
	const until = invitation.validUntil.toZonedDateTimeISO(body.timeZone).toPlainDateTime();
	return { url: invitation.url, validUntil: until.toLocaleString('de', { dateStyle: 'long', timeStyle: 'short' }) };
}
