import { Gone, NotFound } from '#kernel/errors.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { servingHeaders } from '#kernel/files/serve.ts';
import { readableFile, wasPublic } from '../readable-file.server.ts';
import type { RequestHandler } from './$types';

/**
 * A file as it was uploaded, to whoever a module shows it; to everybody else there is none (410 if there was one once). Its content never changes,
 * so its hash is its ETag, and it was last modified when it came; whether one may read it is asked each time. `?speichern` saves instead of showing.
 */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request, url }) => {
	const file = await readableFile(ctx, params.id);
	if (!file) throw (await wasPublic(ctx, params.id)) ? new Gone('file') : new NotFound('file');
	const etag = `"${file.sha512.slice(0, 32)}"`;
	const modified = new Date(Math.floor(file.created_at.epochMilliseconds / 1000) * 1000);
	const caching = {
		etag,
		'last-modified': modified.toUTCString(),
		'cache-control': 'private, no-cache',
		vary: 'cookie',
	};
	if (isHeld(request.headers, etag, modified)) return new Response(null, { status: 304, headers: caching });
	const { name: fileName, format, media_type: mediaType, size } = file;
	const headers = servingHeaders({ fileName, format, mediaType, size }, { inline: !url.searchParams.has('speichern') });
	return new Response(await fileStore().stream(file.sha512), { headers: { ...headers, ...caching } });
};

/** By ETag; by time only where no ETag is asked for (RFC 9110, 13.2.2). */
function isHeld(asked: Headers, etag: string, modified: Date): boolean {
	const known = asked.get('if-none-match');
	if (known !== null) return known === etag;
	return Date.parse(asked.get('if-modified-since') ?? '') >= modified.getTime();
}
