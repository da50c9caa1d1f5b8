import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { projectRoot } from '../../src/kernel/project.ts';

/** By file, as last run: titles and whether they passed. Files that were not part of a run keep their entry. */
export type TestReport = Record<string, { title: string; passed: boolean }[]>;

export const reportFile = join(projectRoot, 'node_modules/.cache/mitrat/tests.json');

/** Keeps what `npm run scenarios` needs; says nothing, so that the run ends with Vitest's own lines. */
export default class KeepReport implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const report = readReport();
		for (const module of modules) {
			const tests = [...module.children.allTests()];
			report[module.relativeModuleId] = tests.map((test) => ({
				title: test.name,
				passed: test.result().state === 'passed',
			}));
		}
		mkdirSync(dirname(reportFile), { recursive: true });
		writeFileSync(reportFile, JSON.stringify(report));
	}
}

/** @returns nothing for files that are gone by now */
export function readReport(): TestReport {
	if (!existsSync(reportFile)) return {};
	const report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
	return Object.fromEntries(Object.entries(report).filter(([file]) => existsSync(join(projectRoot, file))));
}
