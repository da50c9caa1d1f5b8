import { generated } from '#kernel/http/generated.ts';
import { mapPart, partCount } from '../sitemap.server.ts';
import { sitemap, sitemapIndex } from '../sitemap.ts';
import type { RequestHandler } from './$types';

/** All public pages for search engines; large towns get a list of parts. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const parts = await partCount(ctx);
	const text = parts > 1 ? sitemapIndex(url.origin, parts) : sitemap(url.origin, (await mapPart(ctx, 1)) ?? []);
	return generated(text, 'application/xml; charset=utf-8', 'sitemap.xml');
};
