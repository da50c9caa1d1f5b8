import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { passGate } from '../involvement/gate.server.ts';
import { fileIn } from '../paper/commands.server.ts';
import { signIn } from '../paper/signature.server.ts';
import { insertRelation } from '../paper/relations.server.ts';
import { passOnChain } from './chain.server.ts';
import { guardPublic } from './guard.server.ts';
import { sendReceipt } from './letters.server.ts';
import { go, hashNow, lockStatement, partOf, statedOn } from './process.server.ts';
import { afterAct } from './rules/steps.ts';

/**
 * The mayor approves the words as they stand. Where the mayor signed on paper, the office enters that with the day.
 * @throws RuleViolation `papers.approvalNote` for the office without the word on where the signature is,
 * `papers.coSignMissing` while a commissioner who has to be asked was not (MIT-03)
 */
export async function approve(ctx: Ctx, id: string, onPaper?: { approvedOn: string; note: string }): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		// Sent twice.
		if (statement.state === 'approved') return;
		const mayor = may(tx.actor, 'papers.approve');
		if (!mayor && !may(tx.actor, 'papers.edit')) throw new Forbidden('papers.approve');
		if (!mayor && !onPaper?.note.trim()) throw new RuleViolation('papers.approvalNote', {}, 'approvalNote');
		const day = onPaper?.approvedOn ? Temporal.PlainDate.from(onPaper.approvedOn) : tx.today;
		if (Temporal.PlainDate.compare(day, tx.today) > 0) throw new RuleViolation('papers.future', {}, 'approvedOn');
		if (!afterAct(statement.state, 'approve')) throw new RuleViolation('papers.statementStep');
		await passGate(tx, statement.paper_id!);
		await go(
			tx,
			statement,
			'approve',
			{ kind: 'approved', note: onPaper?.note.trim() ?? '' },
			{ approved_on: day, approved_hash: await hashNow(tx, statement) },
		);
		await signByMayor(tx, statement.paper_id!, day);
		await sendReceipt(tx, id, 'approved');
	});
}

/** Who held the mayor's office on the day of the approval signs the statement, in that function (rulebook R3-10). */
async function signByMayor(tx: WriteCtx, paperId: string, day: Temporal.PlainDate): Promise<void> {
	const own = may(tx.actor, 'papers.approve') ? tx.actor.personId : null;
	const { rows } = await sql<{ id: string; title: string }>`select h.person_id as id, o.title from registry.office o
		join registry.office_holding h on h.body_id = o.body_id and h.office_id = o.id and h.from_date <= ${day}::date
			and (h.until_date is null or h.until_date > ${day}::date)
		where o.body_id = ${tx.body.id} and o.kind = 'mayor' order by h.person_id = ${own}::uuid desc nulls last, h.from_date, o.id
		limit 1`.execute(tx.db);
	const [mayor] = rows;
	if (mayor)
		await signIn(tx, paperId, { personId: mayor.id, name: '', function: mayor.title, signedOn: day.toString() });
}

/**
 * Back to the department, with the reason: by who leads until it is approved, or by the mayor, also after the approval.
 * @throws RuleViolation `papers.reasonMissing`
 */
export async function giveBack(ctx: Ctx, id: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.statement');
	await write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		const part = partOf(tx.actor, statement.department_id);
		// Until the mayor has approved, who leads may take it back for a slip of their own.
		const own = statement.state === 'coSigning' || statement.state === 'approval';
		const allowed = (own && part.lead) || (statement.state !== 'coSigning' && (part.mayor || part.office));
		if (!allowed) throw new Forbidden('papers.approve');
		if (!reason.trim()) throw new RuleViolation('papers.reasonMissing', {}, 'backReason');
		await tx.db
			.updateTable('papers.statement_co_sign')
			.set({ state: 'outdated' })
			.where('statement_id', '=', id)
			.where('state', 'in', ['waiting', 'asked', 'passedOver'])
			.execute();
		await go(
			tx,
			statement,
			'giveBack',
			{ kind: 'returned', note: reason.trim() },
			{ approved_on: null, approved_hash: '' },
		);
		await sendReceipt(tx, id, 'returned');
	});
}

/**
 * Publishes what was approved as a paper of its own: type S, own number, "answers" each paper it states on, with the same
 * stations to come. A closed statement gets its number, too, and is read by those who may.
 * @returns the slug of the statement's page
 * @throws RuleViolation `papers.statementBeforeMotion`, `papers.statementChanged` when the words are not those approved
 */
export async function publishStatement(ctx: Ctx, id: string): Promise<string> {
	demand(ctx.actor, 'papers.edit');
	return write(ctx, async (tx) => {
		const statement = await lockStatement(tx, id);
		if (statement.state === 'published') return slugOf(tx, statement.paper_id!);
		if (statement.state !== 'approved') throw new RuleViolation('papers.statementNotApproved');
		const paperId = statement.paper_id!;
		const answered = await statedOn(tx, id);
		await tx.db
			.updateTable('papers.paper')
			.set({ superordinated_id: answered[0] ?? null, date: tx.today })
			.where('id', '=', paperId)
			.execute();
		const slug = await fileIn(tx, await slugOf(tx, paperId));
		for (const to of answered) {
			await insertRelation(tx, { from: paperId, to, reference: '', kind: 'answers', state: 'confirmed' });
			tx.touch('papers.paper', to, { act: 'answered', fields: { statement: slug } });
		}
		await passOnChain(tx, { statementPaperId: paperId, answered, approvedOn: statement.approved_on ?? tx.today });
		await go(tx, statement, 'publish', { kind: 'published' }, { published_on: tx.today });
		await tx.emit('papers.statementPublished', { statementId: id, paperId, answered });
		return slug;
	});
}

/**
 * Guards the filing of a statement, whichever way it comes about: only the words that the mayor approved, and none in public
 * before the paper it answers is public (rulebook, edge cases 3). Papers that are no statement of a process pass.
 */
export async function guardFiling(tx: WriteCtx, paperId: string): Promise<void> {
	const row = await tx.db.selectFrom('papers.statement').selectAll().where('paper_id', '=', paperId).executeTakeFirst();
	if (!row) return;
	if (row.state !== 'approved') throw new RuleViolation('papers.statementNotApproved');
	if ((await hashNow(tx, row)) !== row.approved_hash) throw new RuleViolation('papers.statementChanged');
	await guardPublic(tx, paperId);
}

async function slugOf(tx: WriteCtx, paperId: string): Promise<string> {
	const row = await tx.db.selectFrom('papers.paper').select('slug').where('id', '=', paperId).executeTakeFirstOrThrow();
	return row.slug;
}
