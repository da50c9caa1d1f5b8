import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import type { Findings } from '../reading/findings.ts';
import type { Foreign, ForeignKind } from '../reading/foreign.ts';

interface Known {
	id: string;
	kind: string;
	hash: string;
	deleted: boolean;
	seen: string;
}

/** Longer ids are cut by a checksum: an index has its limits. */
export function shortId(id: string): string {
	return id.length <= 800 ? id : `${id.slice(0, 700)}#${createHash('sha256').update(id).digest('hex')}`;
}

/** Objects that say the same have the same hash, whatever the source says of when they changed. */
function hashOf({ kind, parent, root, web, license, deleted, said }: Foreign): string {
	const where = kind === 'Location' ? [] : [parent, root];
	return createHash('sha256')
		.update(JSON.stringify([kind, where, web, deleted, said, ...(license ? [license] : [])]))
		.digest('base64url');
}

export interface StageOf {
	sourceId: string;
	readingId: string;
	findings: Findings;
}

/**
 * Keeps what a page told, as far as it is news. The first telling of an object in a reading counts. What stood inside of an object
 * and does no more is gone.
 * @param told kinds and ids of top-level objects with everything that stood in them
 * @returns how many objects are new or different
 */
export async function stage(tx: WriteCtx, objects: readonly Foreign[], of: StageOf): Promise<number> {
	const { sourceId, readingId, findings } = of;
	const ids = objects.map(({ id }) => shortId(id));
	const known = await knownOf(tx, sourceId, ids);
	const told = new Map<string, { one: Foreign; hash: string }>();
	const again: string[] = [];
	for (const one of objects) {
		const id = shortId(one.id);
		const before = known.get(id);
		const twice = told.get(id);
		if (twice || (before?.seen === readingId && before.hash && !before.deleted && !one.deleted)) {
			const other = twice ? twice.one.kind !== one.kind : before!.kind !== one.kind;
			if (other || (twice && twice.hash !== hashOf(one) && one.parent === null))
				findings.add(one.kind, 'doubleId', one.id);
			continue;
		}
		if (before && before.kind !== one.kind) {
			findings.add(one.kind, 'doubleId', one.id);
			continue;
		}
		const hash = hashOf(one);
		if (one.deleted && (!before || before.deleted)) continue;
		if (before && before.hash === hash && !before.deleted) again.push(id);
		else told.set(id, { one, hash });
	}
	if (again.length)
		await sql`update oparl.foreign_object set seen = ${readingId} where body_id = ${tx.body.id} and source_id = ${sourceId}
			and foreign_id = any (${again}::text[]) and seen <> ${readingId}`.execute(tx.db);
	await upsert(tx, [...told.entries()], objects, of);
	const stones = [...told].filter(([, { one }]) => one.deleted).map(([id]) => ({ id }));
	await forgetPages(tx, sourceId, stones);
	return told.size + (await dropInner(tx, objects, of));
}

async function knownOf(tx: WriteCtx, sourceId: string, ids: string[]): Promise<Map<string, Known>> {
	const { rows } = await sql<Known>`select foreign_id as id, kind, hash, deleted, seen from oparl.foreign_object
		where body_id = ${tx.body.id} and source_id = ${sourceId} and foreign_id = any (${ids}::text[])`.execute(tx.db);
	return new Map(rows.map((row) => [row.id, row]));
}

async function upsert(
	tx: WriteCtx,
	told: [string, { one: Foreign; hash: string }][],
	objects: readonly Foreign[],
	{ sourceId, readingId }: StageOf,
): Promise<void> {
	if (!told.length) return;
	const kinds = new Map(objects.map((one) => [one.id, one.kind]));
	const rows = told.map(([id, { one, hash }]) => ({
		id,
		kind: one.kind,
		rootKind: rootKindOf(one, kinds),
		parent: one.parent && shortId(one.parent),
		root: one.kind === 'Location' ? id : shortId(one.root),
		inside: one.parent !== null,
		hash,
		deleted: one.deleted,
		document: one.deleted
			? null
			: { said: one.said, web: one.web, created: one.created, license: one.license, address: one.id },
	}));
	await sql`insert into oparl.foreign_object (body_id, source_id, foreign_id, kind, parent, root, root_kind, inside, hash, document, deleted,
			seen)
		select ${tx.body.id}, ${sourceId}, id, kind, parent, root, "rootKind", inside, hash, document, deleted, ${readingId}
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, kind text, parent text, root text, "rootKind" text, inside boolean, hash text,
			document jsonb, deleted boolean)
		on conflict (body_id, source_id, foreign_id) do update set
			parent = case when excluded.deleted then oparl.foreign_object.parent else excluded.parent end,
			root = case when excluded.deleted then oparl.foreign_object.root else excluded.root end,
			root_kind = case when excluded.deleted then oparl.foreign_object.root_kind else excluded.root_kind end, inside = excluded.inside,
			hash = excluded.hash, document = excluded.document, deleted = excluded.deleted, seen = excluded.seen,
			pending = true`.execute(tx.db);
}

const ROOTS: Partial<Record<ForeignKind, ForeignKind>> = {
	Membership: 'Person',
	AgendaItem: 'Meeting',
	Consultation: 'Paper',
};

function rootKindOf(one: Foreign, kinds: ReadonlyMap<string, ForeignKind>): ForeignKind {
	if (one.kind !== 'File') return ROOTS[one.kind] ?? one.kind;
	return kinds.get(one.root) === 'Paper' || (one.said.paper.length && !one.said.meeting.length) ? 'Paper' : 'Meeting';
}

/** Remembers objects that were only named, to ask for those that no list tells. */
export async function stageNamed(
	tx: WriteCtx,
	named: readonly { kind: ForeignKind; id: string; parent: string }[],
	{ sourceId, readingId }: StageOf,
): Promise<void> {
	if (!named.length) return;
	const rows = named.map(({ kind, id, parent }) => ({
		id: shortId(id),
		kind,
		parent: parent || null,
		rootKind: ROOTS[kind] ?? kind,
	}));
	await sql`insert into oparl.foreign_object (body_id, source_id, foreign_id, kind, parent, root, root_kind, hash, pending, seen)
		select distinct on (id) ${tx.body.id}, ${sourceId}::uuid, id, kind, parent, id, "rootKind", '', false, ${readingId}::uuid
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, kind text, parent text, "rootKind" text)
		on conflict (body_id, source_id, foreign_id) do nothing`.execute(tx.db);
}

const CONTAINERS = new Set(['Meeting', 'AgendaItem', 'Paper', 'Person']);

/** What an object held before and holds no more. */
async function dropInner(tx: WriteCtx, objects: readonly Foreign[], { sourceId, readingId }: StageOf): Promise<number> {
	const holders = objects.filter(({ kind, deleted }) => !deleted && CONTAINERS.has(kind)).map(({ id }) => shortId(id));
	if (!holders.length) return 0;
	const here = objects.map(({ id }) => shortId(id));
	const { rows } = await sql<{
		id: string;
	}>`update oparl.foreign_object set deleted = true, pending = true, document = null, hash = ''
		where body_id = ${tx.body.id} and source_id = ${sourceId} and parent = any (${holders}::text[]) and inside and not deleted
		and kind <> 'Location' and seen <> ${readingId} and not foreign_id = any (${here}::text[]) returning foreign_id as id`.execute(
		tx.db,
	);
	return forgetPages(tx, sourceId, rows);
}

/** A page that did not change told what it told before. */
export async function stageAgain(
	tx: WriteCtx,
	ids: readonly string[],
	{ sourceId, readingId }: StageOf,
): Promise<void> {
	await sql`update oparl.foreign_object set seen = ${readingId} where body_id = ${tx.body.id} and source_id = ${sourceId}
		and foreign_id = any (${ids}::text[]) and not deleted`.execute(tx.db);
}

/** What a whole reading did not tell any more, of the kinds whose lists were read to their end, is gone. @returns how many */
export async function dropVanished(
	tx: WriteCtx,
	kinds: readonly string[],
	{ sourceId, readingId }: StageOf,
): Promise<number> {
	const { rows } = await sql<{
		id: string;
	}>`update oparl.foreign_object set deleted = true, pending = true, document = null, hash = ''
		where body_id = ${tx.body.id} and source_id = ${sourceId} and kind = any (${kinds}::text[]) and not deleted
		and hash not in ('', 'own') and seen <> ${readingId} returning foreign_id as id`.execute(tx.db);
	return forgetPages(tx, sourceId, rows);
}

/** A page that told what is gone is to be sent again: perhaps it comes back. @returns how many are gone */
async function forgetPages(tx: WriteCtx, sourceId: string, gone: readonly { id: string }[]): Promise<number> {
	if (gone.length)
		await sql`delete from oparl.foreign_page where body_id = ${tx.body.id} and source_id = ${sourceId}
			and ids && ${gone.map(({ id }) => id)}::text[]`.execute(tx.db);
	return gone.length;
}
