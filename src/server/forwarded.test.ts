import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, settleHeaders } from './forwarded.ts';

const request = (headers: Record<string, string>) =>
	({
		headers: { host: 'beirat.example', ...headers },
		socket: { remoteAddress: '10.0.0.1' },
	}) as unknown as IncomingMessage;

function addressOf(headers: Record<string, string>, trustProxy: number): string {
	const req = request(headers);
	expect(settleHeaders(req, { trustProxy })).toBe(true);
	return clientAddress(req, { trustProxy });
}

test('a reader’s address is the connection’s, or what the outermost trusted proxy saw', () => {
	expect(addressOf({}, 0)).toBe('10.0.0.1');
	expect(addressOf({ 'x-forwarded-for': '6.6.6.6' }, 0)).toBe('10.0.0.1');
	expect(addressOf({ 'x-forwarded-for': '203.0.113.7' }, 1)).toBe('203.0.113.7');
	expect(addressOf({ 'x-forwarded-for': '6.6.6.6, 203.0.113.7' }, 1)).toBe('203.0.113.7');
	expect(addressOf({ 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 192.0.2.1' }, 2)).toBe('203.0.113.7');
	expect(addressOf({}, 1)).toBe('10.0.0.1');
});
