import { fileForPerson } from '../../../privacy/file.server.ts';
import type { RequestHandler } from './$types';

/** Hands out everything about a person; a POST, because each file is noted in the audit log. */
export const POST: RequestHandler = ({ locals: { ctx }, params, url }) =>
	fileForPerson(ctx, params.id, url.searchParams.get('format') === 'json' ? 'json' : 'html');
