/** How long a start takes, and what the program needs at rest. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from './figures.ts';
import { databaseServer, family, memory } from './processes.ts';
import { firstStart, type Workshop } from './program.ts';

const subject = 'start';
/** After a start, until nothing moves any more. */
const REST_MS = 10_000;

/** Leaves the demonstration town in the data folder for the subjects that follow. */
export async function benchStart(workshop: Workshop): Promise<Row[]> {
	const fresh = await firstStart();
	const filling = await workshop.start();
	await filling.stop();
	const second = await workshop.start();
	await pause(REST_MS);
	// The embedded database is a child of the application: it counts once.
	const ofDatabase = family(databaseServer(workshop.dataDir));
	const application = memory(family(second.pid).filter((pid) => !ofDatabase.includes(pid)));
	const database = memory(ofDatabase);
	await second.stop();
	return [
		{ subject, what: 'first start after npm ci', value: fresh / 1000, unit: 's', target: { most: 20 } },
		{ subject, what: 'second start', value: second.startedIn / 1000, unit: 's', target: { most: 3 } },
		{ subject: 'memory', what: 'application at rest', value: application, unit: 'MB' },
		{ subject: 'memory', what: 'database at rest', value: database, unit: 'MB' },
		{ subject: 'memory', what: 'together', value: application + database, unit: 'MB', target: { most: 450 } },
	];
}
