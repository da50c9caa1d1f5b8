import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What tsconfig.json builds on is written by the framework into node_modules, and gone after each `npm ci`.
const modules = join(import.meta.dirname, 'node_modules');
if (!existsSync(join(modules, '$app/tsconfig.json')))
	execFileSync(process.execPath, [join(modules, '@sveltejs/kit/svelte-kit.js'), 'sync'], { cwd: import.meta.dirname });

/**
 * The suite runs on the sources; journeys and contract tests over HTTP use the built application (tests/support/app.ts).
 * One process for each processor: a file has its own database, and browser journeys bring a Chromium each.
 */
export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bin/**/*.test.ts', 'scripts/**/*.test.ts'],
		globalSetup: ['tests/support/global-setup.ts'],
		pool: 'forks',
		maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
		// Nothing is measured by these: they only end what hangs, on a slow machine with everything running at once, too.
		testTimeout: 120_000,
		hookTimeout: 240_000,
		// A busy machine may starve a browser; a second try tells that from a fault, and the report names the test either way.
		retry: process.env.CI ? 2 : 0,
		// What comes by itself is waited for as patiently: the default of a second is too short for a busy machine.
		expect: { requireAssertions: true, poll: { timeout: 60_000 } },
		// The second keeps titles for `npm run scenarios`.
		reporters: ['default', './tests/support/report.ts'],
	},
});
