import { defineConfig } from 'vitest/config';

/** The suite runs on the sources; only browser journeys use the built application (see tests/support). */
export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bin/**/*.test.ts', 'scripts/**/*.test.ts'],
		globalSetup: ['tests/support/global-setup.ts'],
		pool: 'forks',
		testTimeout: 60_000,
		hookTimeout: 120_000,
		expect: { requireAssertions: true },
	},
});
