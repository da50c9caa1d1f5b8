import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES, SOURCE_LOCALE, WORKING_LOCALES } from '../src/kernel/i18n/locales.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'src/generated/messages');

type Messages = Record<string, unknown>;

/**
 * Gathers the message files of all modules (public texts in `messages/<locale>.json`, working texts in
 * `messages/work/<locale>.json`) into one catalogue per language and compiles it to typed functions.
 * Runs only when a text changed. @throws Error for a key that two modules claim
 */
export async function compileMessages(): Promise<boolean> {
	const catalogue = await gather();
	const stamp = createHash('sha256').update(JSON.stringify(catalogue)).digest('hex');
	const stampFile = join(outdir, 'stamp');
	if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return false;
	// Loaded late: it is large, and whoever reads this file for a build mostly finds everything compiled.
	const { compile } = await import('@inlang/paraglide-js');
	// Made aside and put in place at once: a server, a test run and a check may all do this at the same time.
	const aside = `${outdir}-${process.pid}`;
	const sources = `${aside}-source`;
	await mkdir(sources, { recursive: true });
	for (const locale of LOCALES) await writeFile(join(sources, `${locale}.json`), JSON.stringify(catalogue[locale]));
	await writeProject(sources);
	await compile({
		project: join(sources, 'project.inlang'),
		outdir: aside,
		outputStructure: 'message-modules',
		strategy: ['baseLocale'],
		disableAsyncLocalStorage: true,
		emitGitIgnore: false,
		emitPrettierIgnore: false,
		emitReadme: false,
	});
	await rm(sources, { recursive: true, force: true });
	await keepPluralRules(join(aside, 'registry.js'));
	await writeFile(join(aside, 'stamp'), stamp);
	await putInPlace(aside);
	return true;
}

async function putInPlace(aside: string): Promise<void> {
	const old = `${aside}-old`;
	await rename(outdir, old).catch(() => undefined);
	// Somebody else may have been faster in between; then theirs is as good.
	await rename(aside, outdir).catch(() => rm(aside, { recursive: true, force: true }));
	await rm(old, { recursive: true, force: true });
}

async function gather(): Promise<Record<string, Messages>> {
	const catalogue: Record<string, Messages> = Object.fromEntries(LOCALES.map((locale) => [locale, {}]));
	for (const folder of await messageFolders()) {
		for (const locale of LOCALES) {
			const file = join(folder, `${locale}.json`);
			if (!existsSync(file)) continue;
			const messages = JSON.parse(await readFile(file, 'utf8')) as Messages;
			for (const [key, message] of Object.entries(messages)) {
				if (key in catalogue[locale]!) throw new Error(`${file}: ${key} stands in another message file, too`);
				catalogue[locale]![key] = message;
			}
		}
	}
	return catalogue;
}

/** Every folder with message files, of a module or of a room in it: public ones need all twelve languages, those named `work` the working languages. */
export async function messageFolders(): Promise<string[]> {
	const modules = join(root, 'src/modules');
	const folders: string[] = [];
	for (const module of await foldersIn(modules)) {
		for (const room of [module, ...(await foldersIn(module))]) {
			for (const folder of [join(room, 'messages'), join(room, 'messages/work')]) {
				if (existsSync(folder)) folders.push(folder);
			}
		}
	}
	return folders;
}

async function foldersIn(parent: string): Promise<string[]> {
	const entries = await readdir(parent, { withFileTypes: true });
	return entries
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => join(parent, name))
		.sort();
}

/** Languages that a folder of message files has to carry. */
export function languagesOf(folder: string): readonly string[] {
	return folder.endsWith('work') ? WORKING_LOCALES : LOCALES;
}

/** The compiled registry makes new plural rules for every message; making them costs more than the rest of the page. */
async function keepPluralRules(file: string): Promise<void> {
	const text = await readFile(file, 'utf8');
	const slow = 'new Intl.PluralRules(locale, options).select(Number(input))';
	if (!text.includes(slow)) throw new Error('the compiled message registry looks different: see keepPluralRules');
	const kept = `\nconst pluralRules = new Map();\n/** @param {string} locale @param {Intl.PluralRulesOptions} [options] */\nfunction rulesFor(locale, options) {\n\tconst key = locale + JSON.stringify(options ?? 0);\n\tlet rules = pluralRules.get(key);\n\tif (!rules) pluralRules.set(key, (rules = new Intl.PluralRules(locale, options)));\n\treturn rules;\n}\n`;
	await writeFile(file, text.replace(slow, 'rulesFor(locale, options).select(Number(input))') + kept);
}

/**
 * The plug-in that reads the message files, with an id for everything that it finds. Where ids are missing the compiler
 * looks each message up in its database, and each variant twice: more than half of its time.
 * @returns its file in `folder`
 */
async function reader(folder: string): Promise<string> {
	const text = await readFile(join(root, 'node_modules/@inlang/plugin-message-format/dist/index.js'), 'utf8');
	const exported = /export \{\s*index_default as default\s*\};\s*$/;
	if (!exported.test(text)) throw new Error('the plug-in that reads message files looks different: see reader');
	const numbered = `
const number = (bundle, locale) => bundle + ' ' + locale;
async function importNumbered(asked) {
	const found = await index_default.importFiles(asked);
	found.messages.forEach((message) => (message.id = number(message.bundleId, message.locale)));
	found.variants.forEach((variant, at) => {
		variant.messageId = number(variant.messageBundleId, variant.messageLocale);
		variant.id = variant.messageId + ' ' + String(at).padStart(6, '0');
	});
	return found;
}
export default { ...index_default, importFiles: importNumbered };
`;
	const file = join(folder, 'reader.js');
	await writeFile(
		file,
		text.replace(exported, () => numbered),
	);
	return file;
}

async function writeProject(sources: string): Promise<void> {
	const folder = join(sources, 'project.inlang');
	await mkdir(folder, { recursive: true });
	const settings = {
		baseLocale: SOURCE_LOCALE,
		locales: LOCALES,
		modules: [await reader(folder)],
		'plugin.inlang.messageFormat': { pathPattern: join(sources, '{locale}.json') },
	};
	await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	console.log((await compileMessages()) ? 'messages compiled' : 'messages unchanged');
}
