import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { taskOwnerColumns } from '../queries/public-names.server.ts';
import { mayFinish, UNDO_DAYS } from '../rules/tasks.ts';

interface Task {
	state: 'open' | 'done' | 'dropped';
	doneOn: string | null;
	personIds: (string | null)[];
	organisationIds: (string | null)[];
	councilBodyId: string;
}

/**
 * Reports a task as done today. Reporting it twice changes nothing.
 * @throws NotFound, Forbidden when it is somebody else's
 */
export async function finishTask(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.tasks');
	await write(ctx, async (tx) => {
		const task = await taskFor(tx, id);
		if (task.state !== 'open') return;
		await tx.db.updateTable('council.task').set({ state: 'done', done_on: tx.today }).where('id', '=', id).execute();
		tx.touch('council.task', id, { act: 'done', fields: { state: 'done', doneOn: tx.today.toString() } });
	});
}

/**
 * Takes "done" back. @throws NotFound, Forbidden, RuleViolation `council.taskUndoOver` after `UNDO_DAYS` days
 */
export async function reopenTask(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.tasks');
	await write(ctx, async (tx) => {
		const task = await taskFor(tx, id);
		if (task.state !== 'done') return;
		const last = task.doneOn && Temporal.PlainDate.from(task.doneOn).add({ days: UNDO_DAYS });
		if (!last || Temporal.PlainDate.compare(last, tx.today) < 0)
			throw new RuleViolation('council.taskUndoOver', { days: UNDO_DAYS });
		await tx.db.updateTable('council.task').set({ state: 'open', done_on: null }).where('id', '=', id).execute();
		tx.touch('council.task', id, { act: 'reopened', fields: { state: 'open' } });
	});
}

async function taskFor(tx: WriteCtx, id: string): Promise<Task> {
	if (!isId(id)) throw new NotFound('task');
	const { rows } =
		await sql<Task>`select t.state, t.done_on::text as "doneOn", ${taskOwnerColumns(tx.body.id)}, m.council_body_id as "councilBodyId"
		from council.task t join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
		where t.body_id = ${tx.body.id} and t.id = ${id} for update of t`.execute(tx.db);
	const [task] = rows;
	if (!task) throw new NotFound('task');
	if (!mayFinish(tx.actor, task)) throw new Forbidden('council.tasks');
	return task;
}
