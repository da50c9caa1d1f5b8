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
import { announce, presentMoment, storeRoot, type Root } from './store.server.ts';

const BUILD: Record<string, (db: Db, id: string, timeZone: string) => Promise<Node[]>> = {
	organisation: organisationNodes,
	person: personNodes,
	place: placeNodes,
	meeting: meetingNodes,
	paper: paperNodes,
};

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

async function tell(tx: WriteCtx, roots: readonly Root[]): Promise<number> {
	const at = await presentMoment(tx);
	let told = 0;
	for (const root of roots) {
		const nodes = await BUILD[root.type]!(tx.db, root.id, tx.body.timeZone);
		told += await storeRoot(tx, root, nodes, at);
	}
	if (told) await announce(tx);
	return told;
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
	return tellThese(ctx, roots);
}

/** @returns how many objects are told differently now */
async function tellThese(ctx: Ctx, roots: readonly Root[], after?: (tx: WriteCtx) => Promise<void>): Promise<number> {
	let told = 0;
	for (let from = 0; from < roots.length; from += CHUNK)
		told += await write(ctx, async (tx) => {
			await planAnew(tx.db);
			await sql`select from kernel.clock where body_id = ${tx.body.id} for update`.execute(tx.db);
			const count = await tell(tx, roots.slice(from, from + CHUNK));
			if (from + CHUNK >= roots.length) await after?.(tx);
			return count;
		});
	return told;
}

/** Tells what was written `later`, each record once. What was left by a process that died is told as well. */
export async function tellLater(ctx: Ctx, onProgress: (count: number) => void = () => undefined): Promise<void> {
	for (;;) {
		const { touched, forget } = await takeUntold(ctx);
		if (!touched.length) return;
		const roots = await rootsOf(ctx.db, touched);
		if (roots.length) onProgress(await tellThese(ctx, roots, forget));
		else await write(ctx, forget);
	}
}

async function rootsOf(db: Db, touched: readonly TouchedObject[]): Promise<Root[]> {
	const of = (kind: string) => touched.filter((one) => one.kind === kind).map(({ id }) => id);
	const meetings = of('council.meeting');
	const papers = of('papers.paper');
	const memberships = of('registry.membership');
	const minutes = of('council.minutes');
	const none = !touched.some(({ kind }) => KINDS.has(kind));
	if (none) return [];
	// People before those who name them; in one order always, so that two writes can't wait for each other in a circle.
	const { rows } = await sql<Root & { rank: number }>`select distinct type, id, rank from (
		select 'organisation' as type, unnest(${[...of('registry.organisation'), ...of('council.councilBody')]}::uuid[]) as id, 1 as rank
		union all select 'organisation', organisation_id, 1 from registry.membership
			where body_id = kernel.current_body() and id = any (${memberships}::uuid[])
		union all select 'person', unnest(${of('registry.person')}::uuid[]), 2
		union all select 'person', person_id, 2 from registry.membership
			where body_id = kernel.current_body() and (id = any (${memberships}::uuid[])
				or organisation_id = any (${of('council.councilBody')}::uuid[]))
		union all select 'person', root_id, 2 from oparl.object where body_id = kernel.current_body() and type = 'Membership'
			and id = any (${memberships}::uuid[])
		union all select 'place', unnest(${of('registry.place')}::uuid[]), 3
		union all select 'meeting', unnest(${meetings}::uuid[]), 4
		union all select 'meeting', meeting_id, 4 from council.minutes_record
			where body_id = kernel.current_body() and id = any (${minutes}::uuid[])
		union all select 'meeting', meeting_id, 4 from papers.consultation
			where body_id = kernel.current_body() and paper_id = any (${papers}::uuid[]) and meeting_id is not null
		union all select 'paper', unnest(${papers}::uuid[]), 5
		union all select 'paper', paper_id, 5 from papers.consultation
			where body_id = kernel.current_body() and meeting_id = any (${meetings}::uuid[])
		union all select 'paper', superordinated_id, 5 from papers.paper
			where body_id = kernel.current_body() and id = any (${papers}::uuid[]) and superordinated_id is not null
		union all select 'paper', id, 5 from papers.paper
			where body_id = kernel.current_body() and superordinated_id = any (${papers}::uuid[])
		union all select 'paper', case when from_paper_id = any (${papers}::uuid[]) then to_paper_id else from_paper_id end, 5
			from papers.paper_relation where body_id = kernel.current_body() and to_paper_id is not null
			and (from_paper_id = any (${papers}::uuid[]) or to_paper_id = any (${papers}::uuid[]))
		) found where id is not null order by rank, id`.execute(db);
	return rows;
}

const KINDS = new Set([
	'council.meeting',
	'council.minutes',
	'council.councilBody',
	'papers.paper',
	'registry.organisation',
	'registry.membership',
	'registry.person',
	'registry.place',
]);
