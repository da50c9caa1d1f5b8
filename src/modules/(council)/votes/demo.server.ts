import type { WriteCtx } from '#kernel/ctx.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { newId } from '#kernel/ids.ts';
import { linkToken } from '../planning/links.server.ts';
import type { Profile } from '../rules/profile.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { votingMembers } from '../structure/voting.server.ts';
import { findRound } from './rules/election.ts';
import { findMajority } from './rules/majority.ts';

/** The session whose vote on this item was taken by name, and the one in which somebody was elected. Invented. */
const BY_NAME = 'Stellungnahme zum Haushalt';
const ELECTION = 'Wahl einer Vertretung für den Runden Tisch';
const CANDIDATES = ['Golnar Sepantar', 'Yonas Tekleberg'];

/**
 * Lets the demonstration's past votes explain themselves, one of them taken by name, adds an election in two rounds, and a
 * written procedure that is running today. Call it before the minutes are kept: they tell of it.
 */
export async function addVotes(tx: WriteCtx, councilBodyId: string): Promise<void> {
	const profile = await profileFor(tx, councilBodyId, tx.today);
	if (!profile) throw new Error('the demonstration’s council has no rules');
	await explainVotes(tx, profile);
	await takeByName(tx);
	await elect(tx, profile);
	await askInWriting(tx, profile, councilBodyId);
}

async function explainVotes(tx: WriteCtx, profile: Profile): Promise<void> {
	const votes = await tx.db.selectFrom('council.vote').selectAll().where('finding', 'is', null).execute();
	for (const { id, yes, no, abstain, biased } of votes) {
		if (yes === null || no === null || abstain === null) continue;
		const figures = { yes, no, abstain, invalid: 0, presentNotVoting: 0, biased: biased ?? 0 };
		const present = yes + no + abstain + figures.biased;
		const finding = findMajority(profile, { ...figures, present, seats: 15 });
		await tx.db
			.updateTable('council.vote')
			.set({ present, invalid: 0, present_not_voting: 0, finding: JSON.stringify(finding) })
			.where('id', '=', id)
			.execute();
	}
}

async function takeByName(tx: WriteCtx): Promise<void> {
	const item = await itemOf(tx, BY_NAME);
	const vote = await tx.db
		.updateTable('council.vote')
		.set({ method: 'rollCall', askers: 1 })
		.where('agenda_item_id', '=', item.id)
		.returning(['id', 'yes', 'no'])
		.executeTakeFirstOrThrow();
	for (const [index, voter] of (await votersOf(tx, item.meetingId)).entries()) {
		const voice = index < vote.yes! ? 'yes' : index < vote.yes! + vote.no! ? 'no' : 'abstain';
		await tx.db
			.insertInto('council.roll_call_voice')
			.values({
				vote_id: vote.id,
				attendance_id: voter.id,
				seat_id: voter.seat_id,
				person_id: voter.person_id,
				name: voter.name,
				voice,
				entered_by: 'clerk',
				at: item.at,
			})
			.execute();
	}
}

/** Two candidates with equal votes, and one who has more in the second round (rulebook R2-50). */
async function elect(tx: WriteCtx, profile: Profile): Promise<void> {
	const item = await itemOf(tx, ELECTION);
	const { councilBodyId } = item;
	const present = (await votersOf(tx, item.meetingId)).length;
	const election = newId();
	await tx.db
		.insertInto('council.election')
		.values({
			id: election,
			agenda_item_id: item.id,
			council_body_id: councilBodyId,
			position: 0,
			post: 'other',
			title: 'Vertretung für den Runden Tisch',
			method: 'secret',
			opened_at: item.at,
		})
		.execute();
	const ids: string[] = [];
	const members = await votingMembers(tx, councilBodyId, tx.today);
	for (const [position, name] of CANDIDATES.entries()) {
		const id = newId();
		ids.push(id);
		await tx.db
			.insertInto('council.candidate')
			.values({
				id,
				election_id: election,
				position,
				person_id: members.find((one) => one.name === name)?.personId ?? null,
				name,
				consent: 'given',
				consent_how: 'in der Sitzung',
				consent_at: item.at,
			})
			.execute();
	}
	const blank = 1;
	const half = Math.floor((present - blank) / 2);
	for (const [number, first] of [half, half + 1].entries())
		await addRound(tx, profile, {
			election,
			number: number + 1,
			present,
			blank: present - 2 * half,
			votes: [first, 2 * half - first],
			ids,
			at: item.at,
		});
	await tx.db
		.updateTable('council.election')
		.set({ state: 'accepted', elected_id: ids[0]!, accepted_at: item.at })
		.where('id', '=', election)
		.execute();
}

interface DemoRound {
	election: string;
	number: number;
	present: number;
	blank: number;
	votes: number[];
	ids: string[];
	at: Temporal.Instant;
}

async function addRound(tx: WriteCtx, profile: Profile, given: DemoRound): Promise<void> {
	const { election, number, present, blank, votes, ids, at } = given;
	const ballots = { present, issued: present, returned: present, blank, invalid: 0, against: 0 };
	const counted = ids.map((candidate, index) => ({ candidate, votes: votes[index]! }));
	const finding = findRound(profile, { number, ...ballots, votes: counted });
	const id = newId();
	await tx.db
		.insertInto('council.election_round')
		.values({
			id,
			election_id: election,
			number,
			state: 'counted',
			...ballots,
			opened_at: at,
			counted_at: at,
			finding: JSON.stringify(finding),
		})
		.execute();
	for (const { candidate, votes: got } of counted)
		await tx.db
			.insertInto('council.round_candidate')
			.values({ round_id: id, candidate_id: candidate, votes: got })
			.execute();
}

/** Five of the fifteen have answered; the others find it on their desk. */
async function askInWriting(tx: WriteCtx, profile: Profile, councilBodyId: string): Promise<void> {
	const id = newId();
	const openedAt = tx.now.subtract({ hours: 3 * 24 });
	await tx.db
		.insertInto('council.written_procedure')
		.values({
			id,
			council_body_id: councilBodyId,
			number: 1,
			title: 'Schirmherrschaft für das Fest der Kulturen',
			text: 'Der Beirat übernimmt im kommenden Jahr die Schirmherrschaft für das Fest der Kulturen am Nordufer.',
			reason: 'Die Plakate gehen vor der nächsten Sitzung in Druck.',
			rule: JSON.stringify(profile.rules.written),
			opened_at: openedAt,
			last_day: tx.today.add({ days: profile.rules.written.days }),
		})
		.execute();
	for (const member of await votingMembers(tx, councilBodyId, tx.today)) {
		const answer = newId();
		const answered = [2, 5, 7, 13, 15].includes(member.seatNumber ?? 0);
		await tx.db
			.insertInto('council.written_answer')
			.values({
				id: answer,
				procedure_id: id,
				membership_id: member.membershipId,
				person_id: member.personId,
				seat_id: member.seatId,
				name: member.name,
				link_hash: hashToken(linkToken('written', answer)),
				...(answered && { voice: 'yes', answered_at: openedAt.add({ hours: 20 }), via: 'link' }),
			})
			.execute();
	}
	tx.touch('council.writtenProcedure', id, { act: 'opened', fields: { number: 1 } });
}

async function itemOf(
	tx: WriteCtx,
	title: string,
): Promise<{ id: string; meetingId: string; councilBodyId: string; at: Temporal.Instant }> {
	const row = await tx.db
		.selectFrom('council.agenda_item as i')
		.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
		.select(['i.id', 'i.meeting_id', 'm.council_body_id', 'm.opened_at'])
		.where('i.title', '=', title)
		.executeTakeFirstOrThrow();
	const at = (row.opened_at ?? tx.now).add({ minutes: 40 });
	return { id: row.id, meetingId: row.meeting_id, councilBodyId: row.council_body_id, at };
}

function votersOf(tx: WriteCtx, meetingId: string) {
	return tx.db
		.selectFrom('council.attendance')
		.select(['id', 'seat_id', 'person_id', 'name'])
		.where('meeting_id', '=', meetingId)
		.where('voting', '=', true)
		.where('status', 'in', ['present', 'remote'])
		.orderBy('position')
		.execute();
}
