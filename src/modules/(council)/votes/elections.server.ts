import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { rulesOf } from '../session/state.server.ts';
import { electedChair } from '../structure/posts.server.ts';
import { presidingOn } from '../structure/voting.server.ts';
import { lockElection, type LockedElection } from './candidates.server.ts';
import { bodyOf, lockItem, told, type LockedItem } from './item.server.ts';
import { lastRound } from './rounds.server.ts';
import type { ElectionGiven } from './schema.ts';
import { closeSecretBallot } from './secret.server.ts';

/**
 * Begins an election under an item: by ballot as the profile says, openly only where it allows that and nobody objects (R2-50).
 * One election of a post runs at a time; beginning it twice gives the one that runs. @returns its id
 * @throws RuleViolation `council_votes_no_quorum`, `council_votes_open_election_refused`, `council_votes_no_remote_election`
 */
export async function beginElection(tx: WriteCtx, given: ElectionGiven): Promise<string> {
	const item = await lockItem(tx, given.item);
	const councilBodyId = bodyOf(item, given.body);
	const { election: rule, remote } = (await rulesOf(tx, item.session, councilBodyId)).rules;
	if (item.session.mode === 'video' && !remote.electionsAllowed)
		throw new RuleViolation('council_votes_no_remote_election');
	if (given.open && rule.secretDefault && !rule.openIfNobodyObjects)
		throw new RuleViolation('council_votes_open_election_refused', {}, 'open');
	const { rows } = await sql<{ id: string; post: string; title: string; state: string; position: number }>`
		select id, post, title, state, position from council.election
		where body_id = ${tx.body.id} and agenda_item_id = ${item.id} and council_body_id = ${councilBodyId}`.execute(tx.db);
	const same = rows.find((row) => row.post === given.post && row.title === given.title && row.state === 'open');
	if (same) return same.id;
	const id = given.election ?? newId();
	if (given.election && (await electionExists(tx, id))) throw new Conflict('election');
	await tx.db
		.insertInto('council.election')
		.values({
			id,
			agenda_item_id: item.id,
			council_body_id: councilBodyId,
			position: rows.length,
			post: given.post,
			title: given.title,
			method: given.open || !rule.secretDefault ? 'open' : 'secret',
			nobody_objected: given.open,
			led_by: given.ledBy,
			opened_at: tx.now,
		})
		.execute();
	told(tx, item, 'electionBegun', { election: id, post: given.post });
	return id;
}

/**
 * The elected person says yes or no; with the yes of a chair or a deputy the post begins (structure's `electedChair`, which
 * also opens the commissioner's office where the profile says so). A no opens the election anew. Twice changes nothing.
 */
export async function acceptElection(
	tx: WriteCtx,
	given: { election: string; accepted: boolean; at?: Temporal.Instant | undefined },
): Promise<void> {
	const { item, election } = await lockElection(tx, given.election);
	if (election.state === (given.accepted ? 'accepted' : 'declined')) return;
	if (election.state !== 'decided' || !election.electedId) throw new RuleViolation('council_votes_nobody_elected');
	const at = given.at ?? tx.now;
	await tx.db
		.updateTable('council.election')
		.set(given.accepted ? { state: 'accepted', accepted_at: at } : { state: 'declined' })
		.where('id', '=', election.id)
		.execute();
	if (given.accepted) {
		await holdPost(tx, item, election);
		await tx.db.updateTable('council.agenda_item').set({ result: 'elected' }).where('id', '=', item.id).execute();
		if (item.session.kind === 'constituting' && election.post === 'chair')
			await takeOver(tx, item.session.id, election);
	}
	told(tx, item, given.accepted ? 'electionAccepted' : 'electionDeclined', { election: election.id });
}

async function electionExists(tx: WriteCtx, id: string): Promise<boolean> {
	const row = await tx.db.selectFrom('council.election').select('id').where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

/** From the acceptance on the elected chair leads the constituting session, closes it and signs its minutes (R2-51). */
async function takeOver(tx: WriteCtx, meetingId: string, { electedId }: LockedElection): Promise<void> {
	const elected = await tx.db
		.selectFrom('council.candidate')
		.select(['name', 'person_id'])
		.where('id', '=', electedId)
		.executeTakeFirstOrThrow();
	await tx.db
		.updateTable('council.meeting')
		.set({ chair_name: elected.name, chair_person_id: elected.person_id })
		.where('id', '=', meetingId)
		.execute();
}

/** An election that does not go on (nobody stands, wrongly begun); before anybody accepted. It stays in the record. */
export async function cancelElection(tx: WriteCtx, id: string): Promise<void> {
	const { item, election } = await lockElection(tx, id);
	if (election.state === 'cancelled') return;
	if (election.state === 'accepted') throw new RuleViolation('council_votes_election_over');
	const round = await lastRound(tx, id);
	if (round?.state === 'open') await closeSecretBallot(tx, { roundId: round.id });
	await tx.db.updateTable('council.election').set({ state: 'cancelled' }).where('id', '=', id).execute();
	told(tx, item, 'electionCancelled', { election: id });
}

async function holdPost(tx: WriteCtx, item: LockedItem, election: LockedElection): Promise<void> {
	if (election.post !== 'chair' && election.post !== 'deputyChair') return;
	const posts = await electedFor(tx, item.session.id, election.councilBodyId);
	const chair = posts.find(({ post }) => post === 'chair')?.personId;
	const deputies = posts.flatMap(({ post, personId }) => (post === 'deputyChair' ? [personId] : []));
	const { councilBodyId } = election;
	const on = item.session.date;
	const standing = chair ?? (await chairOf(tx, councilBodyId, on));
	if (!standing) throw new RuleViolation('council_votes_chair_first');
	// Deputies who were not elected in this session stay as they are.
	await electedChair(tx, { councilBodyId, personId: standing, ...(deputies.length ? { deputies } : {}), on });
}

async function electedFor(tx: WriteCtx, meetingId: string, councilBodyId: string) {
	const { rows } = await sql<{ post: string; personId: string }>`
		select e.post, c.person_id as "personId" from council.election e
		join council.agenda_item i on i.body_id = e.body_id and i.id = e.agenda_item_id
		join council.candidate c on c.body_id = e.body_id and c.id = e.elected_id
		where e.body_id = ${tx.body.id} and i.meeting_id = ${meetingId} and e.council_body_id = ${councilBodyId}
		and e.state = 'accepted' and c.person_id is not null order by e.accepted_at, e.position`.execute(tx.db);
	return rows;
}

async function chairOf(tx: WriteCtx, councilBodyId: string, on: Temporal.PlainDate): Promise<string | undefined> {
	return (await presidingOn(tx, councilBodyId, on)).find((one) => one.as === 'chair')?.personId;
}

export interface OpenElection {
	/** Null: the election that must be held was not even begun. */
	electionId: string | null;
	post: 'chair' | 'deputyChair' | 'board' | 'other';
	missing: 'election' | 'result' | 'acceptance';
}

/**
 * Elections that still keep a session from being closed: in a constituting session the chair must be elected and have
 * accepted (GRE-16); anywhere, an election that was begun needs an end.
 */
export async function openElections(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string): Promise<OpenElection[]> {
	const { rows } = await sql<{ id: string; post: OpenElection['post']; state: string; kind: string }>`
		select e.id, e.post, e.state, m.kind from council.meeting m
		left join council.agenda_item i on i.body_id = m.body_id and i.meeting_id = m.id
		left join council.election e on e.body_id = i.body_id and e.agenda_item_id = i.id
		where m.body_id = ${ctx.body.id} and m.id = ${meetingId} order by e.opened_at`.execute(ctx.db);
	const held = rows.filter(({ id }) => id !== null);
	const open: OpenElection[] = held
		.filter(({ state }) => state === 'open' || state === 'decided')
		.map(({ id, post, state }) => ({
			electionId: id,
			post,
			missing: state === 'open' ? ('result' as const) : ('acceptance' as const),
		}));
	const constituting = rows[0]?.kind === 'constituting';
	const chairDone = held.some(({ post, state }) => post === 'chair' && state === 'accepted');
	if (constituting && !chairDone && !open.some(({ post }) => post === 'chair'))
		open.unshift({ electionId: null, post: 'chair', missing: 'election' });
	return open;
}
