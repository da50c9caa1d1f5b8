/** The city's own sign-in from end to end, with a real provider on this machine: roles by rule, signing out there, leaving. */
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import Provider from 'oidc-provider';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { createAccount, findAccount } from '../../src/kernel/identity/accounts.ts';
import { forgetAllTries } from '../../src/kernel/identity/testing.ts';
import { axeFindings } from '../support/axe.ts';
import { startApp } from '../support/app.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const city = createServer();
await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(city.address() as AddressInfo).port}`;
Object.assign(process.env, {
	OIDC_ISSUER: issuer,
	OIDC_CLIENT_ID: 'mitrat',
	OIDC_CLIENT_SECRET: 'geheim',
	OIDC_LABEL: 'Mit dem Konto der Stadt',
	OIDC_SCOPES: 'groups',
});
const app = await startApp({ demonstration: true, workers: 0 });
afterAll(() => {
	for (const name of Object.keys(process.env)) if (name.startsWith('OIDC_')) delete process.env[name];
	city.closeAllConnections();
	city.close();
});
beforeEach(() => forgetAllTries());

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'stadt-1', alg: 'RS256', use: 'sig' };
/** What the city knows of its people; changed by tests. */
const people: Record<string, { groups: string[]; blocked?: boolean }> = { nele: { groups: ['beirat-gs'] } };
const address = (login: string) => `${login}@stadt.example`;
const provider = new Provider(issuer, {
	clients: [
		{
			client_id: 'mitrat',
			client_secret: 'geheim',
			redirect_uris: [`${app.url}/anmelden/callback/stadt`],
			backchannel_logout_uri: `${app.url}/anmelden/abmeldung`,
			backchannel_logout_session_required: true,
		},
	],
	claims: { openid: ['sub', 'sid'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
	scopes: ['openid', 'email', 'profile', 'groups'],
	findAccount: (_ctx: unknown, id: string) =>
		people[id] && {
			accountId: id,
			claims: () => ({ sub: id, email: address(id), email_verified: true, name: id, groups: people[id]!.groups }),
		},
	features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
	cookies: { keys: ['nur für diesen Test'] },
	jwks: { keys: [key] },
	// Left to itself it calls no address of this machine.
	fetch: (url: string, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) => fetch(url, options),
});
city.on('request', provider.callback());

/** A browser without script: cookies and forms, nothing else. */
class Visitor {
	readonly jar = new Map<string, string>();

	async ask(url: string, form?: Record<string, string>): Promise<{ status: number; location: string; body: string }> {
		const at = new URL(url, app.url);
		const answer = await fetch(at, {
			redirect: 'manual',
			headers: {
				accept: 'text/html',
				cookie: [...this.jar]
					.filter(([name]) => name.startsWith(at.origin))
					.map(([name, value]) => `${name.slice(at.origin.length + 1)}=${value}`)
					.join('; '),
				...(form && { origin: at.origin }),
			},
			...(form && { method: 'POST', body: new URLSearchParams(form) }),
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
			this.jar.set(`${at.origin} ${name}`, value!);
		}
		return { status: answer.status, location: answer.headers.get('location') ?? '', body: await answer.text() };
	}

	/** From the sign-in page to the city and back. @returns where it was led to in the end */
	async signIn(login: string): Promise<string> {
		const { body } = await this.ask('/anmelden?/stadt', {});
		let next = /href="([^"]*\/auth\?[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
		if (!next) throw new Error('the page names no address to go on');
		let form: Record<string, string> | undefined;
		for (let hops = 0; hops < 12; hops++) {
			const { location, body: page } = await this.ask(next, form);
			form = undefined;
			if (location.startsWith(app.url)) return (await this.ask(location)).location;
			if (location) next = new URL(location, next).href;
			else {
				next = /action="([^"]+)"/.exec(page)![1]!;
				form = { prompt: page.includes('name="login"') ? 'login' : 'consent', login, password: 'x' };
			}
		}
		throw new Error('the city never came back');
	}

	status = async (path: string) => (await this.ask(path)).status;
}

async function person(login: string): Promise<string> {
	const { id } = await createAccount({ email: address(login), name: login });
	const [row] = await app.database.sql<{ id: string }>(
		`insert into registry.person (body_id, id, given_name, family_name, email, account_id)
		 select id, gen_random_uuid(), $1, 'Stadtkonto', $2, $3 from kernel.town where demonstration returning id`,
		[login, address(login), id],
	);
	return row!.id;
}

const administrator = new Visitor();
for (const pair of (await app.signIn('administrator')).split('; ')) {
	const [, name, value] = /^([^=]+)=(.*)$/.exec(pair)!;
	administrator.jar.set(`${new URL(app.url).origin} ${name}`, value!);
}
const nele = await person('nele');

test('an administrator writes a rule and tries it; then a sign-in gives the role, and takes it when the city does', async () => {
	const refused = await administrator.ask('/personen/rollenregeln?/neu', {
		claim: 'groups',
		value: '',
		duty: 'office',
	});
	expect([refused.status, refused.body.includes('Bitte geben Sie den Wert ein')]).toEqual([422, true]);
	const kept = await administrator.ask('/personen/rollenregeln?/neu', {
		claim: 'groups',
		value: 'beirat-gs',
		duty: 'office',
	});
	expect([kept.status, kept.location]).toEqual([303, '/personen/rollenregeln?neu']);
	const tried = await administrator.ask('/personen/rollenregeln?/probe', { angaben: '{"groups":["x","beirat-gs"]}' });
	expect(tried.body).toMatch(/Daraus folgt[^]*Geschäftsstelle[^]*Passende Regeln: 1/);
	const wrong = await administrator.ask('/personen/rollenregeln?/probe', { angaben: 'groups: beirat-gs' });
	expect([wrong.status, wrong.body.includes('kein JSON-Objekt')]).toEqual([422, true]);

	const browser = new Visitor();
	expect(await browser.signIn('nele')).toBe('/tisch');
	// people of the register: what the office may see
	expect(await browser.status('/personen')).toBe(200);
	const page = await administrator.ask(`/personen/${nele}`);
	expect(page.body).toMatch(/Geschäftsstelle[^]*durch die Anmeldung/);
	people.nele!.groups = [];
	const again = new Visitor();
	expect(await again.signIn('nele')).toBe('/tisch');
	expect(await again.status('/personen')).toBe(403);
	// and not in the session from before either
	expect(await browser.status('/personen')).toBe(403);
	people.nele!.groups = ['beirat-gs'];
});

/** A logout token as the provider would sign it; `change` spoils it. */
function logoutToken(
	claims: Record<string, unknown>,
	{ by = privateKey, kid = 'stadt-1', alg = 'RS256' }: { by?: KeyObject; kid?: string; alg?: string } = {},
): Promise<string> {
	const now = Math.floor(Date.now() / 1000);
	const usual = { iss: issuer, aud: 'mitrat', iat: now, exp: now + 120, jti: randomUUID(), events: { [EVENT]: {} } };
	const all = Object.fromEntries(Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined));
	return new SignJWT(all).setProtectedHeader({ alg, kid, typ: 'logout+jwt' }).sign(by);
}

/** As a server sends it: no Origin, no cookie. */
async function tell(token: string): Promise<number> {
	const answer = await fetch(`${app.url}/anmelden/abmeldung`, {
		method: 'POST',
		body: new URLSearchParams({ logout_token: token }),
	});
	expect(answer.headers.get('cache-control')).toBe('no-store');
	return answer.status;
}

test('who is signed out at the city is signed out here: one session by its number, all of them by the person', async () => {
	const [one, two] = [new Visitor(), new Visitor()];
	await one.signIn('nele');
	await two.signIn('nele');
	const sids = await app.database.sql<{ sid: string }>(
		'select sid from auth.oidc_session o join auth."session" s on s."id" = o.session_id order by s."createdAt" desc',
	);
	expect(sids.length).toBeGreaterThanOrEqual(2);
	expect(await tell(await logoutToken({ sid: sids[0]!.sid, sub: 'somebody-else' }))).toBe(200);
	expect(await two.status('/personen')).toBe(200);
	expect(await tell(await logoutToken({ sid: sids[0]!.sid, sub: 'nele' }))).toBe(200);
	expect([await one.status('/personen'), await two.status('/personen')]).toEqual([200, 404]);
	expect(await tell(await logoutToken({ sub: 'nele' }))).toBe(200);
	expect(await one.status('/personen')).toBe(404);
});

test('a provider’s own message is understood: signing out there is signing out here', async () => {
	const browser = new Visitor();
	await browser.signIn('nele');
	expect(await browser.status('/personen')).toBe(200);
	const { body } = await browser.ask(`${issuer}/session/end`);
	const [, action] = /action="([^"]+)"/.exec(body)!;
	const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(body)!;
	await browser.ask(action!, { xsrf: xsrf!, logout: 'yes' });
	await vi.waitFor(async () => expect(await browser.status('/personen')).toBe(404), 60_000);
});

test('a message that the provider did not sign for us, that is old, or that was heard before, ends nothing', async () => {
	const browser = new Visitor();
	await browser.signIn('nele');
	const sub = 'nele';
	const now = Math.floor(Date.now() / 1000);
	const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
	const heard = await logoutToken({ sub: 'nobody-here', jti: 'the same' });
	expect(await tell(heard)).toBe(200);
	const bad = {
		'signed by somebody else': await logoutToken({ sub }, { by: stranger }),
		'of an unknown key': await logoutToken({ sub }, { by: stranger, kid: 'fremd' }),
		'of another issuer': await logoutToken({ sub, iss: 'https://anders.example' }),
		'for somebody else': await logoutToken({ sub, aud: 'andere' }),
		'without the event': await logoutToken({ sub, events: { 'http://example.org/other': {} } }),
		'with an event that is no object': await logoutToken({ sub, events: { [EVENT]: true } }),
		'with a nonce': await logoutToken({ sub, nonce: 'n' }),
		'of nobody': await logoutToken({}),
		'an hour old': await logoutToken({ sub, iat: now - 3600, exp: now + 100 }),
		expired: await logoutToken({ sub, iat: now - 300, exp: now - 120 }),
		'without a number': await logoutToken({ sub, jti: undefined }),
		'heard before': await logoutToken({ sub, jti: 'the same' }),
		unsigned: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: issuer, aud: 'mitrat', iat: now, jti: 'x', sub, events: { [EVENT]: {} } })).toString('base64url')}.`,
		'no token': 'nele',
		nothing: '',
	};
	const statuses = Object.fromEntries(
		await Promise.all(Object.entries(bad).map(async ([name, token]) => [name, await tell(token)])),
	);
	expect(statuses).toEqual(Object.fromEntries(Object.keys(bad).map((name) => [name, 400])));
	expect(await browser.status('/personen')).toBe(200);
	// A page of another site can't send it either: a browser names its origin.
	const { status } = await fetch(`${app.url}/anmelden/abmeldung`, {
		method: 'POST',
		headers: { origin: 'https://evil.example' },
		body: new URLSearchParams({ logout_token: await logoutToken({ sub }) }),
	});
	expect(status).toBe(403);
});

test('whom the city refuses at the next sign-in is signed out everywhere here', async () => {
	const [one, two] = [new Visitor(), new Visitor()];
	await one.signIn('nele');
	await two.signIn('nele');
	const { body } = await one.ask('/anmelden?/stadt', {});
	const state = new URL(/href="([^"]*\/auth\?[^"]*)"/.exec(body)![1]!.replaceAll('&amp;', '&')).searchParams.get(
		'state',
	)!;
	const { location } = await one.ask(
		`/anmelden/callback/stadt?${new URLSearchParams({ state, error: 'access_denied' })}`,
	);
	expect(location).toContain('/anmelden?dienst=oidcFailed');
	expect([await one.status('/personen'), await two.status('/personen')]).toEqual([404, 404]);
});

test('an administrator ends somebody’s access: told what ends and what stays, confirmed, and over at once', async () => {
	const browser = new Visitor();
	await browser.signIn('nele');
	await app.database.sql(
		`insert into council.personal_calendar (body_id, person_id, token_hash) select body_id, id, 'alt' from registry.person where id = $1`,
		[nele],
	);
	await app.database.sql(
		`insert into council.subscriber (body_id, id, email, locale, token_hash, asked_at, mailed_at, confirmed_at)
		 select body_id, gen_random_uuid(), 'Nele@Stadt.example', 'de', 'abo', now(), now(), now() from registry.person where id = $1`,
		[nele],
	);
	const page = await administrator.ask(`/personen/${nele}/zugang`);
	expect(page.body).toMatch(/Sofort endet[^]*das Konto[^]*Rolle: Geschäftsstelle[^]*Offen bleibt/);
	const [commissioner] = await app.database.sql<{ id: string }>(
		`select h.person_id as id from registry.office_holding h join registry.office o on o.id = h.office_id where o.kind = 'commissioner' and h.until_date is null limit 1`,
	);
	const busy = await administrator.ask(`/personen/${commissioner!.id}/zugang`);
	expect(busy.body).toMatch(/Offen bleibt[^]*Beauftragte[^]*1 Aufgabe[^]*früheste Frist/);
	const unsure = await administrator.ask(`/personen/${nele}/zugang`, {});
	expect([unsure.status, unsure.body.includes('Bitte bestätigen Sie')]).toEqual([422, true]);
	expect(await browser.status('/personen')).toBe(200);
	const ended = await administrator.ask(`/personen/${nele}/zugang`, { sicher: 'on' });
	expect([ended.status, ended.location]).toEqual([303, `/personen/${nele}?zugang`]);
	expect(await browser.status('/personen')).toBe(404);
	expect(await findAccount(address('nele'))).toBeUndefined();
	expect(await app.database.sql(`select 1 from council.personal_calendar where token_hash = 'alt'`)).toEqual([]);
	expect(await app.database.sql(`select 1 from council.subscriber where token_hash = 'abo'`)).toEqual([]);
	// The city still lets them in; here nobody knows them any more.
	expect(await new Visitor().signIn('nele')).toContain('/anmelden?dienst=oidcUnknown');
	const log = await administrator.ask('/protokollierung');
	expect(log.body).toContain('Zugang beendet');
	expect(log.body).toContain('Durch die Anmeldung gegeben');
});

test('both pages are right for everybody who reads them by ear or by keys', async () => {
	const page = await app.newPage({ role: 'administrator' });
	for (const path of ['/personen/rollenregeln', `/personen/${nele}/zugang`]) {
		await page.goto(path);
		expect(await axeFindings(page)).toEqual([]);
	}
});
