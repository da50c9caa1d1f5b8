import type { WriteCtx } from '#kernel/ctx.ts';
import { followContent } from './requests.server.ts';

/** A paper's words changed: answers to the old ones are outdated, and those who gave them are asked anew (R4-06). */
export async function followPaper(tx: WriteCtx, event: unknown): Promise<void> {
	const { paperId } = event as { paperId: string };
	const matter = await tx.db
		.selectFrom('papers.matter')
		.select('id')
		.where('paper_id', '=', paperId)
		.executeTakeFirst();
	if (matter) await followContent(tx, matter.id);
}
