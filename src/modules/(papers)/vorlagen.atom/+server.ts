import { generated } from '#kernel/http/generated.ts';
import { paperFeed } from '../paper/atom.server.ts';
import type { RequestHandler } from './$types';

/** Public papers for feed readers, narrowed as the list is. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	generated(await paperFeed(ctx, url), 'application/atom+xml; charset=utf-8', 'vorlagen.atom');
