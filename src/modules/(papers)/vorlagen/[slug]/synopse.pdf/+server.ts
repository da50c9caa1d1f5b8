import { generated } from '#kernel/http/generated.ts';
import { synopsis } from '../../../amendments/output.server.ts';
import type { RequestHandler } from './$types';

/** Old, new, origin and decision of all amendments of a paper as an accessible PDF. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const file = await synopsis(ctx, params.slug, 'pdf');
	return generated(file, 'application/pdf', `synopse-${params.slug}.pdf`);
};
