/**
 * The arrows are kept by .dependency-cruiser.cjs. Here a small program with the same rooms breaks each rule once: a rule
 * that lets its own example pass would hold nothing together.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/kernel/project.ts';

/** A program of three modules in which every arrow is right. */
const SOUND: Record<string, string> = {
	'package.json': JSON.stringify({
		name: 'sample',
		type: 'module',
		imports: {
			'#kernel/*': './src/kernel/*',
			'#ui/*': './src/ui/*',
			'#modules/*': './src/modules/(*)/index.ts',
			'#server/*': './src/modules/(*)/index.server.ts',
		},
		dependencies: { svelte: '*', pg: '*' },
		devDependencies: { vitest: '*' },
	}),
	'node_modules/svelte/package.json': '{ "name": "svelte", "exports": { "./*": "./index.js", ".": "./index.js" } }',
	'node_modules/svelte/index.js': 'export {};',
	'node_modules/pg/package.json': '{ "name": "pg", "main": "index.js" }',
	'node_modules/pg/index.js': 'export {};',
	'node_modules/vitest/package.json': '{ "name": "vitest", "main": "index.js" }',
	'node_modules/vitest/index.js': 'export {};',
	'node_modules/stray/package.json': '{ "name": "stray", "main": "index.js" }',
	'node_modules/stray/index.js': 'export {};',
	'src/modules.ts': `import { earth } from './modules/(earth)/module.ts';
		import { house } from './modules/(house)/module.ts';
		import { cases } from './modules/(cases)/module.ts';
		export const modules = [earth, house, cases];`,
	'src/kernel/clock.ts': 'export const now = 1;',
	'src/kernel/db/pool.ts': `import pg from 'pg'; export default pg;`,
	'src/kernel/write.ts': 'export const write = 1;',
	'src/kernel/i18n/locales.ts': 'export const LOCALES = [];',
	'src/server/start.ts': `import '#server/earth';`,
	'src/server/log.ts': 'export const log = 1;',
	'src/ui/Button.svelte': '<button>ok</button>',
	...module('earth', []),
	...module('house', ['earth']),
	...module('cases', []),
	'src/modules/(house)/build.server.ts': `import { names } from '#modules/earth'; import '#server/earth'; export default names;`,
	'src/modules/(house)/bauen/+page.svelte': `<script lang="ts">
		import { names } from '#modules/earth';
		import { LOCALES } from '#kernel/i18n/locales.ts';
		import Button from '#ui/Button.svelte';
		import { height } from '../rules.ts';
	</script><Button />{names}{height}{LOCALES}`,
};

function module(id: string, needs: string[]): Record<string, string> {
	const folder = `src/modules/(${id})`;
	return {
		[`${folder}/module.ts`]: `export const ${id} = { id: '${id}', needs: ${JSON.stringify(needs)} };`,
		[`${folder}/index.ts`]: `export { height as names } from './rules.ts';`,
		[`${folder}/index.server.ts`]: `export { all } from './queries.server.ts';`,
		[`${folder}/rules.ts`]: 'export const height = 3;',
		[`${folder}/queries.server.ts`]: `import '#kernel/clock.ts'; export const all = 1;`,
		[`${folder}/commands.server.ts`]: `import '#kernel/write.ts'; import './queries.server.ts'; export const add = 1;`,
	};
}

/** Rule, then the file that breaks it and only it. */
const BROKEN: Record<string, [file: string, text: string]> = {
	'kernel-imports-no-module': ['src/kernel/bad.ts', `import '../server/log.ts';`],
	'kernel-without-web-framework': ['src/kernel/web.ts', `import 'svelte';`],
	'ui-imports-no-module': ['src/ui/Bad.svelte', `<script>import '../kernel/clock.ts';</script>`],
	'modules-through-front-doors': ['src/modules/(house)/window.ts', `import '../(earth)/rules.ts';`],
	'outside-through-front-doors': ['src/server/peep.ts', `import '../modules/(earth)/rules.ts';`],
	'lists-know-declarations-only': ['src/modules.server.ts', `import './modules/(earth)/rules.ts';`],
	'along-needs-of-earth': ['src/modules/(earth)/roof.ts', `import '#modules/house';`],
	'along-needs-of-house': ['src/modules/(house)/cellar.ts', `import '#modules/cases';`],
	'along-needs-of-cases': ['src/modules/(cases)/office.ts', `import '#modules/house';`],
	'nobody-imports-cases': ['src/server/nosy.ts', `import '#modules/cases';`],
	'modules-use-no-server-internals': ['src/modules/(house)/door.ts', `import '../../server/log.ts';`],
	'components-import-only-words-rules-and-ui': [
		'src/modules/(house)/Wall.svelte',
		`<script lang="ts">import { now } from '#kernel/clock.ts';</script>{now}`,
	],
	'no-server-code-in-the-browser': [
		'src/modules/(house)/schema.ts',
		`import pool from '#kernel/db/pool.ts'; export default pool;`,
	],
	'rules-are-pure': ['src/modules/(house)/rules/read.ts', `import 'node:fs';`],
	'queries-never-write': ['src/modules/(house)/queries/sly.server.ts', `import '#kernel/write.ts';`],
	'no-circles': ['src/kernel/one.ts', `import './two.ts';`],
	'no-tests-in-the-product': ['src/kernel/shy.ts', `import './shy.test.ts';`],
	'no-development-packages-in-the-product': ['src/kernel/toy.ts', `import 'vitest';`],
	'nothing-unknown': ['src/kernel/lost.ts', `import './nowhere.ts';`],
	'no-undeclared-packages': ['src/kernel/guest.ts', `import 'stray';`],
};
const BESIDE = { 'src/kernel/two.ts': `import './one.ts';`, 'src/kernel/shy.test.ts': 'export {};' };

/** Faults that two rules find. */
const TWICE = [
	'modules-use-no-server-internals: src/kernel/bad.ts',
	'nobody-imports-cases: src/modules/(house)/cellar.ts',
];

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Violation {
	rule: { name: string };
	from: string;
}

function program(files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'mitrat-arrows-'));
	folders.push(folder);
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
	return folder;
}

/** What dependency-cruiser says about a program with our configuration: `rule: file`. */
function violations(files: Record<string, string>): string[] {
	const cruiser = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
	const args = [cruiser, '--config', join(projectRoot, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'];
	const { summary } = JSON.parse(run(args, program(files))) as { summary: { violations: Violation[] } };
	return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

/** Its exit code counts the violations, so a failure is an answer, too. */
function run(args: string[], cwd: string): string {
	try {
		return execFileSync(process.execPath, args, {
			cwd,
			encoding: 'utf8',
			maxBuffer: 1e8,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	} catch (error) {
		const { stdout } = error as { stdout?: string };
		if (stdout?.startsWith('{')) return stdout;
		throw error;
	}
}

test('a program with right arrows passes', () => {
	expect(violations(SOUND)).toEqual([]);
});

test('each rule finds the file that breaks it', () => {
	const broken = Object.fromEntries(Object.values(BROKEN));
	const found = violations({ ...SOUND, ...broken, ...BESIDE });
	for (const [rule, [file]] of Object.entries(BROKEN)) expect(found).toContain(`${rule}: ${file}`);
	const expected = Object.entries(BROKEN).map(([rule, [file]]) => `${rule}: ${file}`);
	expect(found.filter((line) => !expected.includes(line))).toEqual(TWICE);
});

test('every rule of the configuration has its example', () => {
	const script = `console.log(JSON.stringify(require(${JSON.stringify(join(projectRoot, '.dependency-cruiser.cjs'))}).forbidden.map((rule) => rule.name)))`;
	const rules = JSON.parse(run(['-e', script], program(SOUND))) as string[];
	expect(Object.keys(BROKEN).sort()).toEqual(rules.sort());
});

test('modules that need each other, or one further down, stop the check', () => {
	const upsideDown = { ...SOUND, 'src/modules.ts': SOUND['src/modules.ts']!.replace('[earth, house', '[house, earth') };
	expect(() => violations(upsideDown)).toThrow('house needs earth, which does not stand above it');
	const forgotten = { ...SOUND, 'src/modules/(attic)/module.ts': 'export {};' };
	expect(() => violations(forgotten)).toThrow('(attic) does not stand in src/modules.ts');
});
