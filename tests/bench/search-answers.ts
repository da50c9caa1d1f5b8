/**
 * Whether the search still answers as it did: asks a filled database (DATABASE_URL; see `fillSearch`) the bench's questions and
 * variants of them, and writes or compares what came. Tells the database's processor time of each question, too.
 * `node tests/bench/search-answers.ts write|compare FILE [rounds]`
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import '../../src/modules.server.ts';
import { VISITOR } from '#kernel/access/actor.ts';
import { readConfig } from '#kernel/config.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { closeRuntime, installRuntime, runtime } from '#kernel/runtime.ts';
import { search, type SearchRequest } from '#kernel/search/search.ts';
import { allTowns } from '#kernel/towns.ts';
import { percentile } from './figures.ts';
import { asked, vocabulary } from './search.ts';

interface Answer {
	question: string;
	total: number;
	/** Of the whole answer: hits in their order, facets, next page. */
	hash: string;
	/** Processor time of the database, the least of the rounds. */
	ms: number;
}

const [what, file, rounds = '1'] = process.argv.slice(2);
if (!file || (what !== 'write' && what !== 'compare')) throw new Error('search-answers write|compare FILE [rounds]');
const config = readConfig();
installRuntime(config, { connectionString: config.databaseUrl!, max: 1 });
const town = (await allTowns()).find(({ hosts }) => hosts.includes('reihe-7.localhost'))!;
const backend = await backendPid();
const answers = await askAll(questions());
if (what === 'write') writeFileSync(file, JSON.stringify(answers));
else compare(JSON.parse(readFileSync(file, 'utf8')) as Answer[]);
tell('all', () => true);
for (const where of ['one', 'all']) {
	tell(`${where}`, ({ question }) => question.startsWith(where));
	for (const [from, to] of [
		[0, 100],
		[101, 1000],
		[1001, 3000],
		[3001, 10_000],
		[10_001, 1e9],
	] as const)
		tell(
			`  ${where}: ${from} to ${to}`,
			(one) => one.question.startsWith(`${where} {}`) && one.total >= from && one.total <= to,
		);
	tell(`  ${where}: phrases`, ({ question }) => question.startsWith(where) && question.includes('\\"'));
}
await closeRuntime();

async function backendPid(): Promise<number> {
	const { rows } = await runtime().pool.query<{ pid: number }>('select pg_backend_pid() as pid');
	return rows[0]!.pid;
}

/** Milliseconds on a processor so far. */
function used(): number {
	return Number(readFileSync(`/proc/${backend}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

/** What the page asks, for every word; and less often: a facet, by day, the next page. */
function questions(): SearchRequest[] {
	const words = vocabulary();
	const page = { perPage: 60, perKind: 4 };
	return [2, 3].flatMap((seed) =>
		asked(words, seed).flatMap((text, at): SearchRequest[] => {
			const more: SearchRequest[] = [
				{ text, ...page },
				{ text, ...page, everywhere: true },
			];
			const other = at % 8;
			const facets = { year: [String(2001 + (at % 26))] };
			if (other < 2) more.push({ text, ...page, facets, everywhere: other === 1 });
			if (other === 2)
				more.push({ text, perPage: 20, facets: { kind: ['papers.paper'], topic: [`Thema ${at % 23}`] } });
			if (other === 3 || other === 4) more.push({ text, perPage: 20, order: 'date', everywhere: other === 4 });
			if (other === 5) more.push({ text, perPage: 20, facets: { kind: ['papers.paper'] }, everywhere: true });
			return more;
		}),
	);
}

async function askAll(all: SearchRequest[]): Promise<Answer[]> {
	const found = new Map<number, Answer>();
	for (let round = 0; round < Number(rounds); round++)
		for (const [at, request] of all.entries()) {
			const answer = await ask(request);
			const before = found.get(at);
			found.set(at, { ...answer, ms: Math.min(answer.ms, before?.ms ?? Infinity) });
		}
	return [...found.values()];
}

async function ask(request: SearchRequest): Promise<Answer> {
	const before = used();
	const results = [];
	const first = await result(request);
	const ms = used() - before;
	results.push(first);
	if (first.next && !request.perKind) results.push(await result({ ...request, after: first.next }));
	const hash = createHash('sha256').update(JSON.stringify(results)).digest('base64url').slice(0, 16);
	const { text, everywhere, ...more } = request;
	const rest = more.perKind ? { ...more.facets } : more;
	return {
		question: `${everywhere ? 'all' : 'one'} ${JSON.stringify(rest)} ${JSON.stringify(text)}`,
		total: first.total,
		hash,
		ms,
	};
}

async function result(request: SearchRequest) {
	const ctx = contextFor(town, VISITOR);
	try {
		return await search(ctx, request);
	} finally {
		await endRequest(ctx);
	}
}

function compare(before: Answer[]): void {
	const byQuestion = new Map(before.map((one) => [one.question, one]));
	const other = answers.filter(({ question, hash, total }) => {
		const old = byQuestion.get(question);
		return old?.hash !== hash || old.total !== total;
	});
	process.stdout.write(`${answers.length} questions, ${other.length} answered otherwise than before\n`);
	for (const one of other.slice(0, 10))
		process.stdout.write(`  ${one.question}: ${byQuestion.get(one.question)?.total} → ${one.total}\n`);
	tell('before: all', () => true, before);
	if (other.length) process.exitCode = 1;
}

function tell(name: string, which: (one: Answer) => boolean, among = answers): void {
	const times = among
		.filter(which)
		.map(({ ms }) => ms)
		.sort((a, b) => a - b);
	if (!times.length) return;
	const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
	const at = (share: number) => percentile(times, share).toFixed(1);
	process.stdout.write(
		`${name.padEnd(26)} ${String(times.length).padStart(5)}  mean ${mean.toFixed(1)}  p50 ${at(0.5)}  p95 ${at(0.95)} ms\n`,
	);
}
