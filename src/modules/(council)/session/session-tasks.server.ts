import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { namesIn, ownersNamed, setFurtherOwners } from '../commands/task-owners.server.ts';
import { lockItem } from './items.server.ts';
import { lockSession } from './state.server.ts';

const optionalId = z.union([z.literal(''), z.uuid()]).default('');
export const NewTask = z.object({
	item: z.uuid(),
	what: z.string().trim().min(1).max(500),
	who: z.string().trim().max(200).default(''),
	person: optionalId,
	/** Further names, with commas between them. */
	others: z.string().trim().max(500).default(''),
	due: z.union([z.literal(''), z.iso.date()]).default(''),
});

/** A task that came out of an item, for somebody on the list or anybody else by name (SIT-20). @returns its id */
export async function addTask(tx: WriteCtx, meetingId: string, given: z.infer<typeof NewTask>): Promise<string> {
	await lockSession(tx, meetingId);
	const item = await lockItem(tx, meetingId, given.item);
	const person = given.person ? await nameOf(tx, given.person) : null;
	const id = newId();
	await tx.db
		.insertInto('council.task')
		.values({
			id,
			meeting_id: meetingId,
			agenda_item_id: item.id,
			what: given.what,
			who: given.who || (person ?? ''),
			person_id: given.person || null,
			due: given.due ? Temporal.PlainDate.from(given.due) : null,
			public: item.public,
		})
		.execute();
	await setFurtherOwners(tx, id, await ownersNamed(tx, meetingId, namesIn(given.others)));
	tx.touch('council.task', id, { act: 'created', fields: { due: given.due } });
	tx.touch('council.meeting', meetingId, { act: 'taskAdded', fields: { task: id } });
	return id;
}

async function nameOf(tx: WriteCtx, personId: string): Promise<string> {
	const person = await tx.db
		.selectFrom('registry.person')
		.select(['affix', 'given_name', 'family_name'])
		.where('id', '=', personId)
		.executeTakeFirst();
	if (!person) throw new NotFound('person');
	return [person.affix, person.given_name, person.family_name].filter(Boolean).join(' ');
}

export const TaskReview = z.object({
	task: z.uuid(),
	outcome: z.enum(['done', 'continued', 'dropped']),
	due: z.union([z.literal(''), z.iso.date()]).default(''),
});

/** What this session says to an open task of an earlier one: done, carried on (with a new day), or dropped (SIT-19). */
export async function reviewTask(tx: WriteCtx, meetingId: string, given: z.infer<typeof TaskReview>): Promise<void> {
	const session = await lockSession(tx, meetingId);
	if (!isId(given.task)) throw new NotFound('task');
	const task = await tx.db
		.selectFrom('council.task as t')
		.innerJoin('council.meeting as m', 'm.id', 't.meeting_id')
		.select(['t.id', 'm.council_body_id'])
		.where('t.id', '=', given.task)
		.forUpdate('t')
		.executeTakeFirst();
	if (!task || !session.bodies.includes(task.council_body_id)) throw new NotFound('task');
	const due = given.due ? Temporal.PlainDate.from(given.due) : null;
	await tx.db
		.insertInto('council.task_review')
		.values({ meeting_id: meetingId, task_id: task.id, outcome: given.outcome, due })
		.onConflict((conflict) =>
			conflict.columns(['body_id', 'meeting_id', 'task_id']).doUpdateSet({ outcome: given.outcome, due }),
		)
		.execute();
	const state = given.outcome === 'continued' ? 'open' : given.outcome;
	await tx.db
		.updateTable('council.task')
		.set({ state, done_on: state === 'done' ? tx.today : null, ...(due && given.outcome === 'continued' && { due }) })
		.where('id', '=', task.id)
		.execute();
	tx.touch('council.task', task.id, { act: 'reviewed', fields: { outcome: given.outcome } });
	tx.touch('council.meeting', meetingId, { act: 'taskReviewed', fields: { task: task.id } });
}
