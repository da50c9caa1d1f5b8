import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { BodyScope, type Db } from '#kernel/db/scope.ts';
import { UserError } from '#kernel/errors.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { runtime } from '#kernel/runtime.ts';
import { HERE, linkTo, moment } from '../project/node.ts';
import { bodyOf, systemOf } from '../serve/objects.server.ts';
import { DUMP_FORMAT, DUMP_LISTS, DUMP_VERSION, type DumpedFile, type DumpList, type DumpManifest } from './shape.ts';

export interface DumpReport {
	objects: DumpManifest['objects'];
	/** Files of the town, and their bytes. */
	files: number;
	bytes: number;
}

interface Dump {
	ctx: Pick<Ctx, 'body'>;
	db: Db;
	folder: string;
	origin: string;
	written: DumpedFile[];
}

/** Objects that are read at a time. */
const CHUNK = 500;

/**
 * Writes the whole town into a folder as OParl says it (docs/oparl.md, "Dump"): what a stranger may read, of one state of the database
 * while others write on. The manifest comes last: a folder without it is no whole dump.
 * @param origin what addresses begin with, e.g. https://beirat.example @param onProgress told about each list
 * @throws UserError when the folder holds something already; MissingFile or DamagedFile when the store is not whole
 */
export async function writeDump(
	ctx: Pick<Ctx, 'body' | 'now'>,
	folder: string,
	origin: string,
	onProgress: (list: string, count: number) => void = () => undefined,
): Promise<DumpReport> {
	await mkdir(folder, { recursive: true });
	if ((await readdir(folder)).length) throw new UserError(`Der Ordner ${folder} ist nicht leer.`);
	const scope = new BodyScope(runtime().pool, ctx.body.id, 'read write');
	try {
		await sql`set transaction isolation level repeatable read, read only`.execute(scope.db);
		const dump: Dump = { ctx, db: scope.db, folder, origin, written: [] };
		const inside = { db: scope.db, body: ctx.body };
		await put(dump, 'system.json', [`${systemOf(inside)}\n`]);
		await put(dump, 'body.json', [`${await bodyOf(inside)}\n`]);
		const objects = {} as DumpManifest['objects'];
		for (const list of Object.keys(DUMP_LISTS) as DumpList[]) {
			objects[list] = await putList(dump, list, sql`type = ${DUMP_LISTS[list]} and not deleted`);
			onProgress(list, objects[list]);
		}
		objects.deleted = await putList(dump, 'deleted', sql`deleted`);
		const before = dump.written.length;
		await putFiles(dump);
		const files = dump.written.slice(before);
		onProgress('files', files.length);
		await putManifest(dump, ctx, objects);
		return { objects, files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
	} finally {
		await scope.rollback();
	}
}

/** One object a line. @returns how many */
async function putList(dump: Dump, list: string, which: ReturnType<typeof sql>): Promise<number> {
	let count = 0;
	async function* lines(): AsyncGenerator<string> {
		yield '[';
		for await (const { document } of objectsOf<{ document: string }>(dump, sql`document`, which))
			yield `${count++ ? ',' : ''}\n${document}`;
		yield '\n]\n';
	}
	await put(dump, `${list}.json`, lines());
	return count;
}

/** In the order of the lists (by id, within a type), some at a time. */
async function* objectsOf<Row>(
	{ db, ctx }: Dump,
	columns: ReturnType<typeof sql>,
	which: ReturnType<typeof sql>,
): AsyncGenerator<Row & { id: string }> {
	let after = { type: '', id: '00000000-0000-0000-0000-000000000000' };
	for (;;) {
		const { rows } = await sql<Row & { type: string; id: string }>`select type, id, ${columns} from oparl.object
			where body_id = ${ctx.body.id} and ${which} and (type, id) > (${after.type}, ${after.id}::uuid)
			order by type, id limit ${CHUNK}`.execute(db);
		yield* rows;
		if (rows.length < CHUNK) return;
		after = rows.at(-1)!;
	}
}

async function putFiles(dump: Dump): Promise<void> {
	const kept = sql`(select f.sha512 from kernel.file f where f.body_id = oparl.object.body_id and f.id = oparl.object.file_id) as sha512`;
	const which = sql`type = 'File' and not deleted and file_id is not null`;
	for await (const { id, sha512 } of objectsOf<{ sha512: string }>(dump, kept, which)) {
		const stream = await fileStore().stream(sha512);
		await put(dump, `files/${id}`, Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), false);
	}
}

async function putManifest(dump: Dump, { body, now }: Pick<Ctx, 'body' | 'now'>, objects: DumpManifest['objects']) {
	const { rows } = await sql<{ newest: Temporal.Instant | null }>`
		select max(modified) as newest from oparl.object where body_id = ${body.id}`.execute(dump.db);
	const newest = moment(rows[0]!.newest, body.timeZone);
	const manifest: DumpManifest = {
		format: DUMP_FORMAT,
		version: DUMP_VERSION,
		oparlVersion: 'https://schema.oparl.org/1.1/',
		town: body.name,
		body: linkTo('Body', body.id),
		origin: dump.origin,
		written: moment(now, body.timeZone)!,
		...(newest && { newest }),
		objects,
		files: [...dump.written],
	};
	await put(dump, 'manifest.json', [`${JSON.stringify(manifest, null, '\t')}\n`]);
}

/** @param text in which addresses are filled in; bytes of files stay as they are */
async function put(
	{ folder, origin, written }: Dump,
	path: string,
	content: Iterable<string> | AsyncIterable<string> | Readable,
	text = true,
): Promise<void> {
	const hash = createHash('sha512');
	let size = 0;
	const target = join(folder, path);
	await mkdir(dirname(target), { recursive: true });
	await pipeline(
		content,
		async function* (pieces: AsyncIterable<string | Uint8Array>) {
			for await (const piece of pieces) {
				const bytes = Buffer.from(text ? String(piece).replaceAll(HERE, origin) : (piece as Uint8Array));
				hash.update(bytes);
				size += bytes.length;
				yield bytes;
			}
		},
		createWriteStream(target, { flags: 'wx', flush: true }),
	);
	written.push({ path, size, sha512: hash.digest('hex') });
}
