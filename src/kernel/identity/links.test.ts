import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { runtime } from '../runtime.ts';
import { accountOf } from './account.ts';
import { createAccount, demonstrationAccounts } from './accounts.ts';
import { completeLink, inviteAccount, lookAtLink, requestLink, signInDemonstration } from './links.ts';
import { Browser, forgetAllTries, Letterbox } from './testing.ts';

beforeAll(async () => {
	await freshDatabase();
	await createAccount({ email: 'Ayla.Demir@Elbstadt.example', name: 'Ayla Demir', locale: 'tr' });
});
beforeEach(() => forgetAllTries());

async function mailedToken(email = 'ayla.demir@elbstadt.example', next?: string): Promise<string> {
	const box = new Letterbox();
	await requestLink(new Browser().visit, { email, next }, box.send);
	return box.token;
}

describe('a link in a mail', () => {
	test('signs its account in and leads where one came from', async () => {
		const browser = new Browser();
		const { secondStep, next } = browser.take(
			await completeLink(browser.visit, await mailedToken(undefined, '/sitzungen/12')),
		);
		expect({ secondStep, next }).toEqual({ secondStep: false, next: '/sitzungen/12' });
		expect(await accountOf(browser.headers)).toMatchObject({
			name: 'Ayla Demir',
			email: 'ayla.demir@elbstadt.example',
		});
	});

	test('is not used up by being looked at, however often', async () => {
		const token = await mailedToken();
		for (let i = 0; i < 3; i++) expect(await lookAtLink(token)).toMatchObject({ email: 'ayla.demir@elbstadt.example' });
		const browser = new Browser();
		browser.take(await completeLink(browser.visit, token));
		expect(await accountOf(browser.headers)).not.toBeNull();
	});

	test('counts once, also when the button is pressed twice at the same moment', async () => {
		const token = await mailedToken();
		const tries = await Promise.allSettled([1, 2, 3].map(() => completeLink(new Browser().visit, token)));
		expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const result of tries) {
			if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'identity.linkOver' });
		}
		expect(await lookAtLink(token)).toBeNull();
	});

	test('is refused when it is over', async () => {
		const token = await mailedToken();
		await runtime().pool.query(`update auth."verification" set "expiresAt" = now() - interval '1 second'`);
		expect(await lookAtLink(token)).toBeNull();
		await expect(completeLink(new Browser().visit, token)).rejects.toMatchObject({ code: 'identity.linkOver' });
	});

	test('is stored as a hash only', async () => {
		const token = await mailedToken();
		const { rows } = await runtime().pool.query('select * from auth."verification"');
		expect(JSON.stringify(rows)).not.toContain(token);
	});

	test('never leads to another site', async () => {
		for (const next of [
			'https://evil.example/',
			'//evil.example',
			'/\\evil.example',
			'javascript:alert(1)',
			'/anmelden',
		]) {
			await forgetAllTries();
			expect((await completeLink(new Browser().visit, await mailedToken(undefined, next))).next).toBe('/tisch');
		}
	});
});

describe('unknown addresses', () => {
	test('get the same answer and no mail', async () => {
		const box = new Letterbox();
		const known = await requestLink(
			new Browser().visit,
			{ email: 'ayla.demir@elbstadt.example' },
			new Letterbox().send,
		);
		const unknown = await requestLink(new Browser().visit, { email: 'niemand@elbstadt.example' }, box.send);
		expect(unknown).toEqual(known);
		expect(box.mails).toEqual([]);
	});

	test('make no account', async () => {
		await requestLink(new Browser().visit, { email: 'niemand@elbstadt.example' }, new Letterbox().send);
		const { rows } = await runtime().pool.query(`select 1 from auth."user" where "email" like 'niemand%'`);
		expect(rows).toEqual([]);
	});
});

describe('an invitation', () => {
	const person = { email: 'm.okafor@elbstadt.example', name: 'Michael Okafor' };

	test('makes the account and is mailed in its language', async () => {
		const box = new Letterbox();
		const invited = await inviteAccount({ ...person, locale: 'en' }, { origin: 'https://rat.example', send: box.send });
		expect(invited.created).toBe(true);
		expect(box.mails).toMatchObject([{ purpose: 'invitation', to: person.email, locale: 'en', url: invited.url }]);
		expect(invited.url).toMatch(/^https:\/\/rat\.example\/anmelden\/link\?schein=[\w-]{32}$/);
		const days = invited.validUntil.since(Temporal.Now.instant()).total('hours') / 24;
		expect(days).toBeGreaterThan(6.9);
	});

	test('of the first administrator works once, without any mail', async () => {
		const { url, accountId } = await inviteAccount(
			{ email: 'verwaltung@elbstadt.example', name: 'Verwaltung' },
			{ origin: 'http://elbstadt.test' },
		);
		const token = new URL(url).searchParams.get('schein')!;
		const browser = new Browser();
		browser.take(await completeLink(browser.visit, token));
		expect(await accountOf(browser.headers)).toMatchObject({ id: accountId });
		await expect(completeLink(new Browser().visit, token)).rejects.toMatchObject({ code: 'identity.linkOver' });
	});

	test('for a known address finds the account', async () => {
		const again = await inviteAccount(person, { origin: 'http://elbstadt.test' });
		expect(again.created).toBe(false);
	});

	test('made twice at the same moment makes one account', async () => {
		const twin = { email: 'zwilling@elbstadt.example', name: 'Zwilling' };
		const made = await Promise.all([1, 2, 3].map(() => createAccount(twin)));
		expect(new Set(made.map(({ id }) => id)).size).toBe(1);
		expect(made.filter(({ created }) => created)).toHaveLength(1);
	});
});

describe('the demonstration', () => {
	test('signs in as one of its people, in order of roles, and as nobody else', async () => {
		const office = await createAccount({ email: 'buero@demo.example', name: 'Jonas Brandt', demonstration: 'office' });
		await createAccount({ email: 'mitglied@demo.example', name: 'Li Wei', demonstration: 'member' });
		expect((await demonstrationAccounts()).map(({ demonstration }) => demonstration)).toEqual(['member', 'office']);
		const browser = new Browser();
		browser.take(await signInDemonstration(browser.visit, office.id));
		expect(await accountOf(browser.headers)).toMatchObject({ id: office.id });
		const other = await createAccount({ email: 'ayla.demir@elbstadt.example', name: '' });
		await expect(signInDemonstration(browser.visit, other.id)).rejects.toMatchObject({ code: 'identity.linkOver' });
	});

	test('has no sign-ins in production', async () => {
		const { config } = runtime();
		const { id } = (await demonstrationAccounts())[0]!;
		const mode = config.mode;
		config.mode = 'production';
		try {
			expect(await demonstrationAccounts()).toEqual([]);
			await expect(signInDemonstration(new Browser().visit, id)).rejects.toMatchObject({ code: 'identity.linkOver' });
		} finally {
			config.mode = mode;
		}
	});
});
