/**
 * `npm run check [-- NAME … | --fix]`: everything that can be found out without running the tests. Checks run side by
 * side, as many as there are processors. Ends with 1 if any of them found something. `--fix` first puts right what
 * can be put right by a program (lint, format, table types).
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { databaseTypes, writeDatabaseTypes } from './check/database-types.ts';
import { lengths } from './check/lengths.ts';
import { messages } from './check/messages.ts';
import type { Check, Outcome } from './check/outcome.ts';
import { tool } from './check/tool.ts';
import * as tools from './check/tools.ts';
import { tracked } from './check/tracked.ts';
import { compileMessages } from './messages.ts';

/** The slow ones first: they decide how long it takes. */
const CHECKS: Check[] = [
	{ name: 'types', run: tools.types },
	{ name: 'format', run: tools.format },
	{ name: 'arrows', run: tools.arrows },
	{ name: 'dead code', run: tools.deadCode },
	{ name: 'table types', run: databaseTypes },
	{ name: 'lint', run: tools.lint },
	{ name: 'messages', run: messages },
	{ name: 'tracked files', run: tracked },
	{ name: 'lengths', run: lengths },
];
/** Faults of one check that are shown before the rest is only counted. */
const SHOWN = 60;

interface Result extends Outcome {
	name: string;
	seconds: number;
}

const { values, positionals } = parseArgs({ options: { fix: { type: 'boolean' } }, allowPositionals: true });
const chosen = positionals.length ? CHECKS.filter(({ name }) => positionals.includes(name)) : CHECKS;
if (positionals.length > chosen.length) {
	console.error(`There is no such check. There are: ${CHECKS.map(({ name }) => name).join(', ')}`);
	process.exit(1);
}
await prepare();
if (values.fix) await fix();
const results = await runAll(chosen);
for (const result of results) report(result);
const failed = results.filter(({ faults }) => faults.length);
console.log(
	failed.length
		? `\n${failed.length} of ${results.length} checks failed: ${failed.map(({ name }) => name).join(', ')}`
		: '\nAll checks passed.',
);
process.exit(failed.length ? 1 : 0);

/** Types of texts and of routes are made by programs; other checks read them. */
async function prepare(): Promise<void> {
	await compileMessages();
	const { code, stderr } = await tool('@sveltejs/kit/svelte-kit.js', ['sync']);
	if (code !== 0) throw new Error(`svelte-kit sync failed: ${stderr}`);
}

async function fix(): Promise<void> {
	await writeDatabaseTypes();
	await tool('oxlint/bin/oxlint', ['--fix', '.']);
	await tool('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', '.']);
}

async function runAll(checks: Check[]): Promise<Result[]> {
	const results: Result[] = [];
	const waiting = [...checks];
	const work = async () => {
		for (let check = waiting.shift(); check; check = waiting.shift()) {
			const result = await timed(check);
			results.push(result);
			headline(result);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	return results;
}

async function timed({ name, run }: Check): Promise<Result> {
	const from = performance.now();
	const outcome = await Promise.resolve()
		.then(run)
		.catch((error: unknown): Outcome => ({
			faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
		}));
	return { name, ...outcome, seconds: (performance.now() - from) / 1000 };
}

function headline({ name, seconds, faults, notes = [] }: Result): void {
	const found = faults.length ? count(faults.length, 'fault') : notes.length ? count(notes.length, 'note') : '';
	console.log(
		`${faults.length ? '✗' : '✓'} ${name.padEnd(14)} ${seconds.toFixed(1).padStart(5)} s  ${found}`.trimEnd(),
	);
}

function report({ name, faults, notes = [] }: Result): void {
	if (!faults.length && !notes.length) return;
	console.log(`\n${name}`);
	for (const line of faults.slice(0, SHOWN)) console.log(`  ✗ ${line.trim()}`);
	if (faults.length > SHOWN) console.log(`  … and ${count(faults.length - SHOWN, 'more fault')}`);
	for (const line of notes) console.log(`  · ${line}`);
}

function count(n: number, noun: string): string {
	return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
