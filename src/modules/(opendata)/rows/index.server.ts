import type { Ctx } from '#kernel/ctx.ts';
import type { Rows } from '#kernel/http/open-table.ts';
import type { SetId } from '../sets.ts';
import { paperRows } from './papers.server.ts';
import { attendanceRows, sessionRows, voteRows } from './sessions.server.ts';

/** Public rows of a table, in the order of its columns. */
export const ROWS: Record<SetId, (ctx: Ctx, origin: string) => Rows> = {
	sitzungen: sessionRows,
	anwesenheit: attendanceRows,
	abstimmungen: voteRows,
	vorlagen: paperRows,
};
