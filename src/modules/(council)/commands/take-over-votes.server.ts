import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

/** A vote of another council system; null where the source does not say. */
export interface TakenVote {
	text: string;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	invalid: number | null;
	biased: number | null;
	notVoting: number | null;
	present: number | null;
	unanimous: boolean;
	method: string;
	adopted: boolean | null;
	/** As in the rules of a body: 'simple', 'absolute', 'twoThirds', 'fourFifths'. */
	majority: string | null;
	needed: number | null;
	/** In a joint session: the body that voted. */
	councilBodyId: string | null;
	/** Of roll calls: who voted how. Kept for those who stand in the attendance, found by person or else by name. */
	voices: { name: string; personId: string | null; voice: string }[];
}

/** An election of another council system: rounds that were counted, and who was elected by name. */
export interface TakenElection {
	post: string;
	title: string;
	method: string;
	state: string;
	elected: string;
	rounds: {
		number: number;
		present: number | null;
		blank: number | null;
		invalid: number | null;
		against: number | null;
		lot: boolean;
		/** In the order of the source. */
		votes: { name: string; votes: number | null }[];
	}[];
}

interface Counted {
	id: string;
	votes: readonly TakenVote[];
	elections: readonly TakenElection[];
}

/** Votes and elections of items, as they are told now. The sessions' attendance is there already. */
export async function replaceVotes(tx: WriteCtx, items: readonly Counted[]): Promise<void> {
	const ids = items.map(({ id }) => id);
	await sql`delete from council.vote where body_id = ${tx.body.id} and agenda_item_id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	const votes = items.flatMap(({ id, votes: all }) =>
		all.map((vote, position) => ({ ...vote, id: newId(), item: id, position })),
	);
	if (votes.length) {
		// Of the finding what was told: a rule and what it needed, without the sum that led to it.
		await sql`insert into council.vote (body_id, id, agenda_item_id, position, text, method, yes, no, abstain, invalid, biased,
				present_not_voting, present, unanimous, adopted, council_body_id, finding)
			select ${tx.body.id}, id, item, position, text, method, yes, no, abstain, invalid, biased, "notVoting", present, unanimous, adopted,
				"councilBodyId", case when majority is not null or needed is not null then jsonb_strip_nulls(jsonb_build_object(
					'rule', jsonb_build_object('kind', majority), 'outcome', jsonb_build_object('needed', needed))) end
			from jsonb_to_recordset(${JSON.stringify(votes)}::jsonb) as r (id uuid, item uuid, position int, text text, method text, yes int,
				no int, abstain int, invalid int, biased int, "notVoting" int, present int, unanimous boolean, adopted boolean,
				"councilBodyId" uuid, majority text, needed int)`.execute(tx.db);
		await insertVoices(tx, votes);
	}
	await replaceElections(tx, items);
}

async function insertVoices(tx: WriteCtx, votes: readonly (TakenVote & { id: string })[]): Promise<void> {
	const voices = votes.flatMap(({ id, voices: all }) => all.map((one) => ({ ...one, vote: id })));
	if (!voices.length) return;
	await sql`insert into council.roll_call_voice (body_id, vote_id, attendance_id, person_id, name, voice, entered_by, at)
		select ${tx.body.id}, v.id, a.id, a.person_id, r.name, r.voice, 'clerk', coalesce(i.closed_at, i.opened_at, m.starts_at, m.date)
		from jsonb_to_recordset(${JSON.stringify(voices)}::jsonb) as r (vote uuid, name text, "personId" uuid, voice text)
		join council.vote v on v.body_id = ${tx.body.id} and v.id = r.vote
		join council.agenda_item i on i.body_id = v.body_id and i.id = v.agenda_item_id
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		join lateral (select a.id, a.person_id from council.attendance a where a.body_id = m.body_id and a.meeting_id = m.id
			and (a.person_id = r."personId" or (r."personId" is null and a.name = r.name))
			order by a.voting desc, a.name <> r.name, a.position limit 1) a on true
		on conflict do nothing`.execute(tx.db);
}

async function replaceElections(tx: WriteCtx, items: readonly Counted[]): Promise<void> {
	const ids = items.map(({ id }) => id);
	// rounds first: they hold their candidates
	await sql`delete from council.election_round r using council.election e where r.body_id = ${tx.body.id} and e.body_id = r.body_id
		and e.id = r.election_id and e.agenda_item_id = any (${ids}::uuid[])`.execute(tx.db);
	await sql`delete from council.election where body_id = ${tx.body.id} and agenda_item_id = any (${ids}::uuid[])`.execute(
		tx.db,
	);
	const elections = items.flatMap(({ id, elections: all }) =>
		all.map((one, position) => ({ ...one, id: newId(), item: id, position })),
	);
	if (!elections.length) return;
	await sql`insert into council.election (body_id, id, agenda_item_id, council_body_id, position, post, title, method, state, opened_at)
		select ${tx.body.id}, r.id, i.id, m.council_body_id, r.position, r.post, r.title, r.method, r.state,
			coalesce(i.opened_at, m.starts_at, m.date)
		from jsonb_to_recordset(${JSON.stringify(elections)}::jsonb) as r (id uuid, item uuid, position int, post text, title text, method text,
			state text)
		join council.agenda_item i on i.body_id = ${tx.body.id} and i.id = r.item
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id`.execute(tx.db);
	const candidates = elections.flatMap(({ id, ...one }) =>
		candidatesOf(one).map((name, position) => ({ id: newId(), election: id, name, position })),
	);
	if (candidates.length)
		await sql`insert into council.candidate (body_id, id, election_id, position, name)
			select ${tx.body.id}, id, election, position, name
			from jsonb_to_recordset(${JSON.stringify(candidates)}::jsonb) as r (id uuid, election uuid, position int, name text)`.execute(
			tx.db,
		);
	await sql`update council.election e set elected_id = c.id
		from jsonb_to_recordset(${JSON.stringify(elections)}::jsonb) as r (id uuid, elected text)
		join council.candidate c on c.body_id = ${tx.body.id} and c.election_id = r.id and c.name = r.elected
		where e.body_id = ${tx.body.id} and e.id = r.id`.execute(tx.db);
	await insertRounds(tx, elections);
}

async function insertRounds(tx: WriteCtx, elections: readonly (TakenElection & { id: string })[]): Promise<void> {
	const rounds = elections.flatMap(({ id, rounds: all }) =>
		all.map((one) => ({ ...one, id: newId(), election: id, present: one.present ?? givenIn(one) })),
	);
	if (!rounds.length) return;
	await sql`insert into council.election_round (body_id, id, election_id, number, state, present, blank, invalid, against, lot, opened_at,
			counted_at)
		select ${tx.body.id}, r.id, e.id, r.number, 'counted', r.present, r.blank, r.invalid, r.against,
			case when r.lot then '{}'::jsonb end, e.opened_at, e.opened_at
		from jsonb_to_recordset(${JSON.stringify(rounds)}::jsonb) as r (id uuid, election uuid, number int, present int, blank int, invalid int,
			against int, lot boolean)
		join council.election e on e.body_id = ${tx.body.id} and e.id = r.election`.execute(tx.db);
	const counts = rounds.flatMap(({ id, election, votes }) => votes.map((one) => ({ ...one, round: id, election })));
	if (counts.length)
		await sql`insert into council.round_candidate (body_id, round_id, candidate_id, votes)
			select ${tx.body.id}, r.round, c.id, r.votes
			from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as r (round uuid, election uuid, name text, votes int)
			join council.candidate c on c.body_id = ${tx.body.id} and c.election_id = r.election and c.name = r.name
			on conflict do nothing`.execute(tx.db);
}

/** Who was there at least, where the source does not say it. */
function givenIn({ blank, invalid, against, votes }: TakenElection['rounds'][number]): number {
	return [blank, invalid, against, ...votes.map((one) => one.votes)].reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** Names in the order of the ballot, as far as equal numbers of votes tell it; each once. */
export function candidatesOf({ rounds, elected }: Pick<TakenElection, 'rounds' | 'elected'>): string[] {
	const names = [...new Set([...rounds.flatMap(({ votes }) => votes.map(({ name }) => name)), elected])].filter(
		Boolean,
	);
	const equals = rounds.flatMap(({ votes }) =>
		votes
			.slice(1)
			.flatMap((one, before) => (votes[before]!.votes === one.votes ? [[votes[before]!.name, one.name]] : [])),
	);
	// A round that contradicts another one ends nothing: each pair is looked at as often as there are names.
	for (let n = 0; n < names.length; n++)
		for (const [first, second] of equals) {
			const [at, other] = [names.indexOf(first!), names.indexOf(second!)];
			if (at > other) names.splice(other, 0, ...names.splice(at, 1));
		}
	return names;
}
