import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Forbidden } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { meetingView } from '../queries/meeting.server.ts';
import type { MeetingView } from '../view.ts';

export interface NotedItem {
	id: string;
	number: string;
	title: string;
	note: string;
}

/** The items of a session that this person may know of, with their own notes and nobody else's. @throws NotFound, Forbidden */
export async function notedItems(ctx: Ctx, slug: string): Promise<{ meeting: MeetingView; items: NotedItem[] }> {
	const personId = demandPerson(ctx);
	const meeting = await meetingView(ctx, slug);
	const ids = meeting.items.map(({ id }) => id);
	const rows = ids.length
		? await ctx.db
				.selectFrom('council.item_note')
				.select(['agenda_item_id', 'text'])
				.where('person_id', '=', personId)
				.where('agenda_item_id', 'in', ids)
				.execute()
		: [];
	const notes = new Map(rows.map((row) => [row.agenda_item_id, row.text]));
	return {
		meeting,
		items: meeting.items
			.filter(({ hidden }) => !hidden)
			.map(({ id, number, title }) => ({ id, number, title, note: notes.get(id) ?? '' })),
	};
}

/** Keeps the notes of this person on a session; an empty one is taken away. Items of other sessions are left alone. */
export async function saveNotes(ctx: Ctx, slug: string, given: ReadonlyMap<string, string>): Promise<void> {
	const personId = demandPerson(ctx);
	const { items } = await notedItems(ctx, slug);
	await write(ctx, async (tx) => {
		for (const { id, note } of items) {
			const text = given.get(id);
			if (text === undefined || text === note) continue;
			if (!text.trim()) {
				await tx.db
					.deleteFrom('council.item_note')
					.where('person_id', '=', personId)
					.where('agenda_item_id', '=', id)
					.execute();
				continue;
			}
			const row = { text: text.slice(0, 10_000), modified_at: tx.now };
			await tx.db
				.insertInto('council.item_note')
				.values({ person_id: personId, agenda_item_id: id, ...row })
				.onConflict((conflict) => conflict.columns(['body_id', 'person_id', 'agenda_item_id']).doUpdateSet(row))
				.execute();
		}
	});
}

function demandPerson(ctx: Ctx): string {
	demand(ctx.actor, 'council.members');
	if (!ctx.actor.personId) throw new Forbidden('council.members');
	return ctx.actor.personId;
}
