import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { formatFacts } from '#kernel/files/formats.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { lockMatter } from './matter-commands.server.ts';
import { followContent } from './requests.server.ts';
import { askedIn, departmentsOf } from './sight.server.ts';

/**
 * Keeps a draft as a file, where there is no paper yet. A new one makes answers to the one before outdated and asks anew;
 * the same file again changes nothing.
 * @throws RuleViolation `papers.fileNone`, `papers.fileLarge`, `papers.fileActive`
 */
export async function addDraft(
	ctx: Ctx,
	matterId: string,
	{ name: given, bytes }: { name: string; bytes: Uint8Array },
): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	if (!bytes.length) throw new RuleViolation('papers.fileNone', {}, 'datei');
	if (bytes.length > DEFAULT_LIMITS.fileBytes) throw new RuleViolation('papers.fileLarge', {}, 'datei');
	const { format, mediaType } = detectFormat(bytes, given);
	if (formatFacts(format).active) throw new RuleViolation('papers.fileActive', {}, 'datei');
	const { hash } = await fileStore().put(bytes);
	const name = given.replace(/^.*[\\/]/, '').slice(0, 200);
	await write(ctx, async (tx) => {
		await lockMatter(tx, matterId);
		const { rows } = await sql<{ sha512: string }>`select k.sha512 from papers.matter_file f
			join kernel.file k on k.body_id = f.body_id and k.id = f.file_id where f.body_id = ${tx.body.id}
			and f.matter_id = ${matterId} order by f.added_at desc, f.id desc limit 1`.execute(tx.db);
		if (rows[0]?.sha512 === hash) return;
		const fileId = newId();
		await tx.db
			.insertInto('kernel.file')
			.values({ id: fileId, sha512: hash, size: bytes.length, media_type: mediaType, format, name })
			.execute();
		await tx.db
			.insertInto('papers.matter_file')
			.values({ id: newId(), matter_id: matterId, file_id: fileId, added_at: tx.now })
			.execute();
		tx.touch('papers.matter', matterId, { act: 'draftAdded' });
		await followContent(tx, matterId);
	});
}

/** Drafts are read by those who work on the matter, and by whoever is asked in it once it was sent (R4-10). */
export async function showsDraft(ctx: Ctx, fileId: string): Promise<boolean> {
	if (ctx.actor.kind !== 'person' && !may(ctx.actor, 'papers.involvement.all')) return false;
	const all = may(ctx.actor, 'papers.involvement.all');
	const own = departmentsOf(ctx);
	const { rows } = await sql<{ shown: boolean }>`select exists (select from papers.matter_file f
		join papers.matter m on m.body_id = f.body_id and m.id = f.matter_id
		where f.body_id = ${ctx.body.id} and f.file_id = ${fileId} and (${all} or m.created_by = ${ctx.actor.personId}::uuid
			or ${own === null ? sql`true` : sql`m.department_id = any (${own}::uuid[])`}
			or (m.draft_sent_on <= ${ctx.today}::date and exists (select from papers.involvement i
				where i.body_id = m.body_id and i.matter_id = m.id and i.dropped_on is null and ${askedIn(ctx)})))) as shown`.execute(
		ctx.db,
	);
	return rows[0]!.shown;
}
