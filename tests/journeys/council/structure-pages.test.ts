import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';

const { newPage } = await startApp({ demonstration: true, workers: 0 });
/** Pictures of the pages for looking at, where a folder is named. */
const SHOTS = process.env['MITRAT_SHOTS'];
const WORK = [
	'/gremien',
	'/gremien/beirat',
	'/gremien/anlegen',
	'/gremien/beirat/bearbeiten',
	'/gremien/beirat/sitze?sitz=9',
	'/gremien/beirat/funktionen',
	'/gremien/beirat/wahlperiode',
	'/gremien/beirat/regeln',
	'/fraktionen',
	'/gremien/ag-sprache',
];

test.each([
	['de', 'light', 1280, 'office'],
	['de', 'dark', 390, 'office'],
	['ar', 'light', 390, undefined],
] as const)(
	'axe finds nothing and nothing scrolls sideways: %s, %s, %i wide',
	async (locale, colorScheme, width, role) => {
		const page = await newPage({ colorScheme, viewport: { width, height: 900 }, ...(role ? { role } : {}) });
		const found: Record<string, string[]> = {};
		const pages = role ? WORK : ['/gremien', '/gremien/beirat', '/gremien/ag-sprache'];
		for (const path of pages) {
			const answer = await page.goto(locale === 'de' ? path : `/${locale}${path}`);
			if (SHOTS) {
				await mkdir(SHOTS, { recursive: true });
				const name = `${locale}-${width}-${path.replace(/\W+/g, '_')}.png`;
				await page.screenshot({ path: join(SHOTS, name), fullPage: true });
			}
			await page.evaluate(() =>
				document.querySelectorAll<HTMLDetailsElement>('main details').forEach((details) => (details.open = true)),
			);
			const findings = await axeFindings(page);
			const sideways = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			if (sideways > 0) findings.push(`${sideways} pixels too wide`);
			if (answer?.status() !== 200) findings.push(`answered ${answer?.status()}`);
			if (findings.length) found[path] = findings;
		}
		expect(found).toEqual({});
		await page.context().close();
	},
);
