import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { Cells, Rows } from '#kernel/http/open-table.ts';

/** Sessions read at once: each batch is one query, the next begins behind its last. */
const BATCH = 300;

interface Batch {
	id: string;
	date: string;
	rows: Cells[];
}

/**
 * Rows of public sessions, the oldest first, whoever asks. What is read anew while the file is sent is as public as the first row.
 * @param line JSON arrays of a session's rows; `m` is the session, `o` its body
 */
async function* bySession(ctx: Ctx, line: RawBuilder<unknown>): Rows {
	let last: Batch | undefined;
	do {
		const { rows } = await sql<Batch>`
			select m.id, m.date::text as date, ${line} as rows
			from council.meeting m join council.council_body cb on cb.body_id = m.body_id and cb.id = m.council_body_id
			join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
			where m.body_id = ${ctx.body.id} and m.published and m.public and cb.visibility = 'public'
				and (m.date, m.id) > (${last?.date ?? '0001-01-01'}::date, ${last?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid)
			order by m.date, m.id limit ${BATCH}`.execute(ctx.db);
		for (const { rows: cells } of rows) yield* cells;
		last = rows.length === BATCH ? rows.at(-1) : undefined;
	} while (last);
}

const key = (origin: string) => ({
	session: sql`m.slug, m.date, o.name`,
	url: sql`${`${origin}/sitzungen/`}::text || m.slug`,
});

/** A line for each session. */
export function sessionRows(ctx: Ctx, origin: string): Rows {
	const { session, url } = key(origin);
	return bySession(
		ctx,
		sql`(select json_build_array(json_build_array(${session}, m.number, m.kind, m.state, m.cancelled,
			coalesce(m.opened_at, m.starts_at), case when m.opened_at is null then m.ends_at else m.closed_at end,
			coalesce(nullif(m.place_text, ''), (select concat_ws(', ', p.name, nullif(p.room, '')) from registry.place p
				where p.body_id = m.body_id and p.id = m.place_id), ''),
			q.found -> 'present', q.found -> 'needed', q.found -> 'quorate',
			(select count(*) from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id and not i.removed), ${url}))
			from (select (select f.computed -> 'outcome' from council.quorum_finding f where f.body_id = m.body_id and f.meeting_id = m.id
				and f.occasion <> 'vote' and (f.agenda_item_id is null or f.at is not null)
				and coalesce(f.council_body_id, m.council_body_id) = m.council_body_id
				order by f.at desc nulls last, f.id desc limit 1) as found) q)`,
	);
}

/**
 * A line for each voting seat of a session that was held: who was there, and for whom. People without a vote, guests and reasons
 * for being away are not in it (rulebook R2-08, R8-12).
 */
export function attendanceRows(ctx: Ctx, origin: string): Rows {
	const { session, url } = key(origin);
	return bySession(
		ctx,
		sql`coalesce((select json_agg(json_build_array(${session}, a.name, coalesce(nullif(a.organisation, ''), fo.name, ''),
			a.status in ('present', 'remote'), a.status = 'remote',
			coalesce(nullif(a.substitute_for_name, ''), concat_ws(' ', nullif(sp.affix, ''), sp.given_name, sp.family_name), ''), ${url})
			order by a.position)
			from council.attendance a
			left join registry.organisation fo on fo.body_id = a.body_id and fo.id = a.council_body_id and fo.id <> m.council_body_id
			left join registry.person sp on sp.body_id = a.body_id and sp.id = a.substitute_for_person_id
			where a.body_id = m.body_id and a.meeting_id = m.id and a.voting and not a.guest and a.status <> 'unknown'
				and m.state in ('held', 'minutesSigned')), '[]')`,
	);
}

/** A line for each vote that was closed on a public item. In a joint session each body votes by itself. */
export function voteRows(ctx: Ctx, origin: string): Rows {
	const { session, url } = key(origin);
	return bySession(
		ctx,
		sql`coalesce((select json_agg(json_build_array(${session}, i.number, i.title, vo.name, v.text, v.method, v.yes, v.no, v.abstain,
			v.invalid, v.biased, v.unanimous, v.adopted,
			coalesce((select string_agg(pm.reference, ', ' order by pm.reference) from council.paper_mention pm
				where pm.body_id = m.body_id and pm.agenda_item_id = i.id), ''), ${url}) order by i.position, v.position, v.id)
			from council.vote v join council.agenda_item i on i.body_id = v.body_id and i.id = v.agenda_item_id
			join registry.organisation vo on vo.body_id = v.body_id and vo.id = coalesce(v.council_body_id, m.council_body_id)
			where v.body_id = m.body_id and i.meeting_id = m.id and i.public and v.state = 'closed'), '[]')`,
	);
}
