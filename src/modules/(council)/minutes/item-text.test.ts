import { expect, test } from 'vitest';
import { OPERATOR, VISITOR } from '#kernel/access/actor.ts';
import { NotFound } from '#kernel/errors.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { demonstrationTown } from '../demo/town.fixture.ts';
import { TextConflict, writeItemText } from './item-text.server.ts';

const demo = await demonstrationTown();
const [item] = await demo.database.sql<{ id: string }>(
	`select i.id from council.agenda_item i join council.meeting m on m.id = i.meeting_id where m.state = 'invited' order by i.position limit 1`,
);
const save = (text: string, base: string) => demo.as(OPERATOR, (ctx) => writeItemText(ctx, item!.id, text, base));
const stored = async () => {
	const [row] = await demo.database.sql<{ text: TextDocument }>('select text from council.agenda_item where id = $1', [
		item!.id,
	]);
	return toPlainText(row!.text);
};

test('what two people write under one item at once is never lost: the second is told what stands now', async () => {
	const first = await save('Die Vorsitzende begrüßt **alle**.', '');
	expect(await stored()).toBe('Die Vorsitzende begrüßt alle.');
	const mine = await save('Die Vorsitzende begrüßt alle.\n\nEs gibt Tee.', first.hash);
	const theirs = save('Die Vorsitzende eröffnet.', first.hash);
	await expect(theirs).rejects.toThrow(TextConflict);
	await expect(theirs).rejects.toMatchObject({ current: { hash: mine.hash } });
	expect(await stored()).toContain('Es gibt Tee.');
});

test('the same text sent twice is saved once, and blocks keep their ids for comments', async () => {
	const first = await save('Erster Absatz.\n\nZweiter Absatz.', (await hashNow())!);
	const again = await save('Erster Absatz.\n\nZweiter Absatz.', 'something old');
	expect(again.hash).toBe(first.hash);
	const next = await save('Erster Absatz.\n\nZweiter Absatz, ergänzt.', first.hash);
	expect(next.text.blocks.map(({ id }) => id)).toEqual(first.text.blocks.map(({ id }) => id));
});

test('strangers write nothing', async () => {
	await expect(demo.as(VISITOR, (ctx) => writeItemText(ctx, item!.id, 'Ich', ''))).rejects.toThrow(NotFound);
});

async function hashNow(): Promise<string | undefined> {
	return save('Anders', 'no such base').then(
		() => undefined,
		(error: TextConflict) => error.current.hash,
	);
}
