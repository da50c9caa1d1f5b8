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

/** An object, or at the end how many there are. */
interface Row {
	id: string | null;
	text: string | null;
	total: number | null;
}

/**
 * One page of an external list, in the order in which objects came to be: by keyset, so that nothing is skipped or seen
 * twice while others write. Tombstones stand in it exactly when `modified_since` is set (OParl 1.1, 2.7). The stored JSON
 * comes object by object: in one piece it would be copied four times on its way. One query. @returns JSON with `HERE` for the origin
 */
export async function listPage(ctx: Pick<Ctx, 'db' | 'body'>, list: ListOf, window: Window): Promise<string> {
	const where: RawBuilder<unknown>[] = [sql`body_id = ${ctx.body.id}`, sql`type = ${list.type}`];
	if (list.organisation) where.push(sql`organisations @> array[${list.organisation}]::uuid[]`);
	if (!window.modifiedSince) where.push(sql`not deleted`);
	else where.push(sql`modified >= ${window.modifiedSince}`);
	if (window.modifiedUntil) where.push(sql`modified <= ${window.modifiedUntil}`);
	if (window.createdSince) where.push(sql`created >= ${window.createdSince}`);
	if (window.createdUntil) where.push(sql`created <= ${window.createdUntil}`);
	const all = sql.join(where, sql` and `);
	const beyond = window.after ? sql`and id > ${window.after}::uuid` : sql``;
	const text = window.omitInternal ? sql`brief` : sql`document`;
	const { rows } = await sql<Row>`
		with found as (select id, ${text} as text from oparl.object where ${all} ${beyond} order by id limit ${window.limit + 1})
		select id, text, null::int as total from found
		union all
		select null, null, (select count(*)::int from oparl.object where ${all})`.execute(ctx.db);
	const { total } = rows.pop()!;
	const page = rows.slice(0, window.limit);
	const more = rows.length > window.limit;
	const last = page.at(-1)?.id ?? null;
	const pagination = JSON.stringify({
		totalElements: total,
		elementsPerPage: window.limit,
		totalPages: Math.ceil(total! / window.limit),
	});
	const links = JSON.stringify({
		first: linkOf(list.path, window, null),
		self: linkOf(list.path, window, window.after),
		...(more && { next: linkOf(list.path, window, last) }),
	});
	return `{"data":[${page.map((object) => object.text).join(',')}],"pagination":${pagination},"links":${links}}`;
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
