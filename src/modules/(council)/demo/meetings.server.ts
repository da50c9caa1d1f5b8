/** Sessions of the demonstration's council as records. */
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { demonstrationTown as town } from '#server/registry';
import { conveneNext } from '../agenda/demo.server.ts';
import { stateQuorum } from '../commands/quorum.server.ts';
import type { DemoItem, DemoSession } from './session-words.ts';
import { NEXT } from './sessions.ts';

/** Who and what there is already, by name. */
export interface DemoTown {
	person: (name: string) => string;
	organisation: (name: string) => string;
	council: string;
	seats: Map<number, { id: string; name: string; group: string }>;
	places: Map<string, string>;
}

/** A session that was held, with all that its minutes say. */
export async function addHeld(
	tx: WriteCtx,
	found: DemoTown,
	session: DemoSession,
	date: Temporal.PlainDate,
	number: number,
): Promise<void> {
	const recent = session.weeksBefore < 10;
	const id = await addMeeting(tx, found, date, number, session.place, {
		state: 'minutesSigned',
		opened_at: at(tx, date, '17:04'),
		closed_at: at(tx, date, '18:52'),
		invited_on: date.subtract({ days: 14 }),
		minutes_signed_on: date.add({ days: recent ? 19 : 23 }),
		language_help: session.languages,
	});
	await addItems(tx, found, id, date, session.items);
	await addAttendance(tx, found, id, session);
	const present = session.present.length + (session.substituted ? 1 : 0);
	await stateQuorum(tx, id, { present });
	tx.touch('council.meeting', id, { act: 'created' });
}

/** The next one, with its invitations. */
export async function addNext(tx: WriteCtx, found: DemoTown, date: Temporal.PlainDate, number: number): Promise<void> {
	const id = await addMeeting(tx, found, date, number, 'Altes Rathaus', { language_help: 'Arabisch, Ukrainisch' });
	await addItems(tx, found, id, date, NEXT);
	tx.touch('council.meeting', id, { act: 'created' });
	await conveneNext(tx, id);
}

function at(tx: WriteCtx, date: Temporal.PlainDate, time: string): Temporal.Instant {
	return date.toZonedDateTime({ timeZone: tx.body.timeZone, plainTime: time }).toInstant();
}

async function addMeeting(
	tx: WriteCtx,
	found: DemoTown,
	date: Temporal.PlainDate,
	number: number,
	place: string,
	more: object,
): Promise<string> {
	const id = newId();
	const common = {
		id,
		council_body_id: found.council,
		slug: date.toString(),
		number,
		date,
		published: true,
		place_id: found.places.get(place)!,
	};
	const chair = {
		chair_name: 'Nadiya Kowaltschenko, Vorsitzende',
		chair_person_id: found.person('Nadiya Kowaltschenko'),
		minutes_taker_name: 'Ines Hallfurth',
	};
	const times = { starts_at: at(tx, date, '17:00'), ends_at: at(tx, date, '19:00') };
	await tx.db
		.insertInto('council.meeting')
		.values({ ...common, ...chair, ...times, state: 'planned', ...more })
		.execute();
	return id;
}

async function addItems(
	tx: WriteCtx,
	found: DemoTown,
	meetingId: string,
	date: Temporal.PlainDate,
	items: DemoItem[],
): Promise<void> {
	// Closed items follow the public part, numbered on.
	const ordered = [...items.filter((item) => !item.closed), ...items.filter((item) => item.closed)];
	for (const [position, item] of ordered.entries()) {
		const id = newId();
		await tx.db
			.insertInto('council.agenda_item')
			.values({
				id,
				meeting_id: meetingId,
				position,
				number: String(position + 1),
				title: item.title,
				kind: item.kind ?? 'topic',
				public: !item.closed,
				closed_reason: item.closed ?? '',
				neutral_title: item.closed ? 'Personalangelegenheit' : '',
				result: item.result ?? null,
				result_note: item.note ?? '',
				outcome_plain: item.plain ?? '',
				text: JSON.stringify(paragraphs(item.text)),
			})
			.execute();
		await addOutcome(tx, found, meetingId, id, date, item);
	}
}

function paragraphs(text: string | undefined) {
	return normalise({ blocks: text ? [{ kind: 'paragraph', content: [{ text }] }] : [] });
}

async function addOutcome(
	tx: WriteCtx,
	found: DemoTown,
	meetingId: string,
	itemId: string,
	date: Temporal.PlainDate,
	item: DemoItem,
): Promise<void> {
	if (item.vote) {
		const [yes, no, abstain, biased = 0] = item.vote;
		const adopted = yes > no;
		await tx.db
			.insertInto('council.vote')
			.values({
				id: newId(),
				agenda_item_id: itemId,
				position: 0,
				text: item.wording ?? '',
				yes,
				no,
				abstain,
				biased,
				unanimous: no === 0,
				adopted,
			})
			.execute();
	}
	if (item.wording)
		await tx.db
			.insertInto('council.resolution')
			.values({ id: newId(), agenda_item_id: itemId, text: item.wording })
			.execute();
	for (const reference of item.papers ?? []) {
		await tx.db
			.insertInto('council.paper_mention')
			.values({ id: newId(), meeting_id: meetingId, agenda_item_id: itemId, reference })
			.execute();
	}
	if (!item.task) return;
	const { who, what, person, organisation, dueInDays, doneInDays } = item.task;
	const done = doneInDays !== undefined && Temporal.PlainDate.compare(date.add({ days: doneInDays }), tx.today) <= 0;
	const taskId = newId();
	await tx.db
		.insertInto('council.task')
		.values({
			id: taskId,
			meeting_id: meetingId,
			agenda_item_id: itemId,
			who,
			what,
			due: date.add({ days: dueInDays }),
			person_id: person ? found.person(person) : null,
			organisation_id: organisation ? found.organisation(organisation) : null,
			state: done ? 'done' : 'open',
			done_on: done ? date.add({ days: doneInDays }) : null,
		})
		.execute();
	tx.touch('council.task', taskId, { act: 'created' });
}

async function addAttendance(tx: WriteCtx, found: DemoTown, meetingId: string, session: DemoSession): Promise<void> {
	let position = 0;
	const add = (row: object) =>
		tx.db
			.insertInto('council.attendance')
			.values({ id: newId(), meeting_id: meetingId, position: position++, name: '', status: 'present', ...row })
			.execute();
	for (const [number, { id, name, group }] of found.seats) {
		const common = { seat_id: id, voting: true, organisation: group };
		if (number === 2 && session.substituted) {
			const [substitute] = town.SUBSTITUTE;
			await add({
				...common,
				name: substitute,
				person_id: found.person(substitute),
				substitute_for_name: name,
				substitute_for_person_id: found.person(name),
			});
			continue;
		}
		const status = session.present.includes(number)
			? 'present'
			: session.excused.includes(number)
				? 'excused'
				: 'absent';
		await add({ ...common, name, person_id: found.person(name), status });
	}
	for (const [organisation, fn] of session.guests) await add({ organisation, function: fn, guest: true });
}
