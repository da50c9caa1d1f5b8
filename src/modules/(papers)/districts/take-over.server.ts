import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { knownDistricts } from './queries.server.ts';
import { sameName } from './rules/list.ts';

/** A district of another installation's list. Ids are given: the same id again is the same district, as it stands now. */
export interface TakenDistrict {
	id: string;
	name: string;
	shortName: string;
	position: number;
	offered: boolean;
}

/**
 * Takes a list over. Where the town has a district of that name already, that one counts and stays as it is.
 * @returns the id here, by the given one
 */
export async function takeOverDistricts(
	tx: WriteCtx,
	rows: readonly TakenDistrict[],
): Promise<ReadonlyMap<string, string>> {
	demand(tx.actor, 'papers.edit');
	const names = new Map((await knownDistricts(tx)).map(({ id, name }) => [sameName(name), id]));
	const ids = new Map<string, string>();
	for (const { id, name, shortName, position, offered } of rows) {
		const there = names.get(sameName(name)) ?? id;
		ids.set(id, there);
		if (there !== id) continue;
		names.set(sameName(name), id);
		const { numAffectedRows } =
			await sql`insert into papers.district as d (body_id, id, name, short_name, position, removed_at)
			values (${tx.body.id}, ${id}, ${name}, ${shortName}, ${position}, case when ${offered} then null else ${tx.now}::timestamptz end)
			on conflict (body_id, id) do update set name = excluded.name, short_name = excluded.short_name, position = excluded.position,
				removed_at = case when excluded.removed_at is null then null else coalesce(d.removed_at, excluded.removed_at) end
			where (d.name, d.short_name, d.position, d.removed_at is null)
				<> (excluded.name, excluded.short_name, excluded.position, excluded.removed_at is null)`.execute(tx.db);
		if (numAffectedRows) tx.touch('papers.district', id, { act: 'takenOver', fields: { name } });
	}
	return ids;
}

/** Exactly these districts for each of many papers; the caller touches the papers. Two queries. */
export async function replaceDistricts(
	tx: WriteCtx,
	rows: readonly { id: string; districts: readonly string[] }[],
): Promise<void> {
	await sql`delete from papers.paper_district
		where body_id = ${tx.body.id} and paper_id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db);
	const pairs = rows.flatMap(({ id, districts }) => districts.map((district) => ({ id, district })));
	if (!pairs.length) return;
	await sql`insert into papers.paper_district (body_id, paper_id, district_id) select ${tx.body.id}, r.id, d.id
		from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r (id uuid, district uuid)
		join papers.district d on d.body_id = ${tx.body.id} and d.id = r.district on conflict do nothing`.execute(tx.db);
}
