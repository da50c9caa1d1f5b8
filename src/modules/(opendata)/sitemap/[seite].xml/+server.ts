import { NotFound } from '#kernel/errors.ts';
import { generated } from '#kernel/http/generated.ts';
import { mapPart } from '../../sitemap.server.ts';
import { sitemap } from '../../sitemap.ts';
import type { RequestHandler } from './$types';

/** One part of a large map. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const part = /^[1-9]\d{0,5}$/.test(params.seite) ? Number(params.seite) : 0;
	const entries = part ? await mapPart(ctx, part) : null;
	if (!entries) throw new NotFound('part of the sitemap');
	return generated(sitemap(url.origin, entries), 'application/xml; charset=utf-8', `sitemap-${part}.xml`);
};
