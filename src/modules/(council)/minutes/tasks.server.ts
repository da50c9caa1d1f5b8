import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { namesIn, ownersNamed, setFurtherOwners } from '../commands/task-owners.server.ts';
import { demandItem, writable } from './writing.server.ts';

export interface MinutesTask {
	/** Empty: a new one. */
	id: string;
	itemId: string;
	what: string;
	/** Names with commas between them; the first is responsible first. */
	who: string;
	/** ISO day or empty. */
	due: string;
}

/**
 * Writes a task into minutes that are still written, or another wording, other owners, another day into one of theirs
 * (SIT-20). The same task written twice is one.
 * @throws RuleViolation `council.minutes.textMissing`, `council.minutesFixed`; NotFound, Forbidden
 */
export async function saveMinutesTask(ctx: Ctx, slug: string, given: MinutesTask): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		await demandItem(tx, minutes, given.itemId);
		const what = given.what.trim();
		if (!what) throw new RuleViolation('council.minutes.textMissing', {}, 'what');
		const [first, ...further] = await ownersNamed(tx, minutes.meetingId, namesIn(given.who));
		const row = {
			what,
			who: first?.name ?? '',
			person_id: first?.personId ?? null,
			organisation_id: first?.organisationId ?? null,
			due: given.due ? Temporal.PlainDate.from(given.due) : null,
		};
		const same = await tx.db
			.selectFrom('council.task')
			.select('id')
			.where('meeting_id', '=', minutes.meetingId)
			.where('agenda_item_id', '=', given.itemId)
			.where((eb) => (given.id ? eb('id', '=', isId(given.id) ? given.id : newId()) : eb('what', '=', what)))
			.forUpdate()
			.executeTakeFirst();
		if (given.id && !same) throw new NotFound('task');
		const id = same?.id ?? newId();
		if (same) await tx.db.updateTable('council.task').set(row).where('id', '=', id).execute();
		else await insertTask(tx, minutes.meetingId, given.itemId, { id, ...row });
		await setFurtherOwners(tx, id, further);
		tx.touch('council.task', id, { act: same ? 'changed' : 'created', fields: { due: given.due } });
		tx.touch('council.minutes', minutes.id, { act: 'taskWritten', fields: { task: id } });
	});
}

async function insertTask(
	tx: Parameters<typeof setFurtherOwners>[0],
	meetingId: string,
	itemId: string,
	row: { id: string; what: string; who: string; due: Temporal.PlainDate | null },
): Promise<void> {
	const item = await tx.db
		.selectFrom('council.agenda_item')
		.select('public')
		.where('id', '=', itemId)
		.executeTakeFirstOrThrow();
	await tx.db
		.insertInto('council.task')
		.values({ ...row, meeting_id: meetingId, agenda_item_id: itemId, public: item.public })
		.execute();
}

/** Takes a task out of minutes that are still written. */
export async function dropMinutesTask(
	ctx: Ctx,
	slug: string,
	{ id, itemId }: { id: string; itemId: string },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		await demandItem(tx, minutes, itemId);
		if (!isId(id)) throw new NotFound('task');
		const gone = await tx.db
			.deleteFrom('council.task')
			.where('id', '=', id)
			.where('meeting_id', '=', minutes.meetingId)
			.where('agenda_item_id', '=', itemId)
			.executeTakeFirst();
		if (!gone.numDeletedRows) return;
		tx.touch('council.task', id, { act: 'removed' });
		tx.touch('council.minutes', minutes.id, { act: 'taskRemoved', fields: { task: id } });
	});
}
