import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { commitLazily, countGrown, planAnew } from '#kernel/db/statistics.ts';
import { write } from '#kernel/write.ts';
import { tellLater } from '../../project/follow.server.ts';
import { later } from '../../project/later.server.ts';
import { Batch, type SourceFacts, type Waiting } from '../map/batch.server.ts';
import { mapPapers } from '../map/papers.server.ts';
import { mapOrganisations, mapPeople, mapPlaces } from '../map/register.server.ts';
import { mapSessions, mapTerms } from '../map/sessions.server.ts';
import { Findings } from '../reading/findings.ts';
import type { ForeignKind } from '../reading/foreign.ts';
import { countOf, keepProgress, Stopped, type Reading } from './reading.server.ts';

/** What holds others, after what it names; each with how many are taken over in one write. */
const ORDER: { kind: ForeignKind; map: (batch: Batch) => Promise<void>; most: number }[] = [
	{ kind: 'Location', map: mapPlaces, most: 200 },
	{ kind: 'Organization', map: mapOrganisations, most: 200 },
	{ kind: 'LegislativeTerm', map: mapTerms, most: 200 },
	{ kind: 'Person', map: mapPeople, most: 200 },
	{ kind: 'Meeting', map: mapSessions, most: 100 },
	{ kind: 'Paper', map: mapPapers, most: 200 },
];

export interface Taker {
	ctx: Ctx;
	reading: Reading;
	facts: SourceFacts;
	signal: AbortSignal;
	say: (line: string) => void;
}

/**
 * Makes records of what waits. Once more for what named something that came later: both sides are here then.
 */
export async function takeOver(taker: Taker): Promise<void> {
	await later(async () => {
		await takeRound(taker);
		if (await wakeWaiting(taker)) await takeRound(taker);
	});
	await tellLater(taker.ctx, (count) => taker.say(`OParl ${count}`));
}

async function takeRound(taker: Taker): Promise<void> {
	for (const { kind, map, most } of ORDER) {
		let steps = 0;
		for (let roots = await pendingRoots(taker, kind, most); roots.length;) {
			taker.signal.throwIfAborted();
			// After the first, second, fourth … step: tables may be much larger than before.
			if (Number.isInteger(Math.log2(++steps))) await write(taker.ctx, (tx) => countGrown(tx.db));
			await takeSome(taker, kind, map, roots);
			taker.say(`${kind} ${countOf(taker.reading, kind).kept}`);
			roots = await pendingRoots(taker, kind, most, roots.at(-1));
		}
	}
	await write(taker.ctx, (tx) => keepProgress(tx, taker.reading));
}

async function pendingRoots({ ctx, reading }: Taker, kind: ForeignKind, most: number, after = ''): Promise<string[]> {
	const { rows } = await sql<{ root: string }>`select root from oparl.foreign_object where body_id = ${ctx.body.id}
		and source_id = ${reading.sourceId} and root_kind = ${kind} and pending and root > ${after}
		group by root order by root limit ${most}`.execute(ctx.db);
	return rows.map(({ root }) => root);
}

/** All in one write; what can't be kept for a reason nobody foresaw is found by halves, and left out. */
async function takeSome(
	taker: Taker,
	kind: ForeignKind,
	map: (batch: Batch) => Promise<void>,
	roots: readonly string[],
): Promise<void> {
	const { ctx, reading } = taker;
	const findings = new Findings();
	try {
		const batch = await write(ctx, async (tx) => {
			await commitLazily(tx.db);
			await planAnew(tx.db);
			await keepProgress(tx, reading);
			const waiting = await waitingOf(taker, tx, kind, roots);
			const made = new Batch(tx, taker.facts, findings, waiting);
			await made.keepIds();
			await map(made);
			await made.note();
			return made;
		});
		reading.findings.take(findings);
		for (const [of, kept] of batch.keptByKind) countOf(reading, of).kept += kept;
		for (const [of, gone] of batch.goneByKind) countOf(reading, of).gone += gone;
	} catch (error) {
		if (error instanceof Stopped || isAway(error)) throw error;
		if (roots.length > 1) {
			const half = Math.ceil(roots.length / 2);
			await takeSome(taker, kind, map, roots.slice(0, half));
			await takeSome(taker, kind, map, roots.slice(half));
			return;
		}
		reading.findings.add(kind, 'notKept', `${roots[0]} ${(error as Error).message}`);
		await write(ctx, async (tx) => {
			await sql`update oparl.foreign_object set pending = false where body_id = ${tx.body.id} and source_id = ${reading.sourceId}
				and root_kind = ${kind} and root = ${roots[0]}`.execute(tx.db);
		});
	}
}

/** The database is away, or stops: nothing to do with what was read. */
function isAway(error: unknown): boolean {
	const code = (error as { code?: string }).code ?? '';
	return /^(08|53|57|58|E[A-Z]+)/.test(code) || /connection|terminat/i.test((error as Error).message);
}

async function waitingOf(
	{ reading }: Taker,
	tx: Parameters<Parameters<typeof write>[1]>[0],
	kind: ForeignKind,
	roots: readonly string[],
): Promise<Waiting[]> {
	const { rows } =
		await sql<Waiting>`select foreign_id as id, kind, local_id as "localId", parent, root, deleted, document
		from oparl.foreign_object where body_id = ${tx.body.id} and source_id = ${reading.sourceId} and root_kind = ${kind}
		and root = any (${roots}::text[]) and pending
		order by root, (document -> 'said' ->> 'order')::int nulls first, foreign_id`.execute(tx.db);
	return rows;
}

/** What named something that is here now waits no longer. @returns whether there is any */
async function wakeWaiting({ ctx, reading }: Taker): Promise<boolean> {
	return write(ctx, async (tx) => {
		const { numAffectedRows } = await sql`update oparl.foreign_object f set pending = true
			where f.body_id = ${tx.body.id} and f.source_id = ${reading.sourceId} and f.missing <> '{}' and f.document is not null
			and exists (select from oparl.foreign_object t where t.body_id = f.body_id and t.source_id = f.source_id
				and t.foreign_id = any (f.missing) and t.local_id is not null and not t.deleted)`.execute(tx.db);
		return Number(numAffectedRows ?? 0) > 0;
	});
}
