import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES, SOURCE_LOCALE, WORKING_LOCALES } from '../src/kernel/i18n/locales.ts';
import { lean } from './lean-messages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'src/generated/messages');

type Messages = Record<string, unknown>;

/** To be counted up when the same messages shall be compiled otherwise. */
const SHAPE = '3';

/**
 * Gathers the message files of all modules (public texts in `messages/<locale>.json`, working texts in
 * `messages/work/<locale>.json`) into one catalogue per language and compiles it to typed functions.
 * Runs only when a text changed. @throws Error for a key that two modules claim
 */
export async function compileMessages(): Promise<boolean> {
	const catalogue = await gather();
	const stamp = createHash('sha256').update(SHAPE).update(JSON.stringify(catalogue)).digest('hex');
	const stampFile = join(outdir, 'stamp');
	if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return false;
	// Made aside and put in place at once: a server, a test run and a check may all do this at the same time.
	const aside = `${outdir}-${process.pid}`;
	for (const [file, text] of Object.entries(inFewFiles(await compiled(catalogue)))) {
		await mkdir(dirname(join(aside, file)), { recursive: true });
		await writeFile(join(aside, file), text);
	}
	await keepPluralRules(join(aside, 'registry.js'));
	await writeFile(join(aside, 'stamp'), stamp);
	await putInPlace(aside);
	return true;
}

/**
 * The compiler's files and their texts. It is handed the messages themselves: its own way, over files and a database in
 * WebAssembly, takes three times as long.
 */
async function compiled(catalogue: Record<string, Messages>): Promise<Record<string, string>> {
	// Loaded late: it is large, and whoever reads this file for a build mostly finds everything compiled.
	const { compileProject } = await import('@inlang/paraglide-js');
	const settings = { baseLocale: SOURCE_LOCALE, locales: [...LOCALES], modules: [] };
	const bundles = await bundlesOf(catalogue, settings);
	const chosen = { select: () => ({ execute: () => Promise.resolve(bundles) }) };
	const project = { settings: { get: () => Promise.resolve(settings) }, db: { selectFrom: () => chosen } };
	return compileProject({
		// All that the compiler asks of a project.
		project: project as unknown as Parameters<typeof compileProject>[0]['project'],
		compilerOptions: {
			outputStructure: 'message-modules',
			strategy: ['baseLocale'],
			disableAsyncLocalStorage: true,
			emitGitIgnore: false,
			emitPrettierIgnore: false,
			emitReadme: false,
		},
	});
}

/** What every message's module begins with. */
const HEAD = [
	'/* eslint-disable */',
	`import { getLocale, experimentalStaticLocale } from '../runtime.js';`,
	`import * as registry from '../registry.js'`,
	`import { inSource } from '../source.js'`,
	`/** @typedef {import('../runtime.js').LocalizedString} LocalizedString */`,
];

/** What their types begin with; what follows is private unless it says otherwise. */
const TYPES_HEAD = [`type LocalizedString = import('../runtime.js').LocalizedString;`, 'export {};'];

/**
 * Puts the messages of a room into one module each. A bundler still leaves out what nobody uses, but each build and each
 * test reads a few dozen files instead of thousands.
 */
function inFewFiles(files: Record<string, string>): Record<string, string> {
	const [messages, others] = [/^messages\/(?!_index)(\w+)\.js$/, {} as Record<string, string>];
	const rooms = new Map<string, string[]>();
	for (const [file, text] of Object.entries(files)) {
		const key = messages.exec(file)?.[1];
		if (!key) others[file] = text;
		else rooms.getOrInsert(key.split('_').slice(0, 2).join('_'), []).push(...linesOf(text));
	}
	for (const [room, lines] of rooms) {
		const made = lean(lines);
		others[`messages/${room}.js`] = [...HEAD.slice(0, -1), ...made.lines].join('\n');
		others[`messages/${room}.d.ts`] = [...TYPES_HEAD, ...made.types].join('\n');
	}
	const index = [...rooms.keys()].map((room) => `export * from './${room}.js'`);
	return { ...others, 'messages/_index.js': index.join('\n'), 'source.js': SOURCE };
}

/**
 * Words in the language of the source, said to readers of another one because there are none in theirs, pass through one place:
 * a page marks them there as what they are.
 */
const SOURCE = `/** @type {(words: string) => string} */
let say = (words) => words;
/** @param {string} words */
export const inSource = (words) => say(words);
/** @param {(words: string) => string} next */
export function overwriteInSource(next) {
	say = next;
}
`;

/** A message's module without its head, and without a comment that repeats the types standing beside it. */
function linesOf(text: string): string[] {
	return text
		.replace(/^\/\*\*\n(?:\*.*\n)*?\*\/\n/gm, '')
		.split('\n')
		.filter((line) => line && !HEAD.includes(line));
}

/** The messages as the plug-in for their format reads them: by key, with one message for each language. */
async function bundlesOf(catalogue: Record<string, Messages>, settings: { baseLocale: string; locales: string[] }) {
	const { default: plugin } = await import('@inlang/plugin-message-format');
	const encode = new TextEncoder();
	const { bundles, messages, variants } = await plugin.importFiles({
		settings,
		files: LOCALES.map((locale) => ({ locale, content: encode.encode(JSON.stringify(catalogue[locale])) })),
	});
	const id = (bundle: string, locale: string) => `${bundle} ${locale}`;
	const variantsOf = Map.groupBy(variants, (one) => id(one.messageBundleId, one.messageLocale));
	const messagesOf = Map.groupBy(messages, (one) => one.bundleId);
	return [...new Map(bundles.map((one) => [one.id, one])).values()].map((bundle) => ({
		...bundle,
		messages: (messagesOf.get(bundle.id) ?? []).map((message) => ({
			...message,
			id: id(bundle.id, message.locale),
			variants: (variantsOf.get(id(bundle.id, message.locale)) ?? []).map((variant, at) => ({
				...variant,
				id: String(at),
				messageId: id(bundle.id, message.locale),
			})),
		})),
	}));
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	console.log((await compileMessages()) ? 'messages compiled' : 'messages unchanged');
}
