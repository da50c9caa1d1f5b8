import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { write } from '#kernel/write.ts';
import { columnsOf, contentOf, textsOf } from './content.server.ts';
import { seenIn } from './cowriting.server.ts';
import { lockPaper, type LockedPaper } from './lock.server.ts';
import { setOriginators } from './originators.server.ts';
import { nextNumber, nextSuffix } from './numbers.server.ts';
import { offerNumbers, relateBase } from './relations.server.ts';
import { linkWaiting } from './take-over-links.server.ts';
import { isOriginator, ownOrganisations, ownRoles } from './rights.server.ts';
import { mergeForms, type FormPart } from './rules/merge.ts';
import { mayDraft } from './rules/who.ts';
import type { NewPaper } from './schema.ts';
import { setDistricts } from '../districts/commands.server.ts';
import { districtsOfPapers } from '../districts/queries.server.ts';
import { setTopics } from './topics.server.ts';
import { fixVersion } from './versions.server.ts';

export { lockPaper, type LockedPaper };

/**
 * Begins a draft. It has no number yet, and only its author and the office see it.
 * @returns the slug of its page
 * @throws RuleViolation `papers.typeRetired`, `papers.typeNotYours`
 */
export async function draftPaper(ctx: Ctx, given: NewPaper): Promise<string> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => {
		const type = await typeOf(tx, given.typeId);
		if (!mayDraft(type.written_by as 'all' | 'administration', ownRoles(tx.actor)))
			throw new RuleViolation('papers.typeNotYours', {}, 'typeId');
		return draftIn(tx, given);
	});
}

/** The same inside a running write; for other rooms and modules that make papers (statements, reports, old documents). */
export async function draftIn(tx: WriteCtx, given: NewPaper): Promise<string> {
	const type = await typeOf(tx, given.typeId);
	if (type.retired) throw new RuleViolation('papers.typeRetired', {}, 'typeId');
	const id = newId();
	const form = { ...given, districts: await districtsFor(tx, given) };
	await tx.db
		.insertInto('papers.paper')
		.values({ id, slug: id, type_id: given.typeId, created_by: tx.actor.personId, ...columnsOf(given) })
		.execute();
	await setOriginators(tx, id, given.originators);
	await setTopics(tx, id, given.topics);
	await setDistricts(tx, id, form.districts);
	await keepSave(tx, id, 1, form);
	await offerNumbers(tx, id);
	tx.touch('papers.paper', id, { act: 'drafted', fields: { title: given.title } });
	return id;
}

/** What belongs to another paper concerns what that one does, unless its form says so itself. */
async function districtsFor(tx: WriteCtx, { districts, superordinatedId }: NewPaper): Promise<string[]> {
	return districts.length || !superordinatedId ? districts : districtsOfPapers(tx, [superordinatedId]);
}

/** What became of a saving. */
export interface Saved {
	/**
	 * `merged`: somebody else had saved in the meantime, both changes are in. `collides`: nothing was saved, because both
	 * changed the same; `content` holds what could be brought together, in `parts` mine, and `theirs` what is saved.
	 */
	state: 'saved' | 'merged' | 'collides';
	revision: number;
	content: NewPaper;
	theirs: NewPaper;
	parts: FormPart[];
}

/**
 * Writes a draft anew, or changes a filed paper: that fixes a new version, with the reason why.
 * @param revision what the form was loaded from; without it, what is saved is overwritten
 * @throws RuleViolation `papers.withdrawn`, `papers.reasonMissing` without a reason for changing a filed one
 */
export async function changePaper(
	ctx: Ctx,
	slug: string,
	given: NewPaper,
	reason: string,
	revision?: number,
): Promise<Saved> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		if (paper.state === 'withdrawn') throw new RuleViolation('papers.withdrawn');
		if (paper.state === 'filed' && !reason.trim()) throw new RuleViolation('papers.reasonMissing', {}, 'reason');
		const theirs = await contentOf(tx, paper);
		let content = given;
		let state: Saved['state'] = 'saved';
		if (revision !== undefined && revision !== paper.revision) {
			const merged = mergeForms(await savedForm(tx, paper.id, revision), theirs, given);
			content = merged.content;
			state = merged.collisions.length ? 'collides' : 'merged';
			if (state === 'collides') return { state, revision: paper.revision, content, theirs, parts: merged.collisions };
		}
		await changeIn(tx, paper, content, reason);
		await seenIn(tx, paper.id);
		return { state, revision: paper.revision + 1, content, theirs, parts: [] };
	});
}

/** The same inside a running write, for a paper that is locked already. */
export async function changeIn(tx: WriteCtx, paper: LockedPaper, given: NewPaper, reason: string): Promise<void> {
	const { public: open, closed_reason, ...columns } = columnsOf(given, paper);
	const revision = paper.revision + 1;
	await tx.db
		.updateTable('papers.paper')
		// a filed paper is closed or released by an act of its own (publicity.server.ts)
		.set({ ...columns, ...(paper.state === 'draft' && { public: open, closed_reason, type_id: given.typeId }) })
		.set({ modified_at: tx.now, revision })
		.where('id', '=', paper.id)
		.execute();
	await setOriginators(tx, paper.id, given.originators);
	await setTopics(tx, paper.id, given.topics);
	await setDistricts(tx, paper.id, given.districts);
	await keepSave(tx, paper.id, revision, given);
	await offerNumbers(tx, paper.id);
	if (paper.state === 'filed')
		await fixVersion(tx, paper.id, { title: given.title, ...textsOf(given, paper) }, reason.trim());
	const fields = { title: given.title, ...(reason && { reason }) };
	tx.touch('papers.paper', paper.id, { act: 'changed', fields });
	await tx.emit(paper.state === 'filed' ? 'papers.changed' : 'papers.draftChanged', { paperId: paper.id });
}

/**
 * Files a draft: it gets its number, its first version is fixed, and if it is public, everybody reads it from now on.
 * Filing twice gives the number once. Emits `papers.filed` with `{ paperId }`. Without originators the filer is one; who is
 * neither office nor department files only what they or a group or body of theirs bring in.
 * @param revision the saving that the filer has seen: nobody files words that they have not read
 * @returns the slug of its page from now on
 * @throws RuleViolation `papers.savedSince`, `papers.operativeMissing` for a motion or proposal that proposes nothing, `papers.notYours`
 */
export async function filePaper(ctx: Ctx, slug: string, revision: number): Promise<string> {
	demand(ctx.actor, 'papers.write');
	return write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug, { filed: true });
		if (paper.state === 'draft') {
			demandSeen(paper, revision);
			await demandFiler(tx, paper);
		}
		return fileLocked(tx, paper);
	});
}

/** The same inside a running write; the caller has asked for permission. */
export async function fileIn(tx: WriteCtx, slug: string): Promise<string> {
	return fileLocked(tx, await lockPaper(tx, slug, { filed: true }));
}

function demandSeen(paper: LockedPaper, revision: number): void {
	if (paper.revision !== revision) throw new RuleViolation('papers.savedSince');
}

async function demandFiler(tx: WriteCtx, paper: LockedPaper): Promise<void> {
	if (may(tx.actor, 'papers.edit') || !tx.actor.personId) return;
	const named = await tx.db
		.selectFrom('papers.originator')
		.select('id')
		.where('paper_id', '=', paper.id)
		.where('kind', '=', 'originator')
		.where('left_on', 'is', null)
		.executeTakeFirst();
	if (!named) return setOriginators(tx, paper.id, [{ organisationId: '', personId: tx.actor.personId }]);
	const department = paper.under_direction_of_id;
	if (department && ownOrganisations(tx.actor).includes(department)) return;
	if (!(await isOriginator(tx, paper.id))) throw new RuleViolation('papers.notYours', {}, 'von1');
}

async function fileLocked(tx: WriteCtx, paper: LockedPaper): Promise<string> {
	if (paper.state !== 'draft') return paper.slug;
	const type = await typeOf(tx, paper.type_id);
	const proposes = type.code === 'motion' || type.code === 'resolutionProposal' || type.code === 'amendment';
	if (proposes && !(paper.operative as TextDocument).blocks.length)
		throw new RuleViolation('papers.operativeMissing', {}, 'operative');
	if (type.below && !paper.superordinated_id) throw new RuleViolation('papers.baseMissing', {}, 'base');
	const day = paper.date ?? tx.today;
	const numbered = type.below
		? await nextSuffix(tx, paper.superordinated_id!)
		: await nextNumber(tx, type.scheme_id, day);
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
			suffix: numbered.suffix,
			date: day,
			filed_at: tx.now,
			published_at: paper.public ? tx.now : null,
			modified_at: tx.now,
		})
		.where('id', '=', paper.id)
		.execute();
	await fixVersion(tx, paper.id, textOf(paper), '');
	await relateBase(tx, paper, type.code);
	await linkWaiting(tx, paper.id, numbered.reference);
	await tx.db
		.deleteFrom('papers.draft_save')
		.where('paper_id', '=', paper.id)
		.where('revision', '<', paper.revision)
		.execute();
	await tx.db.deleteFrom('papers.draft_comment').where('paper_id', '=', paper.id).execute();
	tx.touch('papers.paper', paper.id, { act: 'filed', fields: { reference: numbered.reference } });
	await tx.emit('papers.filed', { paperId: paper.id });
	return filed;
}

/**
 * Throws a draft away, with everything that hangs on it. Filed papers are never deleted.
 * @throws RuleViolation `papers.alreadyFiled`, `papers.savedSince`
 */
export async function discardDraft(ctx: Ctx, slug: string, revision: number): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug, { filed: true });
		if (paper.state !== 'draft') throw new RuleViolation('papers.alreadyFiled');
		demandSeen(paper, revision);
		await tx.db.deleteFrom('papers.paper').where('id', '=', paper.id).execute();
		tx.touch('papers.paper', paper.id, { act: 'discarded', deleted: true });
	});
}

/** Number as it stands in an address: "A0193/22" becomes a0193-22. */
export function slugOfReference(reference: string): string {
	return reference.toLowerCase().replace(/[^a-z0-9äöü]+/g, '-');
}

async function typeOf(tx: WriteCtx, id: string) {
	const type = await tx.db
		.selectFrom('papers.paper_type')
		.select(['code', 'scheme_id', 'retired', 'below', 'written_by'])
		.where('id', '=', id)
		.executeTakeFirst();
	if (!type) throw new NotFound('paper type');
	return type;
}

async function keepSave(tx: WriteCtx, paperId: string, revision: number, content: NewPaper): Promise<void> {
	await tx.db
		.insertInto('papers.draft_save')
		.values({
			paper_id: paperId,
			revision,
			content: JSON.stringify(content),
			saved_at: tx.now,
			saved_by: tx.actor.personId,
		})
		.execute();
}

async function savedForm(tx: WriteCtx, paperId: string, revision: number): Promise<NewPaper | null> {
	const row = await tx.db
		.selectFrom('papers.draft_save')
		.select('content')
		.where('paper_id', '=', paperId)
		.where('revision', '=', revision)
		.executeTakeFirst();
	// what was saved before papers named districts
	return row ? { districts: [], ...(row.content as Omit<NewPaper, 'districts'>) } : null;
}

function textOf(paper: LockedPaper) {
	return {
		title: paper.title,
		operative: paper.operative as TextDocument,
		reasons: paper.reasons as TextDocument,
	};
}
