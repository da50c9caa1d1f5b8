import { generated } from '#kernel/http/generated.ts';
import { agendaPdf } from '../../../pdf/render.server.ts';
import type { RequestHandler } from './$types';

/** Agenda of a session as an accessible PDF in the language of the address. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const pdf = await agendaPdf(ctx, params.slug, url.origin);
	return generated(pdf, 'application/pdf', `tagesordnung-${params.slug}.pdf`);
};
