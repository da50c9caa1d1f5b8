import { isId } from '../ids.ts';
import { runtime } from '../runtime.ts';

interface Reads {
	running: Promise<unknown>;
	/** Not yet sent to the database: everybody who asks now shares it. */
	waiting: Promise<number> | undefined;
}
const reads = new Map<string, Reads>();

/**
 * Number of the newest change of a town that the public may see; 0 when there is none. ETags of public pages are made of
 * it, so it must never be older than the question: a read that was sent before the question came is not used for it.
 * Questions that come while a read waits for its turn share that read; a town has at most one under way and one waiting.
 */
export function publicSeq(bodyId: string): Promise<number> {
	if (!isId(bodyId)) throw new Error('a body id is a UUID');
	const state = reads.get(bodyId) ?? { running: Promise.resolve(), waiting: undefined };
	reads.set(bodyId, state);
	return (state.waiting ??= next(bodyId, state));
}

function next(bodyId: string, state: Reads): Promise<number> {
	const read = state.running.then(() => {
		state.waiting = undefined;
		const answer = readPublicSeq(bodyId);
		state.running = answer.then(
			() => undefined,
			() => undefined,
		);
		return answer;
	});
	return read;
}

/** One round trip; the id is checked above and is the only thing put into the text. */
async function readPublicSeq(bodyId: string): Promise<number> {
	const client = await runtime().pool.connect();
	try {
		const results = (await client.query(
			`begin read only; set local mitrat.body = '${bodyId}';
			select public_seq as seq from kernel.clock where body_id = '${bodyId}'; commit`,
		)) as unknown as { rows: { seq: number }[] }[];
		client.release();
		return results[2]?.rows[0]?.seq ?? 0;
	} catch (error) {
		client.release(true);
		throw error;
	}
}
