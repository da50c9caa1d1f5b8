import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { TakenFrom } from '#kernel/taken-from.ts';
import { free } from '../structure/slug.ts';
import { replaceVotes, type TakenElection, type TakenVote } from './take-over-votes.server.ts';

/** Records of another council system, many at once. Ids are given: the same id again is the same record, as it stands now. */
export interface TakenSession {
	id: string;
	councilBodyId: string;
	/** Further bodies of a joint session. */
	bodies: string[];
	/** As the source counts it. */
	number: number | null;
	title: string;
	state: 'planned' | 'invited' | 'takenOver';
	cancelled: boolean;
	date: string;
	starts: string | null;
	ends: string | null;
	placeId: string | null;
	placeText: string;
	created: string;
	from: TakenFrom;
	/** Who was there, as far as the source says. */
	participants: TakenParticipant[];
	opened: string | null;
	closed: string | null;
	/** End of its address where it was, if that is free. */
	slug?: string | undefined;
}

/** A row of the attendance as the source tells it; moments are ISO. */
export interface TakenParticipant {
	/** Null: told by name, or by function. */
	personId: string | null;
	name: string;
	function: string;
	organisation: string;
	/** Of the seat, in joint sessions. */
	councilBodyId: string | null;
	seat: number | null;
	voting: boolean;
	/** 'present', 'remote', 'absent', 'unknown' */
	status: string;
	substituteFor: string;
	substituteForId: string | null;
	from: string | null;
	until: string | null;
}

export interface TakenItem {
	id: string;
	meetingId: string;
	order: number | null;
	number: string;
	title: string;
	public: boolean;
	result: string | null;
	/** The source's word for the result, or a note beside it (`noteBeside`). */
	resultNote: string;
	noteBeside: boolean;
	resolution: string;
	opened: string | null;
	closed: string | null;
	votes: TakenVote[];
	elections: TakenElection[];
}

export async function takeOverSessions(tx: WriteCtx, rows: readonly TakenSession[]): Promise<void> {
	demand(tx.actor, 'council.edit');
	const withSlugs = await slugged(tx, rows);
	await sql`insert into council.meeting (body_id, id, slug, council_body_id, number, kind, title, state, cancelled, public, published, date,
			starts_at, ends_at, opened_at, closed_at, place_id, place_text, created_at, taken_from)
		select ${tx.body.id}, id, slug, "councilBodyId", number, case when bodies = '[]' then 'regular' else 'joint' end, title, state, cancelled,
			true, true, date, starts, ends, opened, closed, "placeId", "placeText", created, "from"
		from jsonb_to_recordset(${JSON.stringify(withSlugs)}::jsonb) as r (id uuid, slug text, "councilBodyId" uuid, number int, bodies jsonb, title text,
			state text, cancelled boolean, date date, starts timestamptz, ends timestamptz, opened timestamptz, closed timestamptz, "placeId" uuid, "placeText" text,
			created timestamptz, "from" jsonb)
		on conflict (body_id, id) do update set council_body_id = excluded.council_body_id, number = excluded.number, title = excluded.title, state = excluded.state,
			cancelled = excluded.cancelled, public = true, published = true, date = excluded.date, starts_at = excluded.starts_at,
			ends_at = excluded.ends_at, opened_at = excluded.opened_at, closed_at = excluded.closed_at, place_id = excluded.place_id, place_text = excluded.place_text, kind = excluded.kind,
			taken_from = excluded.taken_from || jsonb_build_object('files', coalesce(council.meeting.taken_from -> 'files', '[]')),
			modified_at = now()`.execute(tx.db);
	const ids = rows.map(({ id }) => id);
	await sql`delete from council.meeting_body where body_id = ${tx.body.id} and meeting_id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	const joint = rows.flatMap(({ id, bodies }) => bodies.map((body) => ({ id, body })));
	if (joint.length)
		await sql`insert into council.meeting_body (body_id, meeting_id, council_body_id) select ${tx.body.id}, id, body
			from jsonb_to_recordset(${JSON.stringify(joint)}::jsonb) as r (id uuid, body uuid)`.execute(tx.db);
	await replaceParticipants(tx, rows);
	for (const { id, date } of rows) tx.touch('council.meeting', id, { act: 'takenOver', fields: { date } });
}

/** A session's address is its day; further ones of the day get "-2", "-3" …; those that are here keep theirs. */
async function slugged(tx: WriteCtx, rows: readonly TakenSession[]): Promise<(TakenSession & { slug: string })[]> {
	const { rows: there } = await sql<{
		id: string;
		slug: string;
	}>`select id, slug from council.meeting where body_id = ${tx.body.id}
		and (id = any (${rows.map(({ id }) => id)}::uuid[]) or date = any (${rows.map(({ date }) => date)}::date[])
			or slug = any (${rows.flatMap(({ slug }) => slug ?? [])}::text[]))`.execute(tx.db);
	const own = new Map(there.map(({ id, slug }) => [id, slug]));
	const taken = new Set(own.values());
	return rows.map((row) => ({ ...row, slug: own.get(row.id) ?? free(row.slug ?? row.date, taken) }));
}

/** Whoever is told again keeps the row, and with it the voices in votes by name. */
async function replaceParticipants(tx: WriteCtx, rows: readonly TakenSession[]): Promise<void> {
	const ids = rows.map(({ id }) => id);
	const here = await attendanceOf(tx, ids);
	const { rows: voices } = await sql<object>`select v.* from council.roll_call_voice v
		where v.body_id = ${tx.body.id} and v.attendance_id = any (${here.map(({ id }) => id)}::uuid[])`.execute(tx.db);
	await sql`delete from council.attendance where body_id = ${tx.body.id} and meeting_id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	await insertParticipants(tx, rows, here);
	if (voices.length)
		await sql`insert into council.roll_call_voice select v.* from jsonb_populate_recordset(null::council.roll_call_voice,
				${JSON.stringify(voices)}::jsonb) v
			where exists (select from council.attendance a where a.body_id = v.body_id and a.id = v.attendance_id)`.execute(tx.db);
}

interface Here {
	id: string;
	meetingId: string;
	personId: string | null;
	name: string;
}

async function attendanceOf(tx: WriteCtx, meetingIds: readonly string[]): Promise<Here[]> {
	const { rows } =
		await sql<Here>`select id, meeting_id as "meetingId", person_id as "personId", name from council.attendance
		where body_id = ${tx.body.id} and meeting_id = any (${meetingIds}::uuid[]) order by position`.execute(tx.db);
	return rows;
}

async function insertParticipants(tx: WriteCtx, rows: readonly TakenSession[], here: readonly Here[]): Promise<void> {
	const left = Map.groupBy(here, keyOf);
	const people = rows.flatMap((row) => {
		const taken = new Set<string>();
		return row.participants.map((one, position) => {
			const councilId = one.councilBodyId ?? row.councilBodyId;
			// a seat is taken by one at a time
			const place = `${councilId} ${one.seat}`;
			const seat = taken.has(place) ? null : one.seat;
			if (one.status === 'present' || one.status === 'remote') taken.add(place);
			const id = left.get(keyOf({ ...one, meetingId: row.id }))?.shift()?.id ?? newId();
			return { ...one, id, meetingId: row.id, position, councilId, seat, day: row.date };
		});
	});
	if (!people.length) return;
	await sql`insert into council.attendance (body_id, id, meeting_id, position, person_id, name, function, organisation, council_body_id,
			seat_id, voting, status, substitute_for_name, substitute_for_person_id, present_from, present_until)
		select ${tx.body.id}, id, "meetingId", position, "personId", name, function, organisation, "councilBodyId",
			case when seat is not null then (select s.id from council.seat s where s.body_id = ${tx.body.id} and s.council_body_id = "councilId"
				and s.number = seat and s.from_date <= day and (s.until_date is null or s.until_date > day)) end,
			voting, status, "substituteFor", "substituteForId", "from", until
		from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r (id uuid, "meetingId" uuid, position int, "personId" uuid,
			name text, function text, organisation text, "councilBodyId" uuid, "councilId" uuid, seat int, day date, voting boolean, status text,
			"substituteFor" text, "substituteForId" uuid, "from" timestamptz, until timestamptz)`.execute(tx.db);
}

const keyOf = ({ meetingId, personId, name }: Omit<Here, 'id'>) => `${meetingId} ${personId ?? name}`;

/** Items with their results, votes and elections. The caller touches their sessions (`touchSessions`). */
export async function takeOverItems(tx: WriteCtx, rows: readonly TakenItem[]): Promise<void> {
	demand(tx.actor, 'council.edit');
	const ids = rows.map(({ id }) => id);
	const placed = await positioned(tx, rows);
	await sql`update council.agenda_item set position = -1 - position where body_id = ${tx.body.id}
		and id = any (${ids}::uuid[])`.execute(tx.db);
	await sql`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, public, neutral_title, result,
			result_note, note_beside, opened_at, closed_at, removed)
		select ${tx.body.id}, id, "meetingId", position, number, title, public, case when public then '' else title end, result,
			"resultNote", "noteBeside", opened, closed, false
		from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as r (id uuid, "meetingId" uuid, position int, number text, title text,
			public boolean, result text, "resultNote" text, "noteBeside" boolean, opened timestamptz, closed timestamptz)
		on conflict (body_id, id) do update set position = excluded.position, number = excluded.number, title = excluded.title,
			public = excluded.public, neutral_title = excluded.neutral_title, result = excluded.result,
			result_note = excluded.result_note, note_beside = excluded.note_beside, opened_at = excluded.opened_at, closed_at = excluded.closed_at,
			removed = false`.execute(tx.db);
	await sql`delete from council.resolution where body_id = ${tx.body.id} and agenda_item_id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	const resolutions = rows.filter(({ resolution }) => resolution);
	if (resolutions.length)
		await sql`insert into council.resolution (body_id, id, agenda_item_id, text, kind) select ${tx.body.id}, id, item, text, 'decision'
			from jsonb_to_recordset(${JSON.stringify(resolutions.map((one) => ({ id: newId(), item: one.id, text: one.resolution })))}::jsonb)
				as r (id uuid, item uuid, text text)`.execute(tx.db);
	await replaceVotes(tx, rows);
}

/** Each at its place, or at the next free one; other items of the session stay where they are. */
async function positioned(tx: WriteCtx, rows: readonly TakenItem[]): Promise<(TakenItem & { position: number })[]> {
	const { rows: there } = await sql<{ id: string; meeting: string; position: number }>`
		select id, meeting_id as meeting, position from council.agenda_item where body_id = ${tx.body.id}
		and meeting_id = any (${rows.map(({ meetingId }) => meetingId)}::uuid[])`.execute(tx.db);
	const own = new Set(rows.map(({ id }) => id));
	const taken = new Map<string, Set<number>>();
	const of = (meeting: string) => taken.getOrInsertComputed(meeting, () => new Set());
	for (const { id, meeting, position } of there) if (!own.has(id)) of(meeting).add(position);
	return rows.map((row) => {
		const used = of(row.meetingId);
		let position = Math.min(row.order ?? 0, 1_000_000);
		while (used.has(position)) position++;
		used.add(position);
		return { ...row, position };
	});
}

/** Sessions of which a part changed. */
export function touchSessions(tx: WriteCtx, ids: Iterable<string>): void {
	for (const id of ids) tx.touch('council.meeting', id, { act: 'takenOver' });
}

/** A session that the source no longer tells is no longer public; its record stays. */
export async function takeBackSession(tx: WriteCtx, id: string): Promise<void> {
	demand(tx.actor, 'council.edit');
	await tx.db.updateTable('council.meeting').set({ published: false }).where('id', '=', id).execute();
	tx.touch('council.meeting', id, { act: 'takenBack' });
}

/** An item that the source no longer tells is off the agenda. @returns its session */
export async function takeBackItem(tx: WriteCtx, id: string): Promise<string | null> {
	demand(tx.actor, 'council.edit');
	const row = await tx.db
		.updateTable('council.agenda_item')
		.set({ removed: true })
		.where('id', '=', id)
		.returning('meeting_id')
		.executeTakeFirst();
	return row?.meeting_id ?? null;
}

/** Files of sessions that lie at the source, as they are now; `[]` takes all of a session's away. */
export async function linkSessionFiles(
	tx: WriteCtx,
	rows: readonly { id: string; files: TakenFrom['files'] }[],
): Promise<void> {
	demand(tx.actor, 'council.edit');
	await sql`update council.meeting m set taken_from = m.taken_from || jsonb_build_object('files', r.files)
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, files jsonb)
		where m.body_id = ${tx.body.id} and m.id = r.id and m.taken_from is not null`.execute(tx.db);
}

export async function sessionFilesAt(tx: WriteCtx, ids: readonly string[]): Promise<Map<string, TakenFrom['files']>> {
	const { rows } = await sql<{ id: string; files: TakenFrom['files'] | null }>`select id, taken_from -> 'files' as files
		from council.meeting where body_id = ${tx.body.id} and id = any (${ids}::uuid[])`.execute(tx.db);
	return new Map(rows.map(({ id, files }) => [id, files ?? []]));
}

/** Files of sessions whose bytes are here now. Ids of `kernel.file` are given. */
export async function takeOverSessionFiles(
	tx: WriteCtx,
	rows: readonly {
		id: string;
		meetingId: string;
		itemId: string | null;
		fileId: string;
		kind: string;
		title: string;
		position: number;
	}[],
): Promise<void> {
	demand(tx.actor, 'council.edit');
	await sql`insert into council.meeting_file (body_id, id, meeting_id, agenda_item_id, file_id, kind, title, public, position)
		select ${tx.body.id}, id, "meetingId", "itemId", "fileId", kind, title, true, position
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "meetingId" uuid, "itemId" uuid, "fileId" uuid, kind text,
			title text, position int)
		on conflict (body_id, id) do update set title = excluded.title, kind = excluded.kind, file_id = excluded.file_id,
			position = excluded.position`.execute(tx.db);
	touchSessions(tx, new Set(rows.map(({ meetingId }) => meetingId)));
}

/** Its bytes are here now: the link is not needed any more. */
export async function unlinkSessionFile(tx: WriteCtx, meetingId: string, id: string): Promise<void> {
	const files = (await sessionFilesAt(tx, [meetingId])).get(meetingId) ?? [];
	await linkSessionFiles(tx, [{ id: meetingId, files: files.filter((file) => file.id !== id) }]);
}

/** @returns its session */
export async function takeBackSessionFile(tx: WriteCtx, id: string): Promise<string | null> {
	demand(tx.actor, 'council.edit');
	const row = await tx.db
		.deleteFrom('council.meeting_file')
		.where('id', '=', id)
		.returning('meeting_id')
		.executeTakeFirst();
	return row?.meeting_id ?? null;
}
