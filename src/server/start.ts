/** From nothing to a listening server, and back again. What differs between `start` and `dev` is a plan. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback, readConfig, type Config } from '#kernel/config.ts';
import { prepareDataFolder } from '#kernel/data-folder.ts';
import { openDatabase, type Database } from '#kernel/db/database.ts';
import { UserError } from '#kernel/errors.ts';
import { logError } from '#kernel/log.ts';
import { closeRuntime, installRuntime } from '#kernel/runtime.ts';
import { probeAddress } from './entry.ts';
import { fired, orAbort, within } from './patience.ts';
import { progress, type Progress } from './progress.ts';
import { lockServer } from './server-lock.ts';
import { watchForShutdown, type Shutdown } from './shutdown.ts';
import { loadDemonstration, migrateDatabase, signIns, townInside } from './steps.ts';

/** How long running requests, and then jobs and connections, may take to end. */
export const GRACE = 20_000;

export interface Run {
	config: Config;
	/** `--public`: one of the two confirmations for a demonstration that others can reach. */
	isPublic: boolean;
	show: Progress;
	shutdown: Shutdown;
	/** What has to be undone at the end, last first. */
	open: AsyncDisposableStack;
}

/** What is made of the sources, and who answers requests. */
export interface Plan {
	/** Mode when nobody chose one. */
	mode: 'demo' | 'development';
	/** Prepares the application beside the work on the database. */
	prepare(run: Run): Preparation;
	/** Begins to listen. @returns the address */
	serve(run: Run): Promise<string>;
}

export interface Preparation {
	/** The compiled messages are there: modules may be loaded. */
	messages: Promise<void>;
	done: Promise<void>;
}

/**
 * Runs the server until it is told to stop.
 * @throws UserError for everything that kept it from starting or ended it
 */
export async function runServer(plan: Plan, isPublic = false): Promise<void> {
	const shutdown = watchForShutdown();
	surviveMishaps(shutdown);
	const show = progress();
	await using open = new AsyncDisposableStack();
	try {
		const config = readConfig();
		if (!config.modeIsSet) config.mode = plan.mode;
		await bringUp(plan, { config, isPublic, show, shutdown, open });
		await fired(shutdown.begin);
		show.line('Mitrat wird beendet …');
	} catch (error) {
		if (!shutdown.begin.aborted) throw error;
		show.line('Der Start wurde abgebrochen.');
	}
	await open.disposeAsync();
	if (shutdown.error) throw shutdown.error;
	show.line('Mitrat ist beendet.');
}

async function bringUp(plan: Plan, run: Run): Promise<void> {
	const { config, show, shutdown, open } = run;
	if (config.modeIsSet) refusePublicDemonstration(run);
	prepareDataFolder(config.dataDir);
	mkdirSync(join(config.dataDir, 'log'), { recursive: true });
	const lock = await lockServer(config.dataDir);
	open.defer(() => lock.release());
	await probeAddress(config.host, config.port);
	show.line(`Mitrat startet, Daten in ${config.dataDir}`);

	const preparation = plan.prepare(run);
	const database = await openIt(run);
	await orAbort(preparation.messages, shutdown.begin);
	await fill(run, database);
	await orAbort(preparation.done, shutdown.begin);
	const url = await plan.serve(run);
	lock.announce(url);
	await announce(run, url);
}

async function openIt({ config, show, shutdown, open }: Run): Promise<Database> {
	const options = { log: (line: string) => show.line(`  ${line}`), onLost: (error: Error) => shutdown.request(error) };
	const told = ({ embedded, joined }: Database) =>
		embedded ? `Datenbank ${joined ? 'läuft schon' : 'gestartet'} (mitgeliefert)` : 'Datenbank erreichbar';
	const database = await show.step('Datenbank starten', told, () => openDatabase(config, options));
	open.defer(() => database.close());
	return database;
}

/** Migrations; then what the database holds decides about the mode; then something to look at. */
async function fill(run: Run, database: Database): Promise<void> {
	const { config, show, shutdown, open } = run;
	shutdown.begin.throwIfAborted();
	const told = ({ length }: string[]) =>
		length ? `Datenbank angepasst (${length} Änderungen)` : 'Datenbank ist auf dem Stand';
	await show.step('Datenbank anpassen', told, () => migrateDatabase(database));
	const town = await townInside(database);
	if (town === 'real' && !config.modeIsSet) config.mode = 'production';
	refusePublicDemonstration(run);
	installRuntime(config, database.app);
	open.defer(() => within(closeRuntime(), GRACE, shutdown.hurry));
	if (town === 'none' && (config.mode === 'demo' || config.mode === 'development')) {
		shutdown.begin.throwIfAborted();
		await show.step('Vorführstadt einrichten', 'Vorführstadt eingerichtet', () => loadDemonstration(database));
	}
}

async function announce({ config, show }: Run, url: string): Promise<void> {
	show.line(`Bereit nach ${show.total()}: ${config.origins.join(', ') || url}`);
	if (config.mode !== 'demo') return;
	show.line('Dies ist die Vorführung mit erfundenen Personen. Eine richtige Stadt richtet „npx mitrat setup“ ein.');
	for (const line of await signIns()) show.line(line);
}

/** The demonstration has sign-ins that everybody knows: it must not be reachable by accident. */
function refusePublicDemonstration({ config, isPublic }: Run): void {
	if (config.mode !== 'demo' || isLoopback(config.host) || (isPublic && config.demoPublic)) return;
	throw new UserError(
		`Die Vorführung mit ihren bekannten Anmeldungen antwortet nur auf diesem Rechner, nicht auf ${config.host}. ` +
			'Wer das wirklich will, sagt es zweimal: mit --public und mit MITRAT_DEMO_PUBLIC=yes.',
	);
}

/** One stray promise must not end a town's server; an error that left something half-done must. */
export function surviveMishaps(shutdown: Shutdown): void {
	process.on('unhandledRejection', (error) => void logError(error, { at: 'promise' }));
	process.on('uncaughtException', (error) => {
		const id = logError(error, { at: 'process' });
		shutdown.request(new UserError(`Mitrat wurde wegen eines unerwarteten Fehlers beendet (${id}).`, { cause: error }));
	});
	// The terminal or the launcher may be gone before us.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
