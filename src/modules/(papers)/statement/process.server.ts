import { createHash } from 'node:crypto';
import { may, type Actor } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { documentHash } from '#kernel/text/hash.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { paperHash } from '../paper/hash.server.ts';
import { afterAct, type StatementAct, type StatementState } from './rules/steps.ts';

export type StepKind =
	| 'requested'
	| 'assigned'
	| 'begun'
	| 'coSignAsked'
	| 'coSigned'
	| 'coSignTakenBack'
	| 'handed'
	| 'approved'
	| 'returned'
	| 'published'
	| 'stopped'
	| 'resumed'
	| 'dueSet'
	| 'joined'
	| 'parted';

/** What this actor is in a statement's process. */
export interface Part {
	/** Writes it: a contact of the leading department, or the office. */
	lead: boolean;
	mayor: boolean;
	office: boolean;
}

export function partOf(actor: Actor, departmentId: string | null): Part {
	const office = may(actor, 'papers.edit');
	const mayor = may(actor, 'papers.approve');
	return { office, mayor, lead: office || (departmentId !== null && signsFor(actor, departmentId)) };
}

/** Does this actor answer for the department? */
export function signsFor(actor: Actor, departmentId: string): boolean {
	return may(actor, 'papers.statement', departmentId);
}

/** The row of a statement, locked until the write ends. @throws NotFound */
export async function lockStatement(tx: WriteCtx, id: string) {
	const row = await tx.db
		.selectFrom('papers.statement')
		.selectAll()
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw new NotFound('statement');
	return { ...row, state: row.state as StatementState };
}

export type LockedStatement = Awaited<ReturnType<typeof lockStatement>>;

/** The same for whom it is theirs to write. @throws NotFound, Forbidden */
export async function lockForLead(tx: WriteCtx, id: string): Promise<LockedStatement> {
	const statement = await lockStatement(tx, id);
	if (!partOf(tx.actor, statement.department_id).lead) throw new Forbidden('papers.statement');
	return statement;
}

/**
 * Goes a step: the new state, a row of the chain, and what follows from a write.
 * @throws RuleViolation `papers.statementStep` where this is no step of the present state (somebody was faster)
 */
export async function go(
	tx: WriteCtx,
	statement: LockedStatement,
	act: StatementAct,
	step: { kind: StepKind; organisationId?: string | null; note?: string },
	more: Record<string, unknown> = {},
): Promise<void> {
	const state = afterAct(statement.state, act);
	if (!state) throw new RuleViolation('papers.statementStep');
	await tx.db
		.updateTable('papers.statement')
		.set({ state, ...more })
		.where('id', '=', statement.id)
		.execute();
	await note(tx, statement.id, step);
	statement.state = state;
}

/** Writes a row of the chain and says that the statement and the papers it states on have changed. */
export async function note(
	tx: WriteCtx,
	statementId: string,
	step: { kind: StepKind; organisationId?: string | null; note?: string },
): Promise<void> {
	await tx.db
		.insertInto('papers.statement_step')
		.values({
			id: newId(),
			statement_id: statementId,
			act: step.kind,
			at: tx.now,
			on_date: tx.today,
			by_person_id: tx.actor.personId,
			organisation_id: step.organisationId ?? null,
			note: step.note ?? '',
		})
		.execute();
	tx.touch('papers.statement', statementId, { act: step.kind, fields: { note: step.note ?? '' } });
}

/** Ids of the papers a statement states on, in their order. One query. */
export async function statedOn(ctx: Pick<Ctx, 'db'>, statementId: string): Promise<string[]> {
	const rows = await ctx.db
		.selectFrom('papers.statement_on')
		.select('paper_id')
		.where('statement_id', '=', statementId)
		.orderBy('position')
		.execute();
	return rows.map(({ paper_id }) => paper_id);
}

/** sha-256 (hex) over everything that is signed: words, recommendation and counter-proposal. */
export function statementHash(paper: {
	title: string;
	operative: unknown;
	reasons: unknown;
	recommendation: string | null;
	counterProposal: unknown;
}): string {
	const words = paperHash({
		title: paper.title,
		operative: paper.operative as TextDocument,
		reasons: paper.reasons as TextDocument,
	});
	const counter = paper.counterProposal ? documentHash(paper.counterProposal as TextDocument) : '';
	return createHash('sha256')
		.update([words, paper.recommendation ?? '', counter].join('\n'))
		.digest('hex');
}

/** The hash of a statement as it stands now; empty while nothing is written. One query. */
export async function hashNow(
	tx: Pick<Ctx, 'db'>,
	statement: Pick<LockedStatement, 'paper_id' | 'recommendation' | 'counter_proposal'>,
): Promise<string> {
	if (!statement.paper_id) return '';
	const paper = await tx.db
		.selectFrom('papers.paper')
		.select(['title', 'operative', 'reasons'])
		.where('id', '=', statement.paper_id)
		.executeTakeFirstOrThrow();
	return statementHash({
		...paper,
		recommendation: statement.recommendation,
		counterProposal: statement.counter_proposal,
	});
}
