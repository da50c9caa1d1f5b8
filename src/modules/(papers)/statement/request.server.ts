import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { refreshDues } from './due.server.ts';
import { writeToDepartment } from './letters.server.ts';
import { paperByReference } from './paper-of.server.ts';
import { go, lockForLead, lockStatement, note, statedOn } from './process.server.ts';

/**
 * A paper whose type asks for a statement was filed: the administration is asked for it at once (rulebook R3-16). Old papers
 * that are taken over ask nobody.
 */
export async function requestOnFiling(tx: WriteCtx, paperId: string): Promise<void> {
	const { rows } = await sql<{ asks: boolean; department: string | null }>`select t.asks_statement as asks,
		p.under_direction_of_id as department from papers.paper p
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${tx.body.id} and p.id = ${paperId} and not p.taken_over`.execute(tx.db);
	if (rows[0]?.asks) await requestIn(tx, paperId, rows[0].department);
}

/** Asks for a statement inside a running write; a paper that waits for one already gets no second. @returns its id */
export async function requestIn(tx: WriteCtx, paperId: string, departmentId: string | null): Promise<string> {
	await sql`select id from papers.paper where body_id = ${tx.body.id} and id = ${paperId} for update`.execute(tx.db);
	const { rows } = await sql<{ id: string }>`select s.id from papers.statement s
		join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		where s.body_id = ${tx.body.id} and o.paper_id = ${paperId} and s.state not in ('published', 'stopped')`.execute(tx.db);
	if (rows[0]) return rows[0].id;
	const id = newId();
	await tx.db
		.insertInto('papers.statement')
		.values({ id, department_id: departmentId, requested_on: tx.today })
		.execute();
	await tx.db.insertInto('papers.statement_on').values({ statement_id: id, paper_id: paperId }).execute();
	await note(tx, id, { kind: 'requested', organisationId: departmentId });
	await refreshDues(tx, paperId);
	if (departmentId) await writeToDepartment(tx, id, departmentId, 'asked');
	return id;
}

/** Asks for a statement by hand: for papers whose type does not, or once more after one was published. */
export async function requestStatement(ctx: Ctx, paperId: string, departmentId: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const paper = await tx.db.selectFrom('papers.paper').select('state').where('id', '=', paperId).executeTakeFirst();
		if (!paper) throw new NotFound('paper');
		if (paper.state !== 'filed') throw new RuleViolation('papers.notFiled');
		await requestIn(tx, paperId, await departmentOf(tx, departmentId));
	});
}

/** Chooses who leads; a department that was asked before keeps what it has written. */
export async function assignDepartment(ctx: Ctx, id: string, departmentId: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		const chosen = await departmentOf(tx, departmentId);
		if (statement.department_id === chosen) return;
		await go(tx, statement, 'assign', { kind: 'assigned', organisationId: chosen }, { department_id: chosen });
		await writeToDepartment(tx, id, chosen, 'asked');
	});
}

/**
 * Sets the day by hand, with a reason; an empty day counts it from the first committee again.
 * @throws RuleViolation `papers.reasonMissing`
 */
export async function setDue(ctx: Ctx, id: string, dueOn: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		if (dueOn && !reason.trim()) throw new RuleViolation('papers.reasonMissing', {}, 'dueReason');
		const day = dueOn ? Temporal.PlainDate.from(dueOn) : null;
		await tx.db
			.updateTable('papers.statement')
			.set({
				due_on: day,
				approval_due_on: day,
				due_basis: day ? 'hand' : 'none',
				due_reason: day ? reason.trim() : '',
				base_on: null,
			})
			.where('id', '=', id)
			.execute();
		await note(tx, id, { kind: 'dueSet', note: reason.trim() });
		const [first] = await statedOn(tx, statement.id);
		if (!day && first) await refreshDues(tx, first);
	});
}

/** Nobody needs it any more (the motion was withdrawn, settled …), with the reason. It can be taken up again. */
export async function stopStatement(ctx: Ctx, id: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		if (!reason.trim()) throw new RuleViolation('papers.reasonMissing', {}, 'stopReason');
		await go(tx, statement, 'stop', { kind: 'stopped', note: reason.trim() }, { stopped_reason: reason.trim() });
	});
}

export async function resumeStatement(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		await go(tx, statement, 'resume', { kind: 'resumed' }, { stopped_reason: '' });
		const [first] = await statedOn(tx, id);
		if (first) await refreshDues(tx, first);
	});
}

/** A paper was withdrawn: what only it waited for, waits no more. */
export async function stopOnWithdrawal(tx: WriteCtx, paperId: string): Promise<void> {
	const { rows } = await sql<{ id: string; others: boolean }>`select s.id, exists (select from papers.statement_on n
			join papers.paper q on q.body_id = n.body_id and q.id = n.paper_id
			where n.body_id = s.body_id and n.statement_id = s.id and n.paper_id <> ${paperId} and q.state = 'filed') as others
		from papers.statement s join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		where s.body_id = ${tx.body.id} and o.paper_id = ${paperId} and s.state not in ('published', 'stopped')`.execute(tx.db);
	for (const { id, others } of rows) {
		if (others) continue;
		const statement = await lockStatement(tx, id);
		await go(tx, statement, 'stop', { kind: 'stopped' });
	}
}

/** The withdrawal was undone: statements that stopped with it, and without a reason of their own, go on. */
export async function resumeAfterWithdrawal(tx: WriteCtx, paperId: string): Promise<void> {
	const { rows } = await sql<{ id: string }>`select s.id from papers.statement s
		join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		where s.body_id = ${tx.body.id} and o.paper_id = ${paperId} and s.state = 'stopped' and s.stopped_reason = ''`.execute(
		tx.db,
	);
	for (const { id } of rows) await go(tx, await lockStatement(tx, id), 'resume', { kind: 'resumed' });
	if (rows.length) await refreshDues(tx, paperId);
}

/**
 * One statement answers another paper, too (rulebook, edge cases 3): that paper's own request ends in this one.
 * @throws RuleViolation `papers.paperUnknown`, `papers.statementBegun` when something is written for it already
 */
export async function joinPaper(ctx: Ctx, id: string, reference: string): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const statement = await lockForJoin(tx, id);
		const paper = await filedPaper(tx, reference);
		const { rows } = await sql<{ id: string; state: string; papers: number }>`select s.id, s.state,
			(select count(*)::int from papers.statement_on n where n.body_id = s.body_id and n.statement_id = s.id) as papers
			from papers.statement s join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
			where s.body_id = ${tx.body.id} and o.paper_id = ${paper} and s.state not in ('published', 'stopped') for update of s`.execute(
			tx.db,
		);
		const own = rows[0];
		if (own?.id === statement.id) return;
		if (own && (own.state !== 'requested' || own.papers > 1))
			throw new RuleViolation('papers.statementBegun', {}, 'reference');
		if (own) {
			await sql`delete from papers.statement where body_id = ${tx.body.id} and id = ${own.id}`.execute(tx.db);
			tx.touch('papers.statement', own.id, { act: 'joined', deleted: true });
		}
		const position = (await statedOn(tx, id)).length;
		await tx.db.insertInto('papers.statement_on').values({ statement_id: id, paper_id: paper, position }).execute();
		await note(tx, id, { kind: 'joined', note: reference });
		await refreshDues(tx, paper);
	});
}

/** The paper gets a statement of its own again; the last paper stays. */
export async function partPaper(ctx: Ctx, id: string, paperId: string): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const statement = await lockForJoin(tx, id);
		const all = await statedOn(tx, id);
		if (all.length < 2 || !all.includes(paperId)) return;
		await tx.db
			.deleteFrom('papers.statement_on')
			.where('statement_id', '=', id)
			.where('paper_id', '=', paperId)
			.execute();
		await note(tx, id, { kind: 'parted' });
		await requestIn(tx, paperId, statement.department_id);
		await refreshDues(
			tx,
			all.find((one) => one !== paperId)!,
		);
	});
}

async function lockForJoin(tx: WriteCtx, id: string) {
	const statement = await lockForLead(tx, id);
	if (statement.state !== 'requested' && statement.state !== 'drafting')
		throw new RuleViolation('papers.statementStep');
	return statement;
}

async function filedPaper(tx: WriteCtx, typed: string): Promise<string> {
	const found = await paperByReference(tx, typed);
	if (found?.state !== 'filed') throw new RuleViolation('papers.paperUnknown', {}, 'reference');
	return found.id;
}

async function departmentOf(tx: WriteCtx, id: string): Promise<string> {
	const { rows } = await sql<{ id: string }>`select id from registry.organisation where body_id = ${tx.body.id}
		and id::text = ${id} and organisation_type = 'department'`.execute(tx.db);
	if (!rows[0]) throw new RuleViolation('papers.departmentMissing', {}, 'departmentId');
	return rows[0].id;
}
