import { newId } from '#kernel/ids.ts';
import type { Answer } from '#kernel/live/operations.ts';
import { actInSession } from '../session/operations.server.ts';
import { sampleSession, type Sample } from '../session/testing.ts';
import { votesOfItem } from './queries.server.ts';

/** What a device sends; an id of its own and no base where nothing is said. */
export interface Queued {
	kind: string;
	payload: Record<string, unknown>;
	clientId?: string;
	base?: string;
}

/** A device in a session that is open, with nine who are there and the first item called. For tests. */
export interface VotingDevice {
	sample: Sample;
	item: string;
	send(...queued: Queued[]): Promise<Answer[]>;
	undo(answer: Answer | undefined): Promise<Answer>;
	/** What was voted on an item; on the first one if nothing is said. */
	view(of?: string): ReturnType<typeof votesOfItem>;
}

export async function votingDevice(
	database: Parameters<typeof sampleSession>[0],
	items: NonNullable<Parameters<typeof sampleSession>[1]>['items'],
): Promise<VotingDevice> {
	const sample = await sampleSession(database, { items });
	const item = sample.items[0]!;
	const send = async (...queued: Queued[]): Promise<Answer[]> => {
		const operations = queued.map((one) => ({ clientId: newId(), base: '', age: 0, ...one }));
		return actInSession(database.ctx(), { id: sample.meeting, councilBodyId: sample.council }, operations);
	};
	await send(
		{ kind: 'roll', payload: { marks: Object.fromEntries(sample.rows.slice(0, 9).map((row) => [row, 'present'])) } },
		{ kind: 'open', payload: { proper: 'ja' } },
		{ kind: 'quorum', payload: {} },
		{ kind: 'item', payload: { item } },
	);
	return {
		sample,
		item,
		send,
		undo: async (answer) => (await send({ kind: 'undo', payload: { seq: (answer as { seq: number }).seq } }))[0]!,
		async view(of = item) {
			const ctx = database.ctx();
			const found = await votesOfItem(ctx, of);
			await ctx.scope.commit();
			return found;
		},
	};
}

export const states = (answers: Answer[]) => answers.map(({ state }) => state);
