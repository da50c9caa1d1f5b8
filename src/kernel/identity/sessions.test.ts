import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { runtime } from '../runtime.ts';
import { accountOf } from './account.ts';
import { removeAccount } from './accounts.ts';
import { cleanIdentity } from './clean.ts';
import { endAllSessions, endOtherSessions, endSession, extendSession, listSessions, signOut } from './sessions.ts';
import { Browser, forgetAllTries, signedIn } from './testing.ts';

const email = 'olena.koval@elbstadt.example';
beforeAll(() => freshDatabase());
beforeEach(() => forgetAllTries());

describe('the session cookie', () => {
	test('is kept from scripts and other sites, and ends after a week', async () => {
		const [cookie] = [...(await signedIn(email)).cookies.values()];
		expect(cookie).toMatchObject({
			name: 'mitrat.session_token',
			httpOnly: true,
			sameSite: 'lax',
			secure: false,
			path: '/',
		});
		expect(cookie!.maxAge).toBe(7 * 24 * 3600);
	});

	test('behind TLS is secure and bound to its host', async () => {
		const browser = await signedIn(email, new Browser('https://rat.example'));
		const cookies = [...browser.cookies.values()];
		expect(cookies.length).toBeGreaterThan(0);
		for (const cookie of cookies) {
			expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: '/' });
			expect(cookie.name).toMatch(/^__Host-/);
		}
		expect(await accountOf(browser.headers)).toMatchObject({ email });
	});

	test('without the host prefix does not count where the site is known to be https', async () => {
		const plain = await signedIn(email);
		const { config } = runtime();
		config.origins = ['https://rat.example'];
		expect(await accountOf(plain.headers)).toBeNull();
		config.origins = [];
		expect(await accountOf(plain.headers)).not.toBeNull();
	});

	test('altered or signed by somebody else is worth nothing', async () => {
		const browser = await signedIn(email);
		const cookie = browser.cookies.get('mitrat.session_token')!;
		const [token, signature] = cookie.value.split('.') as [string, string];
		for (const forged of [
			`${token}x.${signature}`,
			token,
			`${token}.${Buffer.alloc(32).toString('base64')}`,
			'',
			'%',
		]) {
			expect(await accountOf(new Headers({ cookie: `mitrat.session_token=${encodeURIComponent(forged)}` }))).toBeNull();
		}
		expect(await accountOf(new Headers({ cookie: 'mitrat.session_token=%E0%A4%A' }))).toBeNull();
	});
});

describe('a session', () => {
	test('is listed with its device, and no network address is stored', async () => {
		const browser = await signedIn('liste@elbstadt.example');
		const account = (await accountOf(browser.headers))!;
		expect(await listSessions(account)).toMatchObject([
			{ device: 'Firefox, Linux', current: true, id: account.sessionId },
		]);
		const { rows } = await runtime().pool.query('select * from auth."session", auth.attempt');
		expect(JSON.stringify(rows)).not.toContain(browser.address);
	});

	test('can be ended from another one, at once', async () => {
		const phone = await signedIn('zwei@elbstadt.example');
		const desk = await signedIn('zwei@elbstadt.example');
		const account = (await accountOf(desk.headers))!;
		const other = (await listSessions(account)).find(({ current }) => !current)!;
		expect(await endSession(account, other.id)).toBe(true);
		expect(await accountOf(phone.headers)).toBeNull();
		expect(await accountOf(desk.headers)).not.toBeNull();
	});

	test('takes the place of the former one in the same browser', async () => {
		const browser = await signedIn('nochmal@elbstadt.example');
		const former = browser.headers;
		await signedIn('nochmal@elbstadt.example', browser);
		expect(await accountOf(former)).toBeNull();
		expect(await listSessions((await accountOf(browser.headers))!)).toHaveLength(1);
	});

	test('of somebody else can not be ended', async () => {
		const mine = (await accountOf((await signedIn('eine@elbstadt.example')).headers))!;
		const other = await signedIn('andere@elbstadt.example');
		expect(await endSession(mine, (await accountOf(other.headers))!.sessionId)).toBe(false);
		expect(await accountOf(other.headers)).not.toBeNull();
	});

	test('all others can be ended together', async () => {
		const browsers = [];
		for (let i = 0; i < 3; i++) browsers.push(await signedIn('drei@elbstadt.example'));
		expect(await endOtherSessions((await accountOf(browsers[1]!.headers))!)).toBe(2);
		const left = await Promise.all(browsers.map(({ headers }) => accountOf(headers)));
		expect(left.map(Boolean)).toEqual([false, true, false]);
	});

	test('signing out ends it and clears the cookie', async () => {
		const browser = await signedIn(email);
		const { headers } = browser;
		browser.take(await signOut(browser.visit));
		expect(browser.cookies.size).toBe(0);
		expect(await accountOf(headers)).toBeNull();
		expect(await signOut(new Browser().visit)).toMatchObject({ cookies: expect.any(Array) });
	});

	test('ends after a week, however busy', async () => {
		const browser = await signedIn('woche@elbstadt.example');
		await age('woche@elbstadt.example', `"expiresAt" = now() - interval '1 second'`);
		expect(await accountOf(browser.headers)).toBeNull();
	});

	test('ends after a day without a request, and lives on with one', async () => {
		const browser = await signedIn('pause@elbstadt.example');
		await age('pause@elbstadt.example', `"updatedAt" = now() - interval '23 hours'`);
		expect(await accountOf(browser.headers)).not.toBeNull();
		const { rows } = await runtime().pool.query<{
			recent: boolean;
		}>(`select s."updatedAt" > now() - interval '1 minute' as recent
			from auth."session" s join auth."user" u on u."id" = s."userId" where u."email" = 'pause@elbstadt.example'`);
		expect(rows).toEqual([{ recent: true }]);
		await age('pause@elbstadt.example', `"updatedAt" = now() - interval '25 hours'`);
		expect(await accountOf(browser.headers)).toBeNull();
		expect(await cleanIdentity()).toBeGreaterThan(0);
		expect(await accountOf(browser.headers)).toBeNull();
	});

	test('ends with its account', async () => {
		const browser = await signedIn('weg@elbstadt.example');
		const account = (await accountOf(browser.headers))!;
		await removeAccount(account.id);
		expect(await accountOf(browser.headers)).toBeNull();
		const again = await signedIn('alle@elbstadt.example');
		await endAllSessions((await accountOf(again.headers))!.id);
		expect(await accountOf(again.headers)).toBeNull();
	});
});

async function age(address: string, change: string): Promise<void> {
	await runtime().pool.query(
		`update auth."session" set ${change} where "userId" = (select "id" from auth."user" where "email" = $1)`,
		[address],
	);
}

describe('staying on', () => {
	const endsIn = (hours: number) =>
		runtime().pool.query(`update auth."session" set "expiresAt" = now() + make_interval(hours => $1)`, [hours]);
	const later = (days: number) =>
		runtime().pool.query(`update auth."session" set "createdAt" = "createdAt" - make_interval(days => $1)`, [days]);

	test('gives a day from now, and the cookie lives as long', async () => {
		const browser = await signedIn(email);
		await endsIn(1);
		const { cookies, expiresAt } = browser.take(await extendSession(browser.visit));
		const hours = Temporal.Now.instant().until(expiresAt).total('hours');
		expect(hours).toBeCloseTo(24, 1);
		expect(cookies[0]!.maxAge! / 3600).toBeCloseTo(24, 1);
		expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' });
		expect((await accountOf(browser.headers))!.expiresAt).toEqual(expiresAt);
	});

	test('takes nothing away from a session that lasts longer anyway', async () => {
		const browser = await signedIn(email);
		const before = (await accountOf(browser.headers))!.expiresAt;
		expect((await extendSession(browser.visit)).expiresAt).toEqual(before);
	});

	test('is possible ten times, a day each; then one signs in again', async () => {
		const browser = await signedIn(email);
		await later(7);
		for (let times = 1; times <= 10; times++) {
			await endsIn(1);
			if (times > 1) await later(1);
			await expect(extendSession(browser.visit), `time ${times}`).resolves.toBeDefined();
		}
		await later(1);
		await endsIn(1);
		await expect(extendSession(browser.visit)).rejects.toMatchObject({ code: 'identity.signInAgain' });
		expect(await accountOf(browser.headers)).not.toBeNull();
	});

	test('is not for strangers', async () => {
		await expect(extendSession(new Browser().visit)).rejects.toMatchObject({ code: 'identity.signInAgain' });
	});
});
