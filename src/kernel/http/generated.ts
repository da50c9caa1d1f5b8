import type { Encoding } from './encoding.ts';

/** Inside the server only: marks an answer that may be kept and revalidated like a page. */
export const GENERATED_HEADER = 'x-mitrat-generated';

/**
 * An answer that holds its body as it was made: `finishPage` takes it from here, instead of having the platform copy it
 * into a stream and out again, which costs more than making it; a thread (page-thread.ts) passes on what `finishPage` made of it in
 * the same way. Whoever reads it as a response gets the same bytes.
 */
export class WholeResponse extends Response {
	readonly whole: string | Uint8Array;
	/** How it is packed already. */
	readonly packed: Encoding | undefined;

	constructor(whole: string | Uint8Array, init: ResponseInit, packed?: Encoding) {
		const read = {
			pull(controller: ReadableStreamDefaultController) {
				controller.enqueue(typeof whole === 'string' ? new TextEncoder().encode(whole) : whole);
				controller.close();
			},
		};
		super(new ReadableStream(read, { highWaterMark: 0 }), init);
		if (packed) this.headers.set('content-encoding', packed);
		this.whole = whole;
		this.packed = packed;
	}
}

/**
 * A file made of the town's records at this moment (PDF, calendar, table). What a visitor gets of it follows from the
 * public change log alone, so it is kept and answered with 304 as pages are; people who signed in get theirs anew.
 * `download` saves it under `fileName` instead of showing it.
 */
export function generated(body: string | Uint8Array, type: string, fileName: string, download = false): Response {
	const disposition = `${download ? 'attachment' : 'inline'}; filename="${fileName.replace(/[^\w.-]/g, '_')}"`;
	const headers = { 'content-type': type, 'content-disposition': disposition, [GENERATED_HEADER]: '1' };
	return new WholeResponse(body, { headers });
}
