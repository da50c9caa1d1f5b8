import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { extractSafely } from '#kernel/files/reader-pool.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { lockPaper } from './lock.server.ts';
import { offerFrom } from './relations.server.ts';
import { involved, readable } from './sight.server.ts';

/** A file as it was uploaded. */
export interface NewFile {
	name: string;
	bytes: Uint8Array;
	title: string;
	public: boolean;
	closedReason: string;
}

/**
 * Attaches a file to a paper and offers the papers whose numbers stand in its text. The bytes are kept and read before any row
 * points to them; the same file twice is one.
 * @returns the numbers newly offered
 * @throws RuleViolation `papers.fileMissing`, `papers.fileLarge`, `papers.fileActive`, `papers.fileReasonMissing`
 */
export async function attachFile(ctx: Ctx, slug: string, file: NewFile): Promise<string[]> {
	demand(ctx.actor, 'papers.write');
	if (!file.bytes.length) throw new RuleViolation('papers.fileMissing', {}, 'datei');
	if (file.bytes.length > DEFAULT_LIMITS.fileBytes) throw new RuleViolation('papers.fileLarge', {}, 'datei');
	const detected = detectFormat(file.bytes, file.name);
	if (detected.active) throw new RuleViolation('papers.fileActive', {}, 'datei');
	if (!file.public && !file.closedReason.trim()) throw new RuleViolation('papers.fileReasonMissing', {}, 'dateiGrund');
	const text = detected.readable ? await textOf(file) : '';
	const { hash } = await fileStore().put(file.bytes);
	return write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		const twice = await tx.db
			.selectFrom('papers.paper_file as f')
			.innerJoin('kernel.file as k', (join) =>
				join.onRef('k.id', '=', 'f.file_id').onRef('k.body_id', '=', 'f.body_id'),
			)
			.select('f.id')
			.where('f.paper_id', '=', paper.id)
			.where('k.sha512', '=', hash)
			.executeTakeFirst();
		if (twice) return [];
		const name = file.name.replace(/^.*[\\/]/, '').slice(0, 200);
		const fileId = newId();
		await tx.db
			.insertInto('kernel.file')
			.values({
				id: fileId,
				sha512: hash,
				size: file.bytes.length,
				media_type: detected.mediaType,
				format: detected.format,
				name,
			})
			.execute();
		await addFile(tx, paper.id, { ...file, fileId, text, title: file.title.trim() || name, kind: 'annex' });
		return offerFrom(tx, paper.id, text, 'file');
	});
}

interface KeptFile {
	fileId: string;
	title: string;
	kind: 'main' | 'annex' | 'original';
	public: boolean;
	closedReason: string;
	/** Its words, for the search. */
	text?: string;
}

/** Longer texts are found by their first words. */
const MOST_TEXT = 200_000;

/** Hangs a file of the store at a paper, behind those that are there. */
export async function addFile(tx: WriteCtx, paperId: string, file: KeptFile): Promise<void> {
	const { last } = await tx.db
		.selectFrom('papers.paper_file')
		.select((eb) => eb.fn.max('position').as('last'))
		.where('paper_id', '=', paperId)
		.executeTakeFirstOrThrow();
	await tx.db
		.insertInto('papers.paper_file')
		.values({
			id: newId(),
			paper_id: paperId,
			file_id: file.fileId,
			kind: file.kind,
			title: file.title,
			public: file.public,
			closed_reason: file.public ? '' : file.closedReason.trim(),
			position: Number(last ?? 0) + 1,
			text: (file.text ?? '').replaceAll('\0', '').slice(0, MOST_TEXT),
		})
		.execute();
	tx.touch('papers.paper', paperId, { act: 'fileAttached', fields: { file: file.fileId, public: file.public } });
}

/**
 * Takes a file off a draft, or says who may load it; where it is gone already, nothing happens.
 * @throws RuleViolation `papers.fileStays`: files of a filed paper are closed, not removed; `papers.fileReasonMissing`
 */
export async function changeFile(
	ctx: Ctx,
	slug: string,
	id: string,
	change: 'remove' | { public: boolean; closedReason: string },
): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		if (!isId(id)) return;
		const file = await tx.db
			.selectFrom('papers.paper_file')
			.select('id')
			.where('id', '=', id)
			.where('paper_id', '=', paper.id)
			.executeTakeFirst();
		if (!file) return;
		if (change === 'remove') {
			if (paper.state !== 'draft') throw new RuleViolation('papers.fileStays', {}, 'dateien');
			await tx.db.deleteFrom('papers.paper_file').where('id', '=', id).execute();
		} else {
			if (!change.public && !change.closedReason.trim())
				throw new RuleViolation('papers.fileReasonMissing', {}, 'dateien');
			await tx.db
				.updateTable('papers.paper_file')
				.set({ public: change.public, closed_reason: change.public ? '' : change.closedReason.trim() })
				.where('id', '=', id)
				.execute();
		}
		const act = change === 'remove' ? 'fileRemoved' : change.public ? 'fileReleased' : 'fileClosed';
		tx.touch('papers.paper', paper.id, { act, fields: { file: id } });
	});
}

/** Does a paper show this file to this actor? Closed ones only to those who read the closed paper, and its writers. */
export async function showsFile(ctx: Ctx, fileId: string): Promise<boolean> {
	const inside = insideOf(ctx);
	const { rows } = await sql<{ shown: boolean }>`select exists (select from papers.paper_file f
		join papers.paper p on p.body_id = f.body_id and p.id = f.paper_id
		where f.body_id = ${ctx.body.id} and f.file_id = ${fileId} and ${readable(ctx)}
		and (f.public or ${inside})) as shown`.execute(ctx.db);
	return rows[0]!.shown;
}

/** Who may load closed annexes of papers they may read: the office, and those who are more than strangers to the paper. */
function insideOf(ctx: Pick<Ctx, 'actor' | 'body' | 'today'>) {
	if (may(ctx.actor, 'papers.edit')) return sql<boolean>`true`;
	if (ctx.actor.kind !== 'person') return sql<boolean>`false`;
	return involved(ctx);
}

/** What the file says, for its numbers; a file that can't be read is attached all the same. */
async function textOf(file: NewFile): Promise<string> {
	try {
		return (await extractSafely(file.bytes, file.name)).text;
	} catch {
		return '';
	}
}
