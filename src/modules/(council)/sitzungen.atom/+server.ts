import { generated } from '#kernel/http/generated.ts';
import { atomFeed } from '../member/atom.server.ts';
import type { RequestHandler } from './$types';

/** All public sessions for feed readers. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	generated(await atomFeed(ctx, url), 'application/atom+xml; charset=utf-8', 'sitzungen.atom');
