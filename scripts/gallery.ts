/**
 * Draws the gallery: every component with invented content, rendered on the server, in German and in Arabic.
 *
 *   node scripts/gallery.ts FOLDER [--shots]
 *
 * writes one static page per locale and page into FOLDER; with --shots also pictures at 1280 and 390 px, light and dark.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { render } from 'svelte/server';
import { build, type InlineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const locales = { de: 'ltr', ar: 'rtl' } as const;

/** One page of the gallery: its locale, its name, its whole HTML. */
export type GalleryPage = { locale: keyof typeof locales; name: string; file: string };

/** Builds styles, script and pages into `folder` and says which pages stand there. Takes about two seconds. */
export async function writeGallery(folder: string): Promise<GalleryPage[]> {
	mkdirSync(folder, { recursive: true });
	await build(clientBuild(join(folder, 'assets')));
	await build(serverBuild(join(folder, 'server')));
	const { pages } = await import(`${pathToFileURL(join(folder, 'server', 'pages.js'))}`);
	const styles = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.css'));
	const written: GalleryPage[] = [];
	for (const locale of Object.keys(locales) as (keyof typeof locales)[]) {
		mkdirSync(join(folder, locale), { recursive: true });
		for (const name of Object.keys(pages)) {
			const file = join(folder, locale, `${name}.html`);
			const { body } = await render(pages[name], { props: { locale } });
			writeFileSync(file, document(locale, name, body, styles));
			written.push({ locale, name, file });
		}
	}
	return written;
}

function document(locale: keyof typeof locales, name: string, body: string, styles: string[]): string {
	const links = styles.map((style) => `<link rel="stylesheet" href="../assets/${style}">`).join('\n');
	return `<!doctype html>
<html lang="${locale}" dir="${locales[locale]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}, Mitrat</title>
<link rel="icon" href="data:,">
${links}
<script src="../assets/enhance.js" defer></script>
</head>
<body>${body}</body>
</html>
`;
}

const base: InlineConfig = { root, configFile: false, mode: 'production', logLevel: 'error', base: './' };

function clientBuild(outDir: string): InlineConfig {
	return {
		...base,
		build: {
			outDir,
			emptyOutDir: true,
			assetsInlineLimit: 0,
			cssCodeSplit: true,
			rolldownOptions: {
				input: {
					main: 'src/ui/styles/main.css',
					work: 'src/ui/styles/work.css',
					gallery: 'src/ui/gallery/gallery.css',
					enhance: 'src/ui/enhance.ts',
				},
				output: { assetFileNames: '[name][extname]', entryFileNames: '[name].js' },
			},
		},
	};
}

function serverBuild(outDir: string): InlineConfig {
	return {
		...base,
		plugins: [svelte({ configFile: false, compilerOptions: { dev: false } })],
		build: {
			outDir,
			emptyOutDir: true,
			ssr: 'src/ui/gallery/pages.ts',
			rolldownOptions: { output: { entryFileNames: '[name].js' } },
		},
		ssr: { noExternal: true },
	};
}

/** Takes a picture of each page at two widths and in two themes. */
async function takePictures(folder: string, pages: GalleryPage[]): Promise<void> {
	const { openBrowser } = await import('./browser.ts');
	const browser = await openBrowser();
	try {
		for (const width of [1280, 390]) {
			for (const colorScheme of ['light', 'dark'] as const) {
				const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
				const page = await context.newPage();
				for (const { locale, name, file } of pages) {
					await page.goto(pathToFileURL(file).href);
					await page.screenshot({
						path: join(folder, `${locale}-${name}-${width}-${colorScheme}.png`),
						fullPage: true,
					});
				}
				await context.close();
			}
		}
	} finally {
		await browser.close();
	}
}

if (import.meta.main) {
	const folder = resolve(process.argv[2] ?? join(tmpdir(), 'mitrat-gallery'));
	const pages = await writeGallery(folder);
	if (process.argv.includes('--shots')) await takePictures(folder, pages);
	console.log(`${pages.length} pages in ${folder}`);
}
