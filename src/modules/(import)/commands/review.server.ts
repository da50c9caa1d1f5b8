import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import type { Content, Reading } from '../reading/types.ts';
import { findingsOf, type Decision } from '../review/findings.ts';
import { readReview, type Reviewed } from '../review/form.ts';
import { withPaperText } from '../review/paper-text.ts';

/**
 * Keeps what the reviewer typed and decided so far. What can't be a value ("25:99") is reported and not kept.
 * @param version of the document the form was made from
 * @param acceptSure also accepts everything certain that nobody has decided on yet; what is doubtful stays open
 * @throws NotFound | Conflict when somebody else reviewed it meanwhile | RuleViolation when it was taken over already
 */
export async function saveReview(
	ctx: Ctx,
	documentId: string,
	version: number,
	form: FormData,
	acceptSure = false,
): Promise<Reviewed & { accepted: string[] }> {
	demand(ctx.actor, 'import.review');
	return write(ctx, async (tx) => {
		const document = await tx.db
			.selectFrom('import.document')
			.select(['reading', 'corrected', 'decisions', 'state', 'version', 'text'])
			.where('id', '=', documentId)
			.forUpdate()
			.executeTakeFirst();
		if (!document?.corrected) throw new NotFound('document');
		if (document.state === 'taken') throw new RuleViolation('documentTaken');
		if (document.version !== version) throw new Conflict('document');
		const before = withPaperText(document.corrected as Content, document.text ?? '', document.reading as Reading);
		const reviewed = readReview(before, form, document.decisions as Record<string, Decision>);
		const accepted = acceptSure ? undecided(document.reading as Reading, reviewed) : [];
		for (const path of accepted) reviewed.decisions[path] = 'accepted';
		await tx.db
			.updateTable('import.document')
			.set({
				corrected: JSON.stringify(reviewed.content),
				decisions: JSON.stringify(reviewed.decisions),
				kind: reviewed.content.kind,
				version: version + 1,
				modified_at: tx.now,
			})
			.where('id', '=', documentId)
			.execute();
		tx.touch('import.document', documentId, {
			act: 'reviewed',
			fields: { decisions: Object.keys(reviewed.decisions).length },
		});
		return { ...reviewed, accepted };
	});
}

/** Certain, and not decided on: neither accepted nor changed nor left out. */
function undecided(reading: Reading, { content, decisions }: Reviewed): string[] {
	return findingsOf(reading, content, decisions).flatMap(({ doubtful, decision, path }) =>
		doubtful || decision ? [] : [path],
	);
}

/** Puts a document aside; the file may be uploaded again afterwards. Can be undone with `restoreDocument`. */
export async function discardDocument(ctx: Ctx, documentId: string): Promise<void> {
	await setState(ctx, documentId, 'discarded', ['read', 'reviewed', 'unreadable', 'waiting']);
}

/** Takes a discarded document back, unless the same file came in again meanwhile. */
export async function restoreDocument(ctx: Ctx, documentId: string): Promise<void> {
	await setState(ctx, documentId, 'read', ['discarded']);
}

/** What becomes no record (documentations, invitations) stays a reviewed, searchable reading. */
export async function finishReview(ctx: Ctx, documentId: string): Promise<void> {
	await setState(ctx, documentId, 'reviewed', ['read', 'reviewed']);
}

async function setState(
	ctx: Ctx,
	documentId: string,
	to: 'discarded' | 'read' | 'reviewed',
	from: string[],
): Promise<void> {
	demand(ctx.actor, 'import.review');
	await write(ctx, async (tx) => {
		const reviewed = to === 'reviewed' ? { reviewed_at: tx.now, reviewed_by: tx.actor.personId } : {};
		const { numUpdatedRows } = await tx.db
			.updateTable('import.document')
			.set({ state: to, modified_at: tx.now, ...reviewed })
			.where('id', '=', documentId)
			.where('state', 'in', from)
			.executeTakeFirst();
		if (!numUpdatedRows) throw new NotFound('document');
		tx.touch('import.document', documentId, { act: to });
	});
}
