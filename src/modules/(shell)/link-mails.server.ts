import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import type { LinkMail, SendLinkMail } from '#kernel/identity/links.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { dayAndClock } from './clock.ts';

/** Sends the links of the sign-in: in the language the person chose for mails, else in that of the page. */
export function linkMails(ctx: Ctx): SendLinkMail {
	return async (mail) => {
		const locale = mail.locale ?? ctx.locale;
		const letter = inLanguage(locale, () => linkLetter(mail, { ...ctx, locale }));
		await write(ctx, (tx) => queueMail(tx, { to: mail.to, locale, ...letter }));
	};
}

/** Subject and body of a mail with a link. */
export function linkLetter(
	{ purpose, name, url, validUntil }: LinkMail,
	ctx: Ctx,
): { subject: string; text: string; html: string } {
	const town = ctx.body.name;
	const invited = purpose === 'invitation';
	const paragraphs = [
		m.shell_mail_greeting({ name }),
		invited ? m.shell_mail_invitation_text({ town }) : m.shell_mail_link_text({ town }),
		url,
		m.shell_mail_link_until({ until: dayAndClock(validUntil, ctx) }),
		invited ? m.shell_mail_invitation_note() : m.shell_mail_link_note(),
	];
	const html = paragraphs
		.map((text) => `<p>${text === url ? button(url, m.shell_login_title()) : escaped(text)}</p>`)
		.join('\n');
	return {
		subject: invited ? m.shell_mail_invitation_subject({ town }) : m.shell_mail_link_subject({ town }),
		text: paragraphs.join('\n\n'),
		html,
	};
}

/** The address stands below its button, so that a reader sees where it leads. */
function button(url: string, label: string): string {
	return `<a href="${escaped(url)}"><strong>${escaped(label)}</strong></a><br><span dir="ltr">${escaped(url)}</span>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
