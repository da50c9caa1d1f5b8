import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import type { Root } from './store.server.ts';

/** The day by the town's clock. */
export const TODAY = sql<string>`(select (now() at time zone t.time_zone)::date from kernel.town t where t.id = kernel.current_body())`;

/**
 * Records that say something else since yesterday or today though nobody wrote: bodies where a seat begins or ends (`memberCount`), people
 * who take up an office or leave it (`status`). One query.
 */
export async function rootsOfDay(db: Db): Promise<Root[]> {
	const here = sql`body_id = kernel.current_body()`;
	const turns = sql`(from_date between ${TODAY} - 1 and ${TODAY} or until_date between ${TODAY} - 1 and ${TODAY})`;
	const { rows } = await sql<Root>`
		select distinct 'organisation' as type, council_body_id as id, 1 as rank from council.seat where ${here} and ${turns}
		union select 'person', person_id, 2 from registry.office_holding where ${here} and ${turns}
		order by rank, id`.execute(db);
	return rows.map(({ type, id }) => ({ type, id }));
}
