/** The thread that sets documents, so that a long one never holds up a page. Started by `engine.ts`. */
import { parentPort } from 'node:worker_threads';
import { compile } from './compiler.ts';
import type { Job } from './compiler.ts';
import { DocumentError } from './error.ts';

export interface Request extends Job {
	id: number;
}
export type Reply = { id: number; pdf: Uint8Array } | { id: number; reason: DocumentError['reason']; message: string };

parentPort?.on('message', (request: Request) => {
	try {
		const pdf = Uint8Array.from(compile(request));
		parentPort?.postMessage({ id: request.id, pdf } satisfies Reply, [pdf.buffer]);
	} catch (error) {
		const reason = error instanceof DocumentError ? error.reason : 'engine';
		const message = error instanceof Error ? error.message : String(error);
		parentPort?.postMessage({ id: request.id, reason, message } satisfies Reply);
	}
});
