import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from './ctx.ts';
import { installedModules, type Slot, type SlotLink, type SlotName } from './module.ts';

/** What the modules' questions found, one array for each module, in their order. */
export type SlotRows = { id: string; line: unknown }[][];

/** Links by the id of the object they belong to. */
export type SlotLinks = Record<string, SlotLink[]>;

/**
 * A column for the query of a page: what later modules put at these objects, without a round trip of its own. An error of one
 * of them flies: an agenda without its papers would be wrong, not poorer. `linksOf` reads it.
 * @param ids expression: array of the objects' ids
 */
export function slotColumn(ctx: Ctx, slot: SlotName, ids: RawBuilder<string[]>): RawBuilder<SlotRows> {
	const columns = slotsOf(slot).map(
		(one) => sql`coalesce((select json_agg(linked) from (${one.select(ctx, ids)}) linked), '[]')`,
	);
	return sql<SlotRows>`json_build_array(${sql.join(columns)})`;
}

/** @param rows what `slotColumn` brought; @returns links in the order of the modules */
export function linksOf(ctx: Ctx, slot: SlotName, rows: SlotRows): SlotLinks {
	const found: SlotLinks = {};
	for (const [at, one] of slotsOf(slot).entries()) {
		for (const { id, line } of rows[at] ?? []) (found[id] ??= []).push(one.link(ctx, line));
	}
	return found;
}

/** The same with a query of its own, for pages that are not made of one. */
export async function slotLinks(ctx: Ctx, slot: SlotName, ids: readonly string[]): Promise<SlotLinks> {
	if (!ids.length) return {};
	const column = slotColumn(ctx, slot, sql`${[...ids]}::uuid[]`);
	const { rows } = await sql<{ found: SlotRows }>`select ${column} as found`.execute(ctx.db);
	return linksOf(ctx, slot, rows[0]!.found);
}

function slotsOf(slot: SlotName): Slot[] {
	return installedModules().servers.flatMap(({ slots }) => slots?.[slot] ?? []);
}
