import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { PRESETS } from '../rules/presets.ts';
import { free, slugOf } from '../structure/slug.ts';

/** Bodies of another council system, many at once. Ids are given: the same id again is the same record, as it stands now. */
export interface TakenBody {
	/** Organisation of the register. */
	id: string;
	name: string;
	kind: 'council' | 'committee';
	advisory: boolean;
	purpose: string;
	from: string;
	/** End of its address where it was, if that is free. */
	slug?: string | undefined;
}

export interface TakenTerm {
	id: string;
	councilBodyId: string;
	name: string;
	from: string | null;
	until: string | null;
}

export interface TakenSeat {
	councilBodyId: string;
	number: number;
	/** As in council.seat. */
	kind: string;
	label: string;
	voting: boolean;
	/** Whose seat it is. */
	organisationId: string | null;
	appointedBy: string;
	/** ISO days; `until` is the first that no longer counts. */
	from: string;
	until: string | null;
	holders: { membershipId: string; from: string; until: string | null }[];
}

/** Organisations that hold sessions. Those that do already keep their address and rules. */
export async function takeOverBodies(tx: WriteCtx, rows: readonly TakenBody[]): Promise<void> {
	demand(tx.actor, 'council.structure');
	const there = await tx.db.selectFrom('council.council_body').select(['id', 'slug']).execute();
	const known = new Set(there.map(({ id }) => id));
	const taken = new Set(there.map(({ slug }) => slug));
	const preset = PRESETS.find(({ key }) => key === 'free-beirat')!;
	for (const { id, name, kind, advisory, purpose, from, slug: wanted } of rows) {
		if (known.has(id)) {
			await tx.db.updateTable('council.council_body').set({ visibility: 'public' }).where('id', '=', id).execute();
			tx.touch('council.councilBody', id, { act: 'takenOver' });
			continue;
		}
		const slug = free(wanted ?? slugOf(name), taken);
		await tx.db.insertInto('council.council_body').values({ id, slug, kind, advisory, purpose }).execute();
		await tx.db
			.insertInto('council.rule_profile')
			.values({
				id: newId(),
				council_body_id: id,
				name: preset.name,
				from_date: Temporal.PlainDate.from(from),
				rules: JSON.stringify(preset.rules),
				citations: '[]',
			})
			.execute();
		tx.touch('council.councilBody', id, { act: 'takenOver', fields: { slug } });
	}
}

export async function takeOverTerms(tx: WriteCtx, rows: readonly TakenTerm[]): Promise<void> {
	demand(tx.actor, 'council.structure');
	await sql`insert into council.term (body_id, id, council_body_id, name, from_date, until_date)
		select ${tx.body.id}, id, "councilBodyId", name, "from", until
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "councilBodyId" uuid, name text, "from" date, until date)
		on conflict (body_id, id) do update set name = excluded.name, from_date = excluded.from_date,
			until_date = excluded.until_date`.execute(tx.db);
	for (const id of new Set(rows.map(({ councilBodyId }) => councilBodyId)))
		tx.touch('council.councilBody', id, { act: 'termsTakenOver' });
}

/**
 * Seats of bodies with who held them, as they are now; a seat is known by its number and its first day. Those that are told no more end where
 * sessions name them, and are gone otherwise. The caller sees to it that none overlap.
 */
export async function takeOverSeats(tx: WriteCtx, rows: readonly TakenSeat[]): Promise<void> {
	demand(tx.actor, 'council.structure');
	const councils = [...new Set(rows.map(({ councilBodyId }) => councilBodyId))];
	const { rows: there } = await sql<{
		id: string;
		key: string;
	}>`select id, concat_ws(' ', council_body_id, number, from_date) as key
		from council.seat where body_id = ${tx.body.id} and council_body_id = any (${councils}::uuid[])`.execute(tx.db);
	const known = new Map(there.map(({ id, key }) => [key, id]));
	const seats = rows.map((row) => ({
		...row,
		id: known.get(`${row.councilBodyId} ${row.number} ${row.from}`) ?? newId(),
	}));
	const ids = seats.map(({ id }) => id);
	await sql`delete from council.seat_filling f using council.seat s where f.body_id = ${tx.body.id} and s.body_id = f.body_id
		and s.id = f.seat_id and s.council_body_id = any (${councils}::uuid[])`.execute(tx.db);
	await sql`delete from council.seat s where s.body_id = ${tx.body.id} and s.council_body_id = any (${councils}::uuid[])
		and not s.id = any (${ids}::uuid[]) and not exists (select from council.attendance a
			where a.body_id = s.body_id and a.seat_id = s.id)`.execute(tx.db);
	await sql`insert into council.seat (body_id, id, council_body_id, number, kind, label, voting, organisation_id, appointed_by, from_date,
			until_date)
		select ${tx.body.id}, id, "councilBodyId", number, kind, label, voting, "organisationId", "appointedBy", "from", until
		from jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as r (id uuid, "councilBodyId" uuid, number int, kind text, label text,
			voting boolean, "organisationId" uuid, "appointedBy" text, "from" date, until date)
		on conflict (body_id, id) do update set kind = excluded.kind, label = excluded.label, voting = excluded.voting,
			organisation_id = excluded.organisation_id, appointed_by = excluded.appointed_by,
			until_date = excluded.until_date`.execute(tx.db);
	const holders = seats.flatMap(({ id: seat, holders: all }) => all.map((one) => ({ ...one, seat, id: newId() })));
	if (holders.length)
		await sql`insert into council.seat_filling (body_id, id, seat_id, membership_id, from_date, until_date)
			select ${tx.body.id}, id, seat, "membershipId", "from", until
			from jsonb_to_recordset(${JSON.stringify(holders)}::jsonb) as r (id uuid, seat uuid, "membershipId" uuid, "from" date,
				until date)`.execute(tx.db);
	for (const id of councils) tx.touch('council.councilBody', id, { act: 'seatsTakenOver' });
}

/** A term that the source no longer tells. */
export async function takeBackTerm(tx: WriteCtx, id: string): Promise<void> {
	demand(tx.actor, 'council.structure');
	const row = await tx.db
		.deleteFrom('council.term')
		.where('id', '=', id)
		.returning('council_body_id')
		.executeTakeFirst();
	if (row) tx.touch('council.councilBody', row.council_body_id, { act: 'termTakenBack' });
}

/** A body that the source no longer tells is no longer public; its sessions may still be here. */
export async function takeBackBody(tx: WriteCtx, id: string): Promise<void> {
	demand(tx.actor, 'council.structure');
	await tx.db.updateTable('council.council_body').set({ visibility: 'members' }).where('id', '=', id).execute();
	tx.touch('council.councilBody', id, { act: 'takenBack' });
}
