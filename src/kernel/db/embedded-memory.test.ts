import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bytesOfData, sharedBuffers } from './embedded-memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitrat-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GB = 2 ** 30;

test.each([
	['a new installation', 0, 16 * GB, 64],
	['a small town', 0.3 * GB, 16 * GB, 64],
	['an archive of twenty years', 4 * GB, 16 * GB, 512],
	['the same on a small machine', 4 * GB, 2 * GB, 128],
	['a million papers', 12 * GB, 64 * GB, 1024],
	['less memory than is good', 4 * GB, 0.5 * GB, 64],
])('%s has the shared memory that fits it', (_what, data, memory, megabytes) => {
	expect(sharedBuffers(data, memory)).toBe(megabytes);
});

test('the files of all databases count, and a cluster that is not there has none', () => {
	for (const database of ['1', '16384']) mkdirSync(join(folder, 'base', database), { recursive: true });
	writeFileSync(join(folder, 'base/1/100'), Buffer.alloc(8192));
	writeFileSync(join(folder, 'base/16384/200'), Buffer.alloc(3 * 8192));
	writeFileSync(join(folder, 'PG_VERSION'), '18');
	expect(bytesOfData(folder)).toBe(4 * 8192);
	expect(bytesOfData(join(folder, 'nowhere'))).toBe(0);
});
