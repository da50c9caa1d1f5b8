import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { Db } from '#kernel/db/scope.ts';

/** A district of the town's list, as the office sees it. */
export interface DistrictRow {
	id: string;
	name: string;
	shortName: string;
	/** Its place in the list, from 1. */
	position: number;
	removed: boolean;
	/** Papers that name it, drafts too. */
	papers: number;
}

/** A district where it is shown. */
export interface NamedDistrict {
	id: string;
	name: string;
	/** Empty where it has none. */
	shortName: string;
}

/** The town's list in its order; those that are no longer offered, too. One query. */
export async function districtRows(ctx: Ctx): Promise<DistrictRow[]> {
	demand(ctx.actor, 'papers.types');
	const { rows } = await sql<DistrictRow>`select d.id, d.name, d.short_name as "shortName", d.position,
		d.removed_at is not null as removed, (select count(*)::int from papers.paper_district x
			where x.body_id = d.body_id and x.district_id = d.id) as papers
		from papers.district d where d.body_id = ${ctx.body.id} order by d.position, d.name`.execute(ctx.db);
	return rows;
}

/** Districts of a paper `p` in the order of the list, as JSON. */
export const districtsOf = sql<
	NamedDistrict[]
>`coalesce((select json_agg(json_build_object('id', d.id, 'name', d.name, 'shortName', d.short_name)
	order by d.position, d.name) from papers.paper_district x
	join papers.district d on d.body_id = x.body_id and d.id = x.district_id
	where x.body_id = p.body_id and x.paper_id = p.id), '[]')`;

/** Ids of the districts that any of these papers names. One query. */
export async function districtsOfPapers({ db }: { db: Db }, papers: readonly string[]): Promise<string[]> {
	if (!papers.length) return [];
	const rows = await db
		.selectFrom('papers.paper_district')
		.select('district_id')
		.distinct()
		.where('paper_id', 'in', papers)
		.orderBy('district_id')
		.execute();
	return rows.map(({ district_id }) => district_id);
}

/** Names and short names of all districts, also of those that are no longer offered: old papers name them. One query. */
export async function knownDistricts({ db }: { db: Db }): Promise<{ id: string; name: string; shortName: string }[]> {
	return db
		.selectFrom('papers.district')
		.select(['id', 'name', 'short_name as shortName'])
		.orderBy('position')
		.orderBy('name')
		.execute();
}
