import { Gone, NotFound } from '#kernel/errors.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { servingHeaders } from '#kernel/files/serve.ts';
import { readableFile, wasPublic } from '../readable-file.server.ts';
import type { RequestHandler } from './$types';

/**
 * A file as it was uploaded, to whoever a module shows it; to everybody else there is none (410 if there was one once). Its content never changes,
 * so its hash is its ETag; whether one may read it is asked each time. `?speichern` saves instead of showing.
 */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request, url }) => {
	const file = await readableFile(ctx, params.id);
	if (!file) throw (await wasPublic(ctx, params.id)) ? new Gone('file') : new NotFound('file');
	const etag = `"${file.sha512.slice(0, 32)}"`;
	const caching = { etag, 'cache-control': 'private, no-cache', vary: 'cookie' };
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: caching });
	const { name: fileName, format, media_type: mediaType, size } = file;
	const headers = servingHeaders({ fileName, format, mediaType, size }, { inline: !url.searchParams.has('speichern') });
	return new Response(await fileStore().stream(file.sha512), { headers: { ...headers, ...caching } });
};
