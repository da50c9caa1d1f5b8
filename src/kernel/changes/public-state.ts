import { isId } from '../ids.ts';
import { runtime } from '../runtime.ts';

/** Where a town's public stands. */
export interface PublicState {
	/** Number of the newest change that the public may see; 0 when there is none. */
	seq: number;
	/** When that was; null while nobody knows. */
	at: Temporal.Instant | null;
	/** Counts the changes that programs are told of (OParl); a part of what pages show. */
	toldSeq: number;
	toldAt: Temporal.Instant | null;
}

interface Reads {
	running: Promise<unknown>;
	/** Not yet sent to the database: everybody who asks now shares it. */
	waiting: Promise<PublicState> | undefined;
}
const reads = new Map<string, Reads>();

/**
 * Number and time of the newest change of a town that the public may see. ETags of public pages are made of
 * it, so it must never be older than the question: a read that was sent before the question came is not used for it.
 * Questions that come while a read waits for its turn share that read; a town has at most one under way and one waiting.
 */
export function publicState(bodyId: string): Promise<PublicState> {
	if (!isId(bodyId)) throw new Error('a body id is a UUID');
	const state = reads.get(bodyId) ?? { running: Promise.resolve(), waiting: undefined };
	reads.set(bodyId, state);
	return (state.waiting ??= next(bodyId, state));
}

function next(bodyId: string, state: Reads): Promise<PublicState> {
	const read = state.running.then(() => {
		state.waiting = undefined;
		const answer = readPublicState(bodyId);
		state.running = answer.then(
			() => undefined,
			() => undefined,
		);
		return answer;
	});
	return read;
}

/** One round trip; the id is checked above and is the only thing put into the text. */
async function readPublicState(bodyId: string): Promise<PublicState> {
	const client = await runtime().pool.connect();
	try {
		const results = (await client.query(
			`begin read only; set local mitrat.body = '${bodyId}';
			select public_seq as seq, public_at as at, told_seq as "toldSeq", told_at as "toldAt"
			from kernel.clock where body_id = '${bodyId}'; commit`,
		)) as unknown as { rows: PublicState[] }[];
		client.release();
		return results[2]?.rows[0] ?? { seq: 0, at: null, toldSeq: 0, toldAt: null };
	} catch (error) {
		client.release(true);
		throw error;
	}
}
