/** What one visitor waits for: the search, and a PDF that nobody has asked for before. */
import { LOCALES, inLocale } from '#kernel/i18n/locales.ts';
import { percentile, type Row } from './figures.ts';
import { cpuTime, databaseServer, family } from './processes.ts';
import type { Server, Workshop } from './program.ts';
import { sessions } from './town.ts';
import { ask, BROWSER } from './wire.ts';

/** Words, compounds, gender forms, numbers, phrases, errors in typing, and what is not there. */
const QUESTIONS = [
	'Sprache',
	'Behörde',
	'Ausländer*innen',
	'Haushalt',
	'Beirat',
	'"Altes Rathaus"',
	'Sprachkrs',
	'Wohnung Miete',
	'Jugend',
	'A0193/22',
	'Integration -Haushalt',
	'Dolmetsch*',
	'Bibliothek',
	'Quantenphysik',
	'Schule Eltern',
	'Stelungnahme',
];
const ROUNDS = 10;
const PDFS = 24;

export async function benchAsking(workshop: Workshop): Promise<Row[]> {
	const server = await workshop.start({ MITRAT_PAGE_CACHE: 'no' });
	try {
		const questions = QUESTIONS.map((text) => `/suche?q=${encodeURIComponent(text)}`);
		await inTurn(server, questions);
		const rounds = Array.from({ length: ROUNDS }, () => questions).flat();
		const search = await measure(workshop, server, 'search', 'page of results, median', rounds);
		const minutes = (await minutesOf(server)).slice(0, PDFS);
		const [first, ...others] = minutes;
		const cold = await measure(workshop, server, 'pdf', 'minutes, the first of a process', [first!]);
		const warm = await measure(workshop, server, 'pdf', 'minutes, never asked for before, median', others);
		return [search, cold, warm];
	} finally {
		await server.stop();
	}
}

/** Each in every language: what was set once is kept, so none is asked for twice. */
async function minutesOf({ url }: Server): Promise<string[]> {
	const held = (await sessions(url)).filter(({ state }) => ['held', 'minutesSigned', 'takenOver'].includes(state));
	return held.flatMap(({ slug }) => LOCALES.map((locale) => inLocale(`/sitzungen/${slug}/niederschrift.pdf`, locale)));
}

async function measure(
	workshop: Workshop,
	server: Server,
	subject: string,
	what: string,
	paths: string[],
): Promise<Row> {
	const serving = family(server.pid);
	const database = databaseServer(workshop.dataDir);
	const before = [cpuTime(serving), cpuTime(family(database))] as const;
	const times = await inTurn(server, paths);
	const after = [cpuTime(family(server.pid)), cpuTime(family(database))] as const;
	times.sort((a, b) => a - b);
	const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
	const [cpuMs, databaseCpuMs] = [(after[0] - before[0]) / paths.length, (after[1] - before[1]) / paths.length];
	return { subject, what, value: p50, unit: 'ms', p50, p95, cpuMs, databaseCpuMs };
}

/** One after the other, as one visitor does. @returns milliseconds each took */
async function inTurn({ url }: Server, paths: string[]): Promise<number[]> {
	const times: number[] = [];
	for (const path of paths) {
		const from = performance.now();
		const { status } = await ask(url + path, BROWSER);
		if (status !== 200) throw new Error(`${path} was answered with ${status}`);
		times.push(performance.now() - from);
	}
	return times;
}
