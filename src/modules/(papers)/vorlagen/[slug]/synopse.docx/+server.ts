import { generated } from '#kernel/http/generated.ts';
import { synopsis } from '../../../amendments/output.server.ts';
import type { RequestHandler } from './$types';

/** Old, new, origin and decision of all amendments of a paper as a Word file. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const file = await synopsis(ctx, params.slug, 'docx');
	return generated(
		file,
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		`synopse-${params.slug}.docx`,
		true,
	);
};
