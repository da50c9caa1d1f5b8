import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** Switches of the packaged Chromium that change how pages behave or make it fall over. */
const unwanted = /^--(single-process|no-zygote|disable-web-security|headless)/;

/** Starts the Chromium that came with the npm packages, unpacked in a folder of its own. Close it after use. */
export async function openBrowser(): Promise<Browser> {
	// It reuses any Chromium it finds unpacked in the temporary folder, whatever its version.
	// One for each user: somebody else's could be neither written nor trusted.
	const folder = join(tmpdir(), `mitrat-chromium-153.0.0-${userInfo().uid}`);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const before = process.env.TMPDIR;
	process.env.TMPDIR = folder;
	try {
		const { default: chromium } = await import('@sparticuz/chromium');
		const { chromium: playwright } = await import('playwright-core');
		const executablePath = await chromium.executablePath();
		if (!existsSync(executablePath)) throw new Error('the packaged Chromium could not be unpacked');
		return await playwright.launch({
			executablePath,
			args: chromium.args.filter((a) => !unwanted.test(a)),
			headless: true,
		});
	} finally {
		if (before === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = before;
	}
}
