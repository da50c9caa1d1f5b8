import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { endSubscription } from '../../../member/news/commands.server.ts';
import type { RequestHandler } from './$types';

/** A person who follows the address from a letter sees the page with its button. */
export const GET: RequestHandler = ({ locals: { ctx }, params }) =>
	redirect(303, inLocale(`/abonnement/${params.token}#ende`, ctx.locale));

/** One click in a mail program (RFC 8058): no session, no page, the token is enough. */
export const POST: RequestHandler = async ({ locals: { ctx }, params }) => {
	await endSubscription(ctx, params.token);
	return new Response(null, { status: 204 });
};
