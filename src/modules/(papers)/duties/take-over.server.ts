import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { Rhythm } from './rules/dues.ts';
import { settleDues } from './settle.server.ts';
import { phasesOf } from './rules/phases.ts';

/** A duty to report of another council system, told by a paper, by an item with its resolution, or by both. Days are ISO. */
export interface TakenDuty {
	id: string;
	/** Its id where a duty of this town's own has `id`. */
	otherId: string;
	paperId: string | null;
	itemId: string | null;
	subject: string;
	recipientId: string;
	departmentId: string | null;
	rhythm: string;
	state: string;
	endDate: string | null;
	endCount: number | null;
	endCondition: string;
	/** In their order, at least one; `isNamed`: papers are told, whether they are here yet or not. */
	due: { date: string; state: string; isNamed: boolean; paperIds: string[] }[];
}

/**
 * Duties of papers and items that were taken over, as they are told now, with their due dates and reports; those that are told no more are gone.
 * What follows from the day (the next due date) is right at once.
 * @param of the papers and items that `rows` tell of, also those without any
 */
export async function takeOverDuties(
	tx: WriteCtx,
	rows: readonly TakenDuty[],
	of: { paperIds: readonly string[] },
): Promise<void> {
	demand(tx.actor, 'papers.edit');
	const duties = await named(tx, rows);
	const ids = duties.map(({ id }) => id);
	await sql`delete from papers.report_duty d where d.body_id = ${tx.body.id} and d.created_by is null and not d.id = any (${ids}::uuid[])
		and (exists (select from papers.paper p where p.body_id = d.body_id and p.id = d.paper_id and p.taken_from is not null
				and p.id = any (${of.paperIds}::uuid[]))
			-- its item was told anew, and the duty was not
			or (d.paper_id is null and d.resolution_id is null and d.source_text = '' and d.kind = 'resolution'))`.execute(tx.db);
	if (!duties.length) return;
	await insertDuties(tx, duties);
	await insertDues(tx, duties);
	for (const { id, subject, state } of duties) {
		if (state === 'active') await settleDues(tx, id);
		tx.touch('papers.duty', id, { act: 'takenOver', fields: { subject } });
	}
}

/** Under an id that is not one of the town's own duties; each once. */
async function named(tx: WriteCtx, rows: readonly TakenDuty[]): Promise<TakenDuty[]> {
	const { rows: own } = await sql<{ id: string }>`select d.id from papers.report_duty d
		left join papers.paper p on p.body_id = d.body_id and p.id = d.paper_id
		left join council.resolution s on s.body_id = d.body_id and s.id = d.resolution_id
		left join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
		left join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where d.body_id = ${tx.body.id} and d.id = any (${rows.map(({ id }) => id)}::uuid[])
		and (d.created_by is not null or d.source_text <> '' or d.kind = 'office'
			or (d.paper_id is not null and p.taken_from is null) or (d.resolution_id is not null and m.taken_from is null))`.execute(
		tx.db,
	);
	const taken = new Set(own.map(({ id }) => id));
	const all = rows.map((row) => (taken.has(row.id) ? { ...row, id: row.otherId } : row));
	return [...new Map(all.map((row) => [row.id, row])).values()];
}

/** What a paper and an item tell of one duty is one row. */
async function insertDuties(tx: WriteCtx, rows: readonly TakenDuty[]): Promise<void> {
	await sql`insert into papers.report_duty (body_id, id, subject, paper_id, resolution_id, recipient_id, department_id, end_on, end_count,
			end_condition, state)
		select ${tx.body.id}, r.id, subject, "paperId", (select s.id from council.resolution s where s.body_id = ${tx.body.id}
			and s.agenda_item_id = r."itemId" order by s.number, s.id limit 1), "recipientId", "departmentId", "endDate", "endCount",
			"endCondition", state
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, subject text, "paperId" uuid, "itemId" uuid, "recipientId" uuid,
			"departmentId" uuid, "endDate" date, "endCount" int, "endCondition" text, state text)
		on conflict (body_id, id) do update set subject = excluded.subject, recipient_id = excluded.recipient_id,
			paper_id = coalesce(excluded.paper_id, papers.report_duty.paper_id),
			resolution_id = coalesce(excluded.resolution_id, papers.report_duty.resolution_id), department_id = excluded.department_id,
			end_on = excluded.end_on, end_count = excluded.end_count, end_condition = excluded.end_condition, state = excluded.state,
			modified_at = now()`.execute(tx.db);
}

async function insertDues(tx: WriteCtx, rows: readonly TakenDuty[]): Promise<void> {
	const ids = rows.map(({ id }) => id);
	for (const table of ['papers.report_rhythm', 'papers.report_due'])
		await sql`delete from ${sql.table(table)} where body_id = ${tx.body.id} and duty_id = any (${ids}::uuid[])`.execute(
			tx.db,
		);
	const phases = rows.flatMap(({ id, due, rhythm }) =>
		phasesOf(
			due.map(({ date }) => date),
			rhythm as Rhythm,
		).map((phase) => ({ id, ...phase })),
	);
	await sql`insert into papers.report_rhythm (body_id, duty_id, from_due, rhythm) select ${tx.body.id}, id, "from", rhythm
		from jsonb_to_recordset(${JSON.stringify(phases)}::jsonb) as r (id uuid, "from" date, rhythm text)`.execute(tx.db);
	const dues = rows.flatMap(({ id: duty, state, due: all }) =>
		all.map((one) => ({ ...one, id: newId(), duty, ...droppedFor(one, state) })),
	);
	await sql`insert into papers.report_due (body_id, id, duty_id, due, state, dropped_for, dropped_reason)
		select ${tx.body.id}, id, duty, date, state, "droppedFor", reason
		from jsonb_to_recordset(${JSON.stringify(dues)}::jsonb) as r (id uuid, duty uuid, date date, state text, "droppedFor" text,
			reason text)`.execute(tx.db);
	const reports = dues.flatMap(({ id: due, date, state, paperIds }) =>
		paperIds.map((paper) => ({ id: newId(), due, paper, date, extent: state === 'done' ? 'full' : 'partial' })),
	);
	await sql`insert into papers.report_fulfilment (body_id, id, due_id, paper_id, extent, linked_on)
		select ${tx.body.id}, id, due, paper, extent, date
		from jsonb_to_recordset(${JSON.stringify(reports)}::jsonb) as r (id uuid, due uuid, paper uuid, extent text, date date)`.execute(
		tx.db,
	);
}

/** A report that came, but in no paper that is told, is owed by nobody here either. */
function droppedFor(
	{ state, isNamed }: TakenDuty['due'][number],
	of: string,
): { state?: string; droppedFor: string | null; reason: string } {
	if (state === 'dropped')
		return { droppedFor: of === 'ended' ? 'ended' : 'byHand', reason: 'So im übernommenen System.' };
	if (state === 'done' && !isNamed)
		return { state: 'dropped', droppedFor: 'byHand', reason: 'Im übernommenen System erledigt.' };
	return { droppedFor: null, reason: '' };
}
