import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { isOver, lockWritten, settleWritten, type LockedWritten } from './procedure.server.ts';
import type { WrittenAnswer } from './schema.ts';

/** Whose answer it is: whoever has the link of a mail, the signed-in person's own, or one that reached the office on paper. */
export type Answering = { token: string } | { procedure: string } | { procedure: string; answer: string };

/**
 * Takes an answer; it may be changed while the procedure runs. One objection ends it at once (rulebook R2-53).
 * @returns whether the procedure still runs
 * @throws NotFound; RuleViolation `written.other` for somebody else's link while signed in, `written.over` after the end,
 * `written.sure` for an objection that was not confirmed, `written.choose` for an answer that isn't offered
 */
export async function answerInWriting(
	ctx: Ctx,
	by: Answering,
	given: WrittenAnswer,
	origin: string,
): Promise<{ running: boolean }> {
	return write(ctx, async (tx) => {
		const found = await answerOf(tx, by);
		const procedure = await lockWritten(tx, found.procedureId);
		if ('answer' in by) demand(tx.actor, 'council.edit', procedure.councilBodyId);
		if ('token' in by && tx.actor.personId && tx.actor.personId !== found.personId)
			throw new RuleViolation('written.other', { name: found.name }, 'voice');
		if (procedure.state !== 'running' || isOver(tx, procedure)) throw new RuleViolation('written.over');
		if (!offered(procedure).includes(given.voice)) throw new RuleViolation('written.choose', {}, 'voice');
		if (given.voice === 'objection' && !given.sure) throw new RuleViolation('written.sure', {}, 'sure');
		const via = 'token' in by ? 'link' : 'answer' in by ? 'office' : 'account';
		await tx.db
			.updateTable('council.written_answer')
			.set({
				voice: given.voice,
				consents: procedure.rule.mode === 'consentQuorum' && given.voice !== 'biased' ? given.consents : null,
				remark: given.remark,
				answered_at: tx.now,
				via,
			})
			.where('id', '=', found.id)
			.execute();
		tx.touch('council.writtenProcedure', procedure.id, { act: 'answered', fields: { via } });
		const finding = await settleWritten(tx, procedure, origin);
		return { running: finding.outcome.state === 'running' };
	});
}

/** What may be answered: where one objection ends it, there is nothing to outvote. */
export function offered({ rule }: Pick<LockedWritten, 'rule'>): WrittenAnswer['voice'][] {
	return rule.mode === 'consentQuorum' ? ['yes', 'no', 'abstain', 'biased'] : ['yes', 'objection', 'biased'];
}

interface Found {
	id: string;
	procedureId: string;
	personId: string;
	name: string;
}

async function answerOf(tx: WriteCtx, by: Answering): Promise<Found> {
	let query = tx.db.selectFrom('council.written_answer').select(['id', 'procedure_id', 'person_id', 'name']);
	if ('token' in by) query = query.where('link_hash', '=', hashToken(by.token));
	else if ('answer' in by) {
		if (!isId(by.answer)) throw new NotFound('answer');
		query = query.where('id', '=', by.answer).where('procedure_id', '=', by.procedure);
	} else {
		demand(tx.actor, 'council.cast');
		if (!tx.actor.personId) throw new NotFound('answer');
		query = query.where('procedure_id', '=', by.procedure).where('person_id', '=', tx.actor.personId);
	}
	const row = await query.executeTakeFirst();
	if (!row) throw new NotFound('answer');
	return { id: row.id, procedureId: row.procedure_id, personId: row.person_id, name: row.name };
}
