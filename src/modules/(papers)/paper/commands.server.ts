import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { write } from '#kernel/write.ts';
import { nextNumber } from './numbers.server.ts';
import type { NewPaper } from './schema.ts';
import { fixVersion } from './versions.server.ts';

/**
 * Begins a draft. It has no number yet, and only its author and the office see it.
 * @returns the slug of its page
 * @throws RuleViolation `papers.typeRetired`
 */
export async function draftPaper(ctx: Ctx, given: NewPaper): Promise<string> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => draftIn(tx, given));
}

/** The same inside a running write; for other rooms and modules that make papers (statements, reports, old documents). */
export async function draftIn(tx: WriteCtx, given: NewPaper): Promise<string> {
	const type = await tx.db
		.selectFrom('papers.paper_type')
		.select('retired')
		.where('id', '=', given.typeId)
		.executeTakeFirst();
	if (!type) throw new NotFound('paper type');
	if (type.retired) throw new RuleViolation('papers.typeRetired', {}, 'typeId');
	const id = newId();
	await tx.db
		.insertInto('papers.paper')
		.values({ id, slug: id, type_id: given.typeId, created_by: tx.actor.personId, ...columnsOf(given) })
		.execute();
	await setOriginators(tx, id, given.originators);
	tx.touch('papers.paper', id, { act: 'drafted', fields: { title: given.title } });
	return id;
}

/**
 * Writes a draft anew, or changes a filed paper: that fixes a new version, with the reason why.
 * @throws RuleViolation `papers.withdrawn`, `papers.reasonMissing` without a reason for changing a filed one
 */
export async function changePaper(ctx: Ctx, slug: string, given: NewPaper, reason: string): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		if (paper.state === 'withdrawn') throw new RuleViolation('papers.withdrawn');
		if (paper.state === 'filed' && !reason.trim()) throw new RuleViolation('papers.reasonMissing', {}, 'reason');
		const columns = columnsOf(given, paper);
		await tx.db
			.updateTable('papers.paper')
			.set({ ...columns, modified_at: tx.now })
			.where('id', '=', paper.id)
			.execute();
		await setOriginators(tx, paper.id, given.originators);
		if (paper.state === 'filed')
			await fixVersion(tx, paper.id, { title: given.title, ...textsOf(given, paper) }, reason.trim());
		tx.touch('papers.paper', paper.id, { act: 'changed', fields: { title: given.title, reason } });
	});
}

/**
 * Files a draft: it gets its number, its first version is fixed, and if it is public, everybody reads it from now on.
 * Filing twice gives the number once. Emits `papers.filed` with `{ paperId }`.
 * @returns the slug of its page from now on
 * @throws RuleViolation `papers.operativeMissing` for a motion or proposal that proposes nothing
 */
export async function filePaper(ctx: Ctx, slug: string): Promise<string> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => fileIn(tx, slug));
}

/** The same inside a running write. */
export async function fileIn(tx: WriteCtx, slug: string): Promise<string> {
	const paper = await lockPaper(tx, slug);
	if (paper.state !== 'draft') return paper.slug;
	const type = await tx.db
		.selectFrom('papers.paper_type')
		.select(['code', 'scheme_id'])
		.where('id', '=', paper.type_id)
		.executeTakeFirstOrThrow();
	const proposes = type.code === 'motion' || type.code === 'resolutionProposal' || type.code === 'amendment';
	if (proposes && !(paper.operative as TextDocument).blocks.length)
		throw new RuleViolation('papers.operativeMissing', {}, 'operative');
	const day = paper.date ?? tx.today;
	const numbered = await nextNumber(tx, type.scheme_id, day);
	const filed = slugOfReference(numbered.reference);
	await tx.db
		.updateTable('papers.paper')
		.set({
			state: 'filed',
			slug: filed,
			reference: numbered.reference,
			scheme_id: numbered.schemeId,
			number_year: numbered.year,
			number: numbered.number,
			date: day,
			filed_at: tx.now,
			published_at: paper.public ? tx.now : null,
			modified_at: tx.now,
		})
		.where('id', '=', paper.id)
		.execute();
	await fixVersion(tx, paper.id, textOf(paper), '');
	tx.touch('papers.paper', paper.id, { act: 'filed', fields: { reference: numbered.reference } });
	await tx.emit('papers.filed', { paperId: paper.id });
	return filed;
}

/** Number as it stands in an address: "A0193/22" becomes a0193-22. */
export function slugOfReference(reference: string): string {
	return reference.toLowerCase().replace(/[^a-z0-9äöü]+/g, '-');
}

/**
 * The row of a paper, locked until the write ends, for who may change it: the office all, everybody else their own drafts.
 * @throws NotFound for what this actor may not know of, Forbidden for a filed one
 */
export async function lockPaper(tx: WriteCtx, slug: string) {
	const paper = await tx.db
		.selectFrom('papers.paper')
		.selectAll()
		.where('slug', '=', slug)
		.forUpdate()
		.executeTakeFirst();
	if (!paper) throw new NotFound('paper');
	if (may(tx.actor, 'papers.edit')) return paper;
	const own = paper.created_by !== null && paper.created_by === tx.actor.personId;
	if (paper.state === 'draft' && !own) throw new NotFound('paper');
	if (paper.state !== 'draft') throw new Forbidden('papers.edit');
	return paper;
}

export type LockedPaper = Awaited<ReturnType<typeof lockPaper>>;

function textOf(paper: LockedPaper) {
	return {
		title: paper.title,
		operative: paper.operative as TextDocument,
		reasons: paper.reasons as TextDocument,
	};
}

function textsOf(given: NewPaper, previous?: { operative: unknown; reasons: unknown }) {
	const text = (typed: string, before: unknown) =>
		fromWriting(typed, before ? { previous: before as TextDocument } : {});
	return {
		operative: text(given.operative, previous?.operative),
		reasons: text(given.reasons, previous?.reasons),
	};
}

function columnsOf(given: NewPaper, previous?: { operative: unknown; reasons: unknown }) {
	const { operative, reasons } = textsOf(given, previous);
	const day = (typed: string) => (typed ? Temporal.PlainDate.from(typed) : null);
	return {
		title: given.title,
		long_title: given.longTitle,
		operative: JSON.stringify(operative),
		reasons: JSON.stringify(reasons),
		costs: given.costs,
		date: day(given.date),
		data_date: day(given.dataDate),
		report_by: day(given.reportBy),
		under_direction_of_id: given.departmentId || null,
		addressee_id: given.addresseeId || null,
		superordinated_id: given.superordinatedId || null,
		integration_relevant: given.relevance ? given.relevance === 'yes' : null,
		integration_reason: given.relevanceReason,
		public: !given.closed,
		closed_reason: given.closedReason,
	};
}

/** Those who bring it in, in their order. Who is no longer named has left; their row stays (rulebook, edge cases 3). */
async function setOriginators(tx: WriteCtx, paperId: string, organisations: readonly string[]): Promise<void> {
	const rows = await tx.db
		.selectFrom('papers.originator')
		.select(['id', 'organisation_id'])
		.where('paper_id', '=', paperId)
		.where('kind', '=', 'originator')
		.where('left_on', 'is', null)
		.execute();
	for (const row of rows) {
		if (row.organisation_id === null || organisations.includes(row.organisation_id)) continue;
		await tx.db.updateTable('papers.originator').set({ left_on: tx.today }).where('id', '=', row.id).execute();
	}
	for (const [position, organisationId] of organisations.entries()) {
		const known = rows.find((row) => row.organisation_id === organisationId);
		if (known) await tx.db.updateTable('papers.originator').set({ position }).where('id', '=', known.id).execute();
		else
			await tx.db
				.insertInto('papers.originator')
				.values({
					id: newId(),
					paper_id: paperId,
					position,
					organisation_id: organisationId,
					joined_on: tx.today,
				})
				.execute();
	}
}
