import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import type { RetentionClass } from './declaration.ts';
import { endingParts } from './retention-run.ts';
import { deletesRow, emptied, isAbout, personalTables, stillFilled, tableOf, type DeclaredTable } from './tables.ts';

/** What erasing would do, or leave, in one table. All words are keys of messages. */
export interface PreviewPart {
	table: string;
	purpose: string;
	basis: string;
	columns: string[];
	retention: RetentionClass[];
	rows: number;
}

export interface ErasurePreview {
	deleted: PreviewPart[];
	emptied: PreviewPart[];
	/** What the law keeps, with rows about this person. */
	kept: PreviewPart[];
}

/** What `erasePerson` would do now. Writes nothing; the caller demands its permission. */
export async function erasurePreview(ctx: Ctx, personId: string): Promise<ErasurePreview> {
	const preview: ErasurePreview = { deleted: [], emptied: [], kept: [] };
	for (const table of personalTables()) {
		const about = isAbout(table, personId);
		if (!about) continue;
		const columns = Object.entries(table.columns);
		const filled = emptied(columns) ? stillFilled(columns) : sql<boolean>`false`;
		const { rows } = await sql<{ all: number; filled: number }>`
			select count(*)::int as "all", (count(*) filter (where ${filled}))::int as filled from ${tableOf(table)}
			where t.body_id = ${ctx.body.id} and ${about}`.execute(ctx.db);
		const found = rows[0]!;
		if (deletesRow(columns)) add(preview.deleted, table, () => true, found.all);
		else {
			add(preview.emptied, table, (erase) => erase !== 'keep', found.filled);
			add(preview.kept, table, (erase) => erase === 'keep', found.all);
		}
	}
	return preview;
}

function add(to: PreviewPart[], table: DeclaredTable, which: (erase: string) => boolean, rows: number): void {
	const columns = Object.entries(table.columns).filter(([, { erase }]) => which(erase));
	if (!rows || !columns.length) return;
	const retention = [...new Set(columns.map(([, column]) => column.retention))];
	const { purpose, basis } = table;
	to.push({ table: table.table, purpose, basis, columns: columns.map(([name]) => name), retention, rows });
}

export interface DueStep {
	table: string;
	purpose: string;
	retention: RetentionClass;
	rows: number;
}

/** What a retention run on this day would erase. Writes nothing; the caller demands its permission. */
export async function retentionDue(ctx: Ctx, day: Temporal.PlainDate): Promise<DueStep[]> {
	const due: DueStep[] = [];
	for (const { table, columns, retention, condition } of endingParts(day)) {
		const isDeleted = deletesRow(columns);
		if (!isDeleted && !emptied(columns)) continue;
		const still = isDeleted ? sql<boolean>`true` : stillFilled(columns);
		const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from ${tableOf(table)}
			where t.body_id = ${ctx.body.id} and ${condition} and ${still}`.execute(ctx.db);
		if (rows[0]!.rows) due.push({ table: table.table, purpose: table.purpose, retention, rows: rows[0]!.rows });
	}
	return due;
}
