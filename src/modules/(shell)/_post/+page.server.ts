import { sentMail } from '#kernel/mail/outbox.ts';
import type { PageServerLoad } from './$types';

/** The mails of the demonstration, which are shown instead of sent. In production there is no such page. */
export const load: PageServerLoad = async ({ locals: { ctx }, setHeaders }) => {
	const mails = await sentMail(ctx);
	// New mail is no public change: this page is never kept.
	setHeaders({ 'cache-control': 'no-store' });
	return {
		mails: mails.map(({ id, subject, locale, queuedAt, toAddress, state }) => ({
			id,
			subject,
			locale,
			toAddress,
			state,
			at: queuedAt.toString(),
		})),
	};
};
