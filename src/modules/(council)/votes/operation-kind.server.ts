import type { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import type { OperationKind } from '#kernel/live/operations.ts';
import type { RowScope } from '#kernel/live/rows.ts';

/** Ties the type of a payload to its schema. */
export function kind<Schema extends z.ZodType>(
	payload: Schema,
	rows: (given: z.output<Schema>, tx: WriteCtx) => RowScope[] | Promise<RowScope[]>,
	apply: (tx: WriteCtx, given: z.output<Schema>, base: string) => Promise<unknown>,
): OperationKind<z.output<Schema>> {
	return { payload: payload as z.ZodType<z.output<Schema>>, rows, apply };
}

/** Rows of a table under an item. */
export const ofItem = (table: string, item: string): RowScope => ({
	table: `council.${table}`,
	where: { agenda_item_id: item },
});
