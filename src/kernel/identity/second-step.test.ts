import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { runtime } from '../runtime.ts';
import { accountOf, isFresh } from './account.ts';
import { completeLink, requestLink } from './links.ts';
import { choosePassword, hasPassword, signInWithPassword } from './password.ts';
import {
	confirmSecondStep,
	disableSecondStep,
	enrolSecondStep,
	renewEmergencyCodes,
	resetSecondStep,
	verifySecondStep,
	waitingKey,
	type SecondStepKey,
} from './second-step.ts';
import { appCode, Browser, forgetAllTries, Letterbox, signedIn } from './testing.ts';

const email = 'nadia.haddad@elbstadt.example';
const password = 'zwölf Lampions im Hof';
let key: SecondStepKey;
let emergencyCodes: string[];
let home: Browser;

beforeAll(async () => {
	await freshDatabase();
	home = await signedIn(email);
	key = await enrolSecondStep(home.visit);
	({ emergencyCodes } = home.take(await confirmSecondStep(home.visit, await appCode(key))));
	await choosePassword(home.visit, password);
});
beforeEach(async () => {
	await forgetAllTries();
	await runtime().pool.query('delete from auth.used_code');
});

async function firstStep(browser = new Browser()): Promise<Browser> {
	expect(browser.take(await signInWithPassword(browser.visit, { email, password })).secondStep).toBe(true);
	return browser;
}

describe('setting it up', () => {
	test('changes nothing until a code confirmed it, and shows the same key until then', async () => {
		const browser = await signedIn('neu@elbstadt.example');
		const waiting = await enrolSecondStep(browser.visit);
		expect(await waitingKey(browser.visit)).toEqual(waiting);
		await expect(confirmSecondStep(browser.visit, '000000')).rejects.toMatchObject({ code: 'identity.wrongCode' });
		expect((await accountOf(browser.headers))!.secondStep).toBe(false);
		browser.take(await confirmSecondStep(browser.visit, await appCode(waiting)));
		expect((await accountOf(browser.headers))!.secondStep).toBe(true);
		expect(await waitingKey(browser.visit)).toBeUndefined();
		await expect(enrolSecondStep(browser.visit)).rejects.toMatchObject({ code: 'identity.secondStepIsOn' });
	});

	test('ends the sessions that began with one step', async () => {
		const old = await signedIn('zwei-geraete@elbstadt.example');
		const browser = await signedIn('zwei-geraete@elbstadt.example');
		const { secret, uri } = await enrolSecondStep(browser.visit);
		browser.take(await confirmSecondStep(browser.visit, await appCode({ secret, uri })));
		expect(await accountOf(browser.headers)).not.toBeNull();
		expect(await accountOf(old.headers)).toBeNull();
	});

	test('needs a sign-in of the last half hour', async () => {
		const browser = await signedIn('spaet@elbstadt.example');
		await runtime().pool.query(`update auth."session" set "createdAt" = now() - interval '31 minutes'
			where "userId" = (select "id" from auth."user" where "email" = 'spaet@elbstadt.example')`);
		await expect(enrolSecondStep(browser.visit)).rejects.toMatchObject({ code: 'identity.signInAgain' });
	});

	test('keeps the key encrypted', async () => {
		const { rows } = await runtime().pool.query('select * from auth."twoFactor"');
		expect(JSON.stringify(rows)).not.toContain(key.secret);
		expect(JSON.stringify(rows)).not.toContain(emergencyCodes[0]);
	});
});

describe('signing in with password and code', () => {
	test('works, spaces in the code included', async () => {
		const browser = await firstStep();
		expect(await accountOf(browser.headers)).toBeNull();
		const code = await appCode(key);
		browser.take(await verifySecondStep(browser.visit, ` ${code.slice(0, 3)} ${code.slice(3)}`));
		expect(await accountOf(browser.headers)).toMatchObject({ email });
	});

	test('a code counts once', async () => {
		const code = await appCode(key);
		const first = await firstStep();
		first.take(await verifySecondStep(first.visit, code));
		const second = await firstStep();
		await expect(verifySecondStep(second.visit, code)).rejects.toMatchObject({ code: 'identity.usedCode' });
		expect(await accountOf(second.headers)).toBeNull();
	});

	test('a code counts once also when it arrives several times at the same moment', async () => {
		const code = await appCode(key, 1);
		const browsers = await Promise.all([firstStep(), firstStep(), firstStep()]);
		const results = await Promise.allSettled(browsers.map((browser) => verifySecondStep(browser.visit, code)));
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const result of results) {
			if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'identity.usedCode' });
		}
	});

	test('a wrong code is not used up: it may be right later', async () => {
		const browser = await firstStep();
		const later = await appCode(key, 4);
		await expect(verifySecondStep(browser.visit, later)).rejects.toMatchObject({ code: 'identity.wrongCode' });
		const { rows } = await runtime().pool.query('select 1 from auth.used_code');
		expect(rows).toEqual([]);
	});

	test('guessing codes is stopped, with the time to wait', async () => {
		const browser = await firstStep();
		const answers: unknown[] = [];
		for (let i = 0; i < 7; i++) {
			answers.push(
				await verifySecondStep(browser.visit, `00000${i}`).then(
					() => 'in',
					(error: unknown) => error,
				),
			);
		}
		expect(answers.at(-1)).toMatchObject({ code: 'identity.wait', params: { seconds: expect.any(Number) } });
		const fresh = await firstStep();
		await expect(verifySecondStep(fresh.visit, await appCode(key))).rejects.toMatchObject({ code: 'identity.wait' });
		await runtime().pool.query('update auth."twoFactor" set "failedVerificationCount" = 0, "lockedUntil" = null');
	});

	test('without a first step there is no second', async () => {
		await expect(verifySecondStep(new Browser().visit, await appCode(key))).rejects.toMatchObject({
			code: 'identity.challengeOver',
		});
	});

	test('an emergency code works once, whatever its spelling', async () => {
		const code = emergencyCodes[3]!;
		const browser = await firstStep();
		browser.take(await verifySecondStep(browser.visit, code.replace('-', ' ').toUpperCase()));
		expect(await accountOf(browser.headers)).toMatchObject({ email });
		const again = await firstStep();
		await expect(verifySecondStep(again.visit, code)).rejects.toMatchObject({ code: 'identity.wrongCode' });
	});

	test('an emergency code at the same moment twice works once', async () => {
		const browsers = await Promise.all([firstStep(), firstStep()]);
		const results = await Promise.allSettled(
			browsers.map((browser) => verifySecondStep(browser.visit, emergencyCodes[4]!)),
		);
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});
});

describe('signing in with a link', () => {
	test('asks for the code as well', async () => {
		const box = new Letterbox();
		const browser = new Browser();
		await requestLink(browser.visit, { email }, box.send);
		expect(browser.take(await completeLink(browser.visit, box.token)).secondStep).toBe(true);
		expect(await accountOf(browser.headers)).toBeNull();
		browser.take(await verifySecondStep(browser.visit, await appCode(key)));
		expect(await accountOf(browser.headers)).toMatchObject({ email });
	});
});

describe('signing in again, for a change that needs it', () => {
	test('gives a fresh session, with both steps', async () => {
		const browser = await firstStep();
		browser.take(await verifySecondStep(browser.visit, await appCode(key)));
		const { sessionId } = (await accountOf(browser.headers))!;
		await runtime().pool.query(`update auth."session" set "createdAt" = now() - interval '2 hours' where "id" = $1`, [
			sessionId,
		]);
		await expect(renewEmergencyCodes(browser.visit)).rejects.toMatchObject({ code: 'identity.signInAgain' });
		await firstStep(browser);
		expect(await accountOf(browser.headers)).toBeNull();
		browser.take(await verifySecondStep(browser.visit, await appCode(key, 1)));
		const account = (await accountOf(browser.headers))!;
		expect(account.sessionId).not.toBe(sessionId);
		expect(isFresh(account)).toBe(true);
	});
});

describe('a password', () => {
	test('wrong, or of an unknown address: the same answer', async () => {
		for (const given of [
			{ email, password: 'falsch falsch falsch' },
			{ email: 'niemand@elbstadt.example', password },
		]) {
			await expect(signInWithPassword(new Browser().visit, given)).rejects.toMatchObject({
				code: 'identity.wrongPassword',
			});
		}
	});

	test('is of no use alone', async () => {
		const browser = await signedIn('ohne@elbstadt.example');
		await expect(choosePassword(browser.visit, password)).rejects.toMatchObject({ code: 'identity.noSecondStep' });
		// Even where one got into the table by other ways.
		await runtime().pool
			.query(`insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
			select 'x', u."id", 'credential', u."id", a."password", now() from auth."user" u, auth."account" a
			where u."email" = 'ohne@elbstadt.example' and a."password" is not null limit 1`);
		const before = await sessions();
		const stranger = new Browser();
		await expect(
			signInWithPassword(stranger.visit, { email: 'ohne@elbstadt.example', password }),
		).rejects.toMatchObject({
			code: 'identity.wrongPassword',
		});
		expect(await sessions()).toBe(before);
	});

	test('that is too short is refused at its field', async () => {
		await expect(choosePassword(home.visit, 'kurz')).rejects.toMatchObject({
			code: 'identity.passwordShort',
			field: 'password',
		});
	});

	test('may be replaced', async () => {
		await choosePassword(home.visit, 'vierzehn Boote am Ufer');
		await expect(signInWithPassword(new Browser().visit, { email, password })).rejects.toMatchObject({
			code: 'identity.wrongPassword',
		});
		await choosePassword(home.visit, password);
		await firstStep();
	});
});

describe('ending it', () => {
	test('new emergency codes void the old ones', async () => {
		const codes = await renewEmergencyCodes(home.visit);
		const browser = await firstStep();
		await expect(verifySecondStep(browser.visit, emergencyCodes[5]!)).rejects.toMatchObject({
			code: 'identity.wrongCode',
		});
		browser.take(await verifySecondStep(browser.visit, codes[0]!));
		expect(await accountOf(browser.headers)).not.toBeNull();
	});

	test('by oneself takes the password away, too', async () => {
		home.take(await disableSecondStep(home.visit));
		const account = (await accountOf(home.headers))!;
		expect(account.secondStep).toBe(false);
		expect(await hasPassword(account.id)).toBe(false);
	});

	test('by an administrator ends all sessions; then a link is enough', async () => {
		const browser = await signedIn('verloren@elbstadt.example');
		const lost = await enrolSecondStep(browser.visit);
		browser.take(await confirmSecondStep(browser.visit, await appCode(lost)));
		await resetSecondStep((await accountOf(browser.headers))!.id);
		expect(await accountOf(browser.headers)).toBeNull();
		expect(await accountOf((await signedIn('verloren@elbstadt.example')).headers)).toMatchObject({ secondStep: false });
	});
});

async function sessions(): Promise<number> {
	return (await runtime().pool.query('select 1 from auth."session"')).rowCount!;
}
