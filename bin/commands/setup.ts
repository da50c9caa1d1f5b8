import { createInterface } from 'node:readline/promises';
import { readConfig } from '#kernel/config.ts';
import { UserError } from '#kernel/errors.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat setup [--name NAME --short-name NAME --council NAME --host NAME --origin ADRESSE
             --admin-name NAME --admin-email ADRESSE --smtp-url URL --mail-from ADRESSE]
  legt eine richtige Stadt an, ohne Vorführdaten; was nicht angegeben ist, wird gefragt.
  Am Ende steht ein Link, mit dem sich die erste verwaltende Person einmal anmeldet.`;

/** Option, question, answer if nothing is typed, what is wrong with an answer. */
const QUESTIONS = [
	['name', 'Name der Stadt, wie er in Briefen steht (z. B. Stadt Musterhausen)', '', required],
	['short-name', 'Kurzer Name für den Kopf der Seite (z. B. Musterhausen)', '', required],
	['council', 'Name des Gremiums', 'Beirat für Integration und Migration', required],
	['origin', 'Adresse der Website (z. B. https://beirat.musterhausen.de)', 'http://localhost:3000', address],
	['admin-name', 'Vor- und Nachname der ersten verwaltenden Person', '', required],
	['admin-email', 'Ihre E-Mail-Adresse', '', email],
	['smtp-url', 'Mailserver (smtp://name:passwort@rechner:587), leer für später', '', smtp],
	['mail-from', 'Absender der Mails, leer für später', '', optionalEmail],
] as const satisfies readonly (readonly [string, string, string, (answer: string) => string | null])[];
type Key = (typeof QUESTIONS)[number][0];
type Answers = Record<Key, string> & { hosts: string[] };

export default {
	summary: 'legt eine richtige Stadt an und lädt die erste verwaltende Person ein',
	usage,
	async run(args) {
		const texts = Object.fromEntries(QUESTIONS.map(([key]) => [key, { type: 'string' }])) as Record<
			Key,
			{ type: 'string' }
		>;
		const { values } = parse({ usage }, { args, options: { ...texts, host: { type: 'string', multiple: true } } });
		const answers = await ask(values as Partial<Record<Key, string>>);
		const hosts = (values.host as string[] | undefined) ?? [new URL(answers.origin).hostname];
		const { url, validUntil } = await setUp({ ...answers, hosts });
		process.stdout.write(`${answers.name} ist angelegt. „npm start“ startet sie.\n`);
		process.stdout.write(`Erste Anmeldung für ${answers['admin-name']}, gültig bis ${validUntil}:\n${url}\n`);
		return 0;
	},
} satisfies Command;

/** Takes options as given and asks for the rest; without a terminal a missing answer is an error, never a guess. */
async function ask(given: Partial<Record<Key, string>>): Promise<Record<Key, string>> {
	const answers = {} as Record<Key, string>;
	const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : null;
	try {
		for (const [key, question, otherwise, fault] of QUESTIONS) {
			let answer = given[key];
			if (answer === undefined)
				answer = terminal ? await terminal.question(`${question}${otherwise ? ` [${otherwise}]` : ''}: `) : otherwise;
			answer = answer.trim() || otherwise;
			const wrong = fault(answer);
			if (wrong) throw new UserError(`--${key}: ${wrong}`);
			answers[key] = answer;
		}
		return answers;
	} finally {
		terminal?.close();
	}
}

async function setUp(answers: Answers): Promise<{ url: string; validUntil: string }> {
	const config = readConfig();
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
		await insertTown(database.owner, answers);
		const { writeSettings } = await import('#kernel/settings.ts');
		const mail = { SMTP_URL: answers['smtp-url'] || undefined, MAIL_FROM: answers['mail-from'] || undefined };
		writeSettings(config.dataDir, { MITRAT_MODE: 'production', ORIGIN: new URL(answers.origin).origin, ...mail });
		const { closeRuntime, installRuntime } = await import('#kernel/runtime.ts');
		installRuntime({ ...readConfig(), mode: 'production' }, database.app);
		try {
			return await inviteAdministrator(answers);
		} finally {
			await closeRuntime();
		}
	} finally {
		await database.close();
	}
}

async function insertTown(owner: import('pg').PoolConfig, answers: Answers): Promise<void> {
	const { default: pg } = await import('pg');
	const { newId } = await import('#kernel/ids.ts');
	const client = new pg.Client(owner);
	await client.connect();
	try {
		const settings = JSON.stringify({ councilName: answers.council });
		const text = 'insert into kernel.town (id, name, short_name, hosts, settings) values ($1, $2, $3, $4, $5)';
		await client.query(text, [newId(), answers.name, answers['short-name'], answers.hosts, settings]);
	} catch (error) {
		if ((error as { code?: string }).code === '23505')
			throw new UserError(`Für ${answers.hosts.join(', ')} gibt es schon eine Stadt.`, { cause: error });
		throw error;
	} finally {
		await client.end();
	}
}

/** Person, account and working roles of the first administrator; the link is printed, because mail may not work yet. */
async function inviteAdministrator(answers: Answers): Promise<{ url: string; validUntil: string }> {
	const { townOfHost, forgetTowns } = await import('#kernel/towns.ts');
	const { OPERATOR } = await import('#kernel/access/actor.ts');
	const { contextFor, endRequest } = await import('#kernel/request.ts');
	const { inviteAccount } = await import('#kernel/identity/links.ts');
	const { write } = await import('#kernel/write.ts');
	const { addDuty, addPerson, linkAccount } = await import('#server/registry');
	forgetTowns();
	const town = await townOfHost(answers.hosts[0]!);
	const { 'admin-name': name, 'admin-email': email } = answers;
	const invitation = await inviteAccount({ email, name }, { origin: new URL(answers.origin).origin, next: '/tisch' });
	const ctx = contextFor(town!, OPERATOR);
	try {
		await write(ctx, async (tx) => {
			const personId = await addPerson(tx, name);
			await linkAccount(tx, personId, { id: invitation.accountId, email });
			for (const duty of ['administrator', 'office', 'auditor'] as const)
				await addDuty(tx, { personId, duty, from: tx.today });
		});
	} finally {
		await endRequest(ctx);
	}
	const until = invitation.validUntil.toZonedDateTimeISO(town!.timeZone).toPlainDateTime();
	return { url: invitation.url, validUntil: until.toLocaleString('de', { dateStyle: 'long', timeStyle: 'short' }) };
}

function required(answer: string): string | null {
	return answer ? null : 'fehlt';
}

function email(answer: string): string | null {
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) ? null : 'ist keine E-Mail-Adresse';
}

function optionalEmail(answer: string): string | null {
	return answer ? email(answer) : null;
}

function address(answer: string): string | null {
	return /^https?:$/.test(URL.parse(answer)?.protocol ?? '') ? null : 'muss mit http:// oder https:// beginnen';
}

function smtp(answer: string): string | null {
	return !answer || /^smtps?:$/.test(URL.parse(answer)?.protocol ?? '')
		? null
		: 'muss mit smtp:// oder smtps:// beginnen';
}
