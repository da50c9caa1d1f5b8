import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { demandComplete, saveIn } from './draft.server.ts';
import { sendReceipt, writeToDepartment } from './letters.server.ts';
import { go, hashNow, lockForLead, lockStatement, note, signsFor } from './process.server.ts';
import { ruleOn, townOff } from './rule.server.ts';
import { moveWorkingDays } from './rules/due.ts';
import { nextAsked, type CoSign, type CoSignState } from './rules/steps.ts';
import type { StatementDraft } from './schema.ts';

/** Answers that speak of the words as they are; they need not be asked for again. */
const GIVEN: readonly CoSignState[] = ['agreed', 'agreedWithRemarks', 'notAffected'];

/**
 * Asks other departments to sign for their field, all at once or one after the other in the order given. Who has signed these
 * very words already is not asked again; an answer to other words is outdated and stays.
 * @throws RuleViolation `papers.coSignNobody`, `papers.textMissing`, `papers.recommendationMissing`
 */
export async function askCoSigners(
	ctx: Ctx,
	id: string,
	departments: readonly string[],
	inSeries: boolean,
	draft?: StatementDraft,
): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const statement = await lockForLead(tx, id);
		if (statement.state === 'coSigning') return;
		if (draft) await saveIn(tx, statement, draft);
		await demandComplete(tx, statement);
		const asked = [...new Set(departments)].filter((one) => one !== statement.department_id);
		if (!asked.length) throw new RuleViolation('papers.coSignNobody', {}, 'departments');
		const hash = await hashNow(tx, statement);
		const known = await coSigns(tx, id);
		for (const [index, organisationId] of asked.entries()) {
			const before = known.filter((one) => one.organisationId === organisationId && one.state !== 'outdated');
			if (before.some((one) => one.hash === hash && GIVEN.includes(one.state))) continue;
			for (const one of before) await setState(tx, one.id, 'outdated');
			await tx.db
				.insertInto('papers.statement_co_sign')
				.values({ id: newId(), statement_id: id, organisation_id: organisationId, step: inSeries ? index + 1 : 1 })
				.execute();
		}
		await go(tx, statement, 'askCoSign', { kind: 'coSignAsked' });
		await askNext(tx, id);
	});
}

/**
 * A department's answer, bound to the words as they stand. Remarks and refusals say why.
 * @throws RuleViolation `papers.remarksMissing`, `papers.statementStep` when nobody asks any more
 */
export async function answerCoSign(
	ctx: Ctx,
	given: { id: string; answer: 'agreed' | 'agreedWithRemarks' | 'refused' | 'notAffected'; remarks: string },
): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const { row, statement } = await lockCoSign(tx, given.id);
		if (row.state === given.answer && row.remarks === given.remarks) return;
		if (row.state !== 'asked' || statement.state !== 'coSigning') throw new RuleViolation('papers.statementStep');
		if ((given.answer === 'refused' || given.answer === 'agreedWithRemarks') && !given.remarks)
			throw new RuleViolation('papers.remarksMissing', {}, 'remarks');
		await tx.db
			.updateTable('papers.statement_co_sign')
			.set({
				state: given.answer,
				remarks: given.remarks,
				answered_on: tx.today,
				answered_by: tx.actor.personId,
				hash: await hashNow(tx, statement),
			})
			.where('id', '=', given.id)
			.execute();
		await note(tx, statement.id, { kind: 'coSigned', organisationId: row.organisation_id, note: given.answer });
		await sendReceipt(tx, statement.id, 'coSigned');
		await askNext(tx, statement.id);
	});
}

/** Takes an answer back, as long as nothing followed from it. */
export async function takeBackCoSign(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const { row, statement } = await lockCoSign(tx, id);
		if (row.state === 'asked') return;
		if (statement.state !== 'coSigning' || !row.answered_on) throw new RuleViolation('papers.statementStep');
		await tx.db
			.updateTable('papers.statement_co_sign')
			.set({ state: 'asked', answered_on: null, answered_by: null, hash: '' })
			.where('id', '=', id)
			.execute();
		await note(tx, statement.id, { kind: 'coSignTakenBack', organisationId: row.organisation_id });
	});
}

async function lockCoSign(tx: WriteCtx, id: string) {
	const found = await tx.db
		.selectFrom('papers.statement_co_sign')
		.select('statement_id')
		.where('id', '=', id)
		.executeTakeFirst();
	if (!found) throw new NotFound('co-signature');
	const statement = await lockStatement(tx, found.statement_id);
	const row = await tx.db
		.selectFrom('papers.statement_co_sign')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	if (!signsFor(tx.actor, row.organisation_id)) throw new Forbidden('papers.statement');
	return { row, statement };
}

/** Asks whoever is next; the statement's row must be locked. */
async function askNext(tx: WriteCtx, statementId: string): Promise<void> {
	const list = await coSigns(tx, statementId);
	const ids = nextAsked(list);
	if (!ids.length) return;
	const dueOn = moveWorkingDays(tx.today, (await ruleOn(tx, tx.today)).coSignDays, await townOff(tx));
	await tx.db
		.updateTable('papers.statement_co_sign')
		.set({ state: 'asked', asked_on: tx.today, due_on: dueOn })
		.where('id', 'in', ids)
		.execute();
	for (const one of list)
		if (ids.includes(one.id)) await writeToDepartment(tx, statementId, one.organisationId, `coSign-${one.id}`);
}

async function coSigns(
	tx: WriteCtx,
	statementId: string,
): Promise<(CoSign & { organisationId: string; hash: string })[]> {
	const rows = await tx.db
		.selectFrom('papers.statement_co_sign')
		.select(['id', 'step', 'state', 'organisation_id', 'hash'])
		.where('statement_id', '=', statementId)
		.orderBy('step')
		.execute();
	return rows.map(({ id, step, state, organisation_id, hash }) => ({
		id,
		step,
		state: state as CoSignState,
		organisationId: organisation_id,
		hash,
	}));
}

async function setState(tx: WriteCtx, id: string, state: CoSignState): Promise<void> {
	await tx.db.updateTable('papers.statement_co_sign').set({ state }).where('id', '=', id).execute();
}
