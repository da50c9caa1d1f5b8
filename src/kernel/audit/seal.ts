import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '../ctx.ts';
import { write } from '../write.ts';
import { canonical } from './canonical.ts';
import { entriesOfDay, type AuditEntry } from './entries.ts';

export interface Seal {
	day: Temporal.PlainDate;
	entries: number;
	/** Hash of the seal before; for the first one the town's id. */
	previous: string;
	hash: string;
}

/** What is sealed of an entry, in this order. Personal values are not in it, only their salted hash: they may be erased. */
export function sealedLine(entry: AuditEntry): string {
	const { id, at, actorKind, accountId, personId, requestId, kind, objectId, act, fields, plain, personalHash } = entry;
	return canonical([
		id,
		at,
		actorKind,
		accountId,
		personId,
		requestId,
		kind,
		objectId,
		act,
		fields,
		plain,
		personalHash,
	]);
}

/** The seal as it should be: sha-256 over the previous seal, the day and a line for each entry. */
export async function computeSeal(ctx: Ctx, day: Temporal.PlainDate, previous: string): Promise<Seal> {
	const hash = createHash('sha256').update(`${previous}\n${day.toString()}\n`);
	let entries = 0;
	for await (const entry of entriesOfDay(ctx, day)) {
		hash.update(`${sealedLine(entry)}\n`);
		entries++;
	}
	return { day, entries, previous, hash: hash.digest('hex') };
}

export async function readSeals(ctx: Ctx): Promise<Seal[]> {
	const { rows } = await sql<Seal>`select day, entries, previous, hash from kernel.audit_seal
		where body_id = ${ctx.body.id} order by day`.execute(ctx.db);
	return rows;
}

/** The newest seal; printed, mailed or noted elsewhere it proves all entries up to its day. */
export async function newestSeal(ctx: Ctx): Promise<Seal | undefined> {
	const { rows } = await sql<Seal>`select day, entries, previous, hash from kernel.audit_seal
		where body_id = ${ctx.body.id} order by day desc limit 1`.execute(ctx.db);
	return rows[0];
}

/**
 * Seals one past day. Waits for writers that are still recording (see record.ts), so nothing of that day comes later.
 * @returns undefined when the day has no entries or is sealed already
 * @throws Error for today (in UTC) and later days: they are not over
 */
export async function sealDay(tx: WriteCtx, day: Temporal.PlainDate): Promise<Seal | undefined> {
	if (Temporal.PlainDate.compare(day, utcToday()) >= 0) throw new Error(`the day ${day.toString()} is not over`);
	await sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${tx.body.id}`}, 0))`.execute(tx.db);
	const newest = await newestSeal(tx);
	if (newest && Temporal.PlainDate.compare(newest.day, day) >= 0) return undefined;
	const seal = await computeSeal(tx, day, newest?.hash ?? tx.body.id);
	if (!seal.entries) return undefined;
	await sql`insert into kernel.audit_seal (body_id, day, entries, previous, hash)
		values (${tx.body.id}, ${day}, ${seal.entries}, ${seal.previous}, ${seal.hash})`.execute(tx.db);
	return seal;
}

/** Seals every past day that has entries and no seal yet, each in its own transaction. The nightly job. */
export async function sealPastDays(ctx: Ctx): Promise<Seal[]> {
	const { rows } = await sql<{ day: Temporal.PlainDate }>`
		select distinct day from kernel.audit_entry
		where body_id = ${ctx.body.id} and day < ${utcToday()}
			and day > coalesce((select max(day) from kernel.audit_seal where body_id = ${ctx.body.id}), '-infinity')
		order by day`.execute(ctx.db);
	const seals: Seal[] = [];
	for (const { day } of rows) {
		const seal = await write(ctx, (tx) => sealDay(tx, day));
		if (seal) seals.push(seal);
	}
	return seals;
}

function utcToday(): Temporal.PlainDate {
	return Temporal.Now.plainDateISO('UTC');
}
