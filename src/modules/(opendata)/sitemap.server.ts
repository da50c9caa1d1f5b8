import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { MapEntry } from './sitemap.ts';

/** Addresses in one part; each stands there in every language. */
export const PER_PART = 4_000;

/** Pages that are always there. */
const STANDING = [
	'/',
	'/sitzungen',
	'/vorlagen',
	'/gremien',
	'/aufgaben',
	'/termine',
	'/offene-daten',
	'/barrierefreiheit',
	'/datenschutz',
	'/impressum',
];

/** How many parts the map has: what everybody can find is what it shows. One query. */
export async function partCount(ctx: Ctx): Promise<number> {
	const { rows } = await sql<{ pages: number }>`select count(*)::int as pages from kernel.search_document
		where body_id = ${ctx.body.id} and audience = 'public'`.execute(ctx.db);
	return Math.max(1, Math.ceil(rows[0]!.pages / PER_PART));
}

/** A part of the map, from 1; null behind the last. One query. */
export async function mapPart(ctx: Ctx, part: number): Promise<MapEntry[] | null> {
	const { rows } = await sql<MapEntry>`
		select href as path, to_char(max(indexed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed
		from (select href, indexed_at from kernel.search_document where body_id = ${ctx.body.id} and audience = 'public'
			order by kind, object_id offset ${(part - 1) * PER_PART} limit ${PER_PART}) d
		group by href order by href`.execute(ctx.db);
	if (part === 1) return [...STANDING.map((path) => ({ path, changed: null })), ...rows];
	return rows.length ? rows : null;
}
