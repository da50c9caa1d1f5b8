import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { demonstrationDatabase } from '../../../../tests/support/demonstration.ts';
import { HERE } from '../project/node.ts';
import { tellAnew } from '../project/follow.server.ts';
import { read } from '../serve/read.server.ts';
import { DUMP_LISTS, type DumpManifest } from './shape.ts';
import { writeDump } from './write.server.ts';

const database = await demonstrationDatabase();
const { demonstration: town, office, stranger: ctx } = database;
const ORIGIN = 'https://beirat.example';
const folder = await mkdtemp(join(tmpdir(), 'mitrat-dump-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

type Json = Record<string, unknown> & { id: string };
const jsonIn = async <T>(...path: string[]): Promise<T> => JSON.parse(await readFile(join(...path), 'utf8')) as T;

async function told<T>(path: string, query = ''): Promise<T> {
	const found = await read(ctx(), path, new URLSearchParams(query));
	if (!('json' in found)) throw new Error(`nothing under ${path}`);
	return JSON.parse(found.json.replaceAll(HERE, ORIGIN)) as T;
}

/** All pages of a list as the server gives it. */
async function list(name: string, query = ''): Promise<Json[]> {
	const found: Json[] = [];
	for (let next: string | undefined = query; next !== undefined;) {
		const page: { data: Json[]; links: { next?: string } } = await told(`body/${town.id}/${name}`, next);
		found.push(...page.data);
		next = page.links.next?.split('?')[1];
	}
	return found;
}

test('the store of the demonstration says what its records say: nothing has to be mended', async () => {
	expect(await tellAnew(office())).toBe(0);
});

/** A public paper with two files, one of them closed. @returns ids of the open file's object */
async function paperWithFiles(): Promise<{ paper: string; file: string; closed: string }> {
	const [paper, file, closed] = [newId(), newId(), newId()];
	const { hash, size } = await fileStore().put(Buffer.from('offen'));
	const secret = await fileStore().put(Buffer.from('verschlossen'));
	await write(office(), async (tx) => {
		const type = await tx.db
			.selectFrom('papers.paper_type')
			.select('id')
			.where('name', '=', 'Information')
			.executeTakeFirstOrThrow();
		const now = tx.now;
		const values = {
			id: paper,
			slug: 'i9901-26',
			type_id: type.id,
			reference: 'I9901/26',
			state: 'filed',
			title: 'Mit Anlagen',
		};
		await tx.db
			.insertInto('papers.paper')
			.values({ ...values, published_at: now, filed_at: now })
			.execute();
		for (const [id, open, sha512, bytes] of [
			[file, true, hash, size],
			[closed, false, secret.hash, secret.size],
		] as const) {
			const fileId = newId();
			const kept = { id: fileId, sha512, size: bytes, media_type: 'text/plain', format: 'txt', name: `${id}.txt` };
			await tx.db.insertInto('kernel.file').values(kept).execute();
			const hung = { id, paper_id: paper, file_id: fileId, kind: 'annex', title: `Anlage ${open}`, public: open };
			await tx.db.insertInto('papers.paper_file').values(hung).execute();
		}
		tx.touch('papers.paper', paper, { act: 'filed' });
	});
	return { paper, file, closed };
}

test('a dump says exactly what the server says, with the bytes of each public file and no other', async () => {
	const { file, closed } = await paperWithFiles();
	const target = join(folder, 'whole');
	const report = await writeDump(ctx(), target, ORIGIN);
	expect(await jsonIn(target, 'system.json')).toEqual(await told('system'));
	expect(await jsonIn(target, 'body.json')).toEqual(await told(`body/${town.id}`));
	for (const name of Object.keys(DUMP_LISTS)) {
		const objects = await jsonIn<Json[]>(target, `${name}.json`);
		expect(objects, name).toEqual(await list(name));
		expect(report.objects[name as keyof typeof DUMP_LISTS]).toBe(objects.length);
		const lines = (await readFile(join(target, `${name}.json`), 'utf8')).trimEnd().split('\n');
		expect(lines.length).toBe(objects.length ? objects.length + 2 : 2);
	}
	const open = (await list('file')).map(({ id }) => id.split('/').at(-1)!);
	expect(open).toContain(file);
	expect((await readdir(join(target, 'files'))).sort()).toEqual(open.sort());
	expect(await readFile(join(target, 'files', file), 'utf8')).toBe('offen');
	for (const name of await readdir(target))
		if (name.endsWith('.json')) {
			const text = await readFile(join(target, name), 'utf8');
			expect(text, name).not.toContain(HERE);
			expect(text, name).not.toContain(closed);
		}
});

test('the manifest names every file of the folder with size and checksum, and counts what is in them', async () => {
	const target = join(folder, 'whole');
	const manifest = await jsonIn<DumpManifest>(target, 'manifest.json');
	const names = (await readdir(target, { recursive: true, withFileTypes: true }))
		.filter((one) => one.isFile())
		.map((one) => join(one.parentPath, one.name).slice(target.length + 1));
	expect(manifest.files.map(({ path }) => path).sort()).toEqual(
		names.filter((name) => name !== 'manifest.json').sort(),
	);
	for (const { path, size, sha512 } of manifest.files) {
		const bytes = await readFile(join(target, path));
		expect({ size, sha512 }, path).toEqual({
			size: bytes.length,
			sha512: createHash('sha512').update(bytes).digest('hex'),
		});
	}
	const objects = await jsonIn<Json[]>(target, 'meeting.json');
	expect(manifest).toMatchObject({ format: 'mitrat-oparl-dump', version: 1, origin: ORIGIN, town: town.name });
	expect(manifest.objects.meeting).toBe(objects.length);
	expect(manifest.body).toBe((await jsonIn<Json>(target, 'body.json')).id);
	expect(manifest.newest! >= String(objects[0]!.modified)).toBe(true);
});

test('what was taken back stands as a tombstone in deleted.json, its bytes nowhere', async () => {
	await write(office(), async (tx) => {
		const paper = await tx.db
			.selectFrom('papers.paper')
			.select('id')
			.where('reference', '=', 'I9901/26')
			.executeTakeFirstOrThrow();
		await tx.db.updateTable('papers.paper').set({ depublished_at: tx.now }).where('id', '=', paper.id).execute();
		tx.touch('papers.paper', paper.id, { act: 'depublished' });
	});
	const target = join(folder, 'later');
	const report = await writeDump(ctx(), target, ORIGIN);
	const left = await list('file');
	expect(report).toMatchObject({ files: left.length, objects: { deleted: 2 } });
	expect((await readdir(join(target, 'files'))).sort()).toEqual(left.map(({ id }) => id.split('/').at(-1)).sort());
	const deleted = await jsonIn<Json[]>(target, 'deleted.json');
	expect(deleted.map(({ type }) => String(type).split('/').at(-1)).sort()).toEqual(['File', 'Paper']);
	for (const one of deleted) expect(Object.keys(one).sort()).toEqual(['created', 'deleted', 'id', 'modified', 'type']);
	expect(await jsonIn<Json[]>(target, 'file.json')).toEqual(left);
	const gone = String(deleted.find(({ type }) => String(type).endsWith('/File'))!.id);
	expect(left.map(({ id }) => id)).not.toContain(gone);
});

test('a folder that holds something is left alone', async () => {
	const target = join(folder, 'full');
	await mkdir(target);
	await writeFile(join(target, 'a.txt'), 'meins');
	await expect(writeDump(ctx(), target, ORIGIN)).rejects.toThrow(/nicht leer/);
	expect(await readdir(target)).toEqual(['a.txt']);
});

test('a file that the store has lost is said, and no manifest is written', async () => {
	const { paper } = await paperWithFilesAgain();
	const [row] = await database.sql<{ sha512: string }>(
		`select f.sha512 from papers.paper_file pf join kernel.file f on f.id = pf.file_id where pf.paper_id = $1 and pf.public`,
		[paper],
	);
	await fileStore().remove(row!.sha512);
	const target = join(folder, 'lost');
	await expect(writeDump(ctx(), target, ORIGIN)).rejects.toThrow();
	expect(await readdir(target)).not.toContain('manifest.json');
});

async function paperWithFilesAgain() {
	await write(office(), async (tx) => {
		const paper = await tx.db
			.selectFrom('papers.paper')
			.select('id')
			.where('reference', '=', 'I9901/26')
			.executeTakeFirstOrThrow();
		await tx.db.updateTable('papers.paper').set({ depublished_at: null }).where('id', '=', paper.id).execute();
		tx.touch('papers.paper', paper.id, { act: 'published' });
	});
	const [row] = await database.sql<{ id: string }>(`select id from papers.paper where reference = 'I9901/26'`);
	return { paper: row!.id };
}
