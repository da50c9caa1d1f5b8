import { sql } from 'kysely';
import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';

/**
 * Whoever sits or sat on a body, or agreed to be named, stands on public pages: a change of the name is news for them.
 * Everybody else is known to the office alone.
 */
export async function personAudience(db: Db, id: string): Promise<Audience> {
	return (await personAudiences(db, [id])).get(id) ?? 'none';
}

/** The same of many, by id. One query. */
export async function personAudiences(db: Db, ids: readonly string[]): Promise<Map<string, Audience>> {
	const { rows } = await sql<{
		id: string;
		shown: boolean;
	}>`select p.id, (p.name_public or exists (select from registry.membership m
			where m.body_id = p.body_id and m.person_id = p.id and m.kind <> 'guest')) as shown
		from registry.person p where p.body_id = kernel.current_body() and p.id = any (${ids}::uuid[])`.execute(db);
	return new Map(rows.map(({ id, shown }) => [id, shown ? 'public' : 'office']));
}
