import pg from 'pg';
import { expect, test } from 'vitest';
import { isAway } from './away.ts';

async function refusal(config: pg.ClientConfig): Promise<unknown> {
	const client = new pg.Client(config);
	return client.connect().then(
		() => client.end(),
		(error: unknown) => error,
	);
}

const answered = (code: string) => Object.assign(new Error('said by the server'), { code });

test('a server that is not there, at a port or at a socket', async () => {
	expect(isAway(await refusal({ host: '127.0.0.1', port: 1, user: 'nobody' }))).toBe(true);
	expect(isAway(await refusal({ host: '/nowhere', port: 1, user: 'nobody' }))).toBe(true);
});

test('a server that ends, starts, is full or may not write; also as the cause of something else', () => {
	for (const code of ['57P01', '57P02', '57P03', '53100', '53300', '25006', '08006']) {
		expect(isAway(answered(code)), code).toBe(true);
		expect(isAway(new Error('could not save', { cause: answered(code) })), code).toBe(true);
	}
});

test('a disk that is full or takes nothing any more', () => {
	for (const code of ['ENOSPC', 'EROFS', 'EDQUOT', 'EIO']) expect(isAway(answered(code)), code).toBe(true);
});

test('a fault of ours is none: a broken rule, a missing table or file, anything else', () => {
	for (const code of ['23505', '42P01', '22P02', '40001']) expect(isAway(answered(code)), code).toBe(false);
	expect(isAway(Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }))).toBe(false);
	expect(isAway(new TypeError('undefined is no function'))).toBe(false);
	expect(isAway(undefined)).toBe(false);
});
