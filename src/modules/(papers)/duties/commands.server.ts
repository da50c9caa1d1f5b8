import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { paperByReference } from './paper-by-reference.server.ts';
import type { Rhythm } from './rules/dues.ts';
import type { ChangedDuty, NewDuty } from './schema.ts';
import { lockDuty, settleDues, type LockedDuty } from './settle.server.ts';

const day = (typed: string) => (typed ? Temporal.PlainDate.from(typed) : null);

/**
 * Records a reporting duty and computes its due dates (rulebook R3-23). One without any end is allowed: it goes on until
 * somebody ends it.
 * @returns id
 * @throws RuleViolation `papers.dutySource` without anything that asks for it, `papers.dutyWho` when nobody would owe it,
 * `papers.dutyEnd` when it ends before it begins, `papers.paperUnknown`
 */
export async function addDuty(ctx: Ctx, given: NewDuty): Promise<string> {
	demand(ctx.actor, 'papers.duties');
	return write(ctx, (tx) => addDutyIn(tx, given));
}

/** The same inside a running write. */
export async function addDutyIn(tx: WriteCtx, given: NewDuty): Promise<string> {
	checkWords(given, given.firstDue);
	await demandKnown(tx, given);
	if (given.resolutionId) await demandResolution(tx, given.resolutionId);
	const paper = given.paper ? await paperByReference(tx, given.paper, 'paper') : null;
	if (!paper && !given.resolutionId && !given.sourceText) throw new RuleViolation('papers.dutySource', {}, 'paper');
	const office = given.officeId !== '' && given.departmentId === '';
	const id = newId();
	await tx.db
		.insertInto('papers.report_duty')
		.values({
			id,
			kind: office ? 'office' : 'resolution',
			paper_id: paper?.id ?? null,
			resolution_id: given.resolutionId || null,
			source_text: given.sourceText,
			covers: given.covers,
			created_by: tx.actor.personId,
			...columnsOf(given),
		})
		.execute();
	await tx.db
		.insertInto('papers.report_rhythm')
		.values({ duty_id: id, from_due: Temporal.PlainDate.from(given.firstDue), rhythm: given.rhythm })
		.execute();
	await settleDues(tx, id);
	tx.touch('papers.duty', id, { act: 'created', fields: { subject: given.subject, firstDue: given.firstDue } });
	return id;
}

/** Corrects what is said of a duty; due dates follow a changed end. @throws as `addDuty`, NotFound */
export async function changeDuty(ctx: Ctx, id: string, given: ChangedDuty): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		await lockDuty(tx, id);
		await demandKnown(tx, given);
		const first = await tx.db
			.selectFrom('papers.report_rhythm')
			.select('from_due')
			.where('duty_id', '=', id)
			.orderBy('from_due')
			.executeTakeFirstOrThrow();
		checkWords(given, first.from_due.toString());
		await tx.db
			.updateTable('papers.report_duty')
			.set({ ...columnsOf(given), modified_at: tx.now })
			.where('id', '=', id)
			.execute();
		await settleDues(tx, id);
		tx.touch('papers.duty', id, { act: 'changed', fields: { subject: given.subject } });
	});
}

/**
 * From a due date on the reports come in another rhythm. Dates that nobody reported for give way to the new ones.
 * @throws RuleViolation `papers.rhythmEarly` before the first due date; NotFound
 */
export async function changeRhythm(
	ctx: Ctx,
	id: string,
	given: { from: string; rhythm: Rhythm; reason: string },
): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		await lockDuty(tx, id);
		const from = Temporal.PlainDate.from(given.from);
		const first = await firstPhase(tx, id);
		if (Temporal.PlainDate.compare(from, first) < 0)
			throw new RuleViolation('papers.rhythmEarly', { day: first.toString() }, 'from');
		await tx.db
			.insertInto('papers.report_rhythm')
			.values({ duty_id: id, from_due: from, rhythm: given.rhythm, reason: given.reason })
			.onConflict((conflict) =>
				conflict
					.columns(['body_id', 'duty_id', 'from_due'])
					.doUpdateSet({ rhythm: given.rhythm, reason: given.reason }),
			)
			.execute();
		await settleDues(tx, id);
		tx.touch('papers.duty', id, { act: 'rhythmChanged', fields: { from: given.from, rhythm: given.rhythm } });
	});
}

/** Takes a change of rhythm back; the first rhythm stays. */
export async function undoRhythm(ctx: Ctx, id: string, from: string): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		await lockDuty(tx, id);
		if ((await firstPhase(tx, id)).toString() === from) return;
		await tx.db
			.deleteFrom('papers.report_rhythm')
			.where('duty_id', '=', id)
			.where('from_due', '=', Temporal.PlainDate.from(from))
			.execute();
		await settleDues(tx, id);
		tx.touch('papers.duty', id, { act: 'rhythmTakenBack', fields: { from } });
	});
}

async function firstPhase(tx: WriteCtx, id: string): Promise<Temporal.PlainDate> {
	const { from_due } = await tx.db
		.selectFrom('papers.report_rhythm')
		.select('from_due')
		.where('duty_id', '=', id)
		.orderBy('from_due')
		.executeTakeFirstOrThrow();
	return from_due;
}

/** No report is owed for a while; what falls into it is not made up for. @throws NotFound */
export async function pauseDuty(ctx: Ctx, id: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		const duty = await lockDuty(tx, id);
		if (duty.state !== 'active') return;
		await setState(tx, duty, 'paused', reason);
		tx.touch('papers.duty', id, { act: 'paused', fields: { reason } });
	});
}

/** Ends a duty with a reason: what is still open is not owed any more. @throws NotFound */
export async function endDuty(ctx: Ctx, id: string, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		const duty = await lockDuty(tx, id);
		if (duty.state === 'ended') return;
		await setState(tx, duty, 'ended', reason);
		await tx.db
			.updateTable('papers.report_due')
			.set({ state: 'dropped', dropped_for: 'ended', dropped_reason: reason })
			.where('duty_id', '=', id)
			.where('state', 'in', ['open', 'partly'])
			.execute();
		tx.touch('papers.duty', id, { act: 'ended', fields: { reason } });
	});
}

/**
 * Takes a pause or an end back. After an end everything is owed as before; after a pause the dates that fell into it are
 * dropped, so a pause taken back on the same day leaves no trace in them. @throws NotFound
 */
export async function resumeDuty(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		const duty = await lockDuty(tx, id);
		if (duty.state === 'active') return;
		if (duty.state === 'ended')
			await tx.db
				.updateTable('papers.report_due')
				.set({ state: 'open', dropped_for: null, dropped_reason: '' })
				.where('duty_id', '=', id)
				.where('dropped_for', '=', 'ended')
				.execute();
		await setState(tx, duty, 'active', '');
		await settleDues(tx, id);
		if (duty.state === 'paused' && duty.state_since)
			await tx.db
				.updateTable('papers.report_due')
				.set({ state: 'dropped', dropped_for: 'paused', dropped_reason: duty.state_reason })
				.where('duty_id', '=', id)
				.where('state', '=', 'open')
				.where('due', '>=', duty.state_since)
				.where('due', '<', tx.today)
				.execute();
		tx.touch('papers.duty', id, { act: 'resumed' });
	});
}

async function setState(tx: WriteCtx, duty: LockedDuty, state: string, reason: string): Promise<void> {
	await tx.db
		.updateTable('papers.report_duty')
		.set({ state, state_reason: reason, state_since: tx.today, modified_at: tx.now })
		.where('id', '=', duty.id)
		.execute();
}

/** One due date is let off, with the reason; the others stay. Null takes that back. @throws NotFound */
export async function letOff(ctx: Ctx, dueId: string, reason: string | null): Promise<string> {
	demand(ctx.actor, 'papers.duties');
	if (!isId(dueId)) throw new NotFound('due report');
	return write(ctx, async (tx) => {
		const found = await tx.db
			.selectFrom('papers.report_due')
			.select('duty_id')
			.where('id', '=', dueId)
			.executeTakeFirst();
		if (!found) throw new NotFound('due report');
		await lockDuty(tx, found.duty_id);
		const values =
			reason === null
				? { state: 'open', dropped_for: null, dropped_reason: '' }
				: { state: 'dropped', dropped_for: 'byHand', dropped_reason: reason };
		await tx.db
			.updateTable('papers.report_due')
			.set(values)
			.where('id', '=', dueId)
			.where('state', 'in', reason === null ? ['dropped'] : ['open', 'partly'])
			.execute();
		await settleDues(tx, found.duty_id);
		tx.touch('papers.duty', found.duty_id, {
			act: reason === null ? 'owedAgain' : 'letOff',
			fields: { dueId, reason },
		});
		return found.duty_id;
	});
}

function checkWords(given: ChangedDuty, firstDue: string): void {
	if (!given.departmentId && !given.officeId) throw new RuleViolation('papers.dutyWho', {}, 'departmentId');
	if (given.endOn && given.endOn < firstDue) throw new RuleViolation('papers.dutyEnd', {}, 'endOn');
}

function columnsOf(given: ChangedDuty) {
	return {
		subject: given.subject,
		recipient_id: given.recipientId,
		department_id: given.departmentId || null,
		office_id: given.officeId || null,
		end_on: day(given.endOn),
		end_count: given.endCount,
		end_condition: given.endCondition,
		public: !given.closed,
	};
}

/** The chosen organisations and office are there. @throws NotFound for ids that no form offers */
async function demandKnown(tx: WriteCtx, { recipientId, departmentId, officeId }: ChangedDuty): Promise<void> {
	const wanted = [...new Set([recipientId, departmentId].filter(Boolean))];
	const known = await tx.db.selectFrom('registry.organisation').select('id').where('id', 'in', wanted).execute();
	if (known.length < wanted.length) throw new NotFound('organisation');
	if (!officeId) return;
	const office = await tx.db.selectFrom('registry.office').select('id').where('id', '=', officeId).executeTakeFirst();
	if (!office) throw new NotFound('office');
}

async function demandResolution(tx: WriteCtx, id: string): Promise<void> {
	const known = await tx.db.selectFrom('council.resolution').select('id').where('id', '=', id).executeTakeFirst();
	if (!known) throw new NotFound('resolution');
}
