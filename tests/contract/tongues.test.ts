/**
 * Readers of Arabic get each page in their language; pages of people at work, whose words exist in German and English only, as a
 * whole in German. What a page is in its `lang` and `dir` is what stands there.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kernel/project.ts';
import { runtime } from '../../src/kernel/runtime.ts';
import { isWorkPage } from '../../src/work-pages.ts';
import { startApp } from '../support/app.ts';
import { peopleOfAllRoles, type Role } from '../support/roles.ts';
import { waysOf } from '../support/routes.ts';
import { fixturesOf } from './access-fixtures.ts';
import { pathsOf, rowName } from './access-paths.ts';
import { readTable } from './access-table.ts';

/** Closed to visitors as the access matrix finds it, open once its result was announced: its texts for them are in their language. */
const OPENS_LATER = new Set(['/gremien/[slug]/umlauf/[nummer]']);

const table = readTable(readFileSync(fileURLToPath(new URL('access.md', import.meta.url)), 'utf8'));
/** Who asks, the first who may. */
const ASK: Role[] = ['visitor', 'administrator', 'office', 'auditor', 'member', 'chair', 'department', 'mayor'];
const sources = readSources();
const app = await startApp({ demonstration: true, workers: 0 });
const signIn = await peopleOfAllRoles(app);
const fixtures = await fixturesOf(app, signIn);
const pages = (await waysOf(runtime().config.buildDir)).filter(
	({ path, method }) => method === 'GET' && sources.has(path),
);

test('pages of people at work are those that are closed to visitors and have texts of the working side', () => {
	const keys = workKeys();
	const rule = pages.filter((way) => {
		const rows = pathsOf(way.path, fixtures).map(({ name }) => table.get(rowName(way, name)));
		const closed = rows.every((row) => row?.get('visitor') !== '200');
		return (
			closed &&
			!OPENS_LATER.has(way.path) &&
			[...sources.get(way.path)!.matchAll(/\bm\.(\w+)/g)].some(([, key]) => keys.has(key!))
		);
	});
	expect(rule.length).toBeGreaterThan(40);
	expect(pages.filter(({ path }) => isWorkPage(path)).map(({ path }) => path)).toEqual(rule.map(({ path }) => path));
});

test('under an Arabic address, lang and dir of what stands in the middle of a page are those of its text', async () => {
	const wrong: string[] = [];
	const cookies = new Map<Role, string | undefined>();
	let work = 0;
	for (const way of pages) {
		for (const { path, name } of pathsOf(way.path, fixtures)) {
			const row = table.get(rowName(way, name));
			const role = ASK.find((one) => row?.get(one) === '200');
			// Leads on, or needs somebody of another table.
			if (!role) continue;
			if (!cookies.has(role)) cookies.set(role, await signIn(role));
			const cookie = cookies.get(role);
			const answer = await fetch(`${app.url}/ar${path === '/' ? '' : path}`, {
				headers: { accept: 'text/html', ...(cookie && { cookie }) },
				redirect: 'manual',
			});
			const html = await answer.text();
			expect(answer.status, path).toBe(200);
			if (isWorkPage(way.path)) work++;
			wrong.push(...faultsOf(html, isWorkPage(way.path)).map((fault) => `${rowName(way, name)}: ${fault}`));
		}
	}
	expect(work).toBeGreaterThan(40);
	expect(wrong).toEqual([]);
});

test('people at work who read Arabic get German in parts of public pages, and each such part says that it is German', async () => {
	const german = germanWords();
	const wrong: string[] = [];
	let parts = 0;
	let names = 0;
	for (const role of ['office', 'chair', 'administrator'] as const) {
		const cookie = (await signIn(role))!;
		for (const way of pages.filter(({ path }) => !isWorkPage(path))) {
			for (const { path, name } of pathsOf(way.path, fixtures)) {
				if (table.get(rowName(way, name))?.get(role) !== '200') continue;
				const answer = await fetch(`${app.url}/ar${path === '/' ? '' : path}`, {
					headers: { accept: 'text/html', cookie },
					redirect: 'manual',
				});
				const html = await answer.text();
				expect(html, path).not.toMatch(/[\uFDD0\uFDD1]|%EF%B7%9/i);
				const body = html.slice(html.indexOf('<body'));
				for (const { text, lang, dir } of textsIn(body)) {
					if (!german.has(text)) continue;
					parts++;
					// Names of bodies and kinds of papers are the same words, with no direction of their own.
					if (lang !== 'de') wrong.push(`${rowName(way, name)} (${role}): "${text}" is ${lang} ${dir}`);
				}
				for (const { text, lang } of namesIn(body)) {
					if (!german.has(text)) continue;
					names++;
					if (lang !== 'de') wrong.push(`${rowName(way, name)} (${role}): the name "${text}" is ${lang}`);
				}
			}
		}
	}
	expect(parts).toBeGreaterThan(100);
	expect(names).toBeGreaterThan(0);
	expect([...new Set(wrong)]).toEqual([]);
});

test('what a form is told in German says that it is German', async () => {
	const german = germanWords();
	const way = pages.find(({ path }) => path === '/gremien/[slug]/entsandte')!;
	const { path } = pathsOf(way.path, fixtures)[0]!;
	const answer = await fetch(`${app.url}/ar${path}?/entsenden`, {
		method: 'POST',
		headers: { accept: 'text/html', origin: app.url, cookie: (await signIn('office'))! },
		body: new URLSearchParams(),
	});
	expect(answer.status).toBe(422);
	const html = await answer.text();
	expect(html).not.toMatch(/[\uFDD0\uFDD1]|%EF%B7%9/i);
	const faults = textsIn(html.slice(html.indexOf('<main'))).filter(
		({ text, tags }) => german.has(text) && tags.includes('a'),
	);
	expect(faults.length).toBeGreaterThan(1);
	expect(faults.filter(({ lang, dir }) => `${lang} ${dir}` !== 'de ltr')).toEqual([]);
});

test('what went wrong is said in the reader’s language, on a page of people at work too', async () => {
	const answer = await fetch(`${app.url}/ar/personen`, { headers: { accept: 'text/html' } });
	expect(answer.status).toBe(404);
	const html = await answer.text();
	expect(faultsOf(html, false)).toEqual([]);
	expect(html).toMatch(/<h1[^>]*>(?:<!--.*?-->|\s)*\p{Script=Arabic}/u);
});

/** What does not fit in the middle of a page; `work`: it is one of people at work. */
function faultsOf(html: string, work: boolean): string[] {
	const faults: string[] = [];
	const texts = textsIn(html.slice(html.indexOf('<main'), html.indexOf('</main>')));
	const heading = texts.find(({ tags }) => tags.includes('h1'));
	if (!heading) return ['has no heading'];
	if (work && `${heading.lang} ${heading.dir}` !== 'de ltr')
		faults.push(`"${heading.text}" is ${heading.lang} ${heading.dir}`);
	for (const { text, lang, dir } of texts) {
		if (isArabic(text) && !/^(ar|fa)(-u-|$)/.test(lang)) faults.push(`"${text}" is ${lang} ${dir}`);
		if (work && lang === 'ar' && /\p{Script=Latin}{2}/u.test(text)) faults.push(`"${text}" is ${lang} ${dir}`);
	}
	if (!work && heading.lang === 'ar' && heading.dir !== 'rtl') faults.push(`"${heading.text}" is ${heading.dir}`);
	return faults;
}

/** Words of the working side without gaps to fill, as they stand in a page. */
function germanWords(): Set<string> {
	return new Set(
		globSync('src/**/messages/work/de.json', { cwd: projectRoot }).flatMap((file) =>
			Object.values(JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as Record<string, unknown>).filter(
				(text): text is string => typeof text === 'string' && /\p{L}{3}/u.test(text) && !/[{<&]/.test(text),
			),
		),
	);
}

const isArabic = (text: string) => /\p{Script=Arabic}/u.test(text);

interface Text {
	text: string;
	lang: string;
	dir: string;
	/** The elements it stands in. */
	tags: string[];
}

const EMPTY = /^(area|br|col|hr|img|input|link|meta|source|path|wbr)$/;

/** Each piece of text with the language and direction it is said to have; scripts and what waits in templates are none. */
function textsIn(html: string): Text[] {
	return [...saidIn(html)].filter(({ name }) => !name);
}

/** Words that name an element instead of standing in it: they are in the element's language. */
function namesIn(html: string): Text[] {
	return [...saidIn(html)].filter(({ name }) => name);
}

const NAMES =
	/\s(?:alt|title|placeholder|label|aria-(?:label|description|placeholder|roledescription|valuetext))="([^"]+)"/g;

function* saidIn(html: string): Generator<Text & { name?: true }> {
	const open = [{ tag: '', lang: 'ar', dir: 'rtl' }];
	for (const [, end, tag, attributes = '', text] of html
		.replaceAll(/<!--[\s\S]*?-->/g, '')
		.matchAll(/<(\/?)([\w-]+)((?:"[^"]*"|[^">])*)>|([^<]+)/g)) {
		const at = open.at(-1)!;
		const tags = open.map((one) => one.tag);
		if (text !== undefined) {
			if (text.trim() && !tags.some((one) => /^(script|style|template|svg)$/.test(one)))
				yield { text: text.trim(), lang: at.lang, dir: at.dir, tags };
		} else if (end) {
			const from = open.findLastIndex((one) => one.tag === tag);
			if (from > 0) open.length = from;
		} else {
			const lang = /\slang="([^"]*)"/.exec(attributes)?.[1] ?? at.lang;
			const dir = /\sdir="([^"]*)"/.exec(attributes)?.[1] ?? at.dir;
			for (const [, name] of attributes.matchAll(NAMES)) yield { text: name!, lang, dir, tags, name: true };
			if (!EMPTY.test(tag!) && !attributes.endsWith('/')) open.push({ tag: tag!, lang, dir });
		}
	}
}

/** The source of each page by its address. */
function readSources(): Map<string, string> {
	return new Map(
		globSync('src/modules/**/+page.svelte', { cwd: projectRoot }).map((file) => [
			dirname(file)
				.replace('src/modules', '')
				.replaceAll(/\/\([^)]+\)/g, '') || '/',
			readFileSync(join(projectRoot, file), 'utf8'),
		]),
	);
}

function workKeys(): Set<string> {
	const files = globSync('src/**/messages/work/de.json', { cwd: projectRoot });
	expect(files.length).toBeGreaterThan(3);
	return new Set(
		files.flatMap((file) => Object.keys(JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as object)),
	);
}
