import { generated } from '#kernel/http/generated.ts';
import { wordingDocx } from '../../../amendments/output.server.ts';
import type { RequestHandler } from './$types';

/** The wording as a Word file to write in; of an amendment, with its changes tracked. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const file = await wordingDocx(ctx, params.slug);
	return generated(
		file,
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		`wortlaut-${params.slug}.docx`,
		true,
	);
};
