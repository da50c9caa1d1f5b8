/**
 * The process that parses uploaded files: started by `reader-pool.ts`, without network, file writing or the right to
 * start programs. A second thread ends it when it takes too much memory or its parent is gone, even amid a loop.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { extractText } from './extract.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { ReadReply, ReadRequest } from './reader-protocol.ts';
import { readTrackedDocx } from './tracked.ts';
import { UnreadableFile } from './unreadable.ts';

const memoryLimit = new Float64Array(new SharedArrayBuffer(8));
memoryLimit[0] = DEFAULT_LIMITS.memoryBytes;
new Worker(join(import.meta.dirname, 'reader-watch.ts'), { workerData: memoryLimit, stdout: true, stderr: true });
// From here on nothing in this process may start threads, which could have rights of their own.
(process.permission as unknown as { drop(scope: string): void }).drop('worker');

process.on('message', (request: ReadRequest) => {
	memoryLimit[0] = request.limits.memoryBytes;
	void answer(request).then((reply) => process.send!(reply));
});
process.on('disconnect', () => process.exit(0));
process.send!({ kind: 'ready' } satisfies ReadReply);

async function answer({ want, bytes, fileName, limits }: ReadRequest): Promise<ReadReply> {
	try {
		const reader = want === 'tracked' ? readTrackedDocx : extractText;
		return { kind: 'read', reading: await reader(bytes, fileName, limits) };
	} catch (error) {
		if (!(error instanceof UnreadableFile)) throw error;
		return { kind: 'unreadable', code: error.code, params: error.params, cause: String(error.cause ?? '') };
	}
}
