import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import type { Actor } from '../access/actor.ts';

/** One act as the audit log keeps it. */
export interface AuditEntry {
	id: string;
	at: Temporal.Instant;
	actorKind: Actor['kind'];
	accountId: string | null;
	personId: string | null;
	requestId: string;
	kind: string;
	objectId: string;
	act: string;
	/** Names of all changed fields, personal ones included. */
	fields: string[];
	/** Values of the fields that are not personal. */
	plain: Record<string, unknown>;
	/** Null when no field was personal. */
	personalHash: string | null;
	/** Personal values; null when there were none or they were erased. Only there when asked for. */
	personal: Record<string, unknown> | null;
	salt: string | null;
}

const COLUMNS = sql`e.id, e.at, e.actor_kind as "actorKind", e.account_id as "accountId", e.person_id as "personId",
	e.request_id as "requestId", e.kind, e.object_id as "objectId", e.act, e.fields, e.plain,
	e.personal_hash as "personalHash", v.values as personal, v.salt`;
const TABLES = sql`kernel.audit_entry e left join kernel.audit_value v on v.body_id = e.body_id and v.entry_id = e.id`;

export interface AuditFilter {
	kind?: string;
	objectId?: string;
	act?: string;
	accountId?: string;
	/** Days in UTC, both included. */
	from?: Temporal.PlainDate;
	until?: Temporal.PlainDate;
	/** Entries older than this one: the id of the last on the page before. */
	before?: string;
	/** At most 500; default 50. */
	limit?: number;
	/** Personal values as well; auditors read the log without them (rulebook section 5, row "DPO/auditor"). */
	withPersonalValues?: boolean;
}

/** The newest entries first. The caller demands its permission before. */
export async function auditEntries(ctx: Ctx, filter: AuditFilter = {}): Promise<AuditEntry[]> {
	const { kind, objectId, act, accountId, from, until, before } = filter;
	const { rows } = await sql<AuditEntry>`
		select ${COLUMNS} from ${TABLES}
		where e.body_id = ${ctx.body.id}
			${kind ? sql`and e.kind = ${kind}` : sql``}
			${objectId ? sql`and e.object_id = ${objectId}` : sql``}
			${act ? sql`and e.act = ${act}` : sql``}
			${accountId ? sql`and e.account_id = ${accountId}` : sql``}
			${from ? sql`and e.day >= ${from}` : sql``}
			${until ? sql`and e.day <= ${until}` : sql``}
			${before ? sql`and e.id < ${before}` : sql``}
		order by e.id desc limit ${Math.min(filter.limit ?? 50, 500)}`.execute(ctx.db);
	return filter.withPersonalValues ? rows : rows.map((row) => ({ ...row, personal: null, salt: null }));
}

const CHUNK = 2000;

/** All entries of one day in the order in which they are sealed, a few thousand at a time. */
export async function* entriesOfDay(ctx: Ctx, day: Temporal.PlainDate): AsyncGenerator<AuditEntry> {
	for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
		const { rows } = await sql<AuditEntry>`
			select ${COLUMNS} from ${TABLES}
			where e.body_id = ${ctx.body.id} and e.day = ${day} and e.id > ${after}
			order by e.id limit ${CHUNK}`.execute(ctx.db);
		yield* rows;
		if (rows.length < CHUNK) return;
		after = rows.at(-1)!.id;
	}
}
