import { generated } from '#kernel/http/generated.ts';
import { minutesDocument } from '../../../minutes/output/render.server.ts';
import type { RequestHandler } from './$types';

/**
 * Minutes of a session as an accessible PDF in the language of the address, with what this reader may know;
 * `?teil=nichtoeffentlich` gives members the closed part alone, `?punkt=<id>` the extract of one item.
 */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const closed = url.searchParams.get('teil') === 'nichtoeffentlich';
	const itemId = url.searchParams.get('punkt');
	const pdf = await minutesDocument(ctx, params.slug, url.origin, itemId ? { itemId } : closed ? 'closed' : 'all');
	return generated(pdf, 'application/pdf', `niederschrift-${params.slug}${closed ? '-nichtoeffentlich' : ''}.pdf`);
};
