import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { runtime } from '../runtime.ts';
import { contentHash } from './content-hash.ts';
import { fileStore } from './open-store.ts';
import { InfectedFile, scan, ScannerAway } from './scan.ts';

await freshDatabase();
const servers: Server[] = [];
afterEach(() => {
	runtime().config.clamd = undefined;
	for (const server of servers.splice(0)) server.close();
});

/** Speaks clamd's protocol: reads the command and the pieces, and judges what came together. */
async function clamd(judge: (bytes: Buffer) => string, where?: string): Promise<string> {
	const server = createServer((socket) => {
		let got = Buffer.alloc(0);
		socket.on('error', () => undefined);
		socket.on('data', (chunk: Buffer) => {
			got = Buffer.concat([got, chunk]);
			const bytes = whole(got);
			if (bytes) socket.end(`${judge(bytes)}\0`);
		});
	});
	servers.push(server);
	server.listen(where ?? { port: 0, host: '127.0.0.1' });
	await once(server, 'listening');
	return where ?? `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Everything between the command and the empty piece, once that is there. */
function whole(got: Buffer): Buffer | undefined {
	const command = 'zINSTREAM\0';
	if (got.length < command.length) return undefined;
	if (got.toString('latin1', 0, command.length) !== command) throw new Error('not the command');
	const pieces: Buffer[] = [];
	for (let at = command.length; at + 4 <= got.length;) {
		const size = got.readUInt32BE(at);
		if (size === 0) return Buffer.concat(pieces);
		pieces.push(got.subarray(at + 4, at + 4 + size));
		at += 4 + size;
	}
	return undefined;
}

const BAD = Buffer.from('schadhaft');
const judge = (bytes: Buffer) => (bytes.includes(BAD) ? 'stream: Test-Signature FOUND' : 'stream: OK');

test('clean bytes are kept, those with a known signature are not, by address and by socket', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'mitrat-clamd-'));
	for (const address of [await clamd(judge), await clamd(judge, join(folder, 'clamd.ctl'))]) {
		runtime().config.clamd = address;
		const clean = Buffer.alloc(300_000, address);
		expect((await fileStore().put(clean)).hash).toBe(contentHash(clean));
		const infected = Buffer.concat([clean, BAD]);
		await expect(fileStore().put(infected)).rejects.toMatchObject({
			name: 'InfectedFile',
			signature: 'Test-Signature',
		});
		expect(await fileStore().has(contentHash(infected))).toBe(false);
	}
	rmSync(folder, { recursive: true });
});

test('every byte reaches the scanner, also of an empty file', async () => {
	const seen: Buffer[] = [];
	const address = await clamd((bytes) => (seen.push(bytes), 'stream: OK'));
	const large = Buffer.from(Array.from({ length: 200_001 }, (_, place) => place % 251));
	await scan(large, address);
	await scan(Buffer.alloc(0), address);
	expect(seen.map((bytes) => contentHash(bytes))).toEqual([contentHash(large), contentHash(Buffer.alloc(0))]);
});

test('what nobody could look at is not kept: scanner away, closed without a word, file too large for it', async () => {
	const gone = await clamd(judge);
	servers.pop()!.close();
	const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
	servers.push(silent);
	await once(silent, 'listening');
	const limited = await clamd(() => 'INSTREAM size limit exceeded. ERROR');
	const shallow = await clamd(() => 'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND');
	for (const address of [gone, `127.0.0.1:${(silent.address() as AddressInfo).port}`, limited, shallow])
		await expect(scan(Buffer.from('x'), address)).rejects.toThrow(ScannerAway);
	await expect(scan(BAD, await clamd(judge))).rejects.toThrow(InfectedFile);
});
