import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { newId } from '#kernel/ids.ts';
import { compose } from '#kernel/mail/compose.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';

/** Art. 12 para. 3 GDPR. */
const ANSWER_WITHIN = { months: 1 };

export interface ErasureRequest {
	id: string;
	personId: string;
	/** ISO days. */
	askedOn: string;
	dueOn: string;
}

/**
 * The person who is signed in asks to be erased. It waits on the administrators' desk, and a mail without a name tells
 * the office; asking again while it waits changes nothing. @throws NotFound for somebody without a person here
 */
export async function askForErasure(ctx: Ctx, origin: string): Promise<void> {
	demand(ctx.actor, 'shell.account');
	const { personId } = ctx.actor;
	if (!personId) throw new NotFound('person');
	await write(ctx, async (tx) => {
		const id = newId();
		const due = tx.today.add(ANSWER_WITHIN);
		const { numInsertedOrUpdatedRows: added } = await tx.db
			.insertInto('shell.erasure_request')
			.values({ id, person_id: personId, asked_on: tx.today, due_on: due })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (!added) return;
		tx.touch('shell.erasureRequest', id, { act: 'erasureAsked', fields: { dueOn: due.toString() } });
		await tellOffice(tx, due, `${origin}/personen/${personId}#auskunft`);
	});
}

async function tellOffice(tx: WriteCtx, due: Temporal.PlainDate, url: string): Promise<void> {
	const to = tx.body.settings.contact?.email;
	if (!to) return;
	const letter = inLanguage('de', () => ({
		subject: m.shell_data_mail_subject(),
		...compose([
			{ kind: 'paragraph', text: m.shell_data_mail_text({ due: formatDay(due.toString(), 'long', 'de') }) },
			{ kind: 'button', label: m.shell_data_mail_button(), href: url },
		]),
	}));
	await queueMail(tx, { to, locale: 'de', ...letter });
}

/** Requests that wait for an answer: one person's own, or, for administrators, those of all. */
export async function openRequests(ctx: Ctx, personId?: string): Promise<ErasureRequest[]> {
	if (!personId || personId !== ctx.actor.personId) demand(ctx.actor, 'shell.privacy');
	let query = ctx.db.selectFrom('shell.erasure_request').selectAll().where('answered_on', 'is', null);
	if (personId) query = query.where('person_id', '=', personId);
	const rows = await query.orderBy('due_on').limit(200).execute();
	return rows.map(({ id, person_id, asked_on, due_on }) => ({
		id,
		personId: person_id,
		askedOn: asked_on.toString(),
		dueOn: due_on.toString(),
	}));
}

/** Closes what a person asked, inside a running write: with the erasure, or because it was refused. */
export async function closeRequests(tx: WriteCtx, personId: string): Promise<number> {
	demand(tx.actor, 'shell.privacy');
	const closed = await tx.db
		.updateTable('shell.erasure_request')
		.set({ answered_on: tx.today })
		.where('person_id', '=', personId)
		.where('answered_on', 'is', null)
		.returning('id')
		.execute();
	for (const { id } of closed) tx.touch('shell.erasureRequest', id, { act: 'erasureAnswered' });
	return closed.length;
}
