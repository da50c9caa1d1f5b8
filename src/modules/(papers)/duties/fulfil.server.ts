import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { draftIn } from '../paper/commands.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { paperTypes } from '../paper/types.server.ts';
import { paperByReference } from './paper-by-reference.server.ts';
import { coveredYear } from './rules/dues.ts';
import type { NewReport } from './schema.ts';
import { owes } from './sight.server.ts';
import { lockDuty, settleDues, type LockedDuty } from './settle.server.ts';

/**
 * Links a paper as the report that was due, in full, in part, or as a substitute with the reason why the report itself is
 * missing (rulebook R4-12). Linking it twice changes nothing; from then on nobody is reminded.
 * @returns id of the duty
 * @throws RuleViolation `papers.paperUnknown`, `papers.substituteReason`, `papers.dueOver` for a date that is not owed any more; NotFound, Forbidden
 */
export async function linkReport(ctx: Ctx, given: NewReport): Promise<string> {
	demand(ctx.actor, 'papers.report');
	return write(ctx, async (tx) => {
		const { due, duty } = await lockDue(tx, given.dueId);
		if (due.state === 'dropped') throw new RuleViolation('papers.dueOver', {}, 'dueId');
		if (given.extent === 'substitute' && !given.reason)
			throw new RuleViolation('papers.substituteReason', {}, 'reason');
		const paper = await paperByReference(tx, given.reference, 'reference');
		await linkIn(tx, { duty, due, paperId: paper.id, extent: given.extent, reason: given.reason });
		return duty.id;
	});
}

interface Link {
	duty: LockedDuty;
	due: { id: string; due: Temporal.PlainDate };
	paperId: string;
	extent: 'full' | 'partial' | 'substitute';
	reason: string;
}

async function linkIn(tx: WriteCtx, { duty, due, paperId, extent, reason }: Link): Promise<void> {
	const { rows } = await sql<{ id: string }>`insert into papers.report_fulfilment
		(body_id, id, due_id, paper_id, extent, reason, holding_id, linked_on, linked_by)
		values (${tx.body.id}, ${newId()}, ${due.id}, ${paperId}, ${extent}, ${reason}, ${await termOf(tx, duty, due.due)},
			${tx.today}::date, ${tx.actor.personId})
		on conflict (body_id, due_id, paper_id) where taken_back_on is null do nothing returning id`.execute(tx.db);
	if (!rows.length) return;
	await relate(tx, { duty, due, paperId, extent });
	await settleDues(tx, duty.id);
	tx.touch('papers.duty', duty.id, { act: 'reported', fields: { due: due.due.toString(), paperId, extent } });
	tx.touch('papers.paper', paperId, { act: 'linkedAsReport', fields: { dutyId: duty.id } });
}

/**
 * Whose term a report of an office belongs to: who held it at the end of the year it speaks of, else who held it last before
 * the due date. Null for a department, and for an office that stood empty.
 */
async function termOf(tx: WriteCtx, duty: LockedDuty, due: Temporal.PlainDate): Promise<string | null> {
	if (!duty.office_id) return null;
	const year = coveredYear(due.toString(), duty.covers as 'none');
	const day = year === null ? due : Temporal.PlainDate.from({ year, month: 12, day: 31 });
	const { rows } = await sql<{ id: string }>`select id from registry.office_holding
		where body_id = ${tx.body.id} and office_id = ${duty.office_id} and from_date <= ${due}::date
		order by (from_date <= ${day}::date and (until_date is null or until_date > ${day}::date)) desc, from_date desc, id limit 1`.execute(
		tx.db,
	);
	return rows[0]?.id ?? null;
}

/** The report answers the paper whose resolution asked for it; a substitute stands for the report that is missing. */
async function relate(tx: WriteCtx, { duty, due, paperId, extent }: Omit<Link, 'reason'>): Promise<void> {
	const missing = extent === 'substitute' ? missingReport(duty, due.due) : '';
	const target = extent === 'substitute' ? null : duty.paper_id;
	if (!missing && !target) return;
	if (target === paperId) return;
	await sql`insert into papers.paper_relation (body_id, id, from_paper_id, to_paper_id, to_reference, kind)
		select ${tx.body.id}, ${newId()}, ${paperId}, ${target}::uuid, ${missing}, ${extent === 'substitute' ? 'substitutes' : 'answers'}
		where not exists (select from papers.paper_relation where body_id = ${tx.body.id} and from_paper_id = ${paperId}
			and to_paper_id is not distinct from ${target}::uuid and to_reference = ${missing})`.execute(tx.db);
}

/** How the missing report is called where there is no number of its own: "Jahresbericht 2019". */
function missingReport(duty: Pick<LockedDuty, 'subject' | 'covers'>, due: Temporal.PlainDate): string {
	const year = coveredYear(due.toString(), duty.covers as 'none');
	return `${duty.subject} ${year ?? formatDay(due.toString(), 'long', 'de')}`;
}

/** Takes a link back: the report is owed again. @returns id of the duty @throws NotFound, Forbidden */
export async function takeReportBack(ctx: Ctx, fulfilmentId: string): Promise<string> {
	demand(ctx.actor, 'papers.report');
	if (!isId(fulfilmentId)) throw new NotFound('report');
	return write(ctx, async (tx) => {
		const link = await tx.db
			.selectFrom('papers.report_fulfilment')
			.select(['due_id', 'paper_id', 'extent', 'taken_back_on'])
			.where('id', '=', fulfilmentId)
			.executeTakeFirst();
		if (!link) throw new NotFound('report');
		const { duty, due } = await lockDue(tx, link.due_id);
		if (link.taken_back_on) return duty.id;
		await tx.db
			.updateTable('papers.report_fulfilment')
			.set({ taken_back_on: tx.today })
			.where('id', '=', fulfilmentId)
			.execute();
		await tx.db
			.deleteFrom('papers.paper_relation')
			.where('from_paper_id', '=', link.paper_id)
			.where((eb) =>
				link.extent === 'substitute'
					? eb.and([eb('kind', '=', 'substitutes'), eb('to_reference', '=', missingReport(duty, due.due))])
					: eb.and([eb('kind', '=', 'answers'), eb('to_paper_id', '=', duty.paper_id)]),
			)
			.execute();
		await settleDues(tx, duty.id);
		tx.touch('papers.duty', duty.id, { act: 'reportTakenBack', fields: { due: due.due.toString() } });
		tx.touch('papers.paper', link.paper_id, { act: 'unlinkedAsReport', fields: { dutyId: duty.id } });
		return duty.id;
	});
}

/**
 * Begins to write the report: a draft of an information, addressed to who receives it. Filed, it counts as the report by
 * itself. Who began already goes on with the same draft.
 * @returns slug of the draft
 * @throws RuleViolation `papers.noInformation` in a town that has no such type of paper; NotFound, Forbidden
 */
export async function beginReport(ctx: Ctx, dueId: string): Promise<string> {
	demand(ctx.actor, 'papers.report');
	return write(ctx, async (tx) => {
		const { due, duty } = await lockDue(tx, dueId);
		if (due.draft_paper_id) {
			const known = await tx.db
				.selectFrom('papers.paper')
				.select('slug')
				.where('id', '=', due.draft_paper_id)
				.executeTakeFirst();
			if (known) return known.slug;
		}
		const type = (await paperTypes(tx)).find(({ code, retired }) => code === 'information' && !retired);
		if (!type) throw new RuleViolation('papers.noInformation');
		const year = coveredYear(due.due.toString(), duty.covers as 'none');
		const slug = await draftIn(
			tx,
			PaperForm.parse({
				typeId: type.id,
				title: `${duty.subject}${year ? ` ${year}` : ''}`.slice(0, 200),
				departmentId: duty.department_id ?? '',
				addresseeId: duty.recipient_id,
				closed: !duty.public,
				closedReason: '',
			}),
		);
		await sql`update papers.report_due set draft_paper_id = (select id from papers.paper where body_id = ${tx.body.id} and slug = ${slug})
			where body_id = ${tx.body.id} and id = ${due.id}`.execute(tx.db);
		tx.touch('papers.duty', duty.id, { act: 'reportBegun', fields: { due: due.due.toString() } });
		return slug;
	});
}

/** A draft that was begun as a report is filed: it is the report from now on. */
export async function countFiledReport(tx: WriteCtx, event: unknown): Promise<void> {
	const { paperId } = event as { paperId: string };
	const dues = await tx.db
		.selectFrom('papers.report_due')
		.select(['id', 'due', 'duty_id', 'state'])
		.where('draft_paper_id', '=', paperId)
		.execute();
	for (const due of dues) {
		if (due.state === 'dropped') continue;
		await linkIn(tx, { duty: await lockDuty(tx, due.duty_id), due, paperId, extent: 'full', reason: '' });
	}
}

/** A due date with its duty, locked, for who reports on it. @throws NotFound, Forbidden */
async function lockDue(tx: WriteCtx, dueId: string) {
	if (!isId(dueId)) throw new NotFound('due report');
	const found = await tx.db
		.selectFrom('papers.report_due')
		.select('duty_id')
		.where('id', '=', dueId)
		.executeTakeFirst();
	if (!found) throw new NotFound('due report');
	const duty = await lockDuty(tx, found.duty_id);
	const due = await tx.db.selectFrom('papers.report_due').selectAll().where('id', '=', dueId).executeTakeFirstOrThrow();
	if (!may(tx.actor, 'papers.duties')) {
		const { rows } = await sql<{ mine: boolean }>`select ${owes(tx)} as mine from papers.report_duty d
			where d.body_id = ${tx.body.id} and d.id = ${duty.id}`.execute(tx.db);
		if (!rows[0]?.mine) throw new Forbidden('papers.report');
	}
	return { due, duty };
}
