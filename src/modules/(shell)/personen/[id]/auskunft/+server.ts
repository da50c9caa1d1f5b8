import { fileForPerson } from '../../../privacy/file.server.ts';
import type { RequestHandler } from './$types';

/** Hands out everything about a person; a POST, because each file is noted in the audit log. */
export const POST: RequestHandler = async ({ locals: { ctx }, params, request }) => {
	const format = (await request.formData()).get('format') === 'json' ? 'json' : 'html';
	return fileForPerson(ctx, params.id, format);
};
