import type { WriteCtx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import { isMailAddress, queueMail, type Mail } from '#kernel/mail/queue.ts';
import type { Addressee } from './people.server.ts';

export interface Letter extends Pick<Mail, 'calendar' | 'unsubscribeUrl'> {
	subject: string;
	blocks: Block[];
}

/**
 * Writes to somebody in their language, inside the running write.
 * @returns the mail's id, or null for somebody without an address
 */
export async function sendLetter(
	tx: WriteCtx,
	to: Addressee,
	make: (locale: Locale) => Letter,
): Promise<string | null> {
	if (!isMailAddress(to.email)) return null;
	const { subject, blocks, ...more } = inLanguage(to.locale, () => make(to.locale));
	return queueMail(tx, {
		to: { name: to.name, address: to.email },
		locale: to.locale,
		...(to.personId && { personId: to.personId }),
		subject,
		...compose(blocks),
		...more,
	});
}
