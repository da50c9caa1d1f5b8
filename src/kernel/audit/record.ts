import { sql } from 'kysely';
import type { Touch, WriteCtx } from '../ctx.ts';
import { newId } from '../ids.ts';
import { canonical, newSalt, personalHash } from './canonical.ts';

/** What was done to an object. */
export interface Act {
	kind: string;
	id: string;
	what: Touch;
}

/**
 * Writes the audit entries of acts, in their order and in their transaction. Values of the fields named in `what.personal` go to
 * the erasable companion row; the entry, which is sealed and never changed, keeps their salted hash. Three queries at most.
 */
export async function recordAudits(tx: WriteCtx, acts: readonly Act[]): Promise<void> {
	if (!acts.length) return;
	await sharedSealLock(tx);
	const rows = acts.map(({ kind, id, what }) => {
		const { plain, personal } = divide(what);
		const salt = newSalt();
		return {
			entry: newId(),
			kind,
			id,
			act: what.act,
			fields: Object.keys(what.fields ?? {}).sort(),
			plain: canonical(plain),
			subject: what.subject ?? (kind === 'registry.person' ? id : null),
			values: personal && canonical(personal),
			salt: personal && salt,
			hash: personal ? personalHash(salt, personal) : null,
		};
	});
	const { kind: actorKind, accountId, personId } = tx.actor;
	await sql`
		insert into kernel.audit_entry (body_id, id, actor_kind, account_id, person_id, request_id, kind, object_id, act,
			fields, plain, personal_hash)
		select ${tx.body.id}, entry, ${actorKind}, ${accountId}::text, ${personId}::uuid, ${tx.requestId}, kind, id, act,
			array(select jsonb_array_elements_text(fields)), plain::jsonb, hash
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (entry uuid, kind text, id uuid, act text, fields jsonb, plain text,
			hash text)`.execute(tx.db);
	const personal = rows.filter(({ values }) => values !== null);
	if (!personal.length) return;
	await sql`
		insert into kernel.audit_value (body_id, entry_id, subject_id, values, salt)
		select ${tx.body.id}, entry, subject, values::jsonb, salt
		from jsonb_to_recordset(${JSON.stringify(personal)}::jsonb) as r (entry uuid, subject uuid, values text, salt text)`.execute(
		tx.db,
	);
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
