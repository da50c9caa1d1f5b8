import { sql } from 'kysely';
import { may, type Actor } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { insertRelation } from '../../paper/relations.server.ts';
import { paperByReference } from '../paper-of.server.ts';
import { ruleOn } from '../rule.server.ts';
import type { TreatmentStep } from '../schema.ts';
import type { TreatmentKind } from './rules.ts';

/** Types whose treatment is followed when they are addressed to somebody (rulebook R3-26, VOR-27, VOR-28). */
const FOLLOWED = ['recommendation', 'positionPaper', 'submission'];

/** A recommendation, position paper or letter was filed: from now on its addressee owes an answer. */
export async function openOnFiling(tx: WriteCtx, paperId: string): Promise<void> {
	const { rows } = await sql<{ code: string; addressee: string | null; received: Temporal.PlainDate | null }>`
		select t.code, p.addressee_id as addressee, p.received_on as received from papers.paper p
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${tx.body.id} and p.id = ${paperId} and not p.taken_over`.execute(tx.db);
	const paper = rows[0];
	if (!paper?.addressee || !FOLLOWED.includes(paper.code)) return;
	const id = await openTreatment(tx, paperId, paper.addressee, paper.received ?? tx.today);
	// A letter that was entered here has arrived.
	if (id && paper.received)
		await addStepIn(tx, id, { kind: 'received', happenedOn: paper.received, organisationId: null });
}

async function openTreatment(
	tx: WriteCtx,
	paperId: string,
	organisationId: string,
	sentOn: Temporal.PlainDate,
): Promise<string | null> {
	const id = newId();
	const { treatmentDays } = await ruleOn(tx, tx.today);
	const { rows } = await sql<{ id: string }>`insert into papers.treatment
		(body_id, id, paper_id, organisation_id, sent_on, due_on)
		values (${tx.body.id}, ${id}, ${paperId}, ${organisationId}, ${sentOn}, ${sentOn.add({ days: treatmentDays })})
		on conflict do nothing returning id`.execute(tx.db);
	if (!rows.length) return null;
	tx.touch('papers.treatment', id, { act: 'sent', fields: { organisationId } });
	return id;
}

/** Sends it to another body or part of the administration, too. Sent twice it stands once. */
export async function sendTo(ctx: Ctx, paperId: string, organisationId: string): Promise<void> {
	await write(ctx, async (tx) => {
		const paper = await paperFor(tx, paperId);
		if (!mayTrace(tx.actor, paper.origin)) throw refusal(tx.actor);
		if (paper.state !== 'filed') throw new RuleViolation('papers.notFiled');
		const { rows } = await sql<{ id: string }>`select id from registry.organisation
			where body_id = ${tx.body.id} and id::text = ${organisationId}`.execute(tx.db);
		if (!rows[0]) throw new RuleViolation('organisation', {}, 'organisationId');
		await openTreatment(tx, paperId, rows[0].id, tx.today);
	});
}

/**
 * Enters what happened at the addressee: received, handed on, dealt with and how it ended, answered.
 * @throws RuleViolation `papers.treatmentOrder` for a day before it was sent or after today, `papers.paperUnknown`
 */
export async function addStep(ctx: Ctx, given: TreatmentStep): Promise<void> {
	await write(ctx, async (tx) => {
		const treatment = await lockTreatment(tx, given.treatmentId);
		const day = Temporal.PlainDate.from(given.happenedOn);
		const early = Temporal.PlainDate.compare(day, treatment.sent_on) < 0;
		if (early || Temporal.PlainDate.compare(day, tx.today) > 0)
			throw new RuleViolation('papers.treatmentOrder', {}, 'happenedOn');
		if (treatment.closed_on) throw new RuleViolation('papers.treatmentClosed');
		const answer = given.answerReference ? await paperByReference(tx, given.answerReference) : undefined;
		if (given.answerReference && answer?.state !== 'filed')
			throw new RuleViolation('papers.paperUnknown', {}, 'answerReference');
		await addStepIn(tx, treatment.id, {
			kind: given.kind,
			happenedOn: day,
			organisationId: given.organisationId || null,
			place: given.place,
			result: given.kind === 'dealtWith' ? given.result : null,
			note: given.note,
			answerPaperId: answer?.id ?? null,
		});
		if (answer && given.kind === 'answered')
			await insertRelation(tx, {
				from: answer.id,
				to: treatment.paper_id,
				reference: '',
				kind: 'answers',
				state: 'confirmed',
			});
		tx.touch('papers.paper', treatment.paper_id, { act: 'treated', fields: { kind: given.kind } });
	});
}

async function addStepIn(
	tx: WriteCtx,
	treatmentId: string,
	step: {
		kind: TreatmentKind;
		happenedOn: Temporal.PlainDate;
		organisationId: string | null;
		place?: string;
		result?: string | null;
		note?: string;
		answerPaperId?: string | null;
	},
): Promise<void> {
	const same = await tx.db
		.selectFrom('papers.treatment_step')
		.select('id')
		.where('treatment_id', '=', treatmentId)
		.where('kind', '=', step.kind)
		.where('happened_on', '=', step.happenedOn)
		.where('place', '=', step.place ?? '')
		.where('note', '=', step.note ?? '')
		.executeTakeFirst();
	// Sent twice.
	if (same) return;
	await tx.db
		.insertInto('papers.treatment_step')
		.values({
			id: newId(),
			treatment_id: treatmentId,
			kind: step.kind,
			happened_on: step.happenedOn,
			organisation_id: step.organisationId,
			place: step.place ?? '',
			result: step.result ?? null,
			note: step.note ?? '',
			answer_paper_id: step.answerPaperId ?? null,
			entered_by: tx.actor.personId,
			entered_at: tx.now,
		})
		.execute();
	await settle(tx, treatmentId);
	tx.touch('papers.treatment', treatmentId, { act: step.kind });
}

/** Takes an entry back. */
export async function removeStep(ctx: Ctx, id: string): Promise<void> {
	await write(ctx, async (tx) => {
		const step = await tx.db
			.selectFrom('papers.treatment_step')
			.select(['treatment_id', 'kind'])
			.where('id', '=', id)
			.executeTakeFirst();
		if (!step) return;
		const treatment = await lockTreatment(tx, step.treatment_id);
		await tx.db.deleteFrom('papers.treatment_step').where('id', '=', id).execute();
		await settle(tx, treatment.id);
		tx.touch('papers.treatment', treatment.id, { act: 'takenBack', fields: { kind: step.kind } });
		tx.touch('papers.paper', treatment.paper_id, { act: 'treated' });
	});
}

/** Nobody waits for an answer any more, with the reason; an empty reason opens it again. */
export async function closeTreatment(ctx: Ctx, id: string, reason: string | null): Promise<void> {
	await write(ctx, async (tx) => {
		const treatment = await lockTreatment(tx, id);
		if (reason !== null && !reason.trim()) throw new RuleViolation('papers.reasonMissing', {}, 'closedReason');
		await tx.db
			.updateTable('papers.treatment')
			.set({ closed_on: reason === null ? null : tx.today, closed_reason: reason?.trim() ?? '' })
			.where('id', '=', id)
			.execute();
		tx.touch('papers.treatment', treatment.id, { act: reason === null ? 'reopened' : 'closed' });
	});
}

/** The day of the first answer follows from the steps. */
async function settle(tx: WriteCtx, treatmentId: string): Promise<void> {
	await sql`update papers.treatment t set answered_on = (select min(s.happened_on) from papers.treatment_step s
		where s.body_id = t.body_id and s.treatment_id = t.id and s.kind = 'answered')
		where t.body_id = ${tx.body.id} and t.id = ${treatmentId}`.execute(tx.db);
}

async function lockTreatment(tx: WriteCtx, id: string) {
	const treatment = await tx.db
		.selectFrom('papers.treatment')
		.selectAll()
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!treatment) throw new NotFound('treatment');
	const paper = await paperFor(tx, treatment.paper_id);
	if (!mayTrace(tx.actor, [...paper.origin, treatment.organisation_id])) throw refusal(tx.actor);
	return treatment;
}

function refusal(actor: Actor): Error {
	return actor.kind === 'visitor' ? new NotFound() : new Forbidden('papers.treatment');
}

async function paperFor(tx: WriteCtx, paperId: string): Promise<{ state: string; origin: string[] }> {
	const { rows } = await sql<{ state: string; origin: string[] }>`select p.state,
		coalesce((select json_agg(o.organisation_id) from papers.originator o where o.body_id = p.body_id
			and o.paper_id = p.id and o.left_on is null and o.organisation_id is not null), '[]') as origin
		from papers.paper p where p.body_id = ${tx.body.id} and p.id = ${paperId}`.execute(tx.db);
	if (!rows[0]) throw new NotFound('paper');
	return rows[0];
}

/**
 * Who enters what became of it: the office, who chairs the body that sent it, and the contacts of the department that it went
 * to.
 */
export function mayTrace(actor: Actor, organisations: readonly string[]): boolean {
	if (may(actor, 'papers.edit')) return true;
	return organisations.some((id) => may(actor, 'papers.treatment', id));
}
