import { generated } from '#kernel/http/generated.ts';
import { editableMinutes } from '../../../minutes/output/render.server.ts';
import type { RequestHandler } from './$types';

/** Minutes of a session as an OpenDocument text, with what this reader may know. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const file = await editableMinutes(ctx, params.slug, 'odt');
	return generated(file, 'application/vnd.oasis.opendocument.text', `niederschrift-${params.slug}.odt`, true);
};
