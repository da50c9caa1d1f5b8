import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { runtime } from '../runtime.ts';
import { requestLink } from './links.ts';
import { countTry, forgetTries, network } from './limits.ts';
import { signInWithPassword } from './password.ts';
import { Browser, forgetAllTries, Letterbox } from './testing.ts';

beforeAll(() => freshDatabase());
beforeEach(() => forgetAllTries());

/** Lets `seconds` pass for everything that is counted. */
async function pass(seconds: number): Promise<void> {
	await runtime().pool.query('update auth.attempt set free_at = free_at - make_interval(secs => $1)', [seconds]);
}

describe('counting tries', () => {
	test('allows a handful, then says how long to wait, then allows one again', async () => {
		for (let i = 0; i < 5; i++) await countTry('code/account', 'a');
		const refused = await countTry('code/account', 'a').catch((error: unknown) => error);
		expect(refused).toMatchObject({ code: 'identity.wait' });
		const { seconds } = (refused as { params: { seconds: number } }).params;
		expect(seconds).toBeGreaterThan(290);
		expect(seconds).toBeLessThanOrEqual(300);
		await pass(seconds);
		await countTry('code/account', 'a');
		await expect(countTry('code/account', 'a')).rejects.toMatchObject({ code: 'identity.wait' });
	});

	test('counts all of many at the same moment', async () => {
		const results = await Promise.allSettled(Array.from({ length: 20 }, () => countTry('code/account', 'b')));
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
	});

	test('counts accounts and kinds apart, and forgets on demand', async () => {
		for (let i = 0; i < 5; i++) await countTry('code/account', 'c');
		await countTry('code/account', 'd');
		await countTry('password/account', 'c');
		await forgetTries('code/account', 'c');
		await countTry('code/account', 'c');
		expect((await runtime().pool.query('select 1 from auth.attempt')).rowCount).toBe(3);
	});

	test('stores no address and no account in the clear', async () => {
		await countTry('link/address', '198.51.100.77');
		await countTry('link/account', 'geheim@elbstadt.example');
		const text = JSON.stringify((await runtime().pool.query('select * from auth.attempt')).rows);
		expect(text).not.toMatch(/198|geheim|elbstadt/);
	});

	test('takes a whole IPv6 network as one customer', () => {
		expect(network('2001:db8:1:2:3:4:5:6')).toBe(network('2001:DB8:1:2::99'));
		expect(network('2001:db8:1:2::1')).not.toBe(network('2001:db8:1:3::1'));
		expect(network('::1')).toBe('0:0:0:0');
		expect(network('::ffff:192.0.2.9')).toBe('192.0.2.9');
		expect(network('fe80::1%eth0')).toBe('fe80:0:0:0');
		expect(network('not an address')).toBe('unknown');
	});
});

describe('signing in', () => {
	test('links to one account are limited, from whatever address they are asked', async () => {
		const email = 'viele@elbstadt.example';
		for (let i = 0; i < 4; i++) await requestLink(new Browser().visit, { email }, new Letterbox().send);
		const refused = requestLink(new Browser().visit, { email: ' VIELE@elbstadt.example' }, new Letterbox().send);
		await expect(refused).rejects.toMatchObject({ code: 'identity.wait', params: { seconds: expect.any(Number) } });
	});

	test('passwords are limited per account and per address', async () => {
		const given = { email: 'opfer@elbstadt.example', password: 'geraten geraten' };
		const answers = [];
		for (let i = 0; i < 7; i++) {
			answers.push(await signInWithPassword(new Browser().visit, given).catch((error: { code: string }) => error.code));
		}
		expect(answers).toEqual([...Array<string>(6).fill('identity.wrongPassword'), 'identity.wait']);
		const { visit } = new Browser();
		for (let i = 0; i < 30; i++) await countTry('password/address', visit.address);
		const other = signInWithPassword(visit, { ...given, email: 'andere@elbstadt.example' });
		await expect(other).rejects.toMatchObject({ code: 'identity.wait' });
	});
});
