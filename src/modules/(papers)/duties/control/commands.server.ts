import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { isOver, tidied } from '../rules/control.ts';
import { departmentsOf } from '../sight.server.ts';
import { offerOf } from './offers.server.ts';
import type { NewStanding, Offered } from './schema.ts';

/**
 * Puts an adopted resolution under control with its first standing, or leaves it out (`null`). Doing it twice changes nothing.
 * @returns id of the entry
 * @throws NotFound for one that was not adopted
 */
export async function takeUnderControl(ctx: Ctx, offered: Offered, standing: NewStanding | null): Promise<string> {
	demand(ctx.actor, 'papers.duties');
	return write(ctx, async (tx) => {
		// Two people at once take turns: the second one finds the entry of the first.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`control ${offered.id}`}, 0))`.execute(tx.db);
		const column = offered.kind === 'resolution' ? 'resolution_id' : 'consultation_id';
		const known = await tx.db
			.selectFrom('papers.control_entry')
			.select('id')
			.where(column, '=', offered.id)
			.executeTakeFirst();
		if (known) return known.id;
		const offer = await offerOf(tx, offered.kind, offered.id);
		if (!offer) throw new NotFound('resolution');
		const id = newId();
		await tx.db
			.insertInto('papers.control_entry')
			.values({
				id,
				[column]: offered.id,
				paper_id: offer.paperId,
				title: offer.title,
				reference: offer.reference,
				decided_on: Temporal.PlainDate.from(offer.decidedOn),
				decided_by_id: offer.decidedById,
				public: offer.public,
				state: 'declined',
				state_since: tx.today,
			})
			.execute();
		await addStep(tx, id, standing);
		tx.touch('papers.control', id, { act: standing ? 'taken' : 'declined', fields: { title: offer.title } });
		return id;
	});
}

/**
 * Reports how it stands with a resolution; the history keeps what was said before.
 * @throws NotFound; Forbidden for somebody else's; RuleViolation `papers.controlOff` for one that was noted as done
 */
export async function reportOn(ctx: Ctx, id: string, standing: NewStanding): Promise<void> {
	demand(ctx.actor, 'papers.report');
	await write(ctx, async (tx) => {
		const entry = await lockEntry(tx, id);
		if (entry.noted_off_on) throw new RuleViolation('papers.controlOff');
		// A department hands nothing over to another one; the office does.
		const manages = may(tx.actor, 'papers.duties');
		await addStep(tx, id, manages ? standing : { ...standing, departmentId: entry.department_id ?? '' });
		tx.touch('papers.control', id, { act: 'reported', fields: { state: standing.state, due: standing.due } });
	});
}

/** Takes the last report back: what was said before counts again. The first one stays. @throws as `reportOn` */
export async function takeStepBack(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.report');
	await write(ctx, async (tx) => {
		const entry = await lockEntry(tx, id);
		if (entry.noted_off_on) throw new RuleViolation('papers.controlOff');
		const steps = await tx.db
			.selectFrom('papers.control_step')
			.selectAll()
			.where('entry_id', '=', id)
			.where('taken_back', '=', false)
			.orderBy('at', 'desc')
			.orderBy('id', 'desc')
			.limit(2)
			.execute();
		const [last, before] = steps;
		if (!last || !before) return;
		await tx.db.updateTable('papers.control_step').set({ taken_back: true }).where('id', '=', last.id).execute();
		const { state, note, due, delay_reason, department_id } = before;
		await tx.db
			.updateTable('papers.control_entry')
			.set({ state, note, due, delay_reason, department_id, state_since: tx.today, modified_at: tx.now })
			.where('id', '=', id)
			.execute();
		tx.touch('papers.control', id, { act: 'reportTakenBack', fields: { state } });
	});
}

/**
 * The body took note of its list in a session: each entry as it stood. What is done or not feasible is off the list from then on.
 * @throws NotFound for a session or an entry of another body
 */
export async function noteInSession(ctx: Ctx, meetingId: string, entryIds: readonly string[]): Promise<number> {
	demand(ctx.actor, 'papers.duties');
	if (!isId(meetingId) || !entryIds.every(isId)) throw new NotFound('session');
	return write(ctx, async (tx) => {
		const meeting = await tx.db
			.selectFrom('council.meeting')
			.select(['council_body_id', 'date'])
			.where('id', '=', meetingId)
			.where('state', 'in', ['running', 'held', 'minutesSigned'])
			.executeTakeFirst();
		if (!meeting) throw new NotFound('session');
		let count = 0;
		for (const id of [...new Set(entryIds)].sort()) {
			const entry = await lockEntry(tx, id);
			if (entry.decided_by_id !== meeting.council_body_id) throw new NotFound('control entry');
			const { rows } = await sql<{
				id: string;
			}>`insert into papers.control_noting (body_id, entry_id, meeting_id, noted_on, state, note)
				values (${tx.body.id}, ${id}, ${meetingId}, ${meeting.date}::date, ${entry.state}, ${entry.note})
				on conflict do nothing returning entry_id as id`.execute(tx.db);
			if (!rows.length) continue;
			count++;
			if (isOver(entry.state))
				await tx.db
					.updateTable('papers.control_entry')
					.set({ noted_off_on: meeting.date })
					.where('id', '=', id)
					.execute();
			tx.touch('papers.control', id, { act: 'noted', fields: { meetingId, state: entry.state } });
		}
		return count;
	});
}

/** It was not noted in that session after all: it stands on the list again. */
export async function takeNotingBack(ctx: Ctx, id: string, meetingSlug: string): Promise<void> {
	demand(ctx.actor, 'papers.duties');
	await write(ctx, async (tx) => {
		await lockEntry(tx, id);
		await sql`delete from papers.control_noting n using council.meeting m where n.body_id = ${tx.body.id} and n.entry_id = ${id}
			and m.body_id = n.body_id and m.id = n.meeting_id and m.slug = ${meetingSlug}`.execute(tx.db);
		await sql`update papers.control_entry c set noted_off_on = (select max(n.noted_on) from papers.control_noting n
				where n.body_id = c.body_id and n.entry_id = c.id and n.state in ('done', 'notFeasible'))
			where c.body_id = ${tx.body.id} and c.id = ${id}`.execute(tx.db);
		tx.touch('papers.control', id, { act: 'notingTakenBack', fields: { meeting: meetingSlug } });
	});
}

async function addStep(tx: WriteCtx, entryId: string, given: NewStanding | null): Promise<void> {
	const standing = given && tidied(given);
	if (standing?.departmentId) await demandDepartment(tx, standing.departmentId);
	const values = {
		state: standing?.state ?? 'declined',
		note: standing?.note ?? '',
		due: standing?.due ? Temporal.PlainDate.from(standing.due) : null,
		delay_reason: standing?.delayReason ?? '',
		department_id: standing?.departmentId || null,
	};
	await tx.db
		.insertInto('papers.control_step')
		.values({ id: newId(), entry_id: entryId, at: tx.now, by_person_id: tx.actor.personId, ...values })
		.execute();
	await tx.db
		.updateTable('papers.control_entry')
		.set({ ...values, state_since: tx.today, modified_at: tx.now })
		.where('id', '=', entryId)
		.execute();
}

async function demandDepartment(tx: WriteCtx, id: string): Promise<void> {
	const known = await tx.db.selectFrom('registry.organisation').select('id').where('id', '=', id).executeTakeFirst();
	if (!known) throw new NotFound('department');
}

/** An entry's row, locked, for who may report on it. @throws NotFound, Forbidden */
async function lockEntry(tx: WriteCtx, id: string) {
	if (!isId(id)) throw new NotFound('control entry');
	const entry = await tx.db
		.selectFrom('papers.control_entry')
		.selectAll()
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!entry) throw new NotFound('control entry');
	if (may(tx.actor, 'papers.duties')) return entry;
	if (!entry.department_id || !departmentsOf(tx).includes(entry.department_id)) throw new Forbidden('papers.report');
	return entry;
}
