import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { BodyScope } from '#kernel/db/scope.ts';
import { runtime } from '#kernel/runtime.ts';
import { HERE } from '../project/node.ts';
import { HEAD, partsOf, rowsOf, tailOf, type ListOf } from './lists.server.ts';
import { fromBytes, gzipOf, pack, toBytes, type Packed } from './packed.ts';
import { PackedMemory } from './packed-memory.ts';
import type { Window } from './window.ts';

/** A page as it stands, in one row: its rows one by one would cost more than putting them together. */
interface Page {
	total: number;
	found: number;
	/** Which objects, each in which state (`STATE`), in their order; null for none. */
	states: string | null;
}

interface PackedPage extends Page {
	/** Objects of the page that are not packed, or as they were before. */
	missing: number;
	bytes: Buffer | null;
}

/** An object's id, and what its packed bytes are good for. */
const STATE = sql`f.id::text || f.hash || extract(epoch from f.modified)::text`;

/** Characters of an id. */
const ID_LENGTH = 36;

const memory = new PackedMemory();

/**
 * The same as `listPage`, as a gzip file: put together of objects that are packed already, in memory or in the store. What is not
 * yet packed, is now, for the next one who asks. One query where all are in memory; another one where they come from the store, a
 * third one and a write the first time.
 * @param origin of the town, as all addresses in the list begin
 */
export async function packedPage(
	ctx: Pick<Ctx, 'db' | 'body'>,
	list: ListOf,
	window: Window,
	origin: string,
): Promise<Buffer> {
	const page = await pageNow(ctx, list, window);
	const parts = statesOf(page).map((state) => memory.get(keyOf(list, origin, state))!);
	return parts.every(Boolean) ? put(list, window, origin, page, parts) : fromStore(ctx, list, window, origin);
}

async function pageNow(ctx: Pick<Ctx, 'db' | 'body'>, list: ListOf, window: Window): Promise<Page> {
	const { found, total } = partsOf(ctx, list, window);
	const { rows } = await sql<Page>`
		with f as (select id, hash, modified from (${found}) o)
		select (${total}) as total, (select count(*)::int from f) as found,
			(select string_agg(${STATE}, ',' order by f.id) from (select * from f order by id limit ${window.limit}) f) as states`.execute(
		ctx.db,
	);
	return rows[0]!;
}

/** The states again: of the same moment as the bytes. */
async function fromStore(ctx: Pick<Ctx, 'db' | 'body'>, list: ListOf, window: Window, origin: string): Promise<Buffer> {
	const { found, total } = partsOf(ctx, list, window);
	const { rows } = await sql<PackedPage>`
		with f as (select id, type, hash, modified from (${found}) o),
			page as (select f.id, ${STATE} as state, p.bytes from (select * from f order by id limit ${window.limit}) f
				left join oparl.packed p on p.body_id = ${ctx.body.id} and p.id = f.id and p.type = f.type and p.origin = ${origin}
					and p.hash = f.hash and p.modified = f.modified)
		select (${total}) as total, (select count(*)::int from f) as found,
			(select count(*)::int from page where bytes is null) as missing,
			(select string_agg(state, ',' order by id) from page) as states,
			(select string_agg(bytes, ''::bytea order by id) from page) as bytes`.execute(ctx.db);
	const page = rows[0]!;
	if (page.missing) return packNow(ctx, list, window, origin);
	const parts = page.bytes ? fromBytes(page.bytes) : [];
	for (const [n, state] of statesOf(page).entries()) memory.keep(keyOf(list, origin, state), parts[n]!);
	return put(list, window, origin, page, parts);
}

function statesOf({ states }: Page): string[] {
	return states?.split(',') ?? [];
}

/** In memory. */
function keyOf({ type }: ListOf, origin: string, state: string): string {
	return `${origin} ${type} ${state}`;
}

function put(list: ListOf, window: Window, origin: string, page: Page, parts: readonly Packed[]): Buffer {
	const last = page.found > window.limit ? statesOf(page).at(-1)!.slice(0, ID_LENGTH) : null;
	return gzipOf(HEAD, parts, tailOf(list, window, page.total, last).replaceAll(HERE, origin));
}

interface Unpacked {
	id: string;
	hash: string;
	modified: Temporal.Instant;
	document: string;
}

async function packNow(ctx: Pick<Ctx, 'db' | 'body'>, list: ListOf, window: Window, origin: string): Promise<Buffer> {
	const columns = sql`f.hash, f.modified, f.document`;
	const { objects, tail } = await rowsOf<Unpacked>(ctx, list, window, columns);
	const packed = objects.map(({ document }) => pack(document.replaceAll(HERE, origin)));
	await keep(ctx, list, origin, objects, packed);
	return gzipOf(HEAD, packed, tail.replaceAll(HERE, origin));
}

/**
 * For the next one who asks. An answer does not depend on it: where the database takes no writes, or the object was told
 * anew meanwhile, it was for nothing.
 */
async function keep(
	{ body }: Pick<Ctx, 'body'>,
	{ type }: ListOf,
	origin: string,
	objects: readonly Unpacked[],
	packed: readonly Packed[],
): Promise<void> {
	const rows = objects.map(({ id, hash, modified }, n) => {
		return { id, hash, modified, bytes: toBytes(packed[n]!).toString('base64') };
	});
	const scope = new BodyScope(runtime().pool, body.id, 'read write');
	try {
		await sql`insert into oparl.packed (body_id, type, id, origin, hash, modified, bytes)
			select ${body.id}, ${type}, r.id, ${origin}, r.hash, r.modified, decode(r.bytes, 'base64')
			from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, hash text, modified timestamptz, bytes text) order by r.id
			on conflict (body_id, id, type) do update
				set origin = excluded.origin, hash = excluded.hash, modified = excluded.modified, bytes = excluded.bytes`.execute(
			scope.db,
		);
		await scope.commit();
	} catch {
		await scope.rollback().catch(() => undefined);
	}
}
