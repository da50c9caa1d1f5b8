/**
 * The arrows of ARCHITECTURE.md: who may import whom. Module folders and their `needs` are read from src/modules.ts, so
 * a new module is held to the same rules without a change here. tests/contract/arrows.test.ts proves that each rule bites.
 */
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const { modules } = require(join(process.cwd(), 'src/modules.ts'));

const escape = (text) => text.replace(/[()[\]{}.+*?^$|\\]/g, '\\$&');
const folder = (id) => `^src/modules/${escape(`(${id})`)}/`;
/** Helpers of tests that lie beside what they test. */
const HELPERS = '/(testing|arbitrary|sample[^/]*)\\.ts$';
const TESTS = '\\.(test|fixture)\\.ts$|^tests/';
/** Files of a module that run in the browser, too. */
const FACE =
	'^src/modules/.*(\\.svelte|/\\+(page|layout)\\.ts|/ui/[^.]+\\.ts|/schema\\.ts|/rules\\.ts|/rules/[^.]+\\.ts|/index\\.ts|/module\\.ts)$';

checkNeeds();

module.exports = {
	forbidden: [
		{
			name: 'kernel-imports-no-module',
			comment: 'The kernel stands beneath everything; what it needs of a module it gets by declaration.',
			severity: 'error',
			from: { path: '^src/kernel/', pathNot: TESTS },
			to: { path: '^src/(?!kernel/|generated/)' },
		},
		{
			name: 'kernel-without-web-framework',
			comment: 'The command line uses the kernel without Vite and SvelteKit.',
			severity: 'error',
			from: { path: '^src/kernel/' },
			to: { path: '^node_modules/(svelte|@sveltejs)/|^\\$(app|lib|env)' },
		},
		{
			name: 'ui-imports-no-module',
			comment: 'Components of src/ui have no knowledge of the domain: words and data come as properties.',
			severity: 'error',
			from: { path: '^src/ui/', pathNot: `${TESTS}|^src/ui/gallery/` },
			to: { path: '^src/(?!ui/|kernel/i18n/|kernel/text/)' },
		},
		{
			name: 'modules-through-front-doors',
			comment: 'Another module is reached by #modules/<name> or #server/<name> only.',
			severity: 'error',
			from: { path: '^src/modules/\\(([^)]+)\\)/', pathNot: TESTS },
			to: { path: '^src/modules/\\(', pathNot: '^src/modules/\\(($1\\)/|[^)]+\\)/index(\\.server)?\\.ts$)' },
		},
		{
			name: 'outside-through-front-doors',
			comment: 'Server and command line use modules by their front doors; only the two lists know the declarations.',
			severity: 'error',
			from: { path: '^(src|bin)/', pathNot: `^src/modules/|^src/modules(\\.server)?\\.ts$|${TESTS}` },
			to: { path: '^src/modules/', pathNot: '^src/modules/\\([^)]+\\)/index(\\.server)?\\.ts$' },
		},
		{
			name: 'lists-know-declarations-only',
			comment: 'src/modules.ts and its server twin import nothing of a module but its declaration.',
			severity: 'error',
			from: { path: '^src/modules(\\.server)?\\.ts$' },
			to: { path: '^src/modules/', pathNot: '^src/modules/\\([^)]+\\)/module(\\.server)?\\.ts$' },
		},
		...modules.map(({ id, needs }) => ({
			name: `along-needs-of-${id}`,
			comment: `${id} may call ${needs.join(', ') || 'no other module'}: see its module.ts.`,
			severity: 'error',
			from: { path: folder(id) },
			to: { path: '^src/modules/\\(', pathNot: [id, ...needs].map(folder) },
		})),
		{
			name: 'nobody-imports-cases',
			comment: 'Case data stays in its module; reports get aggregates by declaration.',
			severity: 'error',
			from: { pathNot: `${folder('cases')}|^src/modules(\\.server)?\\.ts$` },
			to: { path: folder('cases') },
		},
		{
			name: 'modules-use-no-server-internals',
			comment: 'src/server starts the program; modules know nothing of it.',
			severity: 'error',
			from: { path: '^src/(modules/|kernel/|ui/)', pathNot: TESTS },
			to: { path: '^(src/server|bin|scripts|tests)/' },
		},
		{
			name: 'components-import-only-words-rules-and-ui',
			comment:
				'A component gets its data as properties. It may know schema, rules, view types, ui, messages, languages.',
			severity: 'error',
			from: { path: '^src/modules/\\(([^)]+)\\)/.*\\.svelte$' },
			to: {
				dependencyTypesNot: ['type-only'],
				path: '.',
				pathNot: [
					'^src/ui/',
					'^src/generated/messages/',
					'^src/kernel/(i18n|text)/',
					'^src/modules/\\($1\\)/ui/',
					'^src/modules/\\($1\\)/.*/ui/',
					'^src/modules/\\($1\\)/(schema|rules|view|types)\\.ts$',
					'^src/modules/\\($1\\)/.*/(schema|view|types)\\.ts$',
					'^src/modules/\\($1\\)/.*words\\.ts$',
					'^src/modules/\\($1\\)/(schema|rules)/[^.]+\\.ts$',
					'^src/modules/\\($1\\)/.*/rules/[^.]+\\.ts$',
					'^src/modules/\\([^)]+\\)/index\\.ts$',
					'^node_modules/svelte/',
					'^\\$app/',
				],
			},
		},
		{
			name: 'no-server-code-in-the-browser',
			comment:
				'Components, schema, rules and the public front door never import server code (types are erased and free).',
			severity: 'error',
			from: { path: `${FACE}|^src/ui/`, pathNot: TESTS },
			to: {
				path: '\\.server\\.ts$|^src/(server|kernel/(db|identity|jobs|mail|files|documents|audit))/|^node_modules/(pg|kysely)/',
				dependencyTypesNot: ['type-only'],
			},
		},
		{
			name: 'rules-are-pure',
			comment: 'Rules and schemas compute: no database, no files, no network, no commands or queries.',
			severity: 'error',
			from: { path: '^src/modules/[^/]+/(schema\\.ts|rules\\.ts|(schema|rules)/)', pathNot: TESTS },
			to: {
				path: '/(queries|commands)[/.]|\\.server\\.ts$|^node_modules/(pg|kysely)/|^(node:)?(fs|net|http|https|child_process|dns)(/|$)',
			},
		},
		{
			name: 'queries-never-write',
			comment: 'Reads know nothing of commands.',
			severity: 'error',
			from: { path: '^src/modules/[^/]+/queries[/.]', pathNot: TESTS },
			to: { path: '/commands[/.]|^src/kernel/write\\.ts$' },
		},
		{
			name: 'no-circles',
			comment: 'Two files that need each other are one thing, or hide a third.',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
		},
		{
			name: 'no-tests-in-the-product',
			comment: 'Nothing that ships imports a test or its helpers.',
			severity: 'error',
			from: { path: '^(src|bin)/', pathNot: `${TESTS}|${HELPERS}|/fixtures/` },
			to: { path: `${TESTS}|/testing\\.ts$` },
		},
		{
			name: 'no-development-packages-in-the-product',
			comment: 'What ships stands in "dependencies".',
			severity: 'error',
			from: { path: '^(src|bin)/', pathNot: `${TESTS}|${HELPERS}|/fixtures/` },
			to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'nothing-unknown',
			comment: 'Every import leads somewhere.',
			severity: 'error',
			from: { path: '^(src|bin|scripts|tests)/' },
			to: { couldNotResolve: true, pathNot: '^\\./\\$types(\\.js)?$|^\\$(app|service-worker)' },
		},
		{
			name: 'no-undeclared-packages',
			comment: 'A package that only came along with another one may leave with it.',
			severity: 'error',
			from: {},
			to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
		},
	],
	options: {
		doNotFollow: { path: '^(node_modules|build|src/generated)/' },
		exclude: { path: '^(build|\\.svelte-kit)/' },
		tsPreCompilationDeps: 'specify',
		...(existsSync('tsconfig.json') && { tsConfig: { fileName: 'tsconfig.json' } }),
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'svelte', 'types'],
			extensions: ['.ts', '.js', '.mjs', '.svelte', '.css', '.json', '.d.ts'],
		},
	},
};

/** `needs` may only point to modules further up in the list: so there are no circles between modules. */
function checkNeeds() {
	const above = [];
	for (const { id, needs } of modules) {
		const unknown = needs.find((need) => !above.includes(need));
		if (unknown) throw new Error(`${id} needs ${unknown}, which does not stand above it in src/modules.ts`);
		above.push(id);
	}
	const folders = readdirSync(join(process.cwd(), 'src/modules')).flatMap((name) => /^\((.+)\)$/.exec(name)?.[1] ?? []);
	const forgotten = folders.find((id) => !above.includes(id));
	if (forgotten) throw new Error(`src/modules/(${forgotten}) does not stand in src/modules.ts`);
}
