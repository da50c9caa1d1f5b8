import type Mailer from 'nodemailer/lib/mailer/index.js';
import type { Ctx } from '../ctx.ts';
import { UserError } from '../errors.ts';
import { languageTag } from '../i18n/locales.ts';
import { traced } from '../observe/trace.ts';
import { runtime } from '../runtime.ts';
import { write } from '../write.ts';
import { frameHtml } from './frame.ts';
import { countTries, noteDelivery, readAttachments, readMail, setState, type OutboxMail } from './outbox.ts';
import { TRIES } from './queue.ts';
import { judge, transportFor } from './transport.ts';

/**
 * Handler of the job 'kernel.mail.send'. Throws when it should be tried again later; a mailbox that does not exist is not
 * tried again. In the demonstration, and wherever no server is set while trying things out, mails are kept and shown.
 */
export async function sendMail(ctx: Ctx, payload: unknown): Promise<void> {
	const { id } = payload as { id: string };
	const mail = await readMail(ctx, id);
	if (mail?.state !== 'queued') return;
	const { smtpUrl, mode } = runtime().config;
	if (ctx.body.demonstration || (!smtpUrl && mode !== 'production'))
		return write(ctx, (tx) => setState(tx, id, 'kept'));
	if (!smtpUrl) throw new UserError('SMTP_URL fehlt: E-Mails bleiben liegen, bis ein Mailserver eingetragen ist.');
	const message = await toMessage(ctx, mail);
	// Nothing of the database is held while the other server takes its time.
	await ctx.scope.commit();
	await deliver(ctx, id, smtpUrl, message);
}

async function deliver(ctx: Ctx, id: string, smtpUrl: string, message: Mailer.Options): Promise<void> {
	try {
		const { response } = (await traced({ name: 'mail', kind: 'client' }, () =>
			transportFor(smtpUrl).sendMail(message),
		)) as { response?: string };
		await write(ctx, (tx) => noteDelivery(tx, id, 'sent', response ?? ''));
	} catch (error) {
		const { verdict, response } = judge(error);
		const isLast = verdict === 'deferred' && (await countTries(ctx, id)) + 1 >= TRIES;
		await write(ctx, (tx) => noteDelivery(tx, id, isLast ? 'failed' : verdict, response));
		if (verdict === 'deferred' && !isLast) throw new Error('the mail server took it not yet', { cause: error });
	}
}

async function toMessage(ctx: Ctx, mail: OutboxMail): Promise<Mailer.Options> {
	const attachments = mail.attachments.length ? await readAttachments(ctx, mail.id) : [];
	return {
		from: { name: ctx.body.name, address: sender(ctx) },
		to: { name: mail.toName, address: mail.toAddress },
		replyTo: mail.replyTo ?? ctx.body.settings.contact?.email,
		subject: mail.subject,
		text: mail.text,
		html: frameHtml(mail.locale, mail.subject, mail.html),
		messageId: mail.messageId,
		headers: {
			'Content-Language': languageTag(mail.locale).split('-u-')[0]!,
			// No answers from holiday notices (RFC 3834, and what Exchange understands).
			'Auto-Submitted': 'auto-generated',
			'X-Auto-Response-Suppress': 'All',
			...(mail.unsubscribeUrl && {
				'List-Unsubscribe': `<${mail.unsubscribeUrl}>`,
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			}),
		},
		...(mail.calendar &&
			mail.calendarMethod && {
				icalEvent: { method: mail.calendarMethod, content: mail.calendar, filename: 'termin.ics' },
			}),
		attachments: attachments.map(({ name, mediaType, content }) => ({
			filename: name,
			contentType: mediaType,
			content,
		})),
		// Texts may come from outside: nothing in them is ever read as a path or address.
		disableFileAccess: true,
		disableUrlAccess: true,
	};
}

function sender(ctx: Ctx): string {
	const { mailFrom, origins } = runtime().config;
	const host = ctx.body.hosts[0] ?? (origins[0] ? new URL(origins[0]).hostname : 'localhost');
	return mailFrom ?? `mitrat@${host}`;
}
