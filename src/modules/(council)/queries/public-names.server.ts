import { sql, type RawBuilder } from 'kysely';

/**
 * Who a task was given to, as this reader may know it (alias `t`): offices by their name, people only inside. A name
 * that the record merely mentions stays back, too, where it is that of somebody who came without a seat and without
 * having agreed to be named (rulebook R8-12).
 */
export function taskWho(body: string, inside: RawBuilder<boolean>): RawBuilder<string> {
	return sql`case when ${inside} or t.organisation_id is not null or (t.person_id is null and not exists (
		select from council.attendance ta left join registry.person tp on tp.body_id = ${body} and tp.id = ta.person_id
		where ta.body_id = ${body} and ta.meeting_id = t.meeting_id and not ta.voting and not coalesce(tp.name_public, false)
		and ta.name <> '' and strpos(lower(t.who), lower(regexp_replace(trim(ta.name), '^.*\\s', ''))) > 0)) then t.who else '' end`;
}
