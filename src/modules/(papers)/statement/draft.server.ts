import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { districtsOfPapers } from '../districts/queries.server.ts';
import { changeIn, draftIn } from '../paper/commands.server.ts';
import { contentOf } from '../paper/content.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { paperTypes } from '../paper/types.server.ts';
import { sendReceipt, tellMayor } from './letters.server.ts';
import { go, lockForLead, statedOn, type LockedStatement } from './process.server.ts';
import { afterAct } from './rules/steps.ts';
import type { StatementDraft } from './schema.ts';

/**
 * Saves the statement as far as it is written. With the first saving it becomes a draft among the papers, without a number.
 * @throws RuleViolation `papers.statementSavedSince`, `papers.statementStep` once it lies with others, `papers.departmentMissing` while nobody leads
 */
export async function saveDraft(ctx: Ctx, id: string, given: StatementDraft): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		await saveIn(tx, await lockForLead(tx, id), given);
	});
}

/** The same inside a running write. */
export async function saveIn(tx: WriteCtx, statement: LockedStatement, given: StatementDraft): Promise<void> {
	if (!afterAct(statement.state, 'draft')) throw new RuleViolation('papers.statementStep');
	if (!statement.department_id) throw new RuleViolation('papers.departmentMissing', {}, 'departmentId');
	if (given.recommendation === 'counterProposal' && !given.counterProposal.trim())
		throw new RuleViolation('papers.counterMissing', {}, 'counterProposal');
	await demandSeen(tx, statement, given.revision);
	const begins = !statement.paper_id;
	const paperId = statement.paper_id ?? (await begin(tx, statement, given));
	const paper = await tx.db
		.selectFrom('papers.paper')
		.selectAll()
		.where('id', '=', paperId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	const words = { title: given.title, operative: given.text, closed: given.closed };
	await changeIn(tx, paper, { ...(await contentOf(tx, paper)), ...words }, '');
	const before = statement.counter_proposal as TextDocument | null;
	const counter = fromWriting(given.counterProposal, before ? { previous: before } : {});
	const columns = {
		paper_id: paperId,
		recommendation: given.recommendation,
		summary: given.summary,
		counter_proposal: counter.blocks.length ? JSON.stringify(counter) : null,
	};
	if (begins) await go(tx, statement, 'draft', { kind: 'begun', organisationId: statement.department_id }, columns);
	else
		await tx.db
			.updateTable('papers.statement')
			.set({ ...columns, state: 'drafting' })
			.where('id', '=', statement.id)
			.execute();
	Object.assign(statement, { ...columns, counter_proposal: counter.blocks.length ? counter : null });
	tx.touch('papers.statement', statement.id, { act: 'saved' });
}

/** Two colleagues write at once: whoever saves second reads what the first wrote before it goes. */
async function demandSeen(tx: WriteCtx, statement: LockedStatement, seen: number | undefined): Promise<void> {
	if (seen === undefined) return;
	const { rows } = await sql<{ revision: number }>`select revision from papers.paper
		where body_id = ${tx.body.id} and id = ${statement.paper_id}::uuid`.execute(tx.db);
	if ((rows[0]?.revision ?? 0) !== seen) throw new RuleViolation('papers.statementSavedSince', {}, 'text');
}

/** The draft among the papers: of the type of statements, with the department and the relevance of what it states on. */
async function begin(tx: WriteCtx, statement: LockedStatement, given: StatementDraft): Promise<string> {
	const type = (await paperTypes(tx)).find(({ code, retired }) => code === 'administrationStatement' && !retired);
	if (!type) throw new RuleViolation('papers.noStatementType');
	const papers = await statedOn(tx, statement.id);
	const { rows } = await sql<{ relevant: boolean | null }>`select bool_or(integration_relevant) as relevant
		from papers.paper where body_id = ${tx.body.id} and id = any (${papers}::uuid[])`.execute(tx.db);
	const relevant = rows[0]?.relevant ?? null;
	return draftIn(
		tx,
		PaperForm.parse({
			typeId: type.id,
			title: given.title,
			departmentId: statement.department_id,
			relevance: relevant === null ? '' : relevant ? 'yes' : 'no',
			closed: given.closed,
			districts: await districtsOfPapers(tx, papers),
		}),
	);
}

/**
 * Gives the statement to the mayor. Going on without answers of departments that were asked needs a reason: silence is never
 * agreement (rulebook R4-05).
 * @throws RuleViolation `papers.textMissing`, `papers.recommendationMissing`, `papers.silent` with `count`
 */
export async function handToMayor(ctx: Ctx, id: string, reason: string, draft?: StatementDraft): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const statement = await lockForLead(tx, id);
		// Sent twice: it lies there already.
		if (statement.state === 'approval') return;
		if (draft) await saveIn(tx, statement, draft);
		await demandComplete(tx, statement);
		const silent = await tx.db
			.selectFrom('papers.statement_co_sign')
			.select('id')
			.where('statement_id', '=', id)
			.where('state', 'in', ['waiting', 'asked'])
			.execute();
		if (silent.length && !reason.trim())
			throw new RuleViolation('papers.silent', { count: silent.length }, 'silentReason');
		if (silent.length)
			await tx.db
				.updateTable('papers.statement_co_sign')
				.set({ state: 'passedOver' })
				.where(
					'id',
					'in',
					silent.map((one) => one.id),
				)
				.execute();
		await go(tx, statement, 'hand', { kind: 'handed', note: reason.trim() });
		await tellMayor(tx, statement.id);
		await sendReceipt(tx, statement.id, 'handed');
	});
}

/** @throws RuleViolation what is missing before others are asked to read it */
export async function demandComplete(tx: WriteCtx, statement: LockedStatement): Promise<void> {
	const { rows } = await sql<{ operative: TextDocument }>`select operative from papers.paper
		where body_id = ${tx.body.id} and id = ${statement.paper_id}`.execute(tx.db);
	if (!rows[0]?.operative.blocks.length) throw new RuleViolation('papers.textMissing', {}, 'text');
	const { rows: motions } = await sql<{ yes: boolean }>`select exists (select from papers.statement_on o
		join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where o.body_id = ${tx.body.id} and o.statement_id = ${statement.id} and t.code <> 'inquiry') as yes`.execute(tx.db);
	if (motions[0]!.yes && !statement.recommendation)
		throw new RuleViolation('papers.recommendationMissing', {}, 'recommendation');
}
