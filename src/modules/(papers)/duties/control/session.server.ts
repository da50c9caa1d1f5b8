import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { OPEN_ENTRY } from './sight.server.ts';

interface ListItem {
	itemId: string;
	meetingId: string;
	organisationId: string;
	date: Temporal.PlainDate;
	noted: boolean;
}

/**
 * What a session says of an item under which a body's list stands comes to the list: "zur Kenntnis genommen" notes all that stood on
 * it, in that session; another result, or none, takes that back. What somebody noted by hand stays. Reaction to `council.itemDecided`
 * and `council.sessionClosed`, inside the council's write.
 */
export async function noteDecidedList(tx: WriteCtx, event: unknown): Promise<void> {
	const { meetingId, itemId = null } = event as { meetingId: string; itemId?: string | null };
	const { rows } =
		await sql<ListItem>`select i.id as "itemId", m.id as "meetingId", l.organisation_id as "organisationId", m.date,
		coalesce(i.result in ('noted', 'adopted'), false) as noted
		from papers.control_list l join council.agenda_item i on i.body_id = l.body_id and i.id = l.agenda_item_id
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where l.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} and not i.removed
		and (${itemId}::uuid is null or i.id = ${itemId}::uuid)`.execute(tx.db);
	for (const item of rows) {
		const changed = item.noted ? await noteAll(tx, item) : await takeBack(tx, item);
		if (!changed.length) continue;
		await settleNotedOff(tx, changed);
		for (const id of changed)
			tx.touch('papers.control', id, { act: item.noted ? 'noted' : 'notingTakenBack', fields: { meetingId } });
	}
}

/** Everything public of the body that was still to be noted. @returns ids of the entries */
async function noteAll(tx: WriteCtx, { itemId, meetingId, organisationId, date }: ListItem): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`insert into papers.control_noting
		(body_id, entry_id, meeting_id, noted_on, state, note, agenda_item_id)
		select c.body_id, c.id, ${meetingId}, ${date}::date, c.state, c.note, ${itemId} from papers.control_entry c
		where c.body_id = ${tx.body.id} and c.decided_by_id = ${organisationId} and c.state <> 'declined'
		and c.noted_off_on is null and c.decided_on <= ${date}::date and ${OPEN_ENTRY}
		on conflict do nothing returning entry_id as id`.execute(tx.db);
	return rows.map(({ id }) => id);
}

async function takeBack(tx: WriteCtx, { itemId }: ListItem): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`delete from papers.control_noting
		where body_id = ${tx.body.id} and agenda_item_id = ${itemId} returning entry_id as id`.execute(tx.db);
	return rows.map(({ id }) => id);
}

/** What was done or given up leaves the list with the session that noted it. */
async function settleNotedOff(tx: WriteCtx, entryIds: readonly string[]): Promise<void> {
	await sql`update papers.control_entry c set noted_off_on = (select max(n.noted_on) from papers.control_noting n
			where n.body_id = c.body_id and n.entry_id = c.id and n.state in ('done', 'notFeasible'))
		where c.body_id = ${tx.body.id} and c.id = any (${entryIds}::uuid[])`.execute(tx.db);
}
