/**
 * The process that sets documents. A process, not a thread: its memory is the system's again once it ends, and should the
 * typesetter's native code crash, the server goes on. Started by `engine.ts`.
 */
import { compile } from './compiler.ts';
import type { Job } from './compiler.ts';
import { DocumentError } from './error.ts';

export interface Request extends Job {
	id: number;
}
export type Reply = { id: number; pdf: Uint8Array } | { id: number; reason: DocumentError['reason']; message: string };

process.on('message', (request: Request) => process.send?.(answer(request)));

// It ends with the server and not before: requests that are still running may want a document.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

function answer(request: Request): Reply {
	try {
		return { id: request.id, pdf: compile(request) };
	} catch (error) {
		const reason = error instanceof DocumentError ? error.reason : 'engine';
		return { id: request.id, reason, message: error instanceof Error ? error.message : String(error) };
	}
}
