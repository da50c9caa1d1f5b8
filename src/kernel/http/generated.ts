/** Inside the server only: marks an answer that may be kept and revalidated like a page. */
export const GENERATED_HEADER = 'x-mitrat-generated';

/**
 * A file made of the town's records at this moment (PDF, calendar, table). What a visitor gets of it follows from the
 * public change log alone, so it is kept and answered with 304 as pages are; people who signed in get theirs anew.
 * `download` saves it under `fileName` instead of showing it.
 */
export function generated(body: string | Uint8Array, type: string, fileName: string, download = false): Response {
	const disposition = `${download ? 'attachment' : 'inline'}; filename="${fileName.replace(/[^\w.-]/g, '_')}"`;
	const headers = { 'content-type': type, 'content-disposition': disposition, [GENERATED_HEADER]: '1' };
	return new Response(body as BodyInit, { headers });
}
