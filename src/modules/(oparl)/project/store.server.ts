import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { BASE, HERE, linkTo, moment, tidy, type Node, type OparlType } from './node.ts';

/** A record whose objects are projected together. */
export interface Root {
	type: string;
	id: string;
}

interface Stored {
	type: OparlType;
	id: string;
	created: Temporal.Instant;
	modified: Temporal.Instant;
	deleted: boolean;
	hash: string;
}

interface Made {
	node: Node;
	created: Temporal.Instant;
	modified: Temporal.Instant;
	hash: string;
	document: string;
	brief: string;
	fresh: boolean;
}

/** What a call changed. */
export interface Told {
	/** Objects that are told differently. */
	changed: number;
	/** Objects that came into the public or left it. */
	flipped: string[];
	/** Objects of other records that are named here no more. */
	dropped: string[];
}

/**
 * Brings the store to what is public of records now: `nodes` with everything inside them, by record. What says the same as before
 * keeps its `modified`; what changed, or holds something that changed, gets the present moment; what is gone stays as a
 * tombstone. Called at the end of a write, under the town's clock lock: moments follow the order of commits.
 * @param type of all these records; none of them holds another one
 */
export async function storeRoots(
	tx: WriteCtx,
	type: string,
	roots: ReadonlyMap<string, readonly Node[]>,
	at: Temporal.Instant,
): Promise<Told> {
	const stored = await storedOf(tx, type, [...roots.keys()]);
	const elsewhere = await elsewhereOf(tx, [...roots.values()].flat());
	const all: Told = { changed: 0, flipped: [], dropped: [] };
	const put: { root: string; one: Made }[] = [];
	const changed: string[] = [];
	const links = new Map<string, Made[]>();
	for (const [root, nodes] of roots) {
		const before = stored.get(root) ?? new Map<string, Stored>();
		const made = new Map<string, Made>();
		for (const node of nodes) make(node, { made, before, elsewhere, at, timeZone: tx.body.timeZone, body: tx.body.id });
		const fresh = [...made.values()].filter((one) => one.fresh);
		put.push(...fresh.map((one) => ({ root, one })));
		const gone = [...before.values()].filter(({ deleted, type: of, id }) => !deleted && !made.has(`${of} ${id}`));
		for (const one of gone) await bury(tx, one, at);
		if (fresh.length || gone.length) links.set(root, [...made.values()]);
		const isKnown = ({ node }: Made) => before.get(`${node.type} ${node.id}`)?.deleted === false;
		const come = fresh.filter((one) => !isKnown(one)).map(({ node }) => node.id);
		changed.push(...fresh.map(({ node }) => node.id), ...gone.map(({ id }) => id));
		all.flipped.push(...come, ...gone.map(({ id }) => id));
	}
	if (put.length) await putAll(tx, type, put);
	if (changed.length) await unpack(tx, changed);
	if (links.size) all.dropped.push(...(await keepLinks(tx, type, links)));
	all.changed = changed.length;
	return all;
}

/** What lists are put together from (serve/packed-lists.server.ts): what left the public lies nowhere any longer. */
async function unpack(tx: WriteCtx, ids: readonly string[]): Promise<void> {
	await sql`delete from oparl.packed where body_id = ${tx.body.id} and id = any (${ids}::uuid[])`.execute(tx.db);
}

/** Which records outside of these their objects name (oparl.link). @returns those that they named before, and no more */
async function keepLinks(tx: WriteCtx, type: string, roots: ReadonlyMap<string, readonly Made[]>): Promise<string[]> {
	const links = [...roots].flatMap(([root, made]) => {
		const own = new Set(made.map(({ node }) => node.id));
		const named = new Set(made.flatMap(({ document }) => [...document.matchAll(LINK)].map(([, id]) => id!)));
		return [...named].filter((id) => !own.has(id) && id !== tx.body.id).map((to) => ({ root, to }));
	});
	const { rows } = await sql<{ id: string }>`with wanted as (
			select root, "to" from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as r (root uuid, "to" uuid)),
		gone as (delete from oparl.link l where l.body_id = ${tx.body.id} and l.root_type = ${type}
			and l.root_id = any (${[...roots.keys()]}::uuid[])
			and not exists (select from wanted w where w.root = l.root_id and w."to" = l.to_id) returning to_id),
		come as (insert into oparl.link (body_id, to_id, root_type, root_id)
			select ${tx.body.id}, "to", ${type}, root from wanted on conflict do nothing)
		select to_id as id from gone`.execute(tx.db);
	return rows.map(({ id }) => id);
}
const LINK = new RegExp(`${HERE}${BASE}/[a-z]+/([0-9a-f-]{36})(?=")`, 'g');

/** Objects of other records that stand inside these, as they are told now; those that are not public are left out. */
async function elsewhereOf(tx: WriteCtx, nodes: readonly Node[]): Promise<Map<string, Embedded>> {
	const inner = nodes.flatMap((node) => Object.values(node.inside ?? {}).flat()).filter((node) => node !== null);
	const ids = inner.filter((node) => node.elsewhere).map(({ id }) => id);
	if (!ids.length) return new Map();
	const rows = await tx.db
		.selectFrom('oparl.object')
		.select(['type', 'id', 'hash', 'modified', 'document'])
		.where('id', 'in', ids)
		.where('deleted', '=', false)
		.execute();
	return new Map(rows.map((row) => [`${row.type} ${row.id}`, row as Embedded]));
}

interface Embedded {
	hash: string;
	modified: Temporal.Instant;
	document: string;
}

/** What is kept of answers to programs is old from now on; of pages, too, even where none of their objects changed. */
export async function announce(tx: WriteCtx): Promise<void> {
	await sql`update kernel.clock set public_seq = seq, public_at = clock_timestamp(), told_seq = told_seq + 1, told_at = clock_timestamp()
		where body_id = ${tx.body.id}`.execute(tx.db);
}

async function storedOf(
	tx: WriteCtx,
	type: string,
	roots: readonly string[],
): Promise<Map<string, Map<string, Stored>>> {
	const { rows } = await sql<
		Stored & { root: string }
	>`select root_id as root, type, id, created, modified, deleted, hash
		from oparl.object where body_id = ${tx.body.id} and root_type = ${type} and root_id = any (${roots}::uuid[])`.execute(
		tx.db,
	);
	const found = new Map<string, Map<string, Stored>>();
	for (const { root, ...row } of rows)
		found.getOrInsertComputed(root, () => new Map()).set(`${row.type} ${row.id}`, row);
	return found;
}

interface Making {
	made: Map<string, Made>;
	before: Map<string, Stored>;
	elsewhere: Map<string, Embedded>;
	at: Temporal.Instant;
	timeZone: string;
	body: string;
}

/** Types that name the body they belong to (OParl 1.1, chapter 3). */
const OF_BODY = new Set<OparlType>(['LegislativeTerm', 'Organization', 'Person', 'Paper']);

function make(node: Node, making: Making): Made {
	const inside: Record<string, string | string[]> = {};
	const parts: string[] = [];
	for (const [key, within] of Object.entries(node.inside ?? {})) {
		if (!within || (Array.isArray(within) && !within.length)) continue;
		const all = (Array.isArray(within) ? within : [within]).flatMap((one) => embedded(one, making));
		if (!all.length) continue;
		parts.push(key, ...all.map(({ hash, modified }) => `${hash}${modified}`));
		inside[key] = Array.isArray(within) ? all.map(({ document }) => document) : all[0]!.document;
	}
	const own = tidy({ ...(OF_BODY.has(node.type) && { body: linkTo('Body', making.body) }), ...node.properties });
	const said = JSON.stringify([own, parts, node.organisations ?? []]);
	const hash = createHash('sha256').update(said).digest('base64url');
	const known = making.before.get(`${node.type} ${node.id}`);
	const same = known !== undefined && !known.deleted && known.hash === hash;
	const created = known?.created ?? node.created ?? making.at;
	const modified = same ? known.modified : making.at;
	const head = { id: linkTo(node.type, node.id), type: `https://schema.oparl.org/1.1/${node.type}` };
	const times = { created: moment(created, making.timeZone), modified: moment(modified, making.timeZone) };
	const brief = JSON.stringify({ ...head, ...own, ...times });
	const one = {
		node,
		created,
		modified,
		hash,
		brief,
		document: withInside(brief, inside),
		fresh: !same,
	};
	making.made.set(`${node.type} ${node.id}`, one);
	return one;
}

function embedded(node: Node, making: Making): Embedded[] {
	if (!node.elsewhere) return [make(node, making)];
	const found = making.elsewhere.get(`${node.type} ${node.id}`);
	return found ? [found] : [];
}

/** Puts documents that are JSON already before the closing brace. */
function withInside(brief: string, inside: Record<string, string | string[]>): string {
	const parts = Object.entries(inside).map(
		([key, within]) => `${JSON.stringify(key)}:${Array.isArray(within) ? `[${within.join(',')}]` : within}`,
	);
	return parts.length ? `${brief.slice(0, -1)},${parts.join(',')}}` : brief;
}

async function putAll(tx: WriteCtx, type: string, put: readonly { root: string; one: Made }[]): Promise<void> {
	const rows = new Map<string, object>();
	for (const { root, one } of put) {
		const { node, created, modified, hash, document, brief } = one;
		const { organisations = [], fileId: file = null } = node;
		const row = { type: node.type, id: node.id, root, created, modified, hash, document, brief, organisations, file };
		rows.set(`${node.type} ${node.id}`, row);
	}
	await sql`insert into oparl.object (body_id, type, id, root_type, root_id, created, modified, deleted, hash, document, brief,
			organisations, file_id)
		select ${tx.body.id}, type, id, ${type}, root, created, modified, false, hash, document, brief,
			array(select jsonb_array_elements_text(organisations)::uuid), file
		from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) as r (type text, id uuid, root uuid, created timestamptz, modified timestamptz, hash text,
			document text, brief text, organisations jsonb, file uuid)
		on conflict (body_id, type, id) do update set root_type = excluded.root_type, root_id = excluded.root_id, created = excluded.created,
			modified = excluded.modified, deleted = false, hash = excluded.hash, document = excluded.document, brief = excluded.brief,
			organisations = excluded.organisations, file_id = excluded.file_id`.execute(tx.db);
}

/** What is left of an object that is no longer public: that it was there, and since when it is not (OParl 1.1, 2.7). */
async function bury(tx: WriteCtx, one: Stored, at: Temporal.Instant): Promise<void> {
	const zone = tx.body.timeZone;
	const tombstone = JSON.stringify({
		id: linkTo(one.type, one.id),
		type: `https://schema.oparl.org/1.1/${one.type}`,
		created: moment(one.created, zone),
		modified: moment(at, zone),
		deleted: true,
	});
	await tx.db
		.updateTable('oparl.object')
		.set({ deleted: true, modified: at, hash: '', document: tombstone, brief: tombstone })
		.where('type', '=', one.type)
		.where('id', '=', one.id)
		.execute();
}

/** The moment that objects changed by this write carry: after every earlier commit of the town. One query. */
export async function presentMoment(tx: WriteCtx): Promise<Temporal.Instant> {
	const { rows } = await sql<{ at: Temporal.Instant }>`
		select greatest(clock_timestamp(), (select max(modified) + interval '1 microsecond' from oparl.object
			where body_id = ${tx.body.id} and modified > clock_timestamp() - interval '1 hour')) as at`.execute(tx.db);
	return rows[0]!.at;
}
