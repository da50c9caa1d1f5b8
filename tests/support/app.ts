import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { openBrowser } from '../../scripts/browser.ts';
import type { DemonstrationRole } from '../../src/kernel/identity/accounts.ts';
import { forgetAllTries, Browser as Visitor, signedIn } from '../../src/kernel/identity/testing.ts';
import { runtime } from '../../src/kernel/runtime.ts';
import { production } from '../../src/server/production.ts';
import { progress } from '../../src/server/progress.ts';
import type { Run } from '../../src/server/start.ts';
import { builtApplication } from './build.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { becomeDemonstration } from './demonstration.ts';

export interface AppOptions {
	/** Fills the database with the demonstration town; otherwise there is one empty town, "Elbstadt". */
	demonstration?: boolean;
	/** Jobs at the same time; 0 leaves them undone. */
	workers?: number;
	env?: Record<string, string>;
}

export interface App {
	/** `http://localhost:<port>` */
	url: string;
	database: TestDatabase;
	/** Signs in by the one click of the demonstration's sign-in page. @returns the cookie header of the session */
	signIn(role: DemonstrationRole): Promise<string>;
	/** Signs in by a link, with or without roles; the account is made if there is none. @returns the cookie header */
	signInAs(email: string): Promise<string>;
	/** A page in a browser of its own. With a role it is signed in. */
	newPage(options?: BrowserContextOptions & { role?: DemonstrationRole }): Promise<Page>;
	/** From here on it is this moment for all records of the process; sign-in keeps to the real time. Local time of the town. */
	setClock(local: string): void;
	/** Ends the server; called by itself after the file's last test. */
	stop(): Promise<void>;
}

/**
 * The built application on a database of its own, as `mitrat start` would serve it, on a free port of this machine.
 * Call it at the top level of a test file; one per file.
 */
export async function startApp({ demonstration = false, workers = 1, env = {} }: AppOptions = {}): Promise<App> {
	const buildDir = await builtApplication();
	const database = await freshDatabase({
		MITRAT_MODE: 'demo',
		MITRAT_BUILD: buildDir,
		PORT: '0',
		MITRAT_WORKERS: `${workers}`,
		// Tests that share a machine need its cores; threads have a test of their own.
		MITRAT_PAGE_THREADS: '0',
		...env,
	});
	if (demonstration) await becomeDemonstration(database);
	const open = new AsyncDisposableStack();
	const browsers = lazyBrowser(open);
	const url = await production.serve(runFor(open));
	let stopped: Promise<void> | undefined;
	const stop = () => (stopped ??= open.disposeAsync());
	afterAll(stop);
	const signIn = (role: DemonstrationRole) => demonstrationSession(database, url, role);
	return {
		url,
		database,
		signIn,
		signInAs: async (email) => {
			await forgetAllTries();
			return cookieOf(await signedIn(email, new Visitor(url)));
		},
		newPage: async ({ role, ...options } = {}) => {
			const context = await (await browsers()).newContext({ baseURL: url, locale: 'de-DE', ...options });
			context.setDefaultTimeout(60_000);
			context.on('page', waitsForPages);
			if (role) await context.addCookies(cookiesOf(await signIn(role), url));
			return context.newPage();
		},
		setClock: (local) => {
			const moment = Temporal.PlainDateTime.from(local).toZonedDateTime(database.town.timeZone).toInstant();
			runtime().clock = () => moment;
		},
		stop,
	};
}

/** What `production.serve` expects of a start; nobody sends it signals here. */
function runFor(open: AsyncDisposableStack): Run {
	const never = new AbortController().signal;
	const shutdown = { begin: never, hurry: never, request: () => undefined, error: undefined };
	return { config: runtime().config, isPublic: false, show: progress(() => undefined), shutdown, open };
}

/** The browser starts with the first page and ends before the server. */
function lazyBrowser(open: AsyncDisposableStack): () => Promise<Browser> {
	let browser: Promise<Browser> | undefined;
	open.defer(async () => (await browser)?.close());
	return () => (browser ??= openBrowser());
}

/** What may lead to another page. */
const ACTS = ['click', 'dblclick', 'press', 'check', 'uncheck', 'setChecked', 'selectOption'] as const;

/**
 * Whatever leads to another page is over once that page is there with its scripts, as for a person, who looks before going
 * on. By itself the browser is content with the first bytes: a text would be read by half, and a press come too early.
 */
function waitsForPages(page: Page): void {
	const frame = page.mainFrame() as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
	for (const act of ACTS) {
		const plain = frame[act]!.bind(frame);
		frame[act] = async (...given) => {
			const done = await plain(...given);
			if (!page.isClosed()) await page.waitForLoadState('load');
			return done;
		};
	}
}

async function demonstrationSession(database: TestDatabase, url: string, role: DemonstrationRole): Promise<string> {
	await forgetAllTries();
	const [account] = await database.sql<{ id: string }>(`select "id" from auth."user" where "demonstration" = $1`, [
		role,
	]);
	if (!account) throw new Error(`the demonstration has no sign-in for ${role}`);
	const answer = await fetch(`${url}/anmelden?/demo`, {
		method: 'POST',
		redirect: 'manual',
		// Without this a program is taken for a script and gets JSON.
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ konto: account.id }),
	});
	if (answer.status !== 303) throw new Error(`signing in as ${role} was answered with ${answer.status}`);
	return answer.headers
		.getSetCookie()
		.map((line) => line.split(';', 1)[0]!)
		.join('; ');
}

function cookieOf(visitor: Visitor): string {
	return visitor.headers.get('cookie') ?? '';
}

function cookiesOf(header: string, url: string): { name: string; value: string; url: string }[] {
	return header.split('; ').map((pair) => {
		const equals = pair.indexOf('=');
		return { name: pair.slice(0, equals), value: pair.slice(equals + 1), url };
	});
}
