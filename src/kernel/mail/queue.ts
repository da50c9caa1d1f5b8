import type { Ctx, WriteCtx } from '../ctx.ts';
import { newId } from '../ids.ts';

export interface Mail {
	to: string;
	/** Language of the words, for `lang` and `dir` of the HTML part. */
	locale: string;
	subject: string;
	text: string;
	/** Inner HTML of the body; the frame (town, direction) is put around when it is sent. */
	html: string;
	attachments?: MailAttachment[];
	/** e.g. List-Unsubscribe */
	headers?: Record<string, string>;
}

export interface MailAttachment {
	name: string;
	mediaType: string;
	/** Text as it is; bytes as base64 with `encoding`. */
	content: string;
	encoding?: 'base64';
}

/** Puts a mail into the outbox, inside the writing transaction: it goes out only if that commits. @returns id */
export async function queueMail(tx: WriteCtx, mail: Mail): Promise<string> {
	const id = newId();
	const { to: recipient, locale, subject, text, html, attachments = [], headers = {} } = mail;
	await tx.db
		.insertInto('kernel.mail')
		.values({ id, recipient, locale, subject, text, html, attachments: JSON.stringify(attachments), headers: JSON.stringify(headers) })
		.execute();
	await tx.enqueue('kernel.sendMail', { mailId: id }, { key: `kernel.sendMail ${id}` });
	return id;
}

export interface KeptMail {
	id: string;
	recipient: string;
	locale: string;
	subject: string;
	text: string;
	html: string;
	state: string;
	created_at: Temporal.Instant;
}

/** The newest mails of a town, for the page of the demonstration's post. Callers see to it that it is one. */
export async function sentMail(ctx: Ctx, limit = 50): Promise<KeptMail[]> {
	return ctx.db
		.selectFrom('kernel.mail')
		.select(['id', 'recipient', 'locale', 'subject', 'text', 'html', 'state', 'created_at'])
		.orderBy('created_at', 'desc')
		.limit(limit)
		.execute();
}
