import { generated } from '#kernel/http/generated.ts';
import { minutesPdf } from '../../../pdf/render.server.ts';
import type { RequestHandler } from './$types';

/** Minutes of a session as an accessible PDF in the language of the address. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const pdf = await minutesPdf(ctx, params.slug, url.origin);
	return generated(pdf, 'application/pdf', `niederschrift-${params.slug}.pdf`);
};
