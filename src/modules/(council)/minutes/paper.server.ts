import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';

const SCANS = ['pdf', 'jpeg', 'png', 'tiff'];

/**
 * Keeps the scan of minutes that were signed on paper: what counts in law is that sheet (R2-63). It lies with the session,
 * for those who belong to it alone. @returns the file's id
 * @throws RuleViolation `council.minutes.scanMissing` without a file, `.scanFormat` for one that is no scan
 */
export async function paperScan(ctx: Ctx, slug: string, scan: File | null): Promise<string> {
	demand(ctx.actor, 'council.edit');
	if (!scan || scan.size === 0) throw new RuleViolation('council.minutes.scanMissing', {}, 'scan');
	const bytes = new Uint8Array(await scan.arrayBuffer());
	const { format, mediaType } = detectFormat(bytes, scan.name);
	if (!SCANS.includes(format) || bytes.length > DEFAULT_LIMITS.fileBytes)
		throw new RuleViolation('council.minutes.scanFormat', {}, 'scan');
	const { hash } = await fileStore().put(bytes);
	return write(ctx, async (tx) => {
		const meeting = await tx.db
			.selectFrom('council.meeting')
			.select(['id', 'council_body_id'])
			.where('slug', '=', slug)
			.executeTakeFirstOrThrow();
		demand(tx.actor, 'council.edit', meeting.council_body_id);
		const fileId = newId();
		const name = scan.name.replace(/^.*[\\/]/, '').slice(0, 200) || 'scan';
		await tx.db
			.insertInto('kernel.file')
			.values({ id: fileId, sha512: hash, size: bytes.length, media_type: mediaType, format, name })
			.execute();
		await tx.db
			.insertInto('council.meeting_file')
			.values({ id: newId(), meeting_id: meeting.id, file_id: fileId, kind: 'original', title: name, public: false })
			.execute();
		tx.touch('council.meeting', meeting.id, { act: 'signedPaperKept', fields: { file: fileId } });
		return fileId;
	});
}
