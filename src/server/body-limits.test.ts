import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { MOST_BYTES_OF_VISITORS, refuseLargeBodies } from './body-limits.ts';

const server = createServer((req, res) => {
	if (refuseLargeBodies(req, res) !== true) req.resume().on('end', () => res.end('taken'));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Announces a body without sending all of it: the answer has to come before. */
function post(headers: Record<string, string | number>, body = ''): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const { port } = server.address() as AddressInfo;
		const asked = request({ host: '127.0.0.1', port, method: 'POST', headers }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		});
		asked.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
		asked.end(body);
	});
}

test('a visitor’s form passes, a visitor’s flood is refused before it is read', async () => {
	expect(await post({}, 'text=guten+Abend')).toBe(200);
	expect(await post({ 'content-length': MOST_BYTES_OF_VISITORS + 1 })).toBe(413);
	expect(await post({ 'transfer-encoding': 'chunked' }, 'x')).toBe(411);
});

test('who carries a session may hand over more', async () => {
	const body = 'x'.repeat(MOST_BYTES_OF_VISITORS + 1);
	expect(await post({ cookie: 'session=1', 'content-length': body.length }, body)).toBe(200);
});
