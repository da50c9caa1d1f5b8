import { sql, type RawBuilder } from 'kysely';

/**
 * Surnames of those who came to a session without a seat and without having agreed to be named, as `surname` in small letters; to be
 * looked for in what the record says of others.
 * @param present select of the attendance (`name`, `voting`, and `name_public` of the person) of one session
 */
export function unnamedGuests(present: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`select lower(regexp_replace(trim(name), '^.*\\s', '')) as surname from (${present}) present
		where not voting and not coalesce(name_public, false) and name <> ''`;
}

/**
 * Who a task was given to, as this reader may know it (alias `t`): offices by their name, people only inside. A name
 * that the record merely mentions stays back, too, where it is that of somebody who came without a seat and without
 * having agreed to be named (rulebook R8-12).
 */
function taskWho(body: string, inside: RawBuilder<boolean>, unnamed = unnamedThere(body)): RawBuilder<string> {
	return sql`case when ${inside} or t.organisation_id is not null or (t.person_id is null and not exists (
		select from (${unnamed}) guest where strpos(lower(t.who), surname) > 0)) then t.who else '' end`;
}

/** In the session of a task (alias `t`). */
function unnamedThere(body: string): RawBuilder<unknown> {
	return unnamedGuests(sql`select ta.name, ta.voting, tp.name_public from council.attendance ta
		left join registry.person tp on tp.body_id = ${body} and tp.id = ta.person_id
		where ta.body_id = ${body} and ta.meeting_id = t.meeting_id`);
}

/**
 * The same with everybody who is responsible: further people inside, further offices for everybody.
 * @param unnamed what `unnamedGuests` selects, where all tasks are of one session and it was asked already
 */
export function taskOwners(
	body: string,
	inside: RawBuilder<boolean>,
	unnamed?: RawBuilder<unknown>,
): RawBuilder<string> {
	return sql`concat_ws(', ', nullif(${taskWho(body, inside, unnamed)}, ''), (select string_agg(fo.name, ', ' order by fo.position)
		from council.task_owner fo where fo.body_id = ${body} and fo.task_id = t.id and (${inside} or fo.organisation_id is not null)))`;
}

/** Whose task it is, for `mayFinish` (alias `t`). */
export function taskOwnerColumns(body: string) {
	const further = (column: 'person_id' | 'organisation_id') =>
		sql`(select array_agg(fo.${sql.ref(column)}::text) from council.task_owner fo where fo.body_id = ${body} and fo.task_id = t.id)`;
	return sql`array_prepend(t.person_id::text, ${further('person_id')}) as "personIds",
		array_prepend(t.organisation_id::text, ${further('organisation_id')}) as "organisationIds"`;
}
