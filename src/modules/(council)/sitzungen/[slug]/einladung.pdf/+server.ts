import { redirect } from '@sveltejs/kit';
import { isId } from '#kernel/ids.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { generated } from '#kernel/http/generated.ts';
import { letterOf } from '../../../agenda/invitation.server.ts';
import { letterPdf } from '../../../agenda/letter-pdf.server.ts';
import { sessionBySlug } from '../../../agenda/meetings.server.ts';
import type { RequestHandler } from './$types';

/** The invitation of one person as a letter: to look at before sending, and to print for who has no mailbox. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const session = await sessionBySlug(ctx, params.slug);
	const key = url.searchParams.get('an') ?? '';
	// Without a recipient there is no letter: the page has them all.
	if (!isId(key)) redirect(303, inLocale(`/sitzungen/${params.slug}/einladung`, ctx.locale));
	const given = await letterOf(ctx, session, key, url.origin);
	return generated(await letterPdf(given, ctx), 'application/pdf', `einladung-${params.slug}.pdf`);
};
