import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskStore } from './disk.ts';
import { s3Store } from './s3.ts';
import { openStore, type FileStore } from './store.ts';

type S3rver = { run(): Promise<AddressInfo>; close(): Promise<void> };
type S3rverOptions = {
	address: string;
	port: number;
	silent: boolean;
	directory: string;
	configureBuckets: { name: string }[];
};

let folder: string;
let server: S3rver;
let endpoint: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'mitrat-files-'));
	const S3rver = createRequire(import.meta.url)('s3rver') as new (options: S3rverOptions) => S3rver;
	const directory = join(folder, 's3');
	server = new S3rver({
		address: '127.0.0.1',
		port: 0,
		silent: true,
		directory,
		configureBuckets: [{ name: 'akten' }],
	});
	endpoint = `http://127.0.0.1:${(await server.run()).port}`;
});

afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

const s3 = (changes = {}) => ({
	endpoint,
	bucket: 'akten',
	region: 'us-east-1',
	accessKeyId: 'S3RVER',
	secretAccessKey: 'S3RVER',
	...changes,
});
const stores: [string, () => FileStore][] = [
	['disk', () => diskStore(join(folder, 'disk'))],
	['S3', () => s3Store(s3())],
];
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe.each(stores)('the store on %s', (_, open) => {
	it('gives back what was put, named by its content', async () => {
		const store = open();
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
				const { hash, size } = await store.put(bytes);
				expect(hash).toBe(createHash('sha512').update(bytes).digest('hex'));
				expect(size).toBe(bytes.length);
				expect(await store.read(hash)).toEqual(bytes);
				expect(new Uint8Array(await new Response(await store.stream(hash)).arrayBuffer())).toEqual(bytes);
			}),
			{ numRuns: 20 },
		);
	});

	it('keeps the same bytes once, also when put twice at the same time', async () => {
		const store = open();
		const [one, other] = await Promise.all([store.put(bytesOf('gleich')), store.put(bytesOf('gleich'))]);
		expect(one).toEqual(other);
		expect(await store.read(one.hash)).toEqual(bytesOf('gleich'));
	});

	it('knows and removes', async () => {
		const store = open();
		const { hash } = await store.put(bytesOf('fort damit'));
		expect(await store.has(hash)).toBe(true);
		await store.remove(hash);
		await store.remove(hash);
		expect(await store.has(hash)).toBe(false);
		await expect(store.read(hash)).rejects.toMatchObject({ name: 'MissingFile' });
		await expect(store.stream(hash)).rejects.toMatchObject({ name: 'MissingFile' });
	});

	it('takes no path for a hash', async () => {
		for (const path of ['../../etc/passwd', '', 'A'.repeat(128), `${'a'.repeat(126)}/.`]) {
			await expect((async () => open().read(path))()).rejects.toThrow('not a SHA-512 hash');
		}
	});
});

describe('the store on disk', () => {
	it('notices damage when reading, and mends a file cut short when it is put again', async () => {
		const store = diskStore(join(folder, 'disk'));
		const { hash } = await store.put(bytesOf('unversehrt'));
		const path = join(folder, 'disk', hash.slice(0, 2), hash.slice(2, 4), hash);
		await writeFile(path, 'unversehrT');
		await expect(store.read(hash)).rejects.toMatchObject({ name: 'DamagedFile' });
		await expect(new Response(await store.stream(hash)).arrayBuffer()).rejects.toMatchObject({ name: 'DamagedFile' });
		await truncate(path, 3);
		await store.put(bytesOf('unversehrt'));
		expect(await store.read(hash)).toEqual(bytesOf('unversehrt'));
	});

	it('leaves no temporary files and lets nobody else read', async () => {
		const own = join(folder, 'own');
		const { hash } = await diskStore(own).put(bytesOf('allein'));
		const files = (await readdir(own, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
		expect(files.map((each) => each.name)).toEqual([hash]);
		expect((await stat(join(files[0]!.parentPath, hash))).mode & 0o077).toBe(0);
	});
});

describe('the store on S3', () => {
	it('says so when the keys or the bucket are wrong', async () => {
		await expect(s3Store(s3({ accessKeyId: 'unbekannt' })).put(bytesOf('x'))).rejects.toMatchObject({
			name: 'StoreUnavailable',
		});
		await expect(s3Store(s3({ bucket: 'anderer' })).put(bytesOf('x'))).rejects.toMatchObject({
			name: 'StoreUnavailable',
		});
	});

	it('is opened where the configuration names one', async () => {
		const { hash } = await openStore({ dataDir: join(folder, 'open'), s3: s3() }).put(bytesOf('im Eimer'));
		expect(await s3Store(s3()).has(hash)).toBe(true);
		const onDisk = openStore({ dataDir: join(folder, 'open') });
		expect(await onDisk.has(hash)).toBe(false);
		await onDisk.put(bytesOf('im Ordner'));
		expect(await readdir(join(folder, 'open'))).toEqual(['files']);
	});
});
