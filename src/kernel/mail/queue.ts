import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import type { Locale } from '../i18n/locales.ts';
import { newId } from '../ids.ts';

export interface Attachment {
	name: string;
	mediaType: string;
	content: Uint8Array;
}

/** A mail as a command queues it. All words are in the reader's language already. */
export interface Mail {
	to: string | { name: string; address: string };
	/** Language of subject and text: decides `lang`, direction and Content-Language. */
	locale: Locale;
	subject: string;
	text: string;
	/** The inside of the body; the frame with language and direction comes from the mail room. */
	html: string;
	/** Person of the registry, for subject access and erasure. */
	personId?: string;
	replyTo?: string;
	/** Page where one button ends the subscription (GET shows it, POST does it: one click in mail programs). */
	unsubscribeUrl?: string;
	/** An invitation or its cancellation: see ics.ts. */
	calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string };
	attachments?: Attachment[];
}

export const SEND_JOB = 'kernel.mail.send';
/** Tries of the send job: spread over about sixteen hours. */
export const TRIES = 12;

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/u;

/** True for an address a mail can be sent to, as far as its spelling tells. */
export function isMailAddress(text: string): boolean {
	return text.length <= 254 && ADDRESS.test(text);
}

/**
 * Puts a mail into the outbox, inside the running write: it is sent only if that is committed.
 * @returns its id
 * @throws Error for an address that is none (check what people type with `isMailAddress` before)
 */
export async function queueMail(tx: WriteCtx, mail: Mail): Promise<string> {
	const to = typeof mail.to === 'string' ? { name: '', address: mail.to } : mail.to;
	if (!isMailAddress(to.address)) throw new Error('the mail has no valid address');
	const id = newId();
	// The same id at every attempt: a mail that arrives twice after a crash is recognised as one.
	const messageId = `<${id}@${tx.body.id}.mitrat>`;
	const { locale, subject, text, html, personId = null, replyTo = null, unsubscribeUrl = null, calendar } = mail;
	await sql`
		insert into kernel.mail (body_id, id, to_address, to_name, person_id, locale, subject, text, html, reply_to,
			unsubscribe_url, calendar_method, calendar, message_id)
		values (${tx.body.id}, ${id}, ${to.address}, ${to.name}, ${personId}, ${locale}, ${subject}, ${text}, ${html}, ${replyTo},
			${unsubscribeUrl}, ${calendar?.method ?? null}, ${calendar?.content ?? null}, ${messageId})`.execute(tx.db);
	for (const [position, { name, mediaType, content }] of (mail.attachments ?? []).entries()) {
		await sql`
			insert into kernel.mail_attachment (body_id, mail_id, position, name, media_type, content)
			values (${tx.body.id}, ${id}, ${position}, ${name}, ${mediaType}, ${Buffer.from(content)})`.execute(tx.db);
	}
	await tx.enqueue(SEND_JOB, { id }, { maxAttempts: TRIES });
	return id;
}

/** Queues a mail again that failed (the mail server was away for long). @returns whether it was such a one */
export async function retryMail(tx: WriteCtx, id: string): Promise<boolean> {
	const { rows } = await sql`update kernel.mail set state = 'queued'
		where body_id = ${tx.body.id} and id = ${id} and state = 'failed' returning id`.execute(tx.db);
	if (!rows.length) return false;
	await sql`delete from kernel.mail_delivery where body_id = ${tx.body.id} and mail_id = ${id}`.execute(tx.db);
	await tx.enqueue(SEND_JOB, { id }, { maxAttempts: TRIES });
	return true;
}
