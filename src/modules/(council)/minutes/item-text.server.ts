import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { isFixed, type MinutesState } from './rules/states.ts';

export interface SavedText {
	text: TextDocument;
	/** `documentHash` of the text: the `base` of the next change. */
	hash: string;
}

/** Somebody else saved this item's text since it was opened. What was typed stays with the caller; here is what stands now. */
export class TextConflict extends Conflict {
	override name = 'TextConflict';
	readonly current: SavedText;
	constructor(current: SavedText) {
		super('item text');
		this.current = current;
	}
}

/**
 * Saves what the minutes say under an item, inside a running write.
 * @param text what was typed, in the writing syntax of text fields, or a finished document
 * @param base `documentHash` of the text that the writer saw; empty where there was none to see
 * @throws TextConflict when the stored text is neither that base nor the new text already (a double submit is no conflict)
 * @throws NotFound for no such item, RuleViolation `council.minutesFixed` once the minutes are signed
 */
export async function saveItemText(
	tx: WriteCtx,
	itemId: string,
	text: string | TextDocument,
	base: string,
): Promise<SavedText> {
	const item = await lockedItem(tx, itemId);
	demand(tx.actor, 'council.edit', item.councilBodyId);
	if (isFixed(item.state)) throw new RuleViolation('council.minutesFixed');
	const stored = normalise(item.text);
	const next = typeof text === 'string' ? fromWriting(text, { previous: stored }) : normalise(text);
	const saved = { text: next, hash: documentHash(next) };
	const before = documentHash(stored);
	if (before === saved.hash) return saved;
	if (before !== (base || documentHash(normalise({ blocks: [] }))))
		throw new TextConflict({ text: stored, hash: before });
	await tx.db
		.updateTable('council.agenda_item')
		.set({ text: JSON.stringify(next) })
		.where('id', '=', itemId)
		.execute();
	tx.touch('council.meeting', item.meetingId, { act: 'itemTextSaved', fields: { item: itemId, hash: saved.hash } });
	return saved;
}

/** The same as one command. */
export async function writeItemText(ctx: Ctx, itemId: string, text: string, base: string): Promise<SavedText> {
	demand(ctx.actor, 'council.edit');
	return write(ctx, (tx) => saveItemText(tx, itemId, text, base));
}

async function lockedItem(tx: WriteCtx, itemId: string) {
	if (!isId(itemId)) throw new NotFound('item');
	const row = await tx.db
		.selectFrom('council.agenda_item as i')
		.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
		.leftJoin('council.minutes_record as r', 'r.meeting_id', 'm.id')
		.select(['i.text', 'm.id as meetingId', 'm.council_body_id as councilBodyId', 'r.state'])
		.where('i.id', '=', itemId)
		.forUpdate('i')
		.executeTakeFirst();
	if (!row) throw new NotFound('item');
	return { ...row, text: row.text as TextDocument, state: (row.state ?? 'draft') as MinutesState };
}
