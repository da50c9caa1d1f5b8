import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { frameHtml } from '#kernel/mail/frame.ts';
import { readMail, sentMail } from '#kernel/mail/outbox.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders }) => {
	// Asked first: it refuses in production.
	await sentMail(ctx, { limit: 0 });
	const mail = isId(params.id) ? await readMail(ctx, params.id) : undefined;
	if (!mail) throw new NotFound('mail');
	setHeaders({ 'cache-control': 'no-store' });
	const { subject, locale, toAddress, toName, text, html, queuedAt, state, attachments, calendar } = mail;
	return {
		mail: {
			subject,
			locale,
			to: toName ? `${toName} <${toAddress}>` : toAddress,
			text,
			state,
			attachments,
			calendar,
			at: queuedAt.toString(),
			html: frameHtml(locale, subject, html),
			// A sandboxed frame leads nowhere, so what can be clicked in the mail stands beside it.
			links: [...new Set([...html.matchAll(/href="(https?:[^"]+)"/g)].map(([, href]) => decoded(href!)))],
		},
	};
};

function decoded(href: string): string {
	return href
		.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}
