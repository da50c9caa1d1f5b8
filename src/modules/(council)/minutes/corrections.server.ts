import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import type { MinutesContent } from './rules/content.ts';
import { fixVersion, lockMinutes, standingOf, stepTo, versionsOf, type LockedMinutes } from './store.server.ts';
import { setState } from './workflow.server.ts';

/**
 * Corrects one item of fixed minutes: a new version with its reason, the old one stays (R2-64). @returns the version's id
 * @throws RuleViolation `council.minutes.correctionMissing`, `.wrongState`, `.reasonMissing`
 */
export async function correctItem(
	tx: WriteCtx,
	minutes: LockedMinutes,
	itemId: string | null,
	words: string,
	reason: string,
): Promise<string> {
	const state = stepTo('correct', await standingOf(tx, minutes, { reason }));
	const [last] = await versionsOf(tx, minutes.id);
	if (!words.trim()) throw new RuleViolation('council.minutes.correctionMissing', {}, 'corrected');
	const content = itemId
		? withItemText(last!.content, itemId, words)
		: {
				...last!.content,
				closing: [...last!.content.closing, { key: `correction:${last!.number + 1}`, text: words.trim() }],
			};
	const version = await fixVersion(tx, minutes.id, content, { number: last!.number + 1, reason });
	const text = content.items.find(({ id }) => id === itemId)?.text;
	if (itemId && text)
		await tx.db
			.updateTable('council.agenda_item')
			.set({ text: JSON.stringify(text) })
			.where('id', '=', itemId)
			.where('meeting_id', '=', minutes.meetingId)
			.execute();
	await setState(tx, minutes, { state }, 'corrected', { version: version.number, sha512: version.sha512 });
	return version.id;
}

function withItemText(content: MinutesContent, itemId: string, words: string): MinutesContent {
	const read = (before: TextDocument) => fromWriting(words, { previous: normalise(before) });
	return {
		...content,
		items: content.items.map((item) => (item.id === itemId ? { ...item, text: read(item.text) } : item)),
	};
}

/** A correction by the office itself: a slip that needs no vote. Always a new version with its reason. */
export async function correctMinutes(
	ctx: Ctx,
	slug: string,
	{ itemId, text, reason }: { itemId: string | null; text: string; reason: string },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.edit');
		await correctItem(tx, minutes, itemId, text, reason.trim());
	});
}
