/** Hands documents to the worker thread, one after the other, and ends the thread when nobody needs it. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Job } from './compiler.ts';
import { DocumentError } from './error.ts';
import { roomFolder } from './places.ts';
import type { Reply, Request } from './worker.ts';

/** No document of ours takes longer than some seconds: after this one is lost, and the thread with it. */
const LIMIT_MS = 30_000;
/** After this long without a document the thread ends and its memory (fonts above all) is free again. */
const IDLE_MS = 120_000;

interface Waiting {
	resolve: (pdf: Uint8Array) => void;
	reject: (error: DocumentError) => void;
}

let worker: Worker | undefined;
let last = 0;
let watch: NodeJS.Timeout | undefined;
const waiting = new Map<number, Waiting>();

/** Sets one document in the worker. Rejects with a `DocumentError`. */
export function setDocument(job: Job): Promise<Uint8Array> {
	const thread = (worker ??= start());
	const id = ++last;
	return new Promise((resolve, reject) => {
		waiting.set(id, { resolve, reject });
		thread.ref();
		thread.postMessage({ ...job, id } satisfies Request);
		if (waiting.size === 1) guard();
	});
}

/** Ends the thread at once; documents not ready yet are rejected. A later document starts a new one. */
export async function closeEngine(): Promise<void> {
	const thread = worker;
	fail(new DocumentError('engine', 'The document service was shut down.'));
	await thread?.terminate();
}

function start(): Worker {
	const thread = new Worker(join(roomFolder, 'worker.ts'), { name: 'documents' });
	thread.on('message', (reply: Reply) => settle(reply));
	thread.on('error', (error: Error) => ended(thread, `The typesetter failed: ${error.message}`));
	thread.on('exit', (code) => ended(thread, `The typesetter ended by itself (code ${code}).`));
	return thread;
}

function settle(reply: Reply): void {
	const caller = waiting.get(reply.id);
	waiting.delete(reply.id);
	guard();
	if (!caller) return;
	if ('pdf' in reply) caller.resolve(reply.pdf);
	else caller.reject(new DocumentError(reply.reason, reply.message));
}

/** Starts the clock anew: for the document in work, or for the idle thread, which must not keep a process alive. */
function guard(): void {
	clearTimeout(watch);
	const thread = worker;
	if (!thread) return;
	if (waiting.size) {
		watch = setTimeout(() => {
			fail(new DocumentError('engine', `A document was not ready after ${LIMIT_MS / 1000} seconds.`));
			void thread.terminate();
		}, LIMIT_MS);
		return;
	}
	thread.unref();
	watch = setTimeout(() => {
		worker = undefined;
		void thread.terminate();
	}, IDLE_MS);
	watch.unref();
}

function ended(thread: Worker, message: string): void {
	if (thread === worker) fail(new DocumentError('engine', message));
}

function fail(error: DocumentError): void {
	clearTimeout(watch);
	worker = undefined;
	const callers = [...waiting.values()];
	waiting.clear();
	for (const caller of callers) caller.reject(error);
}
