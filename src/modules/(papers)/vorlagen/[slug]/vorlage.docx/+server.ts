import { paperFile } from '../../../output/render.server.ts';
import type { RequestHandler } from './$types';

/** A paper as a Word file, with what this reader may know. */
export const GET: RequestHandler = ({ locals: { ctx }, params, url }) =>
	paperFile(ctx, params.slug, url.origin, 'docx');
