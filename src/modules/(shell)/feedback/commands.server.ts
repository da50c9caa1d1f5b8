import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { isId, newId } from '#kernel/ids.ts';
import { compose } from '#kernel/mail/compose.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { accessibilityFacts, answerDue } from '../legal/accessibility.ts';
import type { Feedback } from './schema.ts';

/**
 * Keeps what a reader told about a barrier until it is answered, and tells the office that something came. The mail
 * carries nothing of the message: who is responsible reads it on the page. Everybody may send.
 * @returns the last day for an answer
 */
export async function sendFeedback(ctx: Ctx, given: Feedback, origin: string): Promise<Temporal.PlainDate> {
	const due = answerDue(ctx.today, accessibilityFacts(ctx.body.settings.accessibility));
	await write(ctx, async (tx) => {
		const id = newId();
		await tx.db
			.insertInto('shell.feedback')
			.values({ id, ...given, locale: tx.locale, due_on: due })
			.execute();
		tx.touch('shell.feedback', id, { act: 'received', fields: { dueOn: due.toString() } });
		await tellOffice(tx, `${origin}/barrierefreiheit/rueckmeldungen`);
	});
	return due;
}

async function tellOffice(tx: WriteCtx, url: string): Promise<void> {
	const to = tx.body.settings.contact?.email;
	if (!to) return;
	const letter = inLanguage('de', () => ({
		subject: m.shell_feedback_mail_subject(),
		...compose([
			{ kind: 'paragraph', text: m.shell_feedback_mail_text() },
			{ kind: 'button', label: m.shell_feedback_list(), href: url },
		]),
	}));
	await queueMail(tx, { to, locale: 'de', ...letter });
}

/** Notes that a message was answered. @throws NotFound, Forbidden */
export async function closeFeedback(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'shell.feedback');
	if (!isId(id)) throw new NotFound('feedback');
	await write(ctx, async (tx) => {
		const { numUpdatedRows } = await tx.db
			.updateTable('shell.feedback')
			.set({ answered_on: tx.today })
			.where('id', '=', id)
			.where('answered_on', 'is', null)
			.executeTakeFirst();
		if (!numUpdatedRows) throw new NotFound('feedback');
		tx.touch('shell.feedback', id, { act: 'answered' });
	});
}
