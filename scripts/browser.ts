import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** Switches of the packaged Chromium that change how pages behave or make it fall over. */
const unwanted = /^--(single-process|no-zygote|disable-web-security|headless)/;

/** Starts the Chromium that came with the npm packages, unpacked in a folder of its own. Close it after use. */
export async function openBrowser(): Promise<Browser> {
	// One for each user: somebody else's could be neither written nor trusted.
	const folder = join(tmpdir(), `mitrat-chromium-153.0.0-${userInfo().uid}`);
	const executablePath = join(folder, 'chromium');
	if (!existsSync(executablePath)) await unpack(folder);
	const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
		import('@sparticuz/chromium'),
		import('playwright-core'),
	]);
	return withTemporaryFolder(folder, () =>
		playwright.launch({
			executablePath,
			args: chromium.args.filter((a) => !unwanted.test(a)),
			headless: true,
		}),
	);
}

/**
 * Unpacked aside and put in place at once: several test files open their browsers at the same time, and half a program can't
 * be started. @throws Error when there is none afterwards
 */
async function unpack(folder: string): Promise<void> {
	const aside = mkdtempSync(`${folder}-`);
	await withTemporaryFolder(aside, async () => {
		// It unpacks into the temporary folder and reuses what it finds there, whatever its version.
		await (await import('@sparticuz/chromium')).default.executablePath();
	});
	try {
		renameSync(aside, folder);
	} catch {
		// Somebody else was faster.
		rmSync(aside, { recursive: true, force: true });
	}
	if (!existsSync(join(folder, 'chromium'))) throw new Error('the packaged Chromium could not be unpacked');
}

async function withTemporaryFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
	const before = process.env.TMPDIR;
	process.env.TMPDIR = folder;
	try {
		return await work();
	} finally {
		if (before === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = before;
	}
}
