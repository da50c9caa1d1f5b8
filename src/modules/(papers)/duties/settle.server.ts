import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { dueDates, stateFrom, type Rhythm } from './rules/dues.ts';

/** A duty's row, locked until the write ends: reports, changes and the nightly run take turns. @throws NotFound */
export async function lockDuty(tx: WriteCtx, id: string) {
	if (!isId(id)) throw new NotFound('duty');
	const duty = await tx.db
		.selectFrom('papers.report_duty')
		.selectAll()
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!duty) throw new NotFound('duty');
	return duty;
}

export type LockedDuty = Awaited<ReturnType<typeof lockDuty>>;

/**
 * Brings the due dates of a locked duty in line with its rhythm, end and reports: what is missing is added, what is no longer
 * due and was not reported goes, states follow from the linked papers. Doing it twice changes nothing.
 * @returns whether anything changed
 */
export async function settleDues(tx: WriteCtx, dutyId: string): Promise<boolean> {
	const duty = await tx.db
		.selectFrom('papers.report_duty')
		.select(['state', 'end_on', 'end_count'])
		.where('id', '=', dutyId)
		.executeTakeFirstOrThrow();
	const phases = await tx.db
		.selectFrom('papers.report_rhythm')
		.select(['from_due', 'rhythm'])
		.where('duty_id', '=', dutyId)
		.execute();
	const dues = await duesOf(tx, dutyId);
	const done = new Set(dues.flatMap(({ due, extents }) => (stateFrom(extents) === 'done' ? [due] : [])));
	const planned =
		duty.state === 'active'
			? dueDates(
					phases.map(({ from_due, rhythm }) => ({ from: from_due, rhythm: rhythm as Rhythm })),
					{ on: duty.end_on, count: duty.end_count },
					tx.today,
					done,
				).map(String)
			: null;
	let changed = false;
	for (const { id, due, state, dropped, extents } of dues) {
		const wanted = dropped ? 'dropped' : stateFrom(extents);
		if (planned && wanted === 'open' && !planned.includes(due)) {
			await tx.db.deleteFrom('papers.report_due').where('id', '=', id).execute();
			changed = true;
		} else if (wanted !== state) {
			await tx.db.updateTable('papers.report_due').set({ state: wanted }).where('id', '=', id).execute();
			changed = true;
		}
	}
	for (const due of planned ?? []) {
		if (dues.some((known) => known.due === due)) continue;
		await tx.db
			.insertInto('papers.report_due')
			.values({ id: newId(), duty_id: dutyId, due: Temporal.PlainDate.from(due) })
			.execute();
		changed = true;
	}
	return changed;
}

async function duesOf(tx: WriteCtx, dutyId: string) {
	const rows = await tx.db
		.selectFrom('papers.report_due')
		.select(['id', 'due', 'state', 'dropped_for'])
		.where('duty_id', '=', dutyId)
		.execute();
	const links = await tx.db
		.selectFrom('papers.report_fulfilment as f')
		.innerJoin('papers.report_due as r', 'r.id', 'f.due_id')
		.select(['f.due_id', 'f.extent'])
		.where('r.duty_id', '=', dutyId)
		.where('f.taken_back_on', 'is', null)
		.execute();
	return rows.map(({ id, due, state, dropped_for }) => ({
		id,
		due: due.toString(),
		state,
		dropped: dropped_for !== null,
		extents: links
			.filter(({ due_id }) => due_id === id)
			.map(({ extent }) => extent as 'full' | 'partial' | 'substitute'),
	}));
}
