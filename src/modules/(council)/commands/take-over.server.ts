import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import type { ItemResult } from '../view.ts';
import { freeSlug } from './slug.server.ts';
import { stateQuorum } from './quorum.server.ts';

/**
 * Minutes of an old session as a person confirmed them. Ids point to the register; times are HH:MM of the town.
 * The original stays attached and authoritative; unknown attendance is allowed (Nacherfassung).
 */
export interface TakenOver {
	councilBodyId: string;
	number: number | null;
	printedTitle: string;
	date: Temporal.PlainDate;
	start: Temporal.PlainTime | null;
	end: Temporal.PlainTime | null;
	place: string;
	public: boolean;
	chair: { name: string; personId: string | null };
	minutesTaker: string;
	attendance: TakenOverAttendance[];
	quorum: { stated: boolean; votingPresent: number | null };
	items: { number: string; title: string; text: string; kind: string; result: ItemResult | null; public: boolean }[];
	votes: {
		item: string | null;
		text: string;
		yes: number | null;
		no: number | null;
		abstain: number | null;
		unanimous: boolean;
	}[];
	tasks: {
		item: string | null;
		who: string;
		what: string;
		due: Temporal.PlainDate | null;
		dueText: string;
		personId: string | null;
	}[];
	dates: {
		title: string;
		date: Temporal.PlainDate;
		start: Temporal.PlainTime | null;
		end: Temporal.PlainTime | null;
		place: string;
	}[];
	papers: { item: string | null; reference: string }[];
	/** False where the original holds a closed part: then it and the dates it names stay inside. */
	originalPublic: boolean;
	originalFileId: string;
	originalName: string;
}

export interface TakenOverAttendance {
	name: string;
	personId: string | null;
	function: string;
	organisation: string;
	grouping: string;
	seatId: string | null;
	voting: boolean;
	status: 'present' | 'remote' | 'excused' | 'absent' | 'unknown';
	substituteForName: string;
	substituteForPersonId: string | null;
	from: Temporal.PlainTime | null;
	until: Temporal.PlainTime | null;
}

/**
 * Writes an old session with everything that was confirmed, inside the caller's transaction.
 * @returns id and address of the session
 * @throws RuleViolation `meetingExists` when the body has a session on that day already
 */
export async function takeOverMeeting(tx: WriteCtx, given: TakenOver): Promise<{ id: string; slug: string }> {
	demand(tx.actor, 'council.edit', given.councilBodyId);
	await refuseSecond(tx, given);
	const id = newId();
	const slug = await freeSlug(tx, given.date);
	await insertMeeting(tx, id, slug, given);
	const items = await insertItems(tx, id, given);
	await insertAttendance(tx, id, given);
	await stateQuorum(tx, id, given.quorum.stated ? { present: given.quorum.votingPresent } : null);
	await insertFollowUps(tx, id, items, given);
	await tx.db
		.insertInto('council.meeting_file')
		.values({
			id: newId(),
			meeting_id: id,
			file_id: given.originalFileId,
			kind: 'original',
			title: given.originalName,
			public: given.public && given.originalPublic,
		})
		.execute();
	tx.touch('council.meeting', id, { act: 'takenOver', fields: { date: given.date.toString(), slug } });
	return { id, slug };
}

async function refuseSecond(tx: WriteCtx, given: TakenOver): Promise<void> {
	const there = await tx.db
		.selectFrom('council.meeting')
		.select('slug')
		.where('council_body_id', '=', given.councilBodyId)
		.where('date', '=', given.date)
		.executeTakeFirst();
	if (there) throw new RuleViolation('meetingExists', { date: given.date.toString(), slug: there.slug });
}

async function insertMeeting(tx: WriteCtx, id: string, slug: string, given: TakenOver): Promise<void> {
	const starts = instantOf(tx, given.date, given.start);
	let ends = instantOf(tx, given.date, given.end);
	// A session over midnight ends on the next day.
	if (starts && ends && Temporal.Instant.compare(ends, starts) <= 0)
		ends = instantOf(tx, given.date.add({ days: 1 }), given.end);
	await tx.db
		.insertInto('council.meeting')
		.values({
			id,
			slug,
			council_body_id: given.councilBodyId,
			number: given.number,
			kind: 'regular',
			title: given.printedTitle,
			state: 'takenOver',
			public: given.public,
			published: true,
			date: given.date,
			starts_at: starts,
			ends_at: starts ? ends : null,
			place_text: given.place,
			chair_name: given.chair.name,
			chair_person_id: given.chair.personId,
			minutes_taker_name: given.minutesTaker,
		})
		.execute();
}

function instantOf(tx: WriteCtx, date: Temporal.PlainDate, time: Temporal.PlainTime | null): Temporal.Instant | null {
	return time ? date.toZonedDateTime({ timeZone: tx.body.timeZone, plainTime: time }).toInstant() : null;
}

/** @returns ids of the items by their printed numbers */
async function insertItems(tx: WriteCtx, meetingId: string, given: TakenOver): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const [position, item] of given.items.entries()) {
		const id = newId();
		if (item.number) ids.set(item.number, id);
		const text = fromPlainText(item.text);
		await tx.db
			.insertInto('council.agenda_item')
			.values({
				id,
				meeting_id: meetingId,
				position,
				number: item.number,
				title: item.title,
				kind: item.kind,
				result: item.result,
				public: item.public,
				// What strangers read instead of the title (rulebook R2-08).
				neutral_title: item.public ? '' : 'Nichtöffentlicher Punkt',
				text: JSON.stringify(text),
			})
			.execute();
	}
	return ids;
}

async function insertAttendance(tx: WriteCtx, meetingId: string, given: TakenOver): Promise<void> {
	for (const [position, row] of given.attendance.entries()) {
		await tx.db
			.insertInto('council.attendance')
			.values({
				id: newId(),
				meeting_id: meetingId,
				position,
				person_id: row.personId,
				name: row.name,
				function: row.function,
				organisation: row.organisation,
				grouping: row.grouping,
				seat_id: row.seatId,
				voting: row.voting,
				status: row.status,
				substitute_for_name: row.substituteForName,
				substitute_for_person_id: row.substituteForPersonId,
				present_from: instantOf(tx, given.date, row.from),
				present_until: instantOf(tx, given.date, row.until),
				guest: !row.voting,
			})
			.execute();
	}
}

async function insertFollowUps(
	tx: WriteCtx,
	meetingId: string,
	items: Map<string, string>,
	given: TakenOver,
): Promise<void> {
	const itemId = (number: string | null) => (number ? (items.get(number) ?? null) : null);
	for (const [position, vote] of given.votes.entries()) {
		const agendaItem = itemId(vote.item);
		if (!agendaItem) continue;
		const { text, yes, no, abstain, unanimous } = vote;
		const adopted = yes !== null && no !== null ? yes > no : unanimous ? true : null;
		await tx.db
			.insertInto('council.vote')
			.values({ id: newId(), agenda_item_id: agendaItem, position, text, yes, no, abstain, unanimous, adopted })
			.execute();
	}
	for (const { item, who, what, due, dueText, personId } of given.tasks) {
		await tx.db
			.insertInto('council.task')
			.values({
				id: newId(),
				meeting_id: meetingId,
				agenda_item_id: itemId(item),
				who,
				what,
				due,
				due_text: dueText,
				person_id: personId,
			})
			.execute();
	}
	for (const { title, date, start, end, place } of given.dates) {
		await tx.db
			.insertInto('council.date_entry')
			.values({
				id: newId(),
				meeting_id: meetingId,
				title,
				date,
				start_time: start,
				end_time: end,
				place,
				public: given.originalPublic,
			})
			.execute();
	}
	for (const { item, reference } of given.papers) {
		await tx.db
			.insertInto('council.paper_mention')
			.values({ id: newId(), meeting_id: meetingId, agenda_item_id: itemId(item), reference })
			.execute();
	}
}
