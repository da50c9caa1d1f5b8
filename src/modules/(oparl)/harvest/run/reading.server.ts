import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { runtime } from '#kernel/runtime.ts';
import { write } from '#kernel/write.ts';
import type { ForeignBody, ForeignSystem, KnownPage } from '../client/source.ts';
import { Findings, type Finding } from '../reading/findings.ts';

/** How far a list was read. */
export interface ListState {
	/** Page to go on with. */
	next: string | null;
	done: boolean;
	/** It was read to its end: what it did not tell is gone. */
	whole: boolean;
	told: number;
}

export interface Count {
	told: number;
	kept: number;
	gone: number;
}

/** A reading of a source that runs, or goes on. */
export interface Reading {
	id: string;
	sourceId: string;
	sourceName: string;
	whole: boolean;
	withFiles: boolean;
	since: string | null;
	startedAt: string;
	lists: Record<string, ListState>;
	counts: Record<string, Count>;
	findings: Findings;
	resumed: boolean;
	pages: Map<string, KnownPage & { ids: string[] }>;
}

/** Somebody asked the reading to stop; it can go on later. */
export class Stopped extends Error {
	override name = 'Stopped';
}

export interface SourceOf {
	address: string;
	kind: 'oparl' | 'dump' | 'calendar' | 'feed';
	system: ForeignSystem;
	body: ForeignBody;
}

/** A reading that stopped half-way goes on; else a new one begins, of everything or of what changed since the last. */
export async function beginReading(
	ctx: Ctx,
	of: SourceOf,
	wanted: { whole: boolean; files: boolean },
): Promise<Reading> {
	return write(ctx, async (tx) => {
		const source = await keepSource(tx, of);
		const { rows } = await sql<{
			id: string;
			whole: boolean;
			files: boolean;
			since: Temporal.Instant | null;
			at: Temporal.Instant;
			lists: Reading['lists'];
			counts: Reading['counts'];
			findings: Finding[];
		}>`
			select id, whole, with_files as files, since, started_at as at, lists, counts, findings from oparl.reading
			where body_id = ${tx.body.id} and source_id = ${source.id} and state <> 'done'
			order by started_at desc limit 1`.execute(tx.db);
		const before = rows[0];
		const goesOn = before && (before.whole || !wanted.whole) && (before.files || !wanted.files) ? before : null;
		const whole = wanted.whole || source.toldUntil === null;
		const reading = goesOn
			? {
					id: goesOn.id,
					whole: goesOn.whole,
					withFiles: goesOn.files,
					since: goesOn.since?.toString() ?? null,
					startedAt: goesOn.at.toString(),
				}
			: {
					id: newId(),
					whole,
					withFiles: wanted.files,
					// The clocks of two machines differ: an hour is asked twice rather than not at all.
					since: whole ? null : Temporal.Instant.from(source.toldUntil!).subtract({ hours: 1 }).toString(),
					startedAt: tx.now.toString(),
				};
		await sql`update oparl.reading set state = 'broken', ended_at = ${tx.now} where body_id = ${tx.body.id} and source_id = ${source.id}
			and state = 'running'`.execute(tx.db);
		if (!goesOn)
			// What an older reading left half-way is read anew by this one.
			await sql`update oparl.reading set state = 'done', ended_at = coalesce(ended_at, ${tx.now}), error = 'superseded'
				where body_id = ${tx.body.id} and source_id = ${source.id} and state <> 'done'`.execute(tx.db);
		await sql`insert into oparl.reading (body_id, id, source_id, whole, since, with_files, started_at)
			values (${tx.body.id}, ${reading.id}, ${source.id}, ${reading.whole}, ${reading.since}, ${reading.withFiles}, ${reading.startedAt})
			on conflict (body_id, id) do update set state = 'running', stop = false, ended_at = null, error = ''`.execute(tx.db);
		return {
			...reading,
			sourceId: source.id,
			sourceName: source.name,
			lists: goesOn?.lists ?? {},
			counts: goesOn?.counts ?? {},
			findings: new Findings(goesOn?.findings ?? []),
			resumed: goesOn !== null,
			pages: await knownPages(tx, source.id),
		};
	});
}

/** The body of a system, as it calls itself now. */
export async function keepSource(
	tx: WriteCtx,
	{ address, kind, system, body }: SourceOf,
): Promise<{ id: string; name: string; toldUntil: string | null }> {
	const name = body.name === system.name || !system.name ? body.name : `${body.name} (${system.name})`;
	const { rows } = await sql<{ id: string; name: string; toldUntil: Temporal.Instant | null }>`
		insert into oparl.source (body_id, id, address, foreign_body, kind, name, version, license)
		values (${tx.body.id}, ${newId()}, ${address}, ${body.id}, ${kind}, ${name}, ${system.version}, ${body.license ?? system.license ?? ''})
		on conflict (body_id, address, foreign_body) do update set name = excluded.name, version = excluded.version, kind = excluded.kind, license = excluded.license
		returning id, name, told_until as "toldUntil"`.execute(tx.db);
	const row = rows[0]!;
	return { ...row, toldUntil: row.toldUntil?.toString() ?? null };
}

async function knownPages(tx: WriteCtx, sourceId: string): Promise<Reading['pages']> {
	const { rows } = await sql<
		KnownPage & { address: string; ids: string[] }
	>`select address, etag, last_modified as "lastModified", next, ids
		from oparl.foreign_page where body_id = ${tx.body.id} and source_id = ${sourceId}`.execute(tx.db);
	return new Map(rows.map(({ address, ...page }) => [address, page]));
}

/** Keeps how far it has come. @throws Stopped when somebody asked it to stop */
export async function keepProgress(tx: WriteCtx, reading: Reading): Promise<void> {
	const { rows } = await sql<{
		stop: boolean;
	}>`update oparl.reading set lists = ${JSON.stringify(reading.lists)}::jsonb,
		counts = ${JSON.stringify(reading.counts)}::jsonb, findings = ${JSON.stringify(reading.findings.list())}::jsonb
		where body_id = ${tx.body.id} and id = ${reading.id} returning stop`.execute(tx.db);
	if (rows[0]?.stop) throw new Stopped('stopped by the office');
}

export async function endReading(
	ctx: Ctx,
	reading: Reading,
	state: 'done' | 'cancelled' | 'broken',
	error = '',
): Promise<void> {
	await write(ctx, async (tx) => {
		await sql`update oparl.reading set state = ${state}, ended_at = now(), error = ${error.slice(0, 500)},
			counts = ${JSON.stringify(reading.counts)}::jsonb, findings = ${JSON.stringify(reading.findings.list())}::jsonb
			where body_id = ${tx.body.id} and id = ${reading.id}`.execute(tx.db);
		if (state === 'done')
			await sql`update oparl.source set told_until = ${reading.startedAt} where body_id = ${tx.body.id}
				and id = ${reading.sourceId}`.execute(tx.db);
	});
}

export function countOf(reading: Reading, kind: string): Count {
	return (reading.counts[kind] ??= { told: 0, kept: 0, gone: 0 });
}

/**
 * Runs `work` while nobody else reads for this town. The lock ends with the process, however that ends.
 * @returns null when another reading runs
 */
export async function alone<T>(ctx: Ctx, work: () => Promise<T>): Promise<T | null> {
	const client = await runtime().pool.connect();
	const key = `mitrat reading ${ctx.body.id}`;
	try {
		const { rows } = await client.query<{ got: boolean }>(
			'select pg_try_advisory_lock(hashtextextended($1, 0)) as got',
			[key],
		);
		if (!rows[0]!.got) return null;
		try {
			return await work();
		} finally {
			await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]);
		}
	} finally {
		client.release();
	}
}
