import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import type { TouchedObject } from '#kernel/module.ts';

/**
 * Places have no page of their own: they are found by the sessions held there, among whose words are their names. A new name makes those
 * sessions' entries anew.
 */
export async function meetingsOfPlaces(db: Db, touched: readonly TouchedObject[]): Promise<TouchedObject[]> {
	const places = touched.filter(({ kind }) => kind === 'registry.place').map(({ id }) => id);
	if (!places.length) return [];
	const { rows } = await sql<{ id: string }>`select m.id from council.meeting m
		where m.body_id = kernel.current_body() and m.place_id = any (${places}::uuid[])`.execute(db);
	return rows.map(({ id }) => ({ kind: 'council.meeting', id }));
}
