import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { write } from '#kernel/write.ts';
import { nameKey } from '#modules/registry';
import { addMembership, demonstrationTown as town, knownOrganisations, knownPersons } from '#server/registry';
import { addCouncilBody, addSeat, fillSeat } from '../commands/bodies.server.ts';
import { stateQuorum } from '../commands/quorum.server.ts';
import { keepMinutes } from '../minutes/demo.server.ts';
import { conveneNext } from '../agenda/demo.server.ts';
import { addPlanning } from '../planning/demo.server.ts';
import { addStructure } from '../structure/demo.server.ts';
import { addVotes } from '../votes/demo.server.ts';
import { attachFiles } from './files.server.ts';
import type { DemoItem, DemoSession } from './session-words.ts';
import { NEXT, SESSIONS } from './sessions.ts';

interface Town {
	person: (name: string) => string;
	organisation: (name: string) => string;
	council: string;
	seats: Map<number, { id: string; name: string; group: string }>;
	places: Map<string, string>;
}

/** The demonstration's council, round table, and a year of sessions around today, the next one to come. */
export async function loadDemonstration(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const found = await lookUp(tx);
		const since = await addBodies(tx, found);
		await addStructure(tx, found.council, since);
		const next = nextWednesday(tx.today.add({ days: 12 }));
		for (const [index, session] of SESSIONS.entries())
			await addHeld(tx, found, session, next.subtract({ weeks: session.weeksBefore }), index + 1);
		await addVotes(tx, found.council);
		await keepMinutes(tx, found.council);
		await addNext(tx, found, next, SESSIONS.length + 1);
		await addPlanning(tx, found.council, next);
	});
	await attachFiles(ctx);
}

function nextWednesday(date: Temporal.PlainDate): Temporal.PlainDate {
	return date.add({ days: (3 - date.dayOfWeek + 7) % 7 });
}

async function lookUp(tx: WriteCtx): Promise<Town> {
	const persons = new Map((await knownPersons(tx)).map(({ id, name }) => [nameKey(name), id]));
	const organisations = new Map((await knownOrganisations(tx)).map(({ id, name }) => [name, id]));
	const places = await tx.db.selectFrom('registry.place').select(['id', 'name']).execute();
	return {
		person: (name) => persons.get(nameKey(name))!,
		organisation: (name) => organisations.get(name)!,
		council: organisations.get(town.COUNCIL)!,
		seats: new Map(),
		places: new Map(places.map(({ id, name }) => [name, id])),
	};
}

/** @returns the day the council constituted itself */
async function addBodies(tx: WriteCtx, found: Town): Promise<Temporal.PlainDate> {
	const from = Temporal.PlainDate.from({ year: tx.today.year - 2, month: 11, day: 20 });
	const citations = [
		{ rule: 'quorum', text: '§ 7 Abs. 2 der Satzung des Beirats', url: null },
		{ rule: 'quorum', text: '§ 55 Abs. 1 KVG LSA', url: null },
		{ rule: 'membership', text: '§ 3 Abs. 2 der Satzung des Beirats', url: null },
	];
	const purpose = 'Der Beirat berät Stadtrat und Verwaltung in allem, was zugewanderte Menschen in Elbstadt betrifft.';
	await addCouncilBody(tx, {
		organisationId: found.council,
		slug: 'beirat',
		kind: 'council',
		preset: 'st-beirat-2024',
		citations,
		purpose,
		from,
	});
	await tx.db
		.insertInto('council.term')
		.values({ id: newId(), council_body_id: found.council, name: 'Wahlperiode', from_date: from })
		.execute();
	let number = 0;
	for (const [group, shortName, name] of town.GROUPS)
		await seat(tx, found, ++number, 'delegated', name, from, { id: found.organisation(group), name: shortName });
	for (const name of town.RESIDENTS) await seat(tx, found, ++number, 'resident', name, from, null);
	for (const [index, name] of town.SUCCESSORS.entries()) {
		await addMembership(tx, {
			personId: found.person(name),
			organisationId: found.council,
			kind: 'successor',
			votingRight: false,
			rank: index + 1,
			from,
		});
	}
	const roundTable = found.organisation(town.ROUND_TABLE);
	await addCouncilBody(tx, {
		organisationId: roundTable,
		slug: 'runder-tisch',
		kind: 'roundTable',
		preset: 'round-table',
		from,
		purpose: 'Vereine, Beratungsstellen und Ämter stimmen sich ab, wie Neuankommende gut starten.',
	});
	for (const [index, name] of ['Awa Diatta', 'Rami Tinawi', 'Golnar Sepantar'].entries()) {
		await addMembership(tx, {
			personId: found.person(name),
			organisationId: roundTable,
			kind: 'member',
			votingRight: true,
			post: index === 0 ? 'chair' : null,
			from,
		});
	}
	return from;
}

async function seat(
	tx: WriteCtx,
	found: Town,
	number: number,
	kind: 'delegated' | 'resident',
	name: string,
	from: Temporal.PlainDate,
	group: { id: string; name: string } | null,
): Promise<void> {
	const appointedBy = kind === 'delegated' ? 'Fraktion' : 'Stadtrat';
	const id = await addSeat(tx, {
		councilBodyId: found.council,
		number,
		kind,
		voting: true,
		organisationId: group?.id ?? null,
		appointedBy,
		from,
	});
	const post = number === 8 ? 'chair' : number === 3 ? 'deputyChair' : null;
	const membershipId = await addMembership(tx, {
		personId: found.person(name),
		organisationId: found.council,
		kind: 'member',
		votingRight: true,
		post,
		onBehalfOfId: group?.id ?? null,
		from,
	});
	await fillSeat(tx, { seatId: id, membershipId, councilBodyId: found.council, from });
	found.seats.set(number, { id, name, group: group?.name ?? '' });
}

async function addHeld(
	tx: WriteCtx,
	found: Town,
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

async function addNext(tx: WriteCtx, found: Town, date: Temporal.PlainDate, number: number): Promise<void> {
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
	found: Town,
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
	found: Town,
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
	found: Town,
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

async function addAttendance(tx: WriteCtx, found: Town, meetingId: string, session: DemoSession): Promise<void> {
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
