import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import type { VoteKind } from './view.ts';

/** What a device can have made itself under an item, by the name of its id in what is sent. */
export type Thing = 'motion' | 'vote' | 'bias' | 'election' | 'candidate' | 'round';

const TABLES: Record<Thing, { table: string; made: VoteKind; ofElection?: true }> = {
	motion: { table: 'council.motion', made: 'motion' },
	vote: { table: 'council.vote', made: 'openVote' },
	bias: { table: 'council.bias', made: 'bias' },
	election: { table: 'council.election', made: 'election' },
	candidate: { table: 'council.candidate', made: 'candidate', ofElection: true },
	round: { table: 'council.election_round', made: 'round', ofElection: true },
};

/** Where a thing is looked for: under which item of which session. */
export interface Place {
	meetingId: string;
	item: string;
}

/**
 * The thing that was named, of the item that was named: the way back leads through the rows of that item. Where a client's own
 * id became nothing because the same thing stood there already, it means what stood there. @returns its id
 * @throws NotFound
 */
export async function meant(tx: WriteCtx, { meetingId, item }: Place, thing: Thing, id: string): Promise<string> {
	const { table, made, ofElection } = TABLES[thing];
	const under = ofElection
		? sql`join council.election e on e.body_id = t.body_id and e.id = t.election_id
			join council.agenda_item i on i.body_id = e.body_id and i.id = e.agenda_item_id`
		: sql`join council.agenda_item i on i.body_id = t.body_id and i.id = t.agenda_item_id`;
	const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(table)} t ${under}
		where t.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} and i.id = ${item} and t.id in (${id}, (
			select (o.result ->> ${thing})::uuid from kernel.operation o
			where o.body_id = ${tx.body.id} and o.room = ${`meeting:${meetingId}`} and o.kind = ${made}
				and o.payload ->> ${thing} = ${id} order by o.seq desc limit 1))`.execute(tx.db);
	if (!rows[0]) throw new NotFound(thing);
	return rows[0].id;
}

/** @throws NotFound for an item of another session */
export async function demandItem(tx: WriteCtx, { meetingId, item }: Place): Promise<void> {
	const found = await tx.db
		.selectFrom('council.agenda_item')
		.select('id')
		.where('id', '=', item)
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!found) throw new NotFound('item');
}

/** Whether tokens of a secret ballot belong to it: then it has no way back, for a box can't be opened twice. */
export async function hasBallot(tx: WriteCtx, of: { vote: string } | { round: string }): Promise<boolean> {
	const found = await tx.db
		.selectFrom('council.secret_ballot')
		.select('id')
		.where((eb) => ('vote' in of ? eb('vote_id', '=', of.vote) : eb('round_id', '=', of.round)))
		.executeTakeFirst();
	return found !== undefined;
}

/** Whether somebody fetched a token for a secret ballot, so that there may be voices in the box. */
export async function tokensOut(tx: WriteCtx, of: { vote: string } | { round: string }): Promise<boolean> {
	const found = await tx.db
		.selectFrom('council.secret_right as r')
		.innerJoin('council.secret_ballot as b', 'b.id', 'r.ballot_id')
		.select('r.attendance_id')
		.where('r.issued', '=', true)
		.where((eb) => ('vote' in of ? eb('b.vote_id', '=', of.vote) : eb('b.round_id', '=', of.round)))
		.executeTakeFirst();
	return found !== undefined;
}
