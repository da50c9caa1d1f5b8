import { sql, type RawBuilder } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import type { PersonalColumn, PersonalTable } from './declaration.ts';
import { deletesRow, emptied, isAbout, personalTables, stillFilled, tableOf, type DeclaredTable } from './tables.ts';

/** Told to modules when what is known of a person was erased or corrected: their own texts that show it follow. */
export const PERSON_CHANGED = 'kernel.personChanged';
export interface PersonChanged {
	personId: string;
}

/** What was done in one table. */
export interface ErasureStep {
	table: string;
	deleted: number;
	emptied: number;
}

/**
 * Erases a person (Art. 17 GDPR) in every declared table, those that build on others first: rows go or are emptied as
 * declared; what the law keeps stays and is named in `kept`. Search words are swept afterwards by a job. The caller
 * demands its permission, touches the person and tells of the act.
 * @throws Error of the database when a row is still needed by one that no declaration names (nothing is erased then)
 */
export async function erasePerson(tx: WriteCtx, personId: string): Promise<{ steps: ErasureStep[]; kept: string[] }> {
	const steps: ErasureStep[] = [];
	const kept: string[] = [];
	for (const table of inOrder(personalTables())) {
		const about = isAbout(table, personId);
		if (!about) continue;
		const columns = Object.entries(table.columns);
		const step = await eraseRows(tx, table, columns, about);
		if (step.deleted || step.emptied) steps.push(step);
		if (deletesRow(columns)) continue;
		kept.push(...columns.filter(([, { erase }]) => erase === 'keep').map(([name]) => `${table.table}.${name}`));
	}
	await tx.emit(PERSON_CHANGED, { personId } satisfies PersonChanged);
	await tx.enqueue('kernel.search.sweep', null, { key: 'erased' });
	return { steps, kept };
}

/**
 * Those that find their rows through other tables (a mail address, a parent row) come first, while those still say it;
 * then the others, from the modules that build on others down to the kernel.
 */
function inOrder(tables: DeclaredTable[]): DeclaredTable[] {
	const last = tables.toReversed();
	const through = (table: DeclaredTable) => table.person !== null && 'sql' in table.person;
	return [...last.filter(through), ...last.filter((table) => !through(table))];
}

/** Deletes or empties the rows of a condition; objects whose text held them are touched, so that search follows. */
export async function eraseRows(
	tx: WriteCtx,
	table: PersonalTable,
	columns: [string, PersonalColumn][],
	condition: RawBuilder<boolean>,
): Promise<ErasureStep> {
	const touched = table.touches ? sql`t.${sql.ref(table.touches.column)}::text` : sql`null::text`;
	const where = sql`where t.body_id = ${tx.body.id} and ${condition}`;
	const values = emptied(columns);
	const isDeleted = deletesRow(columns);
	if (!isDeleted && !values) return { table: table.table, deleted: 0, emptied: 0 };
	const { rows } = isDeleted
		? await sql<{
				object: string | null;
			}>`delete from ${tableOf(table)} ${where} returning ${touched} as object`.execute(tx.db)
		: await sql<{ object: string | null }>`update ${tableOf(table)} set ${values} ${where} and ${stillFilled(columns)}
			returning ${touched} as object`.execute(tx.db);
	for (const id of new Set(rows.map(({ object }) => object))) {
		if (id && table.touches) tx.touch(table.touches.kind, id, { act: 'erased' });
	}
	return { table: table.table, deleted: isDeleted ? rows.length : 0, emptied: isDeleted ? 0 : rows.length };
}
