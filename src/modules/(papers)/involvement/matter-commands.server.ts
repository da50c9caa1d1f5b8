import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { gateOfMatter, passGate } from './gate.server.ts';
import { tellInformed } from './letters.server.ts';
import { matterForUpdate } from './matters.server.ts';
import { rulesOn } from './rules.server.ts';
import { owed } from './rules/triggers.ts';
import type { MilestoneDays, NewMatter, RelevanceAnswer } from './schema.ts';
import { departmentsOf } from './sight.server.ts';
import type { MatterRow } from './view.ts';

/**
 * Opens a matter: the same question for every department, with its reason (MIT-11), and where it is relevant, the date of
 * first information (MIT-02). The rules in force today decide whom it has to involve, for good.
 * @param paperSlug the draft it is about, where there is one; a paper has one matter
 * @returns its id
 * @throws RuleViolation `papers.matterTwice`; NotFound, Forbidden
 */
export async function openMatter(ctx: Ctx, given: NewMatter, paperSlug: string | null = null): Promise<string> {
	demand(ctx.actor, 'papers.involvement.open', given.departmentId);
	return write(ctx, async (tx) => {
		const paperId = paperSlug ? await freePaper(tx, paperSlug) : null;
		const id = newId();
		await tx.db
			.insertInto('papers.matter')
			.values({
				id,
				title: given.title,
				note: given.note,
				department_id: given.departmentId,
				paper_type_id: given.paperTypeId || null,
				paper_id: paperId,
				relevant: given.relevant === 'yes',
				opened_on: tx.today,
				first_informed_on: dayOf(given.firstInformedOn),
				draft_final_on: dayOf(given.draftFinalOn),
				created_by: tx.actor.personId,
				created_at: tx.now,
			})
			.execute();
		for (const topic_id of new Set(given.topics))
			await tx.db.insertInto('papers.matter_topic').values({ matter_id: id, topic_id }).execute();
		await noteRelevance(tx, id, given);
		tx.touch('papers.matter', id, { act: 'opened', fields: { title: given.title, relevant: given.relevant } });
		await renewInvolvements(tx, await lockMatter(tx, id));
		return id;
	});
}

async function freePaper(tx: WriteCtx, slug: string): Promise<string> {
	const paper = await tx.db.selectFrom('papers.paper').select('id').where('slug', '=', slug).executeTakeFirst();
	if (!paper) throw new NotFound('paper');
	const taken = await tx.db
		.selectFrom('papers.matter')
		.select('id')
		.where('paper_id', '=', paper.id)
		.executeTakeFirst();
	if (taken) throw new RuleViolation('papers.matterTwice', {}, 'paper');
	return paper.id;
}

/**
 * Answers the question of relevance anew. "No" that becomes "yes" owes what the rules of the first day ask for, late or not;
 * "yes" that becomes "no" drops what nobody was asked yet and leaves the rest standing (rulebook section 4, edge cases).
 * @throws RuleViolation `papers.firstInformed` without a date when it becomes relevant; NotFound, Forbidden
 */
export async function decideRelevance(ctx: Ctx, id: string, given: RelevanceAnswer): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, id);
		const relevant = given.relevant === 'yes';
		const informed = dayOf(given.firstInformedOn) ?? (matter.firstInformedOn ? dayOf(matter.firstInformedOn) : null);
		if (relevant && !informed) throw new RuleViolation('firstInformed', {}, 'firstInformedOn');
		await tx.db
			.updateTable('papers.matter')
			.set({ relevant, first_informed_on: informed })
			.where('id', '=', id)
			.execute();
		await noteRelevance(tx, id, given);
		tx.touch('papers.matter', id, { act: 'relevanceDecided', fields: { relevant } });
		await renewInvolvements(tx, await lockMatter(tx, id));
	});
}

async function noteRelevance(tx: WriteCtx, matterId: string, given: Pick<RelevanceAnswer, 'relevant' | 'reason'>) {
	await tx.db
		.insertInto('papers.matter_relevance')
		.values({
			id: newId(),
			matter_id: matterId,
			relevant: given.relevant === 'yes',
			reason: given.reason,
			decided_at: tx.now,
			decided_by: tx.actor.personId,
			decided_as: may(tx.actor, 'papers.involvement.all') ? 'office' : 'department',
		})
		.execute();
}

/** Brings the rows of who is to be involved in line with the rules of the matter's first day; tells who is new to it. */
async function renewInvolvements(tx: WriteCtx, matter: MatterRow): Promise<void> {
	const rules = owed(await rulesOn(tx), {
		openedOn: matter.openedOn,
		relevant: matter.relevant,
		departmentId: matter.departmentId,
		paperTypeId: matter.typeId,
		topics: matter.topics,
	});
	const keep = rules.map(({ officeId, organisationId }) => officeId ?? organisationId!);
	await sql`update papers.involvement i set dropped_on = ${tx.today}::date where i.body_id = ${tx.body.id}
		and i.matter_id = ${matter.id} and i.dropped_on is null
		and coalesce(i.office_id, i.organisation_id) <> all (${keep}::uuid[]) and not exists (select from papers.sign_request r
			where r.body_id = i.body_id and r.involvement_id = i.id)`.execute(tx.db);
	const fresh: string[] = [];
	for (const rule of rules) {
		const { rows } = await sql<{
			id: string;
		}>`insert into papers.involvement (body_id, id, matter_id, rule_id, office_id,
			organisation_id, form, answer_days, urgent_days) values (${tx.body.id}, ${newId()}, ${matter.id}, ${rule.id},
			${rule.officeId}, ${rule.organisationId}, ${rule.form}, ${rule.answerDays}, ${rule.urgentDays})
			on conflict (body_id, matter_id, office_id, organisation_id) do update set dropped_on = null
			where papers.involvement.dropped_on is not null returning id`.execute(tx.db);
		if (rows[0]) fresh.push(rows[0].id);
	}
	await tellInformed(tx, matter, fresh);
}

/** Enters or corrects days of a matter. @throws RuleViolation `firstInformed` when a relevant one would lose it */
export async function setMilestones(ctx: Ctx, id: string, given: MilestoneDays): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, id);
		if (matter.relevant && !given.firstInformedOn) throw new RuleViolation('firstInformed', {}, 'firstInformedOn');
		await tx.db
			.updateTable('papers.matter')
			.set({
				first_informed_on: dayOf(given.firstInformedOn),
				draft_sent_on: dayOf(given.draftSentOn),
				draft_final_on: dayOf(given.draftFinalOn),
			})
			.where('id', '=', id)
			.execute();
		tx.touch('papers.matter', id, { act: 'daysSet', fields: { ...given } });
	});
}

/**
 * The mayor's approval, entered by the mayor or the office for her; where a paper or statement is approved in another room,
 * that room calls `passGate`.
 * @throws RuleViolation `papers.coSignMissing` while a co-signature is missing (MIT-03)
 */
export async function approveMatter(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'papers.involvement.approve');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, id);
		if (matter.mayorApprovedOn) return;
		if (matter.withdrawn) throw new RuleViolation('papers.matterWithdrawn', {}, 'approval');
		if (matter.paper) await passGate(tx, matter.paper.id);
		else if (!(await gateOfMatter(tx, matter)).open) throw new RuleViolation('papers.coSignMissing', {}, 'approval');
		await tx.db.updateTable('papers.matter').set({ mayor_approved_on: tx.today }).where('id', '=', id).execute();
		tx.touch('papers.matter', id, { act: 'approvedByMayor' });
	});
}

/** Withdraws a matter, or takes that back. Withdrawn ones owe nothing and count as omitted nowhere. */
export async function withdrawMatter(ctx: Ctx, id: string, withdrawn: boolean): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		await lockMatter(tx, id);
		await tx.db
			.updateTable('papers.matter')
			.set(withdrawn ? { state: 'withdrawn', withdrawn_on: tx.today } : { state: 'open', withdrawn_on: null })
			.where('id', '=', id)
			.execute();
		tx.touch('papers.matter', id, { act: withdrawn ? 'withdrawn' : 'reopened' });
	});
}

/**
 * A matter, locked until the write ends, for those who work on it: the office, its department, whoever opened it.
 * @throws NotFound for everybody else
 */
export async function lockMatter(tx: WriteCtx, id: string): Promise<MatterRow> {
	const matter = isId(id) ? await matterForUpdate(tx, id) : undefined;
	if (!matter || !worksOn(tx, matter)) throw new NotFound('matter');
	return matter;
}

/** May this actor change the matter, ask and omit? */
export function worksOn(ctx: Pick<Ctx, 'actor'>, matter: MatterRow): boolean {
	if (may(ctx.actor, 'papers.involvement.all')) return true;
	const own = departmentsOf(ctx);
	return (
		(matter.createdBy !== null && matter.createdBy === ctx.actor.personId) ||
		own === null ||
		own.includes(matter.departmentId)
	);
}

function dayOf(typed: string): Temporal.PlainDate | null {
	return typed ? Temporal.PlainDate.from(typed) : null;
}
