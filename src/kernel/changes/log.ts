import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import { kindOf } from '../module.ts';
import type { Audience } from './audience.ts';

export interface PendingChange {
	kind: string;
	id: string;
	deleted: boolean;
}

/** A change as the log keeps it: what its readers are told. */
interface ToldChange {
	kind: string;
	id: string;
	audience: Audience;
	deleted: boolean;
}

type Told = Pick<ToldChange, 'audience' | 'deleted'>;

/** Channel of NOTIFY; its messages are "<body id> <seq>". */
export const CHANGE_CHANNEL = 'mitrat_change';

/**
 * Appends to the town's change log. Locks the clock row until commit, so committed numbers have no gap: whoever reads
 * up to n has everything up to n. The caller holds the objects' locks (see object-locks.ts).
 */
export async function appendChanges(tx: WriteCtx, changes: PendingChange[]): Promise<void> {
	if (!changes.length) return;
	const before = await lastTold(tx, changes);
	const told: ToldChange[] = [];
	const many = await audiencesOf(tx, changes);
	for (const change of changes) {
		const audience = many.get(`${change.kind} ${change.id}`) ?? (await kindOf(change.kind).audience(tx.db, change.id));
		told.push(...tell(change, audience, before.get(`${change.kind} ${change.id}`)));
	}
	const last = await advanceClock(tx, told.length);
	const first = last - told.length + 1;
	await insertChanges(tx, first, told);
	const newestPublic = told.findLastIndex(({ audience }) => audience === 'public');
	if (newestPublic >= 0) await setPublicSeq(tx, first + newestPublic);
	await sql`select pg_notify(${CHANGE_CHANNEL}, ${`${tx.body.id} ${last}`})`.execute(tx.db);
}

/** Audiences of kinds that answer for many at once, by "kind id". */
async function audiencesOf(tx: WriteCtx, changes: readonly PendingChange[]): Promise<Map<string, Audience>> {
	const found = new Map<string, Audience>();
	for (const [kind, some] of Map.groupBy(changes, (change) => change.kind)) {
		const { audiences } = kindOf(kind);
		if (!audiences || some.length < 2) continue;
		const known = await audiences(
			tx.db,
			some.map(({ id }) => id),
		);
		for (const { id } of some) found.set(`${kind} ${id}`, known.get(id) ?? 'none');
	}
	return found;
}

/**
 * One entry for those who may know of the object now. Before it, when the object leaves the sight of a broader audience,
 * one that tells those as if it were deleted: its disappearance is news, too.
 */
function tell(change: PendingChange, audience: Audience, before: Told | undefined): ToldChange[] {
	const { kind, id, deleted } = change;
	const narrows = before !== undefined && !before.deleted && breadth(before.audience) > breadth(audience);
	if (!narrows) return [{ kind, id, audience, deleted }];
	const farewell = { kind, id, audience: before.audience, deleted: true };
	return audience === 'none' ? [farewell] : [farewell, { kind, id, audience, deleted }];
}

const NARROW_TO_BROAD: readonly Audience[] = ['none', 'office', 'members', 'public'];

function breadth(audience: Audience): number {
	return NARROW_TO_BROAD.indexOf(audience);
}

/** @returns the highest number of this write; the row stays locked until its end */
async function advanceClock(tx: WriteCtx, by: number): Promise<number> {
	const { rows } = await sql<{ seq: number }>`
		insert into kernel.clock as c (body_id, seq) values (${tx.body.id}, ${by})
		on conflict (body_id) do update set seq = c.seq + ${by} returning seq`.execute(tx.db);
	return rows[0]!.seq;
}

async function setPublicSeq(tx: WriteCtx, seq: number): Promise<void> {
	await sql`update kernel.clock set public_seq = ${seq}, public_at = clock_timestamp() where body_id = ${tx.body.id}`.execute(
		tx.db,
	);
}

/** What was told last of each object, by "kind id". */
async function lastTold(tx: WriteCtx, changes: PendingChange[]): Promise<Map<string, Told>> {
	const { rows } = await sql<Told & { key: string }>`
		select o.kind || ' ' || o.id as key, c.audience, c.deleted
		from unnest(${changes.map(({ kind }) => kind)}::text[], ${changes.map(({ id }) => id)}::uuid[]) as o (kind, id)
		cross join lateral (
			select audience, deleted from kernel.change
			where body_id = ${tx.body.id} and kind = o.kind and object_id = o.id order by seq desc limit 1
		) c`.execute(tx.db);
	return new Map(rows.map(({ key, audience, deleted }) => [key, { audience, deleted }]));
}

async function insertChanges(tx: WriteCtx, first: number, told: ToldChange[]): Promise<void> {
	await sql`
		insert into kernel.change (body_id, seq, module, kind, object_id, audience, deleted)
		select ${tx.body.id}, ${first}::bigint + n - 1, split_part(kind, '.', 1), kind, id, audience, deleted
		from unnest(${told.map(({ kind }) => kind)}::text[], ${told.map(({ id }) => id)}::uuid[],
			${told.map(({ audience }) => audience)}::text[], ${told.map(({ deleted }) => deleted)}::boolean[])
			with ordinality as t (kind, id, audience, deleted, n)`.execute(tx.db);
}
