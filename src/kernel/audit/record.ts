import { sql } from 'kysely';
import type { Touch, WriteCtx } from '../ctx.ts';
import { newId } from '../ids.ts';
import { canonical, newSalt, personalHash } from './canonical.ts';

/**
 * Writes the audit entry of one act, in the transaction of the act. Values of the fields named in `what.personal` go to
 * the erasable companion row; the entry, which is sealed and never changed, keeps their salted hash.
 */
export async function recordAudit(tx: WriteCtx, kind: string, id: string, what: Touch): Promise<void> {
	await sharedSealLock(tx);
	const { plain, personal } = divide(what);
	const entryId = newId();
	const salt = newSalt();
	const hash = personal ? personalHash(salt, personal) : null;
	const { kind: actorKind, accountId, personId } = tx.actor;
	await sql`
		insert into kernel.audit_entry (body_id, id, actor_kind, account_id, person_id, request_id, kind, object_id, act,
			fields, plain, personal_hash)
		values (${tx.body.id}, ${entryId}, ${actorKind}, ${accountId}, ${personId}, ${tx.requestId}, ${kind}, ${id},
			${what.act}, ${Object.keys(what.fields ?? {}).sort()}::text[], ${canonical(plain)}::jsonb, ${hash})`.execute(tx.db);
	if (!personal) return;
	const subject = what.subject ?? (kind === 'registry.person' ? id : null);
	await sql`
		insert into kernel.audit_value (body_id, entry_id, subject_id, values, salt)
		values (${tx.body.id}, ${entryId}, ${subject}, ${canonical(personal)}::jsonb, ${salt})`.execute(tx.db);
}

/** Writers share this lock, a seal takes it alone: a day is sealed when its last entry is committed, not before. */
async function sharedSealLock(tx: WriteCtx): Promise<void> {
	await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`audit ${tx.body.id}`}, 0))`.execute(tx.db);
}

function divide(what: Touch): { plain: Record<string, unknown>; personal: Record<string, unknown> | null } {
	const names = new Set(what.personal);
	const plain: Record<string, unknown> = {};
	const personal: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(what.fields ?? {}))
		(names.has(name) ? personal : plain)[name] = value ?? null;
	return { plain, personal: Object.keys(personal).length ? personal : null };
}
