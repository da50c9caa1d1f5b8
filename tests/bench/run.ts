/** `npm run bench [-- --json] [--only subject]`: every figure of the program, taken in one run on one machine. */
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { table, type Row } from './figures.ts';
import type { Workshop } from './program.ts';

type Subject = (workshop: Workshop) => Promise<Row[]>;

/** In this order; loaded only when run, because some need what the build makes. */
const SUBJECTS: Record<string, () => Promise<Subject>> = {
	start: async () => (await import('./start.ts')).benchStart,
	page: async () => (await import('./session-page.ts')).benchSessionPage,
	pages: async () => (await import('./pages.ts')).benchPages,
	asking: async () => (await import('./asking.ts')).benchAsking,
	minutes: async () => (await import('./minutes.ts')).benchMinutes,
	reading: async () => (await import('./reading.ts')).benchReading,
	wording: async () => (await import('./wording.ts')).benchWording,
	votes: async () => (await import('./votes.ts')).benchVotes,
	harvest: async () => (await import('./harvest.ts')).benchHarvest,
	// last: they make the town large, and many
	council: async () => (await import('./council.ts')).benchCouncil,
	towns: async () => (await import('./towns.ts')).benchTowns,
	search: async () => (await import('./search.ts')).benchSearch,
};

const options = {
	json: { type: 'boolean' },
	only: { type: 'string', multiple: true },
	/** A folder in which `towns` keeps what it filled, and finds it again: to look at one thing several times. */
	keep: { type: 'string' },
} as const;
const { values } = parseArgs({ options });
const chosen = values.only ?? Object.keys(SUBJECTS);
const unknown = chosen.find((name) => !(name in SUBJECTS));
if (unknown) {
	process.stderr.write(`There is no subject "${unknown}": ${Object.keys(SUBJECTS).join(', ')}.\n`);
	process.exit(1);
}

const machine = {
	date: new Date().toISOString().slice(0, 10),
	cores: cpus().length,
	processor: cpus()[0]?.model.trim() ?? 'unknown',
	memoryGb: Math.round(totalmem() / 2 ** 30),
	node: process.versions.node,
	loadBefore: loadavg().map((one) => one.toFixed(1)),
	loadAfter: [] as string[],
};
const rows = await measureAll();
machine.loadAfter = loadavg().map((one) => one.toFixed(1));
process.stdout.write(
	values.json ? `${JSON.stringify({ machine, rows }, null, '\t')}\n` : `${head()}\n\n${table(rows)}\n`,
);
process.exit();

async function measureAll(): Promise<Row[]> {
	const { openWorkshop } = await import('./program.ts');
	const workshop = { ...openWorkshop(), ...(values.keep ? { keep: values.keep } : {}) };
	try {
		const found: Row[] = [];
		for (const name of chosen) {
			say(name);
			try {
				const measured = await (await SUBJECTS[name]!())(workshop);
				found.push(...measured);
				// A run takes most of an hour: whoever has to break it off keeps what was measured.
				say(`${name}:\n${table(measured)}`);
			} catch (error) {
				// What was measured before is not lost; the run as a whole has failed.
				process.exitCode = 1;
				say(`${name} failed: ${(error as Error).stack}`);
			}
		}
		return found;
	} finally {
		workshop.remove();
	}
}

function say(what: string): void {
	process.stderr.write(`… ${what}\n`);
}

function head(): string {
	const { date, cores, processor, memoryGb, node, loadBefore, loadAfter } = machine;
	const busy = `load average ${loadBefore.join(' ')} before, ${loadAfter.join(' ')} after`;
	return `${date}, ${cores} cores (${processor}), ${memoryGb} GB, Node.js ${node}, ${busy}`;
}
