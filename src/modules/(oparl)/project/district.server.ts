import type { Db } from '#kernel/db/scope.ts';
import { plain, type Node } from './node.ts';

/** Districts of the town's list as places, by id; papers name them as their `location`. One query. */
export async function districtNodes(db: Db, ids: readonly string[]): Promise<Map<string, Node[]>> {
	const rows = await db
		.selectFrom('papers.district')
		.select(['id', 'name', 'short_name', 'position', 'removed_at'])
		.where('id', 'in', ids)
		.execute();
	const nodes = rows.map(({ id, name, short_name, position, removed_at }): Node => {
		const district = { shortName: plain(short_name), position, offered: removed_at === null };
		const properties = { description: plain(name), subLocality: plain(name), 'mitrat:district': district };
		return { type: 'Location', id, created: null, properties };
	});
	return new Map(nodes.map((node) => [node.id, [node]]));
}

/** A place of a record of its own, inside another object: as it stands in the store. */
export function placeElsewhere(id: string): Node {
	return { type: 'Location', id, created: null, properties: {}, elsewhere: true };
}
