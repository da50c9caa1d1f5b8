/**
 * `npm run scenarios [-- --ids FILE] [--all]`: which acceptance scenarios the tests of the last run play. A passing test
 * whose title begins with an id plays it (`SIT-05: …`, also `SIT-05, GRE-03: …`); with a tilde (`GRE-01~`) it plays a
 * part, because the rest needs what is not built yet. Failing and skipped tests count for nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '#kernel/project.ts';
import { readReport, type TestReport } from '../tests/support/report.ts';

export interface Standing {
	played: string[];
	partly: string[];
	open: string[];
	/** Ids in titles of passing tests that no scenario has: a typing error. */
	unknown: string[];
}

const ID = /[A-Z]{3}-\d{2}/;

/** Every id of a list or of a table whose rows begin with it, in order. */
export function idsIn(text: string): string[] {
	const lines = text.split('\n').filter((line) => !line.startsWith('#'));
	const found = lines.flatMap((line) =>
		line.startsWith('|')
			? (/^\|\s*([A-Z]{3}-\d{2})\s*\|/.exec(line)?.[1] ?? [])
			: (line.match(new RegExp(`\\b${ID.source}\\b`, 'g')) ?? []),
	);
	return [...new Set(found)];
}

/** @returns ids at the head of a title, and whether each is played in part only */
export function idsOfTitle(title: string): { id: string; partly: boolean }[] {
	const [head] = new RegExp(`^${ID.source}~?(?:[,\\s]+${ID.source}~?)*(?=[:\\s–-]|$)`).exec(title) ?? [''];
	return [...head.matchAll(new RegExp(`(${ID.source})(~?)`, 'g'))].map(([, id, tilde]) => ({
		id: id!,
		partly: tilde === '~',
	}));
}

export function standingOf(ids: string[], report: TestReport): Standing {
	const passing = Object.values(report).flatMap((tests) =>
		tests.filter(({ passed }) => passed).map(({ title }) => title),
	);
	const named = passing.flatMap(idsOfTitle);
	const played = new Set(named.filter(({ partly }) => !partly).map(({ id }) => id));
	const partly = new Set(named.map(({ id }) => id).filter((id) => !played.has(id)));
	return {
		played: ids.filter((id) => played.has(id)),
		partly: ids.filter((id) => partly.has(id)),
		open: ids.filter((id) => !played.has(id) && !partly.has(id)),
		unknown: [...new Set(named.map(({ id }) => id))].filter((id) => !ids.includes(id)),
	};
}

function show({ played, partly, open, unknown }: Standing, ids: string[], everything: boolean): void {
	console.log('module  played  partly  not named  of');
	for (const module of new Set(ids.map((id) => id.slice(0, 3)))) {
		const of = (list: string[]) => String(list.filter((id) => id.startsWith(module)).length);
		console.log(
			`${module.padEnd(6)}${of(played).padStart(8)}${of(partly).padStart(8)}${of(open).padStart(11)}${of(ids).padStart(4)}`,
		);
	}
	const sums = [played, partly, open, ids].map(({ length }) => String(length));
	console.log(`all   ${sums[0]!.padStart(8)}${sums[1]!.padStart(8)}${sums[2]!.padStart(11)}${sums[3]!.padStart(4)}`);
	console.log(`\nplayed: ${played.join(' ') || '–'}\npartly: ${partly.join(' ') || '–'}`);
	if (everything) console.log(`not named: ${open.join(' ')}`);
	if (unknown.length) console.log(`no such scenario: ${unknown.join(' ')}`);
}

function main(): void {
	const { values } = parseArgs({ options: { ids: { type: 'string' }, all: { type: 'boolean' } } });
	const beside = join(projectRoot, '../shared/domain/scenarios.md');
	const own = join(projectRoot, 'docs/scenario-ids.txt');
	const ids = idsIn(readFileSync(values.ids ?? (existsSync(beside) ? beside : own), 'utf8'));
	const report = readReport();
	if (!Object.keys(report).length) console.log('There is no report of a test run: run `npm test` first.\n');
	const standing = standingOf(ids, report);
	show(standing, ids, values.all ?? false);
	process.exitCode = standing.unknown.length ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
