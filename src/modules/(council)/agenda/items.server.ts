import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { Conflict } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { closedReason } from './default-template.ts';
import type { NewItem } from './rules/compose.ts';
import { numbered, type Numbered } from './rules/numbering.ts';

/**
 * Adds an item at the end of its part; the caller renumbers. Emits `council.itemCarriedOver` for one that was postponed
 * before. @returns id
 */
export async function insertItem(
	tx: WriteCtx,
	meetingId: string,
	item: NewItem,
	more: { id?: string; added_in_session?: boolean; change_reason?: string; second_convening?: boolean } = {},
): Promise<string> {
	const id = more.id ?? newId();
	if (more.id && (await itemExists(tx, id))) throw new Conflict('item');
	await tx.db
		.insertInto('council.agenda_item')
		.values({
			meeting_id: meetingId,
			// Behind all others until the agenda is put in order.
			position: sql<number>`(select coalesce(max(position), -1) + 1 from council.agenda_item
				where body_id = ${tx.body.id} and meeting_id = ${meetingId})`,
			kind: item.kind,
			title: item.title,
			public: item.public,
			closed_code: item.closedCode,
			closed_basis: item.closedBasis,
			closed_reason: item.public ? '' : closedReason(item.closedCode, item.closedBasis),
			neutral_title: item.neutralTitle,
			reporter_office_id: item.reporterOfficeId,
			reporter_text: item.reporterText,
			reviews_tasks: item.reviewsTasks,
			origin: item.origin,
			template_key: item.templateKey,
			carried_from_id: item.carriedFromId,
			approves_meeting_id: item.approvesMeetingId,
			...more,
			id,
		})
		.execute();
	await setPapers(tx, meetingId, id, item.papers);
	if (item.carriedFromId)
		await tx.emit('council.itemCarriedOver', { fromItemId: item.carriedFromId, itemId: id, meetingId });
	return id;
}

async function itemExists(tx: WriteCtx, id: string): Promise<boolean> {
	const row = await tx.db.selectFrom('council.agenda_item').select('id').where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

/** Numbers of papers under an item, instead of those that were there. */
export async function setPapers(
	tx: WriteCtx,
	meetingId: string,
	itemId: string,
	papers: readonly string[],
): Promise<void> {
	await tx.db.deleteFrom('council.paper_mention').where('agenda_item_id', '=', itemId).execute();
	for (const reference of papers) {
		await tx.db
			.insertInto('council.paper_mention')
			.values({ id: newId(), meeting_id: meetingId, agenda_item_id: itemId, reference })
			.execute();
	}
}

/** The items of a session in their order. */
export async function itemsOf(tx: Pick<WriteCtx, 'db'>, meetingId: string): Promise<Numbered[]> {
	const rows = await tx.db
		.selectFrom('council.agenda_item')
		.select(['id', 'public', 'removed'])
		.where('meeting_id', '=', meetingId)
		.orderBy('position')
		.execute();
	return rows;
}

/**
 * Writes order and numbers of an agenda: public part first. In two steps, because a position is held once at a time.
 */
export async function putInOrder(tx: WriteCtx, meetingId: string, order?: readonly Numbered[]): Promise<void> {
	const items = numbered(order ?? (await itemsOf(tx, meetingId)));
	if (!items.length) return;
	const values = sql.join(
		items.map(({ id, position, number }) => sql`(${id}::uuid, ${position}::int, ${number}::text)`),
	);
	await sql`update council.agenda_item set position = -1 - position
		where body_id = ${tx.body.id} and meeting_id = ${meetingId}`.execute(tx.db);
	await sql`update council.agenda_item i set position = v.position, number = v.number
		from (values ${values}) v (id, position, number)
		where i.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} and i.id = v.id`.execute(tx.db);
}
