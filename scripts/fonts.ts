/**
 * Cuts the shipped Fira Sans by script, and of Noto Sans SC what the interface's Chinese texts need, and writes src/ui/fonts/ and src/ui/styles/fonts.css. Both are part of the
 * repository; run this after a new release of a font, after many new Chinese texts, or to ship more characters.
 *
 * Why not the ready-made pieces: they carry small capitals and instructions for coarse screens, and set Turkish and
 * Romanian from two files of 23 and 46 kB; cut here, one file of 15 kB serves nearly every page in Latin letters.
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { cutFont } from './fonts/cut.ts';

type Cut = { name: string; ranges: string };

/** Which characters stand in which file. Both of Latin together hold every letter of Europe's Latin scripts and the signs of a text. */
const cuts: Cut[] = [
	{ name: 'greek', ranges: 'U+0370-03FF' },
	{
		name: 'cyrillic',
		ranges:
			'U+0301,U+0400-045F,U+0490-0493,U+049A-049B,U+04A2-04A3,U+04AE-04B1,U+04BA-04BB,U+04D8-04D9,U+04E8-04E9,U+2116',
	},
	{ name: 'vietnamese', ranges: 'U+01A0-01A1,U+01AF-01B0,U+0300,U+0303,U+0309,U+0323,U+1EA0-1EF9,U+20AB' },
	{
		name: 'latin-more',
		ranges:
			'U+0100-0102,U+0108-010B,U+010E-010F,U+0112-0117,U+011A-011D,U+0120-012F,U+0132-0140,U+0145-0159,U+015C-015D,U+0162-0178,U+017F,U+018F,U+0192,U+01CD-01CE,U+0259,U+02BC,U+02C6-02C7,U+02D8-02DD,U+1E9E,U+200A-200B,U+2020-2021,U+2030,U+2032-2033,U+2044,U+20B4,U+20BA,U+20BD,U+2122,U+2248,U+2260,U+2264-2265',
	},
	{
		// What stands on nearly every page: German, the western languages, and the letters of Turkish, Polish, Romanian and
		// Bosnian names, which are at home in a council; so that one first visit fetches one file.
		name: 'latin',
		ranges:
			'U+0020-007E,U+00A0-00FF,U+0103-0107,U+010C-010D,U+0110-0111,U+0118-0119,U+011E-011F,U+0130-0131,U+0141-0144,U+015A-015B,U+015E-0161,U+0179-017E,U+0218-021B,U+2009,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,U+2190-2193,U+2212',
	},
];
const weights = [
	{ weight: '400', file: '400Regular/FiraSans_400Regular.ttf', name: '400' },
	// One stronger cut for all that is stronger: no browser thickens it further.
	{ weight: '500 700', file: '500Medium/FiraSans_500Medium.ttf', name: '500' },
];
const source = new URL('./', import.meta.resolve('@expo-google-fonts/fira-sans/package.json'));
const fonts = new URL('../src/ui/fonts/', import.meta.url);

function expand(ranges: string): number[] {
	return ranges.split(',').flatMap((range) => {
		const [start, end] = range
			.replace('U+', '')
			.split('-')
			.map((hex) => Number.parseInt(hex, 16)) as [number, number?];
		return Array.from({ length: (end ?? start) - start + 1 }, (_, i) => start + i);
	});
}

function face(family: string, weight: string, url: string, ranges: string, local: string[] = []): string {
	const range = ranges.split(',').join(', ');
	return `@font-face {\n\tfont-family: '${family}';\n\tfont-weight: ${weight};\n\tfont-display: swap;\n\tsrc: ${local.map((name) => `local('${name}'), `).join('')}url('${url}') format('woff2');\n\tunicode-range: ${range};\n}\n`;
}

/** Languages that interpreters are asked for. */
const SPOKEN =
	'am ar az be bg bn bs cs da de el en es et fa fi fr ha he hi hr hu hy id it ja ka kk km ko ku lo lt lv mk mn ms my ne nl no pa pl prs ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th ti tk tl tr tt ug uk ur uz vi wo yo zh zu';

/**
 * Chinese in two pieces: the language's own name, which stands in the language switch of every page, and what else the
 * texts of the interface are written in. Where the device has a Chinese font, that is taken and nothing is fetched (`local`);
 * a character beyond both comes from wherever the browser finds it. The family stands before the system's: behind it,
 * Chromium leaves boxes where text was drawn before the font came.
 */
const own = [
	'PingFangSC-Regular',
	'Microsoft YaHei',
	'NotoSansSC-Regular',
	'NotoSansCJKsc-Regular',
	'Noto Sans CJK SC',
];
const chinese = [
	{ name: 'name', codes: [...'中文'].map((sign) => sign.codePointAt(0)!), ranges: 'U+4E2D,U+6587' },
	{ name: 'texts', codes: chineseCodes(), ranges: 'U+2E80-4E2C,U+4E2E-6586,U+6588-9FFF,U+FF00-FFEF' },
];
const noto = new URL('./', import.meta.resolve('@expo-google-fonts/noto-sans-sc/package.json'));

/** Code points of the Chinese texts, without what Fira Sans has. */
export function chineseCodes(): number[] {
	const root = fileURLToPath(new URL('..', import.meta.url));
	const texts = globSync('src/modules/*/messages/zh.json', { cwd: root }).map((file) =>
		readFileSync(`${root}${file}`, 'utf8'),
	);
	const codes = new Set([...texts.join(''), ...wordsOfTheBrowser()].map((sign) => sign.codePointAt(0)!));
	return [...codes].filter((code) => code >= 0x2e80).sort((a, b) => a - b);
}

/** What is not in our texts, because the language data of the platform writes it: days, spans, names of languages. */
function wordsOfTheBrowser(): string {
	const days = Array.from({ length: 7 }, (_, n) => new Date(Date.UTC(2024, 0, 1 + n)));
	const day = new Intl.DateTimeFormat('zh', { dateStyle: 'full', timeStyle: 'short', hour12: true });
	const span = new Intl.RelativeTimeFormat('zh', { numeric: 'auto' });
	const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
	const language = new Intl.DisplayNames('zh', { type: 'language' });
	return [
		...days.map((date) => day.format(date)),
		...units.flatMap((unit) => [-2, -1, 0, 1, 2].map((count) => span.format(count, unit))),
		...SPOKEN.split(' ').map((code) => language.of(code)),
	].join('');
}

const arabic =
	'U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC';

if (import.meta.main) {
	mkdirSync(fonts, { recursive: true });
	let css =
		'/* Written by scripts/fonts.ts: shipped fonts, cut by script, so a page fetches only what its own letters need. */\n';
	for (const { name, ranges } of cuts) {
		for (const { weight, file, name: cut } of weights) {
			const { woff2, codes } = cutFont(readFileSync(new URL(file, source)), expand(ranges));
			const target = `fira-sans-${name}-${cut}.woff2`;
			writeFileSync(new URL(target, fonts), woff2);
			css += face('Fira Sans', weight, `../fonts/${target}`, ranges);
			console.log(`${target}: ${codes.length} characters, ${woff2.length} bytes`);
		}
	}
	for (const { name, codes, ranges } of chinese) {
		const { woff2 } = cutFont(readFileSync(new URL('400Regular/NotoSansSC_400Regular.ttf', noto)), codes);
		const target = `noto-sans-sc-${name}-400.woff2`;
		writeFileSync(new URL(target, fonts), woff2);
		css += face('Noto Sans SC Web', '400', `../fonts/${target}`, ranges, own);
		console.log(`${target}: ${codes.length} characters, ${woff2.length} bytes`);
	}
	css += face(
		'Vazirmatn',
		'100 900',
		'@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2',
		arabic,
	);
	const style = fileURLToPath(new URL('../src/ui/styles/fonts.css', import.meta.url));
	writeFileSync(style, await format(css, { ...(await resolveConfig(style)), parser: 'css' }));
	copyFileSync(fileURLToPath(new URL('LICENSE_FONT', noto)), fileURLToPath(new URL('LICENCE-Noto-Sans-SC.txt', fonts)));
	copyFileSync(fileURLToPath(new URL('LICENSE_FONT', source)), fileURLToPath(new URL('LICENCE-Fira-Sans.txt', fonts)));
}
