import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import type { Db } from '#kernel/db/scope.ts';
import { commitLazily, planAnew } from '#kernel/db/statistics.ts';
import type { TouchedObject } from '#kernel/module.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { write } from '#kernel/write.ts';
import type { Node } from './node.ts';
import { wantDocuments } from '../documents/want.server.ts';
import { districtNodes } from './district.server.ts';
import { meetingNodes } from './meeting.server.ts';
import { paperNodes } from './paper.server.ts';
import { organisationNodes, personNodes, placeNodes } from './people.server.ts';
import { rootsOfDay } from './day.server.ts';
import { isLater, noteUntold, takeUntold } from './later.server.ts';
import { namersOf, rootsOf } from './roots.server.ts';
import { tellOn } from './told-on.server.ts';
import { announce, presentMoment, storeRoots, type Root, type Told } from './store.server.ts';

/** What the public may know of records of a type, by id; nothing of those that are not public. */
type Builder = (db: Db, ids: readonly string[], timeZone: string) => Promise<Map<string, Node[]>>;

const BUILD: Record<string, Builder> = {
	organisation: each(organisationNodes),
	person: personNodes,
	place: each(placeNodes),
	district: districtNodes,
	meeting: meetingNodes,
	paper: paperNodes,
};

function each(build: (db: Db, id: string) => Promise<Node[]>): Builder {
	return async (db, ids) => {
		const found = new Map<string, Node[]>();
		for (const id of ids) found.set(id, await build(db, id));
		return found;
	};
}

/**
 * Keeps what other programs read true to what was just written. Each record touched is told anew, and with it the few
 * others whose links depend on it: a session's papers, a paper's sessions and relatives, a membership's two ends.
 */
export async function follow(tx: WriteCtx, touched: readonly TouchedObject[]): Promise<void> {
	if (isLater()) return noteUntold(tx, touched);
	const roots = await rootsOf(tx.db, touched);
	if (!roots.length) return;
	await tell(tx, roots);
}

/** Tells some records as they are now, and nothing else; the caller holds the clock's lock. */
export async function tellAgain(tx: WriteCtx, roots: readonly Root[]): Promise<void> {
	await tellOnce(tx, roots);
}

/** What came into the public or left it changes the links of those who name it: they are told next, and whom that changes, and so on. */
const ROUNDS = 6;

async function tell(tx: WriteCtx, roots: readonly Root[]): Promise<void> {
	let next = roots;
	for (let round = 0; next.length && round < ROUNDS; round++) {
		const { flipped, dropped, documents } = await tellOnce(tx, next);
		// What stands in a document may have changed with any record that this one depends on.
		await wantDocuments(tx, round ? documents.wanted : [...documents.wanted, ...documents.made]);
		next = flipped.length + dropped.length ? await namersOf(tx.db, flipped, dropped) : [];
	}
}

async function tellOnce(tx: WriteCtx, roots: readonly Root[]): Promise<AllTold> {
	const at = await presentMoment(tx);
	const all = nothingTold();
	// One type after the other: sessions hold what places say, as it is told by then.
	for (const some of runs(roots)) {
		const nodes = await nodesOf(tx, some);
		add(all, await storeRoots(tx, some[0]!.type, nodes, at), documentsOf(some, nodes));
	}
	if (all.changed) await announce(tx);
	return all;
}

/** What is public of records of one type, by id; an empty list where nothing is. */
async function nodesOf({ db, body }: Pick<Ctx, 'db' | 'body'>, roots: readonly Root[]): Promise<Map<string, Node[]>> {
	const ids = roots.map(({ id }) => id);
	const nodes = await BUILD[roots[0]!.type]!(db, ids, body.timeZone);
	await tellOn({ db, body }, nodes.values());
	return new Map(ids.map((id) => [id, nodes.get(id) ?? []]));
}

interface AllTold extends Told {
	documents: Documents;
}

/** Records that documents are made of. */
interface Documents {
	/** All are here as the record is now. */
	made: Root[];
	/** Some are not. */
	wanted: Root[];
}

function nothingTold(): AllTold {
	return { changed: 0, flipped: [], dropped: [], documents: { made: [], wanted: [] } };
}

function documentsOf(roots: readonly Root[], nodes: ReadonlyMap<string, readonly Node[]>): Documents {
	const found: Documents = { made: [], wanted: [] };
	for (const root of roots) {
		const { documents } = nodes.get(root.id)?.[0] ?? {};
		if (documents) found[documents].push(root);
	}
	return found;
}

function add(all: AllTold, { changed, flipped, dropped }: Told, { made, wanted }: Documents): void {
	all.changed += changed;
	all.flipped.push(...flipped);
	all.dropped.push(...dropped);
	all.documents.made.push(...made);
	all.documents.wanted.push(...wanted);
}

/** Neighbours of one type together. */
function runs(roots: readonly Root[]): Root[][] {
	const all: Root[][] = [];
	for (const root of roots) {
		const last = all.at(-1);
		if (last?.[0]!.type === root.type) last.push(root);
		else all.push([root]);
	}
	return all;
}

const CHUNK = 400;

/**
 * Does the store say what the records say? What a write forgot to touch, or a change of the program made different, is
 * told anew, some records at a time, so that nobody waits long.
 * @returns how many objects were not as the records are
 */
export async function tellAnew(ctx: Ctx): Promise<number> {
	const { rows: roots } = await sql<Root>`
		select 'organisation' as type, id, 1 as rank from registry.organisation where body_id = kernel.current_body()
		union select 'person', id, 2 from registry.person where body_id = kernel.current_body()
		union select 'place', id, 3 from registry.place where body_id = kernel.current_body()
		union select 'district', id, 3 from papers.district where body_id = kernel.current_body()
		union select 'meeting', id, 4 from council.meeting where body_id = kernel.current_body()
		union select 'paper', id, 5 from papers.paper where body_id = kernel.current_body()
		union select root_type, root_id, 6 from oparl.object where body_id = kernel.current_body()
		order by rank, type, id`.execute(ctx.db);
	return (await tellThese(ctx, roots)).changed;
}

/** What hangs on the day is told as it is today. @returns how many objects say something else */
export async function tellDay(ctx: Ctx): Promise<number> {
	const roots = await rootsOfDay(ctx.db);
	return roots.length ? (await tellThese(ctx, roots)).changed : 0;
}

/**
 * Some at a time; each as the records are, whatever comes after it. While some are stored, the next ones are read; where anybody wrote in
 * between, they are read again under the lock. `after` runs in the last write.
 */
async function tellThese(ctx: Ctx, roots: readonly Root[], after?: (tx: WriteCtx) => Promise<void>): Promise<AllTold> {
	const all = nothingTold();
	const slices = runs(roots).flatMap(sliced);
	const reader = contextFor(ctx.body, ctx.actor);
	try {
		let ahead = slices[0] && readAhead(reader, slices[0]);
		for (const [n, slice] of slices.entries()) {
			const read = await ahead!;
			const next = slices[n + 1];
			ahead = next && readAhead(reader, next);
			ahead?.catch(() => undefined);
			await write(ctx, async (tx) => {
				await commitLazily(tx.db);
				await planAnew(tx.db);
				const { seq } = await clockOf(tx, true);
				const nodes = seq === read.seq ? read.nodes : await nodesOf(tx, slice);
				const told = await storeRoots(tx, slice[0]!.type, nodes, await presentMoment(tx));
				if (told.changed) await announce(tx);
				const documents = documentsOf(slice, nodes);
				await wantDocuments(tx, documents.wanted);
				add(all, told, documents);
				if (!next) await after?.(tx);
			});
		}
	} finally {
		await endRequest(reader);
	}
	return all;
}

function sliced(roots: Root[]): Root[][] {
	return Array.from({ length: Math.ceil(roots.length / CHUNK) }, (_, n) => roots.slice(n * CHUNK, (n + 1) * CHUNK));
}

/** @returns the nodes, and the last write that they know of */
async function readAhead(reader: Ctx, roots: readonly Root[]): Promise<{ nodes: Map<string, Node[]>; seq: number }> {
	const { seq } = await clockOf(reader);
	return { nodes: await nodesOf(reader, roots), seq };
}

/** The number of the town's last write; with `lock`, nobody else writes until this write ends. */
export async function clockOf({ db, body }: Pick<Ctx, 'db' | 'body'>, lock = false): Promise<{ seq: number }> {
	const { rows } = await sql<{ seq: number }>`select seq from kernel.clock where body_id = ${body.id}
		${lock ? sql`for update` : sql``}`.execute(db);
	return rows[0] ?? { seq: 0 };
}

/** Tells what was written `later`, each record once. What was left by a process that died is told as well. */
export async function tellLater(ctx: Ctx, onProgress: (count: number) => void = () => undefined): Promise<void> {
	for (;;) {
		const { touched, forget } = await takeUntold(ctx);
		if (!touched.length) return;
		const roots = await rootsOf(ctx.db, touched);
		if (!roots.length) {
			await write(ctx, forget);
			continue;
		}
		const { changed, flipped, dropped } = await tellThese(ctx, roots, forget);
		onProgress(changed);
		const known = new Set(roots.map(({ id }) => id));
		const others = (await namersOf(ctx.db, flipped, dropped)).filter(({ id }) => !known.has(id));
		await tellThese(ctx, others);
	}
}
