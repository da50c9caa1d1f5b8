import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { lockedSession } from './meetings.server.ts';

/**
 * Makes session and agenda known to everybody (rulebook R2-07), or takes that back before the invitation. A session that is
 * not public stays inside.
 */
export async function publishAgenda(tx: WriteCtx, slug: string, published: boolean): Promise<void> {
	const session = await lockedSession(tx, { slug });
	if (session.published === published) return;
	if (!published && session.state !== 'planned') throw new RuleViolation('council_agenda_fault_over');
	await tx.db
		.updateTable('council.meeting')
		.set({ published, modified_at: tx.now })
		.where('id', '=', session.id)
		.execute();
	tx.touch('council.meeting', session.id, { act: published ? 'published' : 'unpublished', fields: { published } });
}
