import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { draftIn, fileIn } from '../paper/commands.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { paperTypes } from '../paper/types.server.ts';
import { followBase } from './chain.server.ts';
import { lockStatement, statedOn } from './process.server.ts';

/**
 * Brings the counter-proposal in as an amendment to the motion: a paper of its own with the motion's number and a suffix, on
 * the way that the motion still has to go, so that committees can vote on it (VOR-21, rulebook R3-19). Once, however often
 * it is asked for.
 * @param title of the amendment; official German of the town
 * @returns the slug of the amendment
 * @throws RuleViolation `papers.counterMissing`, `papers.statementNotApproved` before the statement is published,
 * `papers.noAmendmentType`
 */
export async function proposeCounter(ctx: Ctx, id: string, title: (reference: string) => string): Promise<string> {
	demand(ctx.actor, 'papers.edit');
	return write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		const slugOf = (paperId: string) =>
			tx.db.selectFrom('papers.paper').select(['slug', 'reference', 'public', 'state']).where('id', '=', paperId);
		if (statement.amendment_id) return (await slugOf(statement.amendment_id).executeTakeFirstOrThrow()).slug;
		if (!statement.counter_proposal) throw new RuleViolation('papers.counterMissing');
		if (statement.state !== 'published') throw new RuleViolation('papers.statementNotApproved');
		const type = (await paperTypes(tx)).find(({ code, retired }) => code === 'amendment' && !retired);
		if (!type) throw new RuleViolation('papers.noAmendmentType');
		const [baseId] = await statedOn(tx, id);
		const base = await slugOf(baseId!).executeTakeFirstOrThrow();
		if (base.state !== 'filed') throw new RuleViolation('papers.notFiled');
		const paperId = await draftIn(
			tx,
			PaperForm.parse({
				typeId: type.id,
				title: title(base.reference ?? ''),
				operative: toWriting(statement.counter_proposal as TextDocument),
				superordinatedId: baseId,
				departmentId: statement.department_id ?? '',
				originators: statement.department_id ? [statement.department_id] : [],
				closed: !base.public,
			}),
		);
		const slug = await fileIn(tx, paperId);
		await followBase(tx, paperId, baseId!);
		await tx.db.updateTable('papers.statement').set({ amendment_id: paperId }).where('id', '=', id).execute();
		tx.touch('papers.statement', id, { act: 'counterProposed', fields: { amendment: slug } });
		return slug;
	});
}
