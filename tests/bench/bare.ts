/** Bare servers in processes of their own: the same bytes with nothing around, and the same after one point read. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer } from './bare-server.ts';
import type { Wire } from './wire.ts';

export interface Bare {
	url: string;
	server: number;
	stop(): void;
}

/** Gives back exactly this answer. @param read one row is read before each answer, over as many connections as a page has */
export async function bareServer({ headers, bytes }: Wire, read?: Answer['read']): Promise<Bare> {
	const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = headers;
	const child = fork(join(import.meta.dirname, 'bare-server.ts'));
	child.send({ headers: kept, body: bytes.toString('base64'), read } satisfies Answer);
	const [port] = (await once(child, 'message')) as [number];
	return { url: `http://127.0.0.1:${port}/`, server: child.pid!, stop: () => child.disconnect() };
}
