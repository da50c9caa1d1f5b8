import { generated } from '#kernel/http/generated.ts';
import { minutesDocument } from '../../../../../minutes/output/render.server.ts';
import type { RequestHandler } from './$types';

/** The extract of one item of the minutes. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const pdf = await minutesDocument(ctx, params.slug, url.origin, { itemId: params.item });
	return generated(pdf, 'application/pdf', `auszug-${params.slug}.pdf`);
};
