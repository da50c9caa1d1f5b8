import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import type { Db } from '#kernel/db/scope.ts';
import { planAnew } from '#kernel/db/statistics.ts';
import type { TouchedObject } from '#kernel/module.ts';
import { write } from '#kernel/write.ts';
import type { Node } from './node.ts';
import { meetingNodes } from './meeting.server.ts';
import { paperNodes } from './paper.server.ts';
import { organisationNodes, personNodes, placeNodes } from './people.server.ts';
import { isLater, noteUntold, takeUntold } from './later.server.ts';
import { namersOf, rootsOf } from './roots.server.ts';
import { announce, presentMoment, storeRoots, type Root, type Told } from './store.server.ts';

/** What the public may know of records of a type, by id; nothing of those that are not public. */
type Builder = (db: Db, ids: readonly string[], timeZone: string) => Promise<Map<string, Node[]>>;

const BUILD: Record<string, Builder> = {
	organisation: each(organisationNodes),
	person: personNodes,
	place: each(placeNodes),
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

/** What came into the public or left it changes the links of those who name it: they are told next, and whom that changes, and so on. */
const ROUNDS = 6;

async function tell(tx: WriteCtx, roots: readonly Root[]): Promise<void> {
	let next = roots;
	for (let round = 0; next.length && round < ROUNDS; round++) {
		const { flipped, dropped } = await tellOnce(tx, next);
		next = flipped.length + dropped.length ? await namersOf(tx.db, flipped, dropped) : [];
	}
}

async function tellOnce(tx: WriteCtx, roots: readonly Root[]): Promise<Told> {
	const at = await presentMoment(tx);
	const all: Told = { changed: 0, flipped: [], dropped: [] };
	// One type after the other: sessions hold what places say, as it is told by then.
	for (const some of runs(roots)) {
		const { type } = some[0]!;
		const ids = some.map(({ id }) => id);
		const nodes = await BUILD[type]!(tx.db, ids, tx.body.timeZone);
		const told = await storeRoots(tx, type, new Map(ids.map((id) => [id, nodes.get(id) ?? []])), at);
		all.changed += told.changed;
		all.flipped.push(...told.flipped);
		all.dropped.push(...told.dropped);
	}
	if (all.changed) await announce(tx);
	return all;
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

const CHUNK = 50;

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
		union select 'meeting', id, 4 from council.meeting where body_id = kernel.current_body()
		union select 'paper', id, 5 from papers.paper where body_id = kernel.current_body()
		union select root_type, root_id, 6 from oparl.object where body_id = kernel.current_body()
		order by rank, id`.execute(ctx.db);
	return (await tellThese(ctx, roots)).changed;
}

/** Some at a time; each as the records are, whatever comes after it. `after` runs in the last write. */
async function tellThese(ctx: Ctx, roots: readonly Root[], after?: (tx: WriteCtx) => Promise<void>): Promise<Told> {
	const all: Told = { changed: 0, flipped: [], dropped: [] };
	for (let from = 0; from < roots.length; from += CHUNK)
		await write(ctx, async (tx) => {
			await planAnew(tx.db);
			await sql`select from kernel.clock where body_id = ${tx.body.id} for update`.execute(tx.db);
			const told = await tellOnce(tx, roots.slice(from, from + CHUNK));
			all.changed += told.changed;
			all.flipped.push(...told.flipped);
			all.dropped.push(...told.dropped);
			if (from + CHUNK >= roots.length) await after?.(tx);
		});
	return all;
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
