import { sql, type RawBuilder } from 'kysely';
import type { Ctx, WriteCtx } from '../ctx.ts';
import { newId } from '../ids.ts';
import { write } from '../write.ts';
import type { PersonalColumn, RetentionClass } from './declaration.ts';
import { eraseRows, type ErasureStep } from './erase.ts';
import { cutoff } from './retention.ts';
import { personalTables, type DeclaredTable } from './tables.ts';

export interface RetentionReport {
	/** The day whose retention periods counted. */
	day: Temporal.PlainDate;
	steps: (ErasureStep & { retention: RetentionClass; before: Temporal.PlainDate })[];
}

/**
 * Erases what is over its time, table by table, each in its own transaction, and keeps a report of what was done (without
 * the values). Records that must be offered to the archive first (rulebook R8-20) have the class `permanent` until then.
 */
export async function retentionRun(ctx: Ctx, today: Temporal.PlainDate): Promise<RetentionReport> {
	const steps: RetentionReport['steps'] = [];
	for (const { table, columns, retention, before, condition } of endingParts(today)) {
		const step = await write(ctx, (tx) => eraseRows(tx, table, columns, condition));
		if (step.deleted || step.emptied) steps.push({ ...step, retention, before });
	}
	const report = { day: today, steps };
	await write(ctx, (tx) => keep(tx, report));
	return report;
}

interface EndingPart {
	table: DeclaredTable;
	columns: [string, PersonalColumn][];
	retention: RetentionClass;
	before: Temporal.PlainDate;
	/** Which rows are over their time. */
	condition: RawBuilder<boolean>;
}

/** Every part of a table that ends by a date, in the order in which a run of that day takes them. */
export function endingParts(today: Temporal.PlainDate): EndingPart[] {
	const dated = personalTables()
		.toReversed()
		.filter(({ from }) => from);
	return dated.flatMap((table) =>
		groups(table).flatMap(({ retention, columns }) => {
			const before = cutoff(retention, today);
			return before ? [{ table, columns, retention, before, condition: isOver(table, before) }] : [];
		}),
	);
}

/**
 * Columns that end together. A row that is deleted as a whole is deleted when the last of its columns may go; its other
 * columns are emptied in their own time before.
 */
function groups({ columns }: DeclaredTable): { retention: RetentionClass; columns: [string, PersonalColumn][] }[] {
	const all = Object.entries(columns);
	const classes = [...new Set(all.map(([, { retention }]) => retention))];
	const whole = all.filter(([, { erase }]) => erase === 'delete-row');
	const longest = whole
		.map(([, { retention }]) => retention)
		.sort(byLength)
		.at(-1);
	return classes.map((retention) => ({
		retention,
		columns: all.filter(
			([, column]) => column.retention === retention && (column.erase !== 'delete-row' || retention === longest),
		),
	}));
}

/** Classes without an end are the longest. */
function byLength(a: RetentionClass, b: RetentionClass): number {
	const day = Temporal.PlainDate.from('2000-01-01');
	const [x, y] = [cutoff(a, day), cutoff(b, day)];
	if (!x || !y) return Number(!x) - Number(!y);
	return Temporal.PlainDate.compare(y, x);
}

function isOver({ from }: DeclaredTable, before: Temporal.PlainDate): RawBuilder<boolean> {
	const date = typeof from === 'string' ? sql`t.${sql.ref(from)}` : sql.raw(`(${from!.sql})`);
	return sql`${date}::date < ${before}::date`;
}

async function keep(tx: WriteCtx, { day, steps }: RetentionReport): Promise<void> {
	const told = steps.map((step) => ({ ...step, before: step.before.toString() }));
	await sql`insert into kernel.retention_run (body_id, id, day, steps)
		values (${tx.body.id}, ${newId()}, ${day}, ${JSON.stringify(told)}::jsonb)`.execute(tx.db);
	if (steps.length) await tx.enqueue('kernel.search.sweep', null, { key: 'erased' });
}

export interface KeptRun {
	at: Temporal.Instant;
	day: Temporal.PlainDate;
	steps: (ErasureStep & { retention: RetentionClass; before: string })[];
}

/** The reports of the last runs, the newest first. */
export async function retentionRuns(ctx: Ctx, limit = 30): Promise<KeptRun[]> {
	const { rows } = await sql<KeptRun>`select at, day, steps from kernel.retention_run
		where body_id = ${ctx.body.id} order by at desc limit ${limit}`.execute(ctx.db);
	return rows;
}
