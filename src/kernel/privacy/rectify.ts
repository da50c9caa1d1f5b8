import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import { Forbidden, NotFound } from '../errors.ts';
import { PERSON_CHANGED, type PersonChanged } from './erase.ts';
import { columnRef, isAbout, personalTables, tableOf } from './tables.ts';

export interface Rectification {
	personId: string;
	table: string;
	/** Id of the row. */
	id: string;
	column: string;
	value: string | null;
}

/**
 * Corrects one personal value (Art. 16 GDPR). The person alone may correct what is declared as `selfService`, in rows
 * about themselves; the office everything that is declared.
 * @param by who asks: decides whether `selfService` is needed; the caller has checked that they are who they say
 * @throws NotFound when no such value of this person is declared or there; Forbidden when the person may not do it alone
 */
export async function rectify(
	tx: WriteCtx,
	{ personId, table, id, column, value }: Rectification,
	by: 'person' | 'office',
): Promise<void> {
	const declared = personalTables().find((found) => found.table === table);
	const rule = declared?.columns[column];
	const about = declared && isAbout(declared, personId);
	if (!declared || !rule || !about) throw new NotFound();
	if (by === 'person' && !rule.selfService) throw new Forbidden(`${table}.${column}`);
	const { rows } = await sql<{ before: unknown }>`
		with old as (select ${columnRef(column)} as before from ${tableOf(declared)} where t.body_id = ${tx.body.id} and t.id = ${id})
		update ${tableOf(declared)} set ${sql.ref(column)} = ${value}
		where t.body_id = ${tx.body.id} and t.id = ${id} and ${about} returning (select before from old) as before`.execute(
		tx.db,
	);
	if (!rows.length) throw new NotFound();
	const { kind, column: idColumn } = declared.touches ?? { kind: table, column: 'id' };
	const object = idColumn === 'id' ? id : await objectId(tx, table, id, idColumn);
	tx.touch(kind, object, { act: 'rectified', fields: { [column]: value }, personal: [column], subject: personId });
	await tx.emit(PERSON_CHANGED, { personId } satisfies PersonChanged);
}

async function objectId(tx: WriteCtx, table: string, id: string, column: string): Promise<string> {
	const { rows } = await sql<{ object: string }>`select ${columnRef(column)} as object from ${sql.table(table)} as t
		where t.body_id = ${tx.body.id} and t.id = ${id}`.execute(tx.db);
	return rows[0]!.object;
}
