/** The checks that are programs of others. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';
import type { Outcome } from './outcome.ts';
import { faultsOr, tool } from './tool.ts';

export async function format(): Promise<Outcome> {
	const said = await tool('prettier/bin/prettier.cjs', [
		'--list-different',
		'--cache',
		'--cache-location',
		'node_modules/.cache/mitrat/format',
		'.',
	]);
	return { faults: faultsOr(said, lines(said.stdout)) };
}

/** Rules that need types (no floating promises) run where the package for them is installed. */
export async function lint(): Promise<Outcome> {
	const knowsTypes = existsSync(join(projectRoot, 'node_modules/oxlint-tsgolint'));
	const said = await tool('oxlint/bin/oxlint', [...(knowsTypes ? ['--type-aware'] : []), '-f', 'unix', '.']);
	const faults = lines(said.stdout).filter((line) => /^\S.*:\d+:\d+:/.test(line));
	const notes = knowsTypes ? [] : ['without the rules that need types: oxlint-tsgolint is not installed'];
	return { faults: faultsOr(said, faults), notes };
}

/** TypeScript in .ts and .svelte, Svelte's own compiler warnings, accessibility of the markup. */
export async function types(): Promise<Outcome> {
	const args = ['--tsconfig', 'tsconfig.json', '--output', 'machine-verbose', '--fail-on-warnings'];
	const said = await tool('svelte-check/bin/svelte-check', args);
	return { faults: faultsOr(said, lines(said.stdout).flatMap(diagnostic)) };
}

/** `1690 {"type":"ERROR","filename":"src/a.ts","start":{"line":3,"character":4},"message":"…"}` */
function diagnostic(line: string): string[] {
	const [, json] = /^\d+ (\{.*\})$/.exec(line) ?? [];
	if (!json) return [];
	const { type, filename, start, message } = JSON.parse(json) as {
		type: string;
		filename: string;
		start: { line: number; character: number };
		message: string;
	};
	const at = `${filename}:${start.line + 1}:${start.character + 1}`;
	return [`${at}: ${message.split('\n')[0]} [${type.toLowerCase()}]`];
}

interface Cruise {
	summary: { violations: { rule: { name: string }; from: string; to: string; cycle?: { name: string }[] }[] };
}

/** Who may import whom: see .dependency-cruiser.cjs. */
export async function arrows(): Promise<Outcome> {
	const args = ['--output-type', 'json', 'src', 'bin', 'scripts', 'tests'];
	const said = await tool('dependency-cruiser/bin/dependency-cruiser.mjs', args);
	if (!said.stdout.startsWith('{')) return { faults: faultsOr(said, []) };
	const { summary } = JSON.parse(said.stdout) as Cruise;
	const faults = summary.violations.map(({ rule, from, to, cycle }) => {
		const way = cycle ? cycle.map(({ name }) => name) : [to];
		return `${[from, ...way].join(' → ')} (${rule.name})`;
	});
	return { faults: faultsOr(said, faults) };
}

interface KnipReport {
	issues: ({ file: string } & Record<string, { name: string; line?: number }[]>)[];
}

/** Files, exports and packages that nothing uses; packages that are used without being named in package.json. */
export async function deadCode(): Promise<Outcome> {
	const said = await tool('knip/bin/knip.js', ['--no-config-hints', '--reporter', 'json']);
	if (said.code > 1) return { faults: faultsOr(said, []) };
	const { issues } = JSON.parse(said.stdout) as KnipReport;
	const faults = issues.flatMap(({ file, ...kinds }) =>
		Object.entries(kinds).flatMap(([kind, found]) =>
			Array.isArray(found)
				? found.map(({ name, line }) => `${line ? `${file}:${line}` : file}: ${DEAD[kind] ?? kind} ${name}`)
				: [],
		),
	);
	return { faults: faultsOr(said, faults) };
}

const DEAD: Record<string, string> = {
	files: 'nothing imports it:',
	exports: 'nobody uses the export',
	types: 'nobody uses the type',
	duplicates: 'exported twice:',
	dependencies: 'nobody uses the package',
	devDependencies: 'nobody uses the package',
	unlisted: 'package.json does not name the package',
	unresolved: 'leads nowhere:',
	binaries: 'no package brings the program',
};

function lines(text: string): string[] {
	return text.split('\n').filter((line) => line.trim());
}
