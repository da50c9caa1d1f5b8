import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { paperHash } from './hash.server.ts';

/** What a version fixes. */
export interface PaperText {
	title: string;
	operative: TextDocument;
	reasons: TextDocument;
}

/**
 * Fixes the text as the paper's next version, unless it says the same as the last one. The paper's row must be locked.
 * @returns the number in force, and its hash
 */
export async function fixVersion(
	tx: WriteCtx,
	paperId: string,
	text: PaperText,
	note: string,
): Promise<{ number: number; hash: string }> {
	const hash = paperHash(text);
	const last = await tx.db
		.selectFrom('papers.paper_version')
		.select(['number', 'hash'])
		.where('paper_id', '=', paperId)
		.orderBy('number', 'desc')
		.executeTakeFirst();
	if (last?.hash === hash) return last;
	const number = (last?.number ?? 0) + 1;
	await tx.db
		.insertInto('papers.paper_version')
		.values({
			id: newId(),
			paper_id: paperId,
			number,
			title: text.title,
			operative: JSON.stringify(text.operative),
			reasons: JSON.stringify(text.reasons),
			hash,
			note,
			fixed_at: tx.now,
			fixed_by: tx.actor.personId,
		})
		.execute();
	return { number, hash };
}
