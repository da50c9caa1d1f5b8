import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { runtime } from '../runtime.ts';
import { accountOf } from './account.ts';
import { createAccount } from './accounts.ts';
import { finishOidc, oidcLabel, startOidc } from './oidc.ts';
import { Browser, forgetAllTries } from './testing.ts';

const ORIGIN = 'http://elbstadt.test:3000';
const WAY = { failed: '/ar/anmelden' };
const PEOPLE: Record<string, { email: string; email_verified: boolean; name: string }> = {
	jonas: { email: 'Jonas.Brandt@stadt.example', email_verified: true, name: 'Jonas Brandt' },
	fremd: { email: 'fremd@stadt.example', email_verified: true, name: 'Ohne Konto' },
	ungeprueft: { email: 'ungeprueft@stadt.example', email_verified: false, name: 'Ungeprüft' },
};

let server: Server;

beforeAll(async () => {
	server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const provider = new Provider(issuer, {
		clients: [{ client_id: 'mitrat', client_secret: 'geheim', redirect_uris: [`${ORIGIN}/anmelden/callback/stadt`] }],
		claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
		findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
		features: { devInteractions: { enabled: true } },
		cookies: { keys: ['nur für diesen Test'] },
	});
	server.on('request', provider.callback());
	Object.assign(process.env, {
		OIDC_ISSUER: issuer,
		OIDC_CLIENT_ID: 'mitrat',
		OIDC_CLIENT_SECRET: 'geheim',
		OIDC_LABEL: 'Mit dem Konto der Stadt',
	});
	await freshDatabase();
	await createAccount({ email: 'jonas.brandt@stadt.example', name: 'Jonas Brandt' });
	await createAccount({ email: 'ungeprueft@stadt.example', name: 'Ungeprüft' });
});
afterAll(async () => {
	for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_LABEL']) delete process.env[name];
	server.closeAllConnections();
	server.close();
});
beforeEach(() => forgetAllTries());

/** Plays the browser at the other server: signs in, consents, and comes back with the address it was sent to. */
async function atTheProvider(url: string, login: string): Promise<URL> {
	const jar = new Map<string, string>();
	let next = url;
	let body: URLSearchParams | undefined;
	for (let hops = 0; hops < 12; hops++) {
		const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
		const response = await fetch(next, {
			redirect: 'manual',
			headers: { cookie },
			...(body && { method: 'POST', body }),
		});
		for (const line of response.headers.getSetCookie()) {
			const [name, value] = line.split(';')[0]!.split('=') as [string, string];
			jar.set(name, value);
		}
		body = undefined;
		const location = response.headers.get('location');
		if (location?.startsWith(ORIGIN)) return new URL(location);
		if (location) next = new URL(location, next).href;
		else {
			const page = await response.text();
			const [, action] = /action="([^"]+)"/.exec(page) ?? [];
			if (!action) throw new Error(page.slice(0, 400));
			body = new URLSearchParams({ prompt: page.includes('name="login"') ? 'login' : 'consent', login, password: 'x' });
			next = action;
		}
	}
	throw new Error('the provider never came back');
}

test('the whole way: to the other server, back, signed in', async () => {
	expect(oidcLabel()).toBe('Mit dem Konto der Stadt');
	const browser = new Browser(ORIGIN);
	const { url } = browser.take(await startOidc(browser.visit, { ...WAY, next: '/sitzungen' }));
	const asked = new URL(url).searchParams;
	expect(asked.get('code_challenge_method')).toBe('S256');
	expect(asked.get('nonce')).toBeTruthy();
	expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/anmelden/callback/stadt`);
	const back = await atTheProvider(url, 'jonas');
	expect(browser.take(await finishOidc(browser.visit, back.searchParams)).next).toBe('/sitzungen');
	expect(await accountOf(browser.headers)).toMatchObject({ email: 'jonas.brandt@stadt.example' });
	const { rows } = await runtime().pool.query(
		`select "accessToken", "refreshToken", "idToken" from auth."account" where "providerId" = 'stadt'`,
	);
	expect(rows).toEqual([{ accessToken: null, refreshToken: null, idToken: null }]);
	// The way back counts once.
	await expect(finishOidc(new Browser(ORIGIN).visit, back.searchParams)).rejects.toMatchObject({
		code: 'identity.oidcFailed',
	});
});

test('somebody without an account here stays out, and none is made', async () => {
	const browser = new Browser(ORIGIN);
	const { url } = browser.take(await startOidc(browser.visit, WAY));
	const back = await atTheProvider(url, 'fremd');
	await expect(finishOidc(browser.visit, back.searchParams)).rejects.toMatchObject({
		code: 'identity.oidcUnknown',
		params: { page: '/ar/anmelden' },
	});
	expect(await accountOf(browser.headers)).toBeNull();
});

test('an address that the other side did not verify opens no account', async () => {
	const browser = new Browser(ORIGIN);
	const { url } = browser.take(await startOidc(browser.visit, WAY));
	const back = await atTheProvider(url, 'ungeprueft');
	await expect(finishOidc(browser.visit, back.searchParams)).rejects.toMatchObject({ code: 'identity.oidcUnknown' });
	expect(await accountOf(browser.headers)).toBeNull();
});

test('an answer that another browser asked for is refused', async () => {
	const asking = new Browser(ORIGIN);
	const { url } = asking.take(await startOidc(asking.visit, WAY));
	const back = await atTheProvider(url, 'jonas');
	const victim = new Browser(ORIGIN);
	await expect(finishOidc(victim.visit, back.searchParams)).rejects.toMatchObject({ code: 'identity.oidcFailed' });
});

test('a refusal at the other server is told', async () => {
	const browser = new Browser(ORIGIN);
	const { url } = browser.take(await startOidc(browser.visit, WAY));
	const state = new URL(url).searchParams.get('state')!;
	const refused = finishOidc(browser.visit, new URLSearchParams({ state, error: 'access_denied' }));
	await expect(refused).rejects.toMatchObject({ code: 'identity.oidcFailed' });
});
