/**
 * Every way into the application, asked by every role, compared with the table in access.md. The table is what people
 * review: after a change of a permission or a new page, `UPDATE=1 npm test -- tests/contract/access.test.ts` writes it
 * anew and the difference shows in the commit.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { forgetAllTries } from '../../src/kernel/identity/testing.ts';
import { runtime } from '../../src/kernel/runtime.ts';
import { startApp } from '../support/app.ts';
import { peopleOfAllRoles, ROLES, type Role } from '../support/roles.ts';
import { label, waysOf, type Way } from '../support/routes.ts';
import { fixturesOf, formsOf } from './access-fixtures.ts';
import { pathsOf, rowName } from './access-paths.ts';
import { readTable, writeTable, type Table } from './access-table.ts';

/** Closed to all: the demonstration knows no sign-in of the city. */
const NOBODY = [
	'/anmelden POST ?/stadt',
	'/anmelden/abmeldung POST',
	'/anmelden/callback/stadt GET',
	// Feeds are public: those of a closed body are nobody's, members have their own calendar.
	'/gremien/[slug]/sitzungen.atom GET (closed)',
];
/** Milliseconds in which even a loaded machine answers. */
const PATIENCE = 30_000;
const file = fileURLToPath(new URL('access.md', import.meta.url));
const app = await startApp({ demonstration: true, workers: 0 });
const signIn = await peopleOfAllRoles(app);
const fixtures = await fixturesOf(app, signIn);
const forms = formsOf(app);
const cookies = new Map<Role, string | undefined>();
const ways = await waysOf(runtime().config.buildDir);
const seen = await askAll();
if (process.env.UPDATE) writeFileSync(file, writeTable(seen, ROLES));

test('every route with a parameter has an example to be asked with', () => {
	const unknown = ways.filter(({ path }) => pathsOf(path, fixtures).length === 0).map(({ path }) => path);
	expect(unknown, 'add an example to access-fixtures.ts').toEqual([]);
});

test('every way is answered to every role as access.md says', () => {
	const table = existsSync(file) ? readTable(readFileSync(file, 'utf8')) : new Map<string, Map<string, string>>();
	expect(differences(seen, table), 'UPDATE=1 writes access.md anew; review the difference').toEqual([]);
});

test('no way ends in an error of ours', () => {
	const broken = [...seen].flatMap(([way, cells]) =>
		[...cells].filter(([, cell]) => cell.startsWith('5')).map(([role]) => `${way}: ${role}`),
	);
	expect(broken).toEqual([]);
});

test('every way is open to somebody, so a 404 in the table means "not for you" and not "no such thing"', () => {
	const shut = [...seen].filter(([, cells]) =>
		[...cells.values()].every((answer) => answer === '403' || answer === '404'),
	);
	expect(shut.map(([way]) => way)).toEqual(NOBODY);
});

test('a form that another site sends is refused everywhere', async () => {
	const cookie = (await signIn('office'))!;
	const accepted: string[] = [];
	for (const way of ways.filter(({ action }) => action)) {
		const [example] = pathsOf(way.path, fixtures);
		if (!example) continue;
		const { status } = await ask(way, example.path, cookie, 'https://elsewhere.example');
		if (status !== 403) accepted.push(`${label(way)}: ${status}`);
	}
	expect(accepted).toEqual([]);
});

/** First everything that only reads; then the acts, one after the other. */
async function askAll(): Promise<Table> {
	const table: Table = new Map();
	for (const role of ROLES) cookies.set(role, await signIn(role));
	for (const way of ways.filter(({ method }) => method === 'GET')) {
		for (const { path, name } of pathsOf(way.path, fixtures)) {
			const cells = await Promise.all(ROLES.map(async (role) => [role, await cell(way, path, role)] as const));
			table.set(rowName(way, name), new Map(cells));
		}
	}
	for (const way of ways.filter(({ method }) => method !== 'GET')) {
		for (const { path, name } of pathsOf(way.path, fixtures)) {
			const cells = new Map<string, string>();
			for (const role of ROLES) cells.set(role, await cell(way, path, role));
			table.set(rowName(way, name), cells);
		}
	}
	return new Map([...table].sort(([a], [b]) => a.localeCompare(b, 'en')));
}

/** `200`, `404` … or `→ /anmelden` */
async function cell(way: Way, path: string, role: Role): Promise<string> {
	await forgetAllTries();
	const { status, location, session } = await ask(way, path, cookies.get(role), app.url);
	// Signed out, or given another session: the next question begins anew.
	if (session) cookies.set(role, await signIn(role));
	if (!location) return String(status);
	const { pathname, origin } = new URL(location, app.url);
	return `→ ${origin === app.url ? anonymous(pathname) : origin}`;
}

async function ask(way: Way, path: string, cookie: string | undefined, origin: string) {
	const { method, action } = way;
	const target = `${app.url}${path}${action && action !== 'default' ? `?/${action}` : ''}`;
	const headers = { accept: action ? 'text/html' : '*/*', ...(cookie && { cookie }) };
	const sent =
		method === 'GET' ? { headers } : { headers: { ...headers, ...typeOf(way), origin }, body: await bodyOf(way) };
	const signal = AbortSignal.timeout(PATIENCE);
	const answer = await fetch(target, { method, redirect: 'manual', signal, ...sent }).catch((error: unknown) => {
		throw new Error(`${method} ${target} was not answered`, { cause: error });
	});
	// Streams of events never end by themselves.
	await answer.body?.cancel();
	const session = answer.headers.getSetCookie().length > 0;
	return { status: answer.status, location: answer.headers.get('location'), session };
}

/** A form says its type itself. */
function typeOf({ action }: Way): Record<string, string> {
	return action ? {} : { 'content-type': 'application/json' };
}

async function bodyOf(way: Way): Promise<URLSearchParams | string> {
	if (!way.action) return '{}';
	const fields = await forms[label(way)]?.();
	return new URLSearchParams(fields ?? { nothing: '' });
}

/** An address without what differs from run to run. */
function anonymous(pathname: string): string {
	let path = pathname;
	for (const [parameter, examples] of Object.entries(fixtures)) {
		const name = /\[[^\]]+\]$/.exec(parameter)![0];
		// Whole segments only: an example may be a number, and an id may begin with it.
		for (const value of Object.values(examples))
			path = path.replace(new RegExp(`/${RegExp.escape(value)}(?=[/.]|$)`), `/${name}`);
	}
	return path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '[id]');
}

function differences(now: Table, table: Table): string[] {
	const gone = [...table.keys()]
		.filter((way) => !now.has(way))
		.map((way) => `${way}: stands in the table, but is gone`);
	const changed = [...now].flatMap(([way, cells]) => {
		const row = table.get(way);
		if (!row) return [`${way}: has no row`];
		const odd = [...cells].filter(([role, answer]) => row.get(role) !== answer);
		return odd.map(([role, answer]) => `${way}: ${role} gets ${answer}, the table says ${row.get(role)}`);
	});
	return [...gone, ...changed];
}
