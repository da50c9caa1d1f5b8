import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { Cells, Rows } from '#kernel/http/open-table.ts';

const BATCH = 1000;

interface Batch {
	id: string;
	date: string | null;
	cells: Cells;
}

/** A line for each public paper, the oldest first, whoever asks; stations as strangers may know them (rulebook R3-22). */
export async function* paperRows(ctx: Ctx, origin: string): Rows {
	let last: Batch | undefined;
	do {
		const { rows } = await sql<Batch>`
			select p.id, p.date::text as date, json_build_array(p.reference, p.date, t.name, p.title, p.state,
				coalesce((select string_agg(o.name, '; ' order by r.position) from papers.originator r
					join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
					where r.body_id = p.body_id and r.paper_id = p.id and r.kind = 'originator' and r.left_on is null), ''),
				coalesce((select d.name from registry.organisation d where d.body_id = p.body_id and d.id = p.under_direction_of_id), ''),
				coalesce((select string_agg(x.name, '; ' order by x.name) from papers.paper_topic k
					join registry.topic x on x.body_id = k.body_id and x.id = k.topic_id
					where k.body_id = p.body_id and k.paper_id = p.id), ''),
				coalesce((select string_agg(x.name, '; ' order by x.position, x.name) from papers.paper_district k
					join papers.district x on x.body_id = k.body_id and x.id = k.district_id
					where k.body_id = p.body_id and k.paper_id = p.id), ''),
				c.result, c.happened_on, ${`${origin}/vorlagen/`}::text || p.slug) as cells
			from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
			left join lateral (select c.result, c.happened_on from papers.consultation c
				where c.body_id = p.body_id and c.paper_id = p.id and c.role = 'deciding' and c.state = 'done' and c.public
				and not exists (select from council.agenda_item i where i.body_id = c.body_id and i.id = c.agenda_item_id and not i.public)
				order by c.step desc, c.id limit 1) c on true
			where p.body_id = ${ctx.body.id} and p.state <> 'draft' and p.public and p.published_at is not null and p.depublished_at is null
				and (coalesce(p.date, '0001-01-01'), p.id) > (${last ? (last.date ?? '0001-01-01') : '-infinity'}::date,
					${last?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid)
			order by coalesce(p.date, '0001-01-01'), p.id limit ${BATCH}`.execute(ctx.db);
		for (const { cells } of rows) yield cells;
		last = rows.length === BATCH ? rows.at(-1) : undefined;
	} while (last);
}
