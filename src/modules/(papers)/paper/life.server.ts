import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { guardPublic } from '../statement/guard.server.ts';
import type { LockedPaper } from './lock.server.ts';
import { isOriginator } from './rights.server.ts';
import { readable } from './sight.server.ts';
import { withdrawal } from './rules/who.ts';

/**
 * A filed paper, locked until the write ends, for whoever may read it; the act itself asks who may do it.
 * @throws NotFound; RuleViolation `papers.stillDraft`
 */
export async function lockReadable(tx: WriteCtx, slug: string): Promise<LockedPaper> {
	const paper = await tx.db
		.selectFrom('papers.paper as p')
		.selectAll('p')
		.where('p.slug', '=', slug)
		.where(readable(tx))
		.forUpdate()
		.executeTakeFirst();
	if (!paper) throw new NotFound('paper');
	if (paper.state === 'draft') throw new RuleViolation('papers.stillDraft');
	return paper;
}

/** Has a vote on the paper begun anywhere, or did a deciding station end? (rulebook R3-21) One query. */
export async function voteBegun(ctx: Pick<Ctx, 'db' | 'body'>, paperId: string): Promise<boolean> {
	const { rows } = await sql<{ begun: boolean }>`select exists (select from papers.consultation c
		where c.body_id = ${ctx.body.id} and c.paper_id = ${paperId} and (
			(c.role = 'deciding' and c.state = 'done' and c.result not in ('postponed', 'setAside', 'referred'))
			or exists (select from council.vote v where v.body_id = c.body_id and v.agenda_item_id = c.agenda_item_id)
		)) as begun`.execute(ctx.db);
	return rows[0]!.begun;
}

/** Why it is withdrawn, and after the vote began, with whose consent. */
export interface Withdrawal {
	note: string;
	consent: string;
	/** Said again: the act can't be taken back by those who do it. */
	sure: boolean;
}

/**
 * Withdraws a filed paper: its number and its page stay. Twice is once. Emits `papers.withdrawn` with `{ paperId }`.
 * @throws RuleViolation `papers.notSure`, `papers.voteBegun`, `papers.consentMissing`; Forbidden for who did not bring it in
 */
export async function withdrawPaper(ctx: Ctx, slug: string, { note, consent, sure }: Withdrawal): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockReadable(tx, slug);
		const office = may(tx.actor, 'papers.edit');
		const by = { office, originator: await isOriginator(tx, paper.id) };
		const answer = withdrawal({ begun: await voteBegun(tx, paper.id) }, by, consent);
		if (answer === 'notYours') throw new Forbidden('papers.edit');
		if (paper.state === 'withdrawn') return;
		if (!sure) throw new RuleViolation('papers.notSure', {}, 'sure');
		if (answer !== 'allowed') throw new RuleViolation(`papers.${answer}`, {}, 'consent');
		await tx.db
			.updateTable('papers.paper')
			.set({
				state: 'withdrawn',
				withdrawn_at: tx.now,
				withdrawn_note: note.trim(),
				withdrawn_consent: consent.trim(),
				modified_at: tx.now,
			})
			.where('id', '=', paper.id)
			.execute();
		tx.touch('papers.paper', paper.id, { act: 'withdrawn', fields: { note, consent } });
		await tx.emit('papers.withdrawn', { paperId: paper.id });
	});
}

/** Takes a withdrawal back: a slip of the office. */
export async function undoWithdrawal(ctx: Ctx, slug: string): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	await write(ctx, async (tx) => {
		const paper = await lockReadable(tx, slug);
		if (paper.state !== 'withdrawn') return;
		await tx.db
			.updateTable('papers.paper')
			.set({ state: 'filed', withdrawn_at: null, withdrawn_note: '', withdrawn_consent: '', modified_at: tx.now })
			.where('id', '=', paper.id)
			.execute();
		tx.touch('papers.paper', paper.id, { act: 'withdrawalUndone' });
		await tx.emit('papers.withdrawalUndone', { paperId: paper.id });
	});
}

/**
 * Closes a paper to the public or releases it. What was public once leaves a tombstone: its address says that it was taken
 * back (rulebook R3-22); a closed paper that is released counts as published from then on.
 * @throws RuleViolation `papers.closedReasonMissing`, `papers.statementBeforeMotion` for a statement on a closed paper
 */
export async function setPublicity(
	ctx: Ctx,
	slug: string,
	{ open, reason }: { open: boolean; reason: string },
): Promise<void> {
	demand(ctx.actor, 'papers.edit');
	if (!open && !reason.trim()) throw new RuleViolation('papers.closedReasonMissing', {}, 'closedReason');
	await write(ctx, async (tx) => {
		const paper = await lockReadable(tx, slug);
		if (paper.public === open) return;
		await tx.db
			.updateTable('papers.paper')
			.set({
				public: open,
				closed_reason: open ? '' : reason.trim(),
				published_at: open ? (paper.published_at ?? tx.now) : paper.published_at,
				depublished_at: !open && paper.published_at ? tx.now : null,
				modified_at: tx.now,
			})
			.where('id', '=', paper.id)
			.execute();
		if (open) await guardPublic(tx, paper.id);
		tx.touch('papers.paper', paper.id, { act: open ? 'released' : 'closed', fields: { reason } });
	});
}
