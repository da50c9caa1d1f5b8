import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { taskRows } from './tasks.server.ts';

export const TASK_COLUMNS = [
	'what',
	'who',
	'due',
	'dueText',
	'state',
	'doneOn',
	'meetingDate',
	'itemNumber',
	'url',
] as const;
export type TaskExport = Record<(typeof TASK_COLUMNS)[number], unknown>;

/** Tasks as everybody may read them, whoever asks: an export is passed on. */
export async function publicTasks(ctx: Ctx, origin: string): Promise<TaskExport[]> {
	const rows = await taskRows({ ...ctx, actor: VISITOR }, { limit: 20_000 });
	return rows.map(({ what, who, due, dueText, state, doneOn, meetingDate, itemNumber, meetingSlug }) => ({
		what,
		who,
		due,
		dueText,
		state,
		doneOn,
		meetingDate,
		itemNumber,
		url: `${origin}/sitzungen/${meetingSlug}`,
	}));
}
