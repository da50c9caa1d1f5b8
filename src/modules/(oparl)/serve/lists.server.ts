import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { HERE, BASE, type OparlType } from '../project/node.ts';
import { KEPT, type Window } from './window.ts';

export interface ListOf {
	type: OparlType;
	/** Path beneath the interface, e.g. /body/<id>/paper. */
	path: string;
	/** Only what stands in the lists of this organisation. */
	organisation?: string;
}

/** JSON before the first object. */
export const HEAD = '{"data":[';

/**
 * One page of an external list, in the order in which objects came to be: by keyset, so that nothing is skipped or seen
 * twice while others write. Tombstones stand in it exactly when `modified_since` is set (OParl 1.1, 2.7). The stored JSON
 * comes object by object: in one piece it would be copied four times on its way. One query. @returns JSON with `HERE` for the origin
 */
export async function listPage(ctx: Pick<Ctx, 'db' | 'body'>, list: ListOf, window: Window): Promise<string> {
	const text = window.omitInternal ? sql`f.brief` : sql`f.document`;
	const { objects, tail } = await rowsOf<{ text: string }>(ctx, list, window, sql`${text} as text`);
	return `${HEAD}${objects.map((object) => object.text).join(',')}${tail}`;
}

/** @param columns of the object's row, `f` @returns the page's objects, and JSON after the last one. One query */
export async function rowsOf<T>(
	ctx: Pick<Ctx, 'db' | 'body'>,
	list: ListOf,
	window: Window,
	columns: RawBuilder<unknown>,
): Promise<{ objects: (T & { id: string })[]; tail: string }> {
	const { found, total } = partsOf(ctx, list, window);
	const { rows } = await sql<T & { id: string; total: number }>`
		with f as (${found}), page as (select f.id, ${columns} from f), n as (${total})
		select page.*, n.total from n left join page on true order by page.id`.execute(ctx.db);
	const all = rows.filter(({ id }) => id !== null);
	const objects = all.slice(0, window.limit);
	const last = all.length > window.limit ? objects.at(-1)!.id : null;
	return { objects, tail: tailOf(list, window, rows[0]!.total, last) };
}

/** Selects the page's objects and one more, and counts those of all pages as `total`. */
export function partsOf(
	ctx: Pick<Ctx, 'body'>,
	list: ListOf,
	window: Window,
): Record<'found' | 'total', RawBuilder<unknown>> {
	const all = within(ctx, list, window);
	const beyond = window.after ? sql`and id > ${window.after}::uuid` : sql``;
	return {
		found: sql`select * from oparl.object where ${all} ${beyond} order by id limit ${window.limit + 1}`,
		total: sql`select count(*)::int as total from oparl.object where ${all}`,
	};
}

/** @param last id of the page's last object, if there are more */
export function tailOf({ path }: ListOf, window: Window, total: number, last: string | null): string {
	const pagination = JSON.stringify({
		totalElements: total,
		elementsPerPage: window.limit,
		totalPages: Math.ceil(total / window.limit),
	});
	const links = JSON.stringify({
		first: linkOf(path, window, null),
		self: linkOf(path, window, window.after),
		...(last && { next: linkOf(path, window, last) }),
	});
	return `],"pagination":${pagination},"links":${links}}`;
}

function within(ctx: Pick<Ctx, 'body'>, list: ListOf, window: Window): RawBuilder<unknown> {
	const where: RawBuilder<unknown>[] = [sql`body_id = ${ctx.body.id}`, sql`type = ${list.type}`];
	if (list.organisation) where.push(sql`organisations @> array[${list.organisation}]::uuid[]`);
	if (!window.modifiedSince) where.push(sql`not deleted`);
	else where.push(sql`modified >= ${window.modifiedSince}`);
	if (window.modifiedUntil) where.push(sql`modified <= ${window.modifiedUntil}`);
	if (window.createdSince) where.push(sql`created >= ${window.createdSince}`);
	if (window.createdUntil) where.push(sql`created <= ${window.createdUntil}`);
	return sql.join(where, sql` and `);
}

function linkOf(path: string, window: Window, after: string | null): string {
	const said: Record<string, string | undefined> = {
		created_since: window.createdSince?.toString(),
		created_until: window.createdUntil?.toString(),
		modified_since: window.modifiedSince?.toString(),
		modified_until: window.modifiedUntil?.toString(),
		limit: String(window.limit),
		omit_internal: window.omitInternal ? 'true' : undefined,
	};
	const parameters = new URLSearchParams();
	for (const name of KEPT) if (said[name]) parameters.set(name, said[name]);
	if (after) parameters.set('after', after);
	return `${HERE}${BASE}${path}?${parameters}`;
}
