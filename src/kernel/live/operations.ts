import { sql } from 'kysely';
import { z } from 'zod';
import type { Ctx, WriteCtx } from '../ctx.ts';
import { Conflict, NotFound, RuleViolation } from '../errors.ts';
import { write } from '../write.ts';
import { recordRows, restoreRows, type RowChange, type RowScope } from './rows.ts';

/** One thing that may be done in a room, such as "the item is opened". */
export interface OperationKind<Payload = unknown> {
	payload: z.ZodType<Payload>;
	/**
	 * Does it, inside a running write whose `now` is the moment it happened. Asks for permission itself.
	 * @returns what the client wants to know, or nothing
	 * @throws RuleViolation when a rule says no, Conflict when somebody changed the same thing since `base`
	 */
	apply: (tx: WriteCtx, payload: Payload, base: string) => Promise<unknown>;
	/** Of `UNDO` alone: what follows once the rows are as they were. */
	undone?: (tx: WriteCtx) => Promise<void>;
	/** Rows that it may change, for the way back; without it or where it names none, there is no way back. */
	rows?: (payload: Payload, tx: WriteCtx) => RowScope[] | Promise<RowScope[]>;
}

/** Operations of a room by name. The payloads are checked by their own schema. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type OperationKinds = Record<string, OperationKind<any>>;

export const Operation = z.object({
	clientId: z.uuid(),
	kind: z.string().max(60),
	payload: z.record(z.string(), z.unknown()),
	/** What the operation was made on (a hash, a number): how the client saw the thing before. */
	base: z.string().max(200).default(''),
	/** Milliseconds between doing and sending, by the client's clock: the network may have been away. */
	age: z
		.int()
		.min(0)
		.max(12 * 3_600_000)
		.default(0),
});
export type Operation = z.infer<typeof Operation>;
export const Batch = z.object({ operations: z.array(Operation).min(1).max(200) });

export type Answer = { clientId: string } & (
	| { state: 'done'; seq: number; result: unknown }
	/** It was received before; nothing was done again. */
	| { state: 'repeated'; seq: number; result: unknown }
	/** A rule says no, or what it was about is not there; `code` and `params` name the sentence. */
	| { state: 'refused'; code: string; params: Record<string, string | number>; field?: string }
	/** Somebody changed the same thing since; `current` is how it stands now, where the room tells. */
	| { state: 'conflict'; current: unknown }
);

/** Kind of an operation that takes another one back; its payload is `{ seq }`. */
export const UNDO = 'undo';
const UndoPayload = z.object({ seq: z.coerce.number().int().positive() });

/**
 * Does operations in the order in which they were sent, each in a write of its own: those of one room happen one after the
 * other, whoever sends them, and each happens once. A refused one does not stop those behind it; neither does one about
 * something that is gone (`kernel_operation_gone`), or the queue of a device would wait behind it for ever. The caller has
 * asked for permission.
 * @param room what they are done to, such as 'meeting:<id>'
 * @throws Forbidden when the actor may not do this here at all
 */
export async function applyOperations(
	ctx: Ctx,
	room: string,
	kinds: OperationKinds,
	operations: readonly Operation[],
): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (const operation of operations) answers.push(await applyOne(ctx, room, kinds, operation));
	return answers;
}

async function applyOne(ctx: Ctx, room: string, kinds: OperationKinds, operation: Operation): Promise<Answer> {
	const { clientId } = operation;
	try {
		return await write(ctx, async (tx) => {
			await sql`select pg_advisory_xact_lock(hashtextextended(${`room ${tx.body.id} ${room}`}, 0))`.execute(tx.db);
			const before = await received(tx, clientId);
			if (before) return { clientId, state: 'repeated', ...before };
			return { clientId, state: 'done', ...(await apply(tx, room, kinds, operation)) };
		});
	} catch (error) {
		if (error instanceof RuleViolation) {
			const { code, params, field } = error;
			return { clientId, state: 'refused', code, params, ...(field && { field }) };
		}
		if (error instanceof NotFound) return { clientId, state: 'refused', code: 'kernel_operation_gone', params: {} };
		if (error instanceof Conflict) {
			return { clientId, state: 'conflict', current: (error as { current?: unknown }).current ?? null };
		}
		throw error;
	}
}

async function apply(tx: WriteCtx, room: string, kinds: OperationKinds, operation: Operation) {
	const happened = { ...tx, now: tx.now.subtract({ milliseconds: operation.age }) };
	if (operation.kind === UNDO) return undo(happened, room, kinds, operation);
	const kind = kinds[operation.kind];
	if (!kind) throw new RuleViolation('kernel_operation_unknown');
	const payload: unknown = parsed(kind.payload, operation.payload);
	const scopes = (await kind.rows?.(payload, happened)) ?? [];
	const { value, changes } = await recordRows(tx, scopes, () => kind.apply(happened, payload, operation.base));
	const result = value ?? null;
	return { seq: await append(happened, room, operation, { result, undo: changes }), result };
}

function parsed(schema: z.ZodType, payload: unknown): unknown {
	const { success, data, error } = schema.safeParse(payload);
	if (success) return data;
	const field = error.issues[0]?.path.join('.');
	throw new RuleViolation('kernel_operation_unreadable', { field: field ?? '' }, field);
}

/** An undo is an operation like any other: it stands in the log, and can be taken back. */
async function undo(tx: WriteCtx, room: string, kinds: OperationKinds, operation: Operation) {
	const { seq } = parsed(UndoPayload, operation.payload) as { seq: number };
	const meant = await tx.db
		.selectFrom('kernel.operation')
		.select(['kind', 'payload', 'result', 'undo', 'undone_by'])
		.where('room', '=', room)
		.where('seq', '=', seq)
		.executeTakeFirst();
	const changes = (meant?.undo ?? []) as unknown as RowChange[];
	if (!meant || meant.undone_by !== null || !changes.length) throw new RuleViolation('kernel_operation_no_way_back');
	const { kind, payload, result } = meant;
	await kinds[UNDO]?.apply(tx, { kind, payload, result }, '');
	await restoreRows(tx, changes);
	await kinds[UNDO]?.undone?.(tx);
	const back = changes.map((change): RowChange => ({ ...change, before: change.after, after: change.before }));
	const own = await append(tx, room, operation, { result: null, undo: back, undoes: seq });
	await tx.db
		.updateTable('kernel.operation')
		.set({ undone_by: own })
		.where('room', '=', room)
		.where('seq', '=', seq)
		.execute();
	return { seq: own, result: null };
}

async function received(tx: WriteCtx, clientId: string): Promise<{ seq: number; result: unknown } | undefined> {
	return tx.db
		.selectFrom('kernel.operation')
		.select(['seq', 'result'])
		.where('client_id', '=', clientId)
		.executeTakeFirst();
}

async function append(
	tx: WriteCtx,
	room: string,
	{ clientId, kind, payload }: Operation,
	more: { result: unknown; undo: RowChange[]; undoes?: number },
): Promise<number> {
	const { rows } = await sql<{ seq: number }>`
		insert into kernel.operation (body_id, room, seq, client_id, kind, payload, result, undo, account_id, person_id, at, undoes)
		select ${tx.body.id}, ${room}, coalesce(max(seq), 0) + 1, ${clientId}, ${kind}, ${JSON.stringify(payload)}::jsonb,
			${JSON.stringify(more.result)}::jsonb, ${more.undo.length ? JSON.stringify(more.undo) : null}::jsonb,
			${tx.actor.accountId}, ${tx.actor.personId}, ${tx.now}, ${more.undoes ?? null}::bigint
		from kernel.operation where body_id = ${tx.body.id} and room = ${room} returning seq`.execute(tx.db);
	return rows[0]!.seq;
}

/** An operation as the trace shows it. */
export interface Done {
	seq: number;
	kind: string;
	payload: Record<string, unknown>;
	at: Temporal.Instant;
	personId: string | null;
	/** It has a way back, and nobody went it yet. */
	undoable: boolean;
	undone: boolean;
	undoes: number | null;
}

/** The newest operations of a room, the newest first. One query; the caller has asked for permission. */
export async function latestOperations(ctx: Pick<Ctx, 'db'>, room: string, limit = 50): Promise<Done[]> {
	const rows = await ctx.db
		.selectFrom('kernel.operation')
		.select(['seq', 'kind', 'payload', 'at', 'person_id', 'undoes', 'undone_by'])
		.select(sql<boolean>`undo is not null and undone_by is null`.as('undoable'))
		.where('room', '=', room)
		.orderBy('seq', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		seq: row.seq,
		kind: row.kind,
		payload: row.payload as Record<string, unknown>,
		at: row.at,
		personId: row.person_id,
		undoable: row.undoable,
		undone: row.undone_by !== null,
		undoes: row.undoes,
	}));
}
