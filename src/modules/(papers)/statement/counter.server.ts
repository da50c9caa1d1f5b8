import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { baseOf } from '../amendments/base.server.ts';
import { amendIn } from '../amendments/commands.server.ts';
import { fileIn } from '../paper/commands.server.ts';
import { followBase } from './chain.server.ts';
import { lockStatement, statedOn } from './process.server.ts';

/**
 * Brings the counter-proposal in as an amendment to the motion: a paper of its own with the motion's number and a suffix, on
 * the way that the motion still has to go, so that committees can vote on it (VOR-21, rulebook R3-19). Once, however often
 * it is asked for.
 * @param title of the amendment; official German of the town
 * @returns the slug of the amendment
 * @throws RuleViolation `papers.counterMissing`, `papers.statementNotApproved` before the statement is published,
 * `papers.notFiled` for a motion that was withdrawn, `papers.amendment.noType`
 */
export async function proposeCounter(ctx: Ctx, id: string, title: (reference: string) => string): Promise<string> {
	demand(ctx.actor, 'papers.edit');
	return write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		const paper = (paperId: string) =>
			tx.db.selectFrom('papers.paper').select(['slug', 'public']).where('id', '=', paperId).executeTakeFirstOrThrow();
		if (statement.amendment_id) return (await paper(statement.amendment_id)).slug;
		if (!statement.counter_proposal) throw new RuleViolation('papers.counterMissing');
		if (statement.state !== 'published') throw new RuleViolation('papers.statementNotApproved');
		const [baseId] = await statedOn(tx, id);
		const motion = await paper(baseId!);
		const base = await baseOf(tx, motion.slug);
		if (base.state !== 'filed' || !base.version) throw new RuleViolation('papers.notFiled');
		// Blocks that say the same keep their ids: so the difference to the motion is read word by word.
		const words = toWriting(statement.counter_proposal as TextDocument);
		const proposed = fromWriting(words, { previous: base.operative });
		const lead = statement.department_id;
		const amendmentId = await amendIn(tx, base, { title: title(base.reference), reasons: '' }, proposed, 'form', {
			departmentId: lead ?? '',
			originators: lead ? [lead] : [],
			closed: !motion.public,
		});
		const slug = await fileIn(tx, amendmentId);
		await followBase(tx, amendmentId, base.id);
		await tx.db.updateTable('papers.statement').set({ amendment_id: amendmentId }).where('id', '=', id).execute();
		tx.touch('papers.statement', id, { act: 'counterProposed', fields: { amendment: slug } });
		tx.touch('papers.paper', base.id, { act: 'amended', fields: { amendment: slug } });
		return slug;
	});
}
