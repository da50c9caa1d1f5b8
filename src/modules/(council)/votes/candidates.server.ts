import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { eligibleForChair } from '../structure/voting.server.ts';
import { lockItem, told, type LockedItem } from './item.server.ts';
import { missingSteps, type MissingStep, type Standing } from './rules/election.ts';
import type { CandidateGiven } from './schema.ts';

export interface Candidate {
	id: string;
	personId: string | null;
	name: string;
	organisation: string;
	consent: 'open' | 'given' | 'declined';
	consentHow: string;
	withdrawn: boolean;
	/** What is missing before this candidate may stand on a ballot; empty: nothing. */
	missing: MissingStep[];
}

/**
 * Puts somebody on the list of candidates. A person of the register by id; somebody else by name and organisation, who is
 * marked "not yet eligible" with the step that is missing (GRE-26) and never comes onto a ballot before it is done.
 * Proposing the same person twice changes nothing. @returns the candidate's id
 */
export async function propose(tx: WriteCtx, given: CandidateGiven): Promise<string> {
	const { item, election } = await lockElection(tx, given.election);
	if (election.state !== 'open') throw new RuleViolation('council_votes_election_over');
	if (!given.person && !given.name) throw new RuleViolation('council_votes_candidate_who', {}, 'name');
	const there = await candidatesOf(tx, election, item.session.date);
	const same = there.find((one) =>
		given.person
			? one.personId === given.person
			: !one.personId && one.name === given.name && one.organisation === given.organisation,
	);
	if (same) return same.id;
	const id = given.candidate ?? newId();
	if (given.candidate && (await candidateExists(tx, id))) throw new Conflict('candidate');
	const name = given.person ? await nameOf(tx, given.person) : given.name;
	await tx.db
		.insertInto('council.candidate')
		.values({
			id,
			election_id: election.id,
			position: there.length,
			person_id: given.person ?? null,
			name,
			organisation_id: await organisationNamed(tx, given.organisation),
			organisation: given.organisation,
			proposed_by: given.proposedBy,
		})
		.execute();
	told(tx, item, 'candidateProposed', { election: election.id, candidate: id });
	return id;
}

/**
 * Records whether a candidate agrees to stand, how and when (GRE-27).
 * @param base what stood there when the form was made; empty asks for nothing
 * @throws RuleViolation once a ballot bears the name, Conflict when somebody recorded the contrary since
 */
export async function recordConsent(
	tx: WriteCtx,
	given: { candidate: string; consent: 'given' | 'declined'; how: string },
	base = '',
): Promise<void> {
	if (!isId(given.candidate)) throw new NotFound('candidate');
	const found = await tx.db
		.selectFrom('council.candidate')
		.select(['election_id', 'consent'])
		.where('id', '=', given.candidate)
		.executeTakeFirst();
	if (!found) throw new NotFound('candidate');
	const { item } = await lockElection(tx, found.election_id);
	if (base && base !== found.consent && given.consent !== found.consent) throw new Conflict('candidate');
	const onBallot = await tx.db
		.selectFrom('council.round_candidate')
		.select('round_id')
		.where('candidate_id', '=', given.candidate)
		.executeTakeFirst();
	if (onBallot) throw new RuleViolation('council_votes_on_ballot');
	await tx.db
		.updateTable('council.candidate')
		.set({ consent: given.consent, consent_how: given.how, consent_at: tx.now })
		.where('id', '=', given.candidate)
		.execute();
	told(tx, item, 'consentRecorded', { candidate: given.candidate, consent: given.consent });
}

async function candidateExists(tx: WriteCtx, id: string): Promise<boolean> {
	const row = await tx.db.selectFrom('council.candidate').select('id').where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

export interface LockedElection {
	id: string;
	councilBodyId: string;
	post: 'chair' | 'deputyChair' | 'board' | 'other';
	method: 'secret' | 'open';
	state: string;
	electedId: string | null;
}

/** An election of a running session, locked together with it. */
export async function lockElection(tx: WriteCtx, id: string): Promise<{ item: LockedItem; election: LockedElection }> {
	if (!isId(id)) throw new NotFound('election');
	const found = await tx.db
		.selectFrom('council.election')
		.select('agenda_item_id')
		.where('id', '=', id)
		.executeTakeFirst();
	if (!found) throw new NotFound('election');
	const item = await lockItem(tx, found.agenda_item_id);
	const row = await tx.db.selectFrom('council.election').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const election: LockedElection = {
		id,
		councilBodyId: row.council_body_id,
		post: row.post as LockedElection['post'],
		method: row.method as LockedElection['method'],
		state: row.state,
		electedId: row.elected_id,
	};
	return { item, election };
}

/** Candidates of an election with what is missing on the day of the session: the list is judged anew whenever it is looked at. */
export async function candidatesOf(
	ctx: Pick<Ctx, 'db' | 'body'>,
	election: { id: string; councilBodyId: string },
	day: Temporal.PlainDate,
): Promise<Candidate[]> {
	const members = await eligibleForChair(ctx, election.councilBodyId, day);
	const { rows } = await sql<Omit<Candidate, 'missing'> & { hasSeat: boolean; designated: boolean }>`
		select c.id, c.person_id as "personId", c.name, coalesce(nullif(c.organisation, ''), o.name, '') as organisation,
			c.consent, c.consent_how as "consentHow", c.withdrawn_at is not null as withdrawn,
			exists (select from council.seat s where s.body_id = ${ctx.body.id} and s.council_body_id = ${election.councilBodyId}
				and s.organisation_id = c.organisation_id and s.voting and s.from_date <= ${day}::date
				and (s.until_date is null or s.until_date > ${day}::date)) as "hasSeat",
			exists (select from registry.membership m where m.body_id = ${ctx.body.id} and m.person_id = c.person_id
				and m.organisation_id = ${election.councilBodyId} and m.kind = 'member'
				and (m.from_date is null or m.from_date > ${day}::date)) as designated
		from council.candidate c
		left join registry.organisation o on o.body_id = ${ctx.body.id} and o.id = c.organisation_id
		where c.body_id = ${ctx.body.id} and c.election_id = ${election.id} order by c.position`.execute(ctx.db);
	return rows.map(({ hasSeat, designated, ...candidate }) => {
		const standing: Standing = {
			votingMember: members.some(({ personId }) => personId === candidate.personId),
			designated,
			organisation: candidate.organisation ? { name: candidate.organisation, hasSeat } : null,
			consented: candidate.consent === 'given',
			withdrawn: candidate.withdrawn || candidate.consent === 'declined',
		};
		return { ...candidate, missing: missingSteps(standing) };
	});
}

async function nameOf(tx: WriteCtx, personId: string): Promise<string> {
	const { rows } = await sql<{ name: string }>`
		select concat_ws(' ', nullif(affix, ''), nullif(given_name, ''), family_name) as name from registry.person
		where body_id = ${tx.body.id} and id = ${personId}`.execute(tx.db);
	if (!rows[0]) throw new NotFound('person');
	return rows[0].name;
}

async function organisationNamed(tx: WriteCtx, name: string): Promise<string | null> {
	if (!name) return null;
	const { rows } = await sql<{ id: string }>`select id from registry.organisation where body_id = ${tx.body.id}
		and (lower(name) = lower(${name}) or lower(short_name) = lower(${name})) limit 1`.execute(tx.db);
	return rows[0]?.id ?? null;
}
