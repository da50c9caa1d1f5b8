import { sql, type RawBuilder } from 'kysely';

/**
 * Who a task was given to, as this reader may know it (alias `t`): offices by their name, people only inside. A name
 * that the record merely mentions stays back, too, where it is that of somebody who came without a seat and without
 * having agreed to be named (rulebook R8-12).
 */
function taskWho(body: string, inside: RawBuilder<boolean>): RawBuilder<string> {
	return sql`case when ${inside} or t.organisation_id is not null or (t.person_id is null and not exists (
		select from council.attendance ta left join registry.person tp on tp.body_id = ${body} and tp.id = ta.person_id
		where ta.body_id = ${body} and ta.meeting_id = t.meeting_id and not ta.voting and not coalesce(tp.name_public, false)
		and ta.name <> '' and strpos(lower(t.who), lower(regexp_replace(trim(ta.name), '^.*\\s', ''))) > 0)) then t.who else '' end`;
}

/** The same with everybody who is responsible: further people inside, further offices for everybody. */
export function taskOwners(body: string, inside: RawBuilder<boolean>): RawBuilder<string> {
	return sql`concat_ws(', ', nullif(${taskWho(body, inside)}, ''), (select string_agg(fo.name, ', ' order by fo.position)
		from council.task_owner fo where fo.body_id = ${body} and fo.task_id = t.id and (${inside} or fo.organisation_id is not null)))`;
}

/** Whose task it is, for `mayFinish` (alias `t`). */
export function taskOwnerColumns(body: string) {
	const further = (column: 'person_id' | 'organisation_id') =>
		sql`(select array_agg(fo.${sql.ref(column)}::text) from council.task_owner fo where fo.body_id = ${body} and fo.task_id = t.id)`;
	return sql`array_prepend(t.person_id::text, ${further('person_id')}) as "personIds",
		array_prepend(t.organisation_id::text, ${further('organisation_id')}) as "organisationIds"`;
}
