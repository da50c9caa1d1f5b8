import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { readTrackedSafely } from '#kernel/files/reader-pool.ts';
import { ontoBase } from '#kernel/text/amend/onto-base.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { changeIn, draftIn, lockPaper } from '../paper/commands.server.ts';
import { contentOf } from '../paper/content.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { baseOf, type Base } from './base.server.ts';
import type { Proposal } from './schema.ts';

/**
 * Writes an amendment down as a draft with its wording, or writes one anew that was not filed yet.
 * @returns the slug of the draft
 * @throws RuleViolation `papers.amendment.same`, `papers.amendment.withdrawn`, `papers.amendment.noType`
 */
export async function proposeAmendment(ctx: Ctx, slug: string, given: Proposal): Promise<string> {
	demand(ctx.actor, 'papers.write');
	const base = await amendable(ctx, slug);
	const proposed = fromWriting(given.operative, { previous: base.operative });
	return keep(ctx, base, given, proposed, 'form');
}

/** What was found in a Word file. */
export interface FromWord {
	slug: string;
	changes: number;
	comments: number;
	/** It was made from the version in force; else everything that differs counts as proposed. */
	exact: boolean;
}

/**
 * Reads a Word file with tracked changes as an amendment. Its comments are left aside.
 * @throws UnreadableFile for a file that can't be read; RuleViolation as `proposeAmendment`, `papers.amendment.tooLarge`
 */
export async function proposeFromWord(
	ctx: Ctx,
	slug: string,
	given: Omit<Proposal, 'operative'>,
	file: { name: string; bytes: Uint8Array },
): Promise<FromWord> {
	demand(ctx.actor, 'papers.write');
	const base = await amendable(ctx, slug);
	const read = await readTrackedSafely(file.bytes, file.name);
	const [before, after] = [normalise({ blocks: read.before }), normalise({ blocks: read.after })];
	const { proposed, exact } = ontoBase(base.operative, before, after);
	if (!TextDocument.safeParse(proposed).success) throw new RuleViolation('papers.amendment.tooLarge', {}, 'file');
	const draft = await keep(ctx, base, given, proposed, 'word');
	return { slug: draft, changes: read.changes.length, comments: read.comments, exact };
}

async function amendable(ctx: Ctx, slug: string): Promise<Base> {
	const base = await baseOf(ctx, slug);
	if (base.state !== 'filed' || !base.version) throw new RuleViolation('papers.amendment.withdrawn');
	return base;
}

async function keep(
	ctx: Ctx,
	base: Base,
	given: Omit<Proposal, 'operative'>,
	proposed: TextDocument,
	source: 'form' | 'word',
): Promise<string> {
	if (documentHash(proposed) === documentHash(base.operative))
		throw new RuleViolation('papers.amendment.same', {}, source === 'word' ? 'file' : 'operative');
	return write(ctx, async (tx) => {
		if (!given.draft) return amendIn(tx, base, given, proposed, source);
		const slug = await redraft(tx, base, given, toWriting(operativeOf(base, proposed)));
		await record(tx, slug, base, proposed, source);
		return slug;
	});
}

/**
 * The same inside a running write, for other rooms that bring an amendment in (a counter-proposal).
 * @param more fields of the paper besides title and reasons
 * @returns the slug of the draft
 */
export async function amendIn(
	tx: WriteCtx,
	base: Base,
	given: Pick<Proposal, 'title' | 'reasons'>,
	proposed: TextDocument,
	source: 'form' | 'word',
	more: Record<string, unknown> = {},
): Promise<string> {
	const operative = toWriting(operativeOf(base, proposed));
	const { title, reasons } = given;
	const fields = { typeId: await amendmentType(tx), title, operative, reasons, superordinatedId: base.id };
	const slug = await draftIn(tx, PaperForm.parse({ ...more, ...fields }));
	await record(tx, slug, base, proposed, source);
	return slug;
}

async function record(
	tx: WriteCtx,
	slug: string,
	base: Base,
	proposed: TextDocument,
	source: 'form' | 'word',
): Promise<void> {
	const paper = await lockPaper(tx, slug);
	await tx.db
		.insertInto('papers.amendment')
		.values({
			paper_id: paper.id,
			base_id: base.id,
			base_version: base.version,
			proposed: JSON.stringify(proposed),
			source,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['body_id', 'paper_id'])
				.doUpdateSet({ base_version: base.version, proposed: JSON.stringify(proposed), source }),
		)
		.execute();
}

async function redraft(
	tx: WriteCtx,
	base: Base,
	given: Omit<Proposal, 'operative'>,
	operative: string,
): Promise<string> {
	const paper = await lockPaper(tx, given.draft);
	if (paper.state !== 'draft' || paper.superordinated_id !== base.id) throw new NotFound('draft');
	const content = await contentOf(tx, paper);
	await changeIn(tx, paper, { ...content, title: given.title, operative, reasons: given.reasons }, '');
	return paper.slug;
}

/** What is voted on (rulebook R3-11): one sentence, then the whole wording as it shall be. */
function operativeOf({ reference }: Base, proposed: TextDocument): TextDocument {
	const sentence = m.papers_amendments_operative({ reference }, { locale: 'de' });
	return normalise({ blocks: [{ kind: 'paragraph', content: [{ text: sentence }] }, ...proposed.blocks] });
}

async function amendmentType(tx: WriteCtx): Promise<string> {
	const type = await tx.db
		.selectFrom('papers.paper_type')
		.select('id')
		.where('code', '=', 'amendment')
		.where('retired', '=', false)
		.orderBy('position')
		.executeTakeFirst();
	if (!type) throw new RuleViolation('papers.amendment.noType');
	return type.id;
}
