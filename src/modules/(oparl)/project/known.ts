import { sql, type RawBuilder } from 'kysely';

/**
 * Is this object known to the public? For statements of this room: a condition that PostgreSQL looks up by the key. Kept as a question of its
 * own (`offset 0`), because as a join it would look at everybody in the town.
 * @param town, id SQL of the two columns, e.g. 'o.body_id'
 */
export function known(kind: 'organisation' | 'membership' | 'person', town: string, id: string): RawBuilder<boolean> {
	return sql.raw(`exists (select from oparl.known_${kind} k where k.body_id = ${town} and k.id = ${id} offset 0)`);
}
