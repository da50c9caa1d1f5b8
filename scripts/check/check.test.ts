import { expect, test } from 'vitest';
import { measure } from './lengths.ts';
import { compareMessages, type Catalogue } from './messages.ts';
import { inspect } from './tracked.ts';

const forms = (selector: string, match: Record<string, string>): Catalogue[string] => [
	{ declarations: ['input count', `local ${selector} = count: plural`], selectors: [selector], match },
];
const german: Catalogue = {
	hello: 'Guten Tag, {name}',
	pages: forms('n', { 'n=one': 'Eine Seite', 'n=*': '{count} Seiten' }),
};

test('a complete translation passes, also one with fewer or more plural forms', () => {
	const hello = 'Hello {name}';
	expect(compareMessages(german, { hello, pages: forms('n', { 'n=*': '{count} 页' }) }, 'zh')).toEqual([]);
	const russian = {
		'n=one': '{count} страница',
		'n=few': '{count} страницы',
		'n=many': '{count} страниц',
		'n=*': '{count} страницы',
	};
	expect(compareMessages(german, { hello, pages: forms('n', russian) }, 'ru')).toEqual([]);
});

test('missing, unknown and empty texts are named', () => {
	expect(compareMessages(german, { hello: ' ', bye: 'Bye' }, 'en')).toEqual([
		'pages is missing',
		'hello: is empty',
		'hello: {name} is missing',
		'bye does not stand in de.json',
	]);
});

test('the ids by which the program knows its rules are no words for readers', () => {
	const rule = { said: 'Bitte prüfen Sie die Frist (Regel R3-17).', code: 'SHA-512, A-12' };
	expect(compareMessages(rule, rule, 'de')).toEqual(['said: names R3-17; readers want what the rule says']);
});

test('values to fill in have the same names', () => {
	expect(compareMessages({ hello: german.hello! }, { hello: 'Hello {nom}' }, 'fr')).toEqual([
		'hello: {name} is missing',
		'hello: {nom} is unknown to de.json',
	]);
});

test('forms need the selector of the source, a form for everything else, and no form that the language lacks', () => {
	const pages = (message: Catalogue[string]) => compareMessages({ pages: german.pages! }, { pages: message }, 'en');
	expect(pages('{count} pages')).toEqual(['pages: has no forms, de.json has']);
	expect(pages(forms('n', { 'n=one': 'A page', 'n=other': '{count} pages' }))).toEqual([
		'pages: has no form for all other cases (*)',
	]);
	expect(pages(forms('n', { 'n=few': '{count} pages', 'n=*': '{count} pages' }))).toEqual([
		'pages: the language has no plural form "few"',
	]);
	expect(pages(forms('m', { 'm=*': '{count} pages' }))).toEqual(['pages: selects by m, de.json by something else']);
});

test('paths of a machine and hosts of registries are found, addresses of pages are not', () => {
	const folder = `/${'tmp'}/x/y.sock`;
	expect(inspect('a.ts', `one\nopen('${folder}')`)).toEqual([`a.ts:2: a path of one machine (${folder.slice(0, 5)}…)`]);
	expect(inspect('a.md', `https://${'registry'}.example.org/pg`)).toHaveLength(1);
	expect(inspect('a.ts', `src/work/list.ts and ../tmp/x and /einlesen/x and import.meta.url`)).toEqual([]);
});

test('a lock file says nothing of where packages came from', () => {
	expect(inspect('package-lock.json', '{ "a": {\n"resolved": "https://x" } }')).toHaveLength(1);
	expect(inspect('package-lock.json', '{ "a": { "integrity": "sha512-x" } }')).toEqual([]);
});

test('long files and long functions are named', () => {
	const long = `export function read() {\n${'\tstep();\n'.repeat(60)}}\nconst short = () => 1;\n`;
	expect(measure('a.ts', long)).toEqual(['a.ts:1: read has 62 lines']);
	expect(measure('b.svelte', '<p>\n'.repeat(301))).toEqual(['b.svelte: 301 lines']);
});
