import { generated } from '#kernel/http/generated.ts';
import { editableMinutes } from '../../../minutes/output/render.server.ts';
import type { RequestHandler } from './$types';

/** Minutes of a session as a Word file, with what this reader may know. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const file = await editableMinutes(ctx, params.slug, 'docx');
	return generated(
		file,
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		`niederschrift-${params.slug}.docx`,
		true,
	);
};
