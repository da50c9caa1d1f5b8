import { generated } from '#kernel/http/generated.ts';
import { searchFeed } from '../suche/atom.server.ts';
import type { RequestHandler } from './$types';

/** New results of a search for feed readers. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	generated(await searchFeed(ctx, url), 'application/atom+xml; charset=utf-8', 'suche.atom');
