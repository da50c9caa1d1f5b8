import { sql } from 'kysely';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { DocumentError } from '#kernel/documents/error.ts';
import type { PublishedDocument } from '#kernel/documents/published.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { logError } from '#kernel/log.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { write } from '#kernel/write.ts';
import { originOf, publishedDocuments } from '#server/council';
import { publishedPaper } from '#server/papers';
import { clockOf, tellAgain } from '../project/follow.server.ts';
import { partOf, type Faces } from '../project/made.ts';
import { meetingFaces } from '../project/meeting.server.ts';
import { paperFaces } from '../project/paper.server.ts';
import type { Root } from '../project/store.server.ts';
import { lookAtRest } from './want.server.ts';

interface Unmade extends Root {
	changes: number;
}

/** Other jobs come between. */
const MOST = 8;

/**
 * Makes the documents of public records that are missing or not as their record is any more: as a stranger would get them, by the hands of the
 * modules that show them. They are kept as they were made, so that their size and checksum stay true, and told as files of their records.
 */
export async function makeDocuments(ctx: Ctx): Promise<void> {
	const { rows } = await sql<Unmade>`select root_type as type, root_id as id, changes from oparl.unmade
		where body_id = ${ctx.body.id} order by root_type, root_id limit ${MOST}`.execute(ctx.db);
	for (const one of rows) {
		try {
			await makeOf(ctx, one);
		} catch (error) {
			// One that can't be set must not keep the others waiting; it is looked at again with its next change.
			if (!(error instanceof DocumentError)) throw error;
			logError(error, { room: 'oparl', [one.type]: one.id });
			await write(ctx, (tx) => forget(tx, one));
		}
	}
	await write(ctx, async (tx) => {
		await clockOf(tx, true);
		await lookAtRest(tx);
	});
}

interface Kept {
	id: string;
	fileId: string;
	part: string;
	itemId: string | null;
	key: string;
}

async function makeOf(ctx: Ctx, one: Unmade): Promise<void> {
	const stranger = contextFor(ctx.body, VISITOR);
	try {
		const before = await facesOf(stranger, one);
		const documents = before ? await documentsOf(stranger, one, before.slug) : [];
		const told = documents.filter((document) => before!.faces.has(partOf(document)));
		const kept = await keptOf(stranger, one);
		const bytes = new Map<string, { hash: string; size: number }>();
		for (const document of told)
			if (kept.get(partOf(document))?.key !== document.key)
				bytes.set(partOf(document), await fileStore().put(await document.pdf()));
		await write(ctx, async (tx) => {
			await clockOf(tx, true);
			const now = await facesOf(tx, one);
			// Somebody wrote in between: it is looked at once more.
			if (!same(before?.faces, now?.faces)) return;
			await retire(tx, one, new Set(told.map(partOf)), new Set(bytes.keys()));
			for (const document of told) {
				const part = partOf(document);
				const face = now!.faces.get(part)!;
				const stored = bytes.get(part);
				if (stored) await keep(tx, one, { document, face, stored, id: kept.get(part)?.id ?? newId() });
				else
					await sql`update oparl.made_file set face = ${face} where body_id = ${tx.body.id} and file_id = ${kept.get(part)!.fileId}`.execute(
						tx.db,
					);
			}
			await tellAgain(tx, [one]);
			await forget(tx, one);
		});
	} finally {
		await endRequest(stranger);
	}
}

function facesOf({ db }: Pick<Ctx, 'db'>, { type, id }: Root): Promise<{ slug: string; faces: Faces } | null> {
	return type === 'meeting' ? meetingFaces(db, id) : paperFaces(db, id);
}

function same(one: Faces | undefined, other: Faces | undefined): boolean {
	return JSON.stringify([...(one ?? [])]) === JSON.stringify([...(other ?? [])]);
}

async function documentsOf(stranger: Ctx, { type }: Root, slug: string): Promise<PublishedDocument[]> {
	const origin = originOf(stranger);
	if (type === 'meeting') return publishedDocuments(stranger, slug, origin);
	const paper = await publishedPaper(stranger, slug, origin);
	return paper ? [paper] : [];
}

/** What was made last of a record, by part. */
async function keptOf({ db, body }: Ctx, { id }: Root): Promise<Map<string, Kept>> {
	const { rows } = await sql<Kept>`select id, file_id as "fileId", part, item_id as "itemId", key from oparl.made_file
		where body_id = ${body.id} and root_id = ${id} and current`.execute(db);
	return new Map(rows.map((row) => [partOf(row), row]));
}

/** What is no document of the record any more, and what is replaced. */
async function retire(tx: WriteCtx, { id }: Root, wanted: Set<string>, fresh: Set<string>): Promise<void> {
	const gone = [...(await keptOf(tx, { type: '', id }))].filter(([part]) => !wanted.has(part) || fresh.has(part));
	await sql`update oparl.made_file set current = false where body_id = ${tx.body.id}
		and file_id = any (${gone.map(([, { fileId }]) => fileId)}::uuid[])`.execute(tx.db);
}

interface Making {
	document: PublishedDocument;
	face: string;
	stored: { hash: string; size: number };
	/** Of the File object. */
	id: string;
}

async function keep(tx: WriteCtx, root: Root, { document, face, stored, id }: Making): Promise<void> {
	const fileId = newId();
	const { fileName: name, part, itemId, title, key } = document;
	const kind = { media_type: 'application/pdf', format: 'pdf' };
	await tx.db
		.insertInto('kernel.file')
		.values({ id: fileId, sha512: stored.hash, size: stored.size, ...kind, name })
		.execute();
	const of = { root_type: root.type, root_id: root.id, part, item_id: itemId };
	await tx.db
		.insertInto('oparl.made_file')
		.values({ id, file_id: fileId, ...of, title, key, face })
		.execute();
}

/** Unless somebody wrote since it was looked at. */
async function forget(tx: WriteCtx, { type, id, changes }: Unmade): Promise<void> {
	await sql`delete from oparl.unmade where body_id = ${tx.body.id} and root_type = ${type} and root_id = ${id}
		and changes = ${changes}`.execute(tx.db);
}
