/** Hands documents to a process of its own, one after the other, and ends it when nobody needs it. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Job } from './compiler.ts';
import { DocumentError } from './error.ts';
import { roomFolder } from './places.ts';
import type { Reply, Request } from './worker.ts';

/** No document of ours takes longer than some seconds: after this one is lost, and the process with it. */
const LIMIT_MS = 30_000;
/** After this long without a document the process ends and its memory (100 to 250 MB) is free again. */
const IDLE_MS = 60_000;

interface Waiting {
	resolve: (pdf: Uint8Array) => void;
	reject: (error: DocumentError) => void;
}

let child: ChildProcess | undefined;
let last = 0;
let watch: NodeJS.Timeout | undefined;
const waiting = new Map<number, Waiting>();

/** Sets one document. Rejects with a `DocumentError`. */
export function setDocument(job: Job): Promise<Uint8Array> {
	const worker = (child ??= start());
	const id = ++last;
	return new Promise((resolve, reject) => {
		waiting.set(id, { resolve, reject });
		hold(worker);
		worker.send({ ...job, id } satisfies Request);
		if (waiting.size === 1) guard();
	});
}

/** Ends the process at once; documents not ready yet are rejected. A later document starts a new one. */
export function closeEngine(): void {
	child?.kill('SIGKILL');
	fail(new DocumentError('engine', 'The document service was shut down.'));
}

function start(): ChildProcess {
	const worker = fork(join(roomFolder, 'worker.ts'), { serialization: 'advanced', execArgv: [] });
	worker.on('message', (reply) => settle(reply as Reply));
	worker.on('error', (error) => ended(worker, `The typesetter failed: ${error.message}`));
	worker.on('exit', (code, signal) => ended(worker, `The typesetter ended by itself (${signal ?? `code ${code}`}).`));
	return worker;
}

function settle(reply: Reply): void {
	const caller = waiting.get(reply.id);
	waiting.delete(reply.id);
	guard();
	if (!caller) return;
	// It comes as a Buffer, which some readers of PDFs refuse.
	if ('pdf' in reply) caller.resolve(Uint8Array.from(reply.pdf));
	else caller.reject(new DocumentError(reply.reason, reply.message));
}

/** Starts the clock anew: for the document in work, or for the idle process, which must not keep ours alive. */
function guard(): void {
	clearTimeout(watch);
	const worker = child;
	if (!worker) return;
	if (waiting.size) {
		watch = setTimeout(() => {
			worker.kill('SIGKILL');
			fail(new DocumentError('engine', `A document was not ready after ${LIMIT_MS / 1000} seconds.`));
		}, LIMIT_MS);
		return;
	}
	worker.unref();
	worker.channel?.unref();
	watch = setTimeout(() => {
		child = undefined;
		worker.kill('SIGKILL');
	}, IDLE_MS);
	watch.unref();
}

function hold(worker: ChildProcess): void {
	worker.ref();
	worker.channel?.ref();
}

function ended(worker: ChildProcess, message: string): void {
	if (worker === child) fail(new DocumentError('engine', message));
}

function fail(error: DocumentError): void {
	clearTimeout(watch);
	child = undefined;
	const callers = [...waiting.values()];
	waiting.clear();
	for (const caller of callers) caller.reject(error);
}
