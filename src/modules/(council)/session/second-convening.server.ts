import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { insertItem, putInOrder } from '../agenda/items.server.ts';
import { convening } from '../agenda/meetings.server.ts';
import type { NewItem } from '../agenda/rules/compose.ts';
import { templateOf } from '../agenda/template.server.ts';
import { freeSlug } from '../commands/slug.server.ts';
import { endEverything, FORMAL } from './course.server.ts';
import { tellClosed } from './decided.server.ts';
import { demandRunning, lockSession, type LockedSession } from './state.server.ts';

export const SecondConvening = z.object({
	date: z.iso.date(),
	start: z.union([z.literal(''), z.iso.time({ precision: -1 })]).default(''),
});

export type SecondConvening = z.infer<typeof SecondConvening>;

/**
 * No quorum: the session closes, what it could not decide is postponed, and the body is convened a second time for the
 * same subjects. These items are marked: the second invitation says that the body is quorate in any number (rulebook
 * R2-25). The new session stands planned; the office invites to it.
 * @returns slug of the new session
 * @throws RuleViolation `council_session_quorate` while the last finding says quorate, `council_session_date_past`
 */
export async function closeWithoutQuorum(
	tx: WriteCtx,
	meetingId: string,
	given: SecondConvening,
): Promise<{ slug: string }> {
	const session = await lockSession(tx, meetingId);
	demandRunning(session);
	await demandLack(tx, session);
	const date = Temporal.PlainDate.from(given.date);
	if (Temporal.PlainDate.compare(date, session.date) <= 0)
		throw new RuleViolation('council_session_date_past', {}, 'date');
	const items = await undecided(tx, meetingId);
	await tx.db
		.updateTable('council.agenda_item')
		.set({ result: 'postponed' })
		.where('meeting_id', '=', meetingId)
		.where('result', 'is', null)
		.where('removed', '=', false)
		.where('kind', 'not in', FORMAL)
		.execute();
	await endEverything(tx, session);
	await tx.db
		.updateTable('council.meeting')
		.set({
			state: 'held',
			closed_at: tx.now,
			current_item_id: null,
			closed_part_now: false,
			closed_without_quorum: true,
		})
		.where('id', '=', meetingId)
		.execute();
	const slug = await planAgain(tx, session, { date, start: given.start, items });
	tx.touch('council.meeting', meetingId, { act: 'closedWithoutQuorum', fields: { next: slug } });
	await tellClosed(tx, meetingId);
	return { slug };
}

async function demandLack(tx: WriteCtx, session: LockedSession): Promise<void> {
	const last = await tx.db
		.selectFrom('council.quorum_finding')
		.select(['stated'])
		.where('meeting_id', '=', session.id)
		.where('occasion', '!=', 'vote')
		.orderBy('at', 'desc')
		.orderBy('id', 'desc')
		.executeTakeFirst();
	if (!last || last.stated !== false) throw new RuleViolation('council_session_quorate');
}

interface Undecided extends NewItem {
	marked: boolean;
}

/** The items of the second session: the formal opening, and all that came to no result. */
async function undecided(tx: WriteCtx, meetingId: string): Promise<Undecided[]> {
	const rows = await tx.db
		.selectFrom('council.agenda_item')
		.selectAll()
		.where('meeting_id', '=', meetingId)
		.where('removed', '=', false)
		.where((where) => where.or([where('kind', '=', 'opening'), where('result', 'is', null)]))
		.orderBy('position')
		.execute();
	return rows.map((row) => ({
		title: row.title,
		kind: row.kind as NewItem['kind'],
		origin: 'carriedOver',
		public: row.public,
		closedCode: row.closed_code as NewItem['closedCode'],
		closedBasis: row.closed_basis,
		neutralTitle: row.neutral_title,
		reporterOfficeId: row.reporter_office_id,
		reporterText: row.reporter_text,
		reviewsTasks: row.reviews_tasks,
		papers: [],
		templateKey: null,
		carriedFromId: row.id,
		approvesMeetingId: row.approves_meeting_id,
		marked: !FORMAL.includes(row.kind),
	}));
}

async function planAgain(
	tx: WriteCtx,
	session: LockedSession,
	{ date, start, items }: { date: Temporal.PlainDate; start: string; items: Undecided[] },
): Promise<string> {
	const before = await tx.db
		.selectFrom('council.meeting')
		.selectAll()
		.where('id', '=', session.id)
		.executeTakeFirstOrThrow();
	const id = newId();
	const slug = await freeSlug(tx, date);
	const timeZone = tx.body.timeZone;
	const plainTime = start || before.starts_at?.toZonedDateTimeISO(timeZone).toPlainTime();
	const startsAt = plainTime ? date.toZonedDateTime({ timeZone, plainTime }).toInstant() : null;
	const length = before.starts_at && before.ends_at ? before.starts_at.until(before.ends_at) : null;
	await tx.db
		.insertInto('council.meeting')
		.values({
			id,
			slug,
			council_body_id: before.council_body_id,
			kind: before.kind === 'regular' ? 'extraordinary' : before.kind,
			title: before.title,
			state: 'planned',
			public: before.public,
			date,
			starts_at: startsAt,
			ends_at: startsAt && length ? startsAt.add(length) : null,
			place_id: before.place_id,
			place_text: before.place_text,
			mode: before.mode,
			join_url: before.join_url,
			second_convening_of: session.id,
		})
		.execute();
	const { reminderDays } = await templateOf(tx, before.council_body_id);
	await convening(tx, id, { reminder_days: reminderDays });
	for (const { marked, ...item } of items) await insertItem(tx, id, item, { second_convening: marked });
	await putInOrder(tx, id);
	tx.touch('council.meeting', id, { act: 'convenedAgain', fields: { of: session.id } });
	return slug;
}
