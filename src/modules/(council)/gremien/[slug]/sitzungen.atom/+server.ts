import { generated } from '#kernel/http/generated.ts';
import { atomFeed } from '../../../member/atom.server.ts';
import type { RequestHandler } from './$types';

/** The public sessions of one body for feed readers. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) =>
	generated(await atomFeed(ctx, url, params.slug), 'application/atom+xml; charset=utf-8', `${params.slug}.atom`);
