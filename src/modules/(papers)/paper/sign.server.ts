import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { lockReadable } from './life.server.ts';
import { signIn, type Signature } from './signature.server.ts';

/**
 * Notes who signed, in which function on that day (rulebook R3-10): it stays as it was, whatever office the person holds later.
 * @throws RuleViolation `papers.signatoryMissing`, `papers.functionMissing` where the register knows none for that day
 */
export async function signPaper(ctx: Ctx, slug: string, given: Signature): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const paper = await lockReadable(tx, slug);
		await signIn(tx, paper.id, given);
	});
}
