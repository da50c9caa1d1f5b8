import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { contentOf } from './content.server.ts';
import { lockMatter } from './matter-commands.server.ts';
import { matterRows } from './matters.server.ts';
import { askDeputy, openNextStep } from './requests.server.ts';
import type { GivenAnswer, Omission, TakeUp } from './schema.ts';
import { askedIn } from './sight.server.ts';
import type { InvolvementRow, MatterRow, RequestRow } from './view.ts';

/**
 * Answers a request, in time or later: late answers count as late. Sending the same answer twice changes nothing.
 * @throws RuleViolation `papers.textChanged` when the words are not those that were read, `papers.answerOver` once the
 * request is over; NotFound for everybody who is not asked
 */
export async function answerRequest(ctx: Ctx, requestId: string, given: GivenAnswer): Promise<void> {
	demand(ctx.actor, 'papers.involvement.answer');
	await write(ctx, async (tx) => {
		const { matter, involvement, request } = await lockAsked(tx, requestId);
		const same = request.answer === given.answer && request.reasons === given.reasons;
		if (request.state === 'answered' && same) return;
		if (request.state !== 'open') throw new RuleViolation('papers.answerOver', {}, 'answer');
		const content = await contentOf(tx, matter.id);
		if (given.hash !== request.hash || (content && content.hash !== request.hash))
			throw new RuleViolation('papers.textChanged', {}, 'answer');
		await tx.db
			.updateTable('papers.sign_request')
			.set({
				state: 'answered',
				answer: given.answer,
				reasons: given.reasons,
				for_council: given.forCouncil,
				answered_at: tx.now,
				answered_by: tx.actor.personId,
			})
			.where('id', '=', requestId)
			.execute();
		tx.touch('papers.matter', matter.id, { act: 'answered', fields: { answer: given.answer, who: involvement.who } });
		if (given.answer === 'abstainedBias') await askDeputy(tx, matter, involvement);
		await openNextStep(tx, matter.id);
	});
}

/**
 * Takes an answer back, as long as nothing was built on it.
 * @throws RuleViolation `papers.answerFixed` after the mayor's approval or once its remarks were dealt with
 */
export async function takeBackAnswer(ctx: Ctx, requestId: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.answer');
	await write(ctx, async (tx) => {
		const { matter, involvement, request } = await lockAsked(tx, requestId);
		if (request.state !== 'answered') return;
		const last = involvement.requests.at(-1)!.id === requestId;
		if (matter.mayorApprovedOn || request.takenUp || !last) throw new RuleViolation('papers.answerFixed', {}, 'answer');
		await tx.db
			.updateTable('papers.sign_request')
			.set({ state: 'open', answer: null, reasons: '', for_council: false, answered_at: null, answered_by: null })
			.where('id', '=', requestId)
			.execute();
		tx.touch('papers.matter', matter.id, { act: 'answerTakenBack', fields: { who: involvement.who } });
	});
}

/** The request with its matter, locked, for those who are asked: holder, deputy, chair; for a council body also the office. */
async function lockAsked(
	tx: WriteCtx,
	requestId: string,
): Promise<{ matter: MatterRow; involvement: InvolvementRow; request: RequestRow }> {
	if (!isId(requestId)) throw new RuleViolation('choice', {}, 'h1');
	const forBody = may(tx.actor, 'papers.edit') ? sql<boolean>`i.organisation_id is not null` : sql<boolean>`false`;
	const { rows } = await sql<{ id: string }>`select m.id from papers.sign_request r
		join papers.involvement i on i.body_id = r.body_id and i.id = r.involvement_id
		join papers.matter m on m.body_id = r.body_id and m.id = r.matter_id
		where r.body_id = ${tx.body.id} and r.id = ${requestId} and (${askedIn(tx)} or ${forBody}) for update of m`.execute(
		tx.db,
	);
	const [matter] = rows[0] ? await matterRows(tx, sql<boolean>`m.id = ${rows[0].id}`) : [];
	const involvement = matter?.involvements.find(({ requests }) => requests.some(({ id }) => id === requestId));
	if (!matter || !involvement) throw new NotFound('request');
	return { matter, involvement, request: involvement.requests.find(({ id }) => id === requestId)! };
}

/** What became of remarks and refusals: taken up, partly, or not, and why (section 4: take-up rate). */
export async function takeUp(ctx: Ctx, matterId: string, requestId: string, given: TakeUp): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, matterId);
		const request = matter.involvements.flatMap(({ requests }) => requests).find(({ id }) => id === requestId);
		if (!request || (request.answer !== 'agreedWithRemarks' && request.answer !== 'refused'))
			throw new NotFound('remarks');
		await tx.db
			.updateTable('papers.sign_request')
			.set({ taken_up: given.takenUp, taken_up_reason: given.reason, taken_up_on: tx.today })
			.where('id', '=', requestId)
			.execute();
		tx.touch('papers.matter', matterId, { act: 'takenUp', fields: { takenUp: given.takenUp } });
	});
}

/** Says that somebody was not asked, and why (R4-08). Asking later stays possible and counts as late. */
export async function omit(ctx: Ctx, matterId: string, involvementId: string, given: Omission): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, matterId);
		const involvement = matter.involvements.find(({ id }) => id === involvementId);
		if (!involvement) throw new NotFound('involvement');
		await tx.db
			.updateTable('papers.involvement')
			.set({
				omitted_code: given.code,
				omitted_reason: given.reason,
				omitted_on: involvement.omittedOn ? Temporal.PlainDate.from(involvement.omittedOn) : tx.today,
				omitted_by: tx.actor.personId,
			})
			.where('id', '=', involvementId)
			.execute();
		tx.touch('papers.matter', matterId, { act: 'omitted', fields: { code: given.code, who: involvement.who } });
	});
}

/** Takes an omission back on the day it was entered; later it belongs to the record. @throws RuleViolation `papers.omissionFixed` */
export async function takeBackOmission(ctx: Ctx, matterId: string, involvementId: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, matterId);
		const involvement = matter.involvements.find(({ id }) => id === involvementId);
		if (!involvement?.omittedCode) return;
		if (involvement.omittedOn !== tx.today.toString() || matter.mayorApprovedOn)
			throw new RuleViolation('papers.omissionFixed', {}, 'omission');
		await tx.db
			.updateTable('papers.involvement')
			.set({ omitted_code: null, omitted_reason: '', omitted_on: null, omitted_by: null })
			.where('id', '=', involvementId)
			.execute();
		tx.touch('papers.matter', matterId, { act: 'omissionTakenBack', fields: { who: involvement.who } });
	});
}
