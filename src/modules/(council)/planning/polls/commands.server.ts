import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { linkToken } from '../links.server.ts';
import { peopleOfBody } from '../people.server.ts';
import { instantOf, planMeeting } from '../planned-meeting.server.ts';
import { ANSWERS, type PollAnswer } from '../rules.ts';
import type { NewPoll } from '../schema.ts';
import { askFor, tellDate, type FixedDate } from './letters.server.ts';
import { pollAddressees, type PollView } from './queries.server.ts';

/**
 * Asks people of a body when they can come. Each gets an address of their own by mail, in their language.
 * @param people ids of persons of the body
 * @returns its id @throws RuleViolation `council.pollOptions`, `pollTwice`, `pollNobody`, `past`; NotFound, Forbidden
 */
export async function openPoll(ctx: Ctx, given: NewPoll & { people: string[] }, origin: string): Promise<string> {
	demand(ctx.actor, 'council.edit', given.councilBodyId);
	checkOptions(ctx, given);
	return write(ctx, async (tx) => {
		const body = await bodyName(tx, given.councilBodyId);
		const asked = (await peopleOfBody(tx, given.councilBodyId)).filter((p) => given.people.includes(p.personId));
		if (!asked.length) throw new RuleViolation('council.pollNobody', {}, 'people');
		const id = newId();
		await tx.db
			.insertInto('council.date_poll')
			.values({
				id,
				council_body_id: given.councilBodyId,
				title: given.title,
				note: given.note,
				kind: given.kind,
				public: given.public && given.kind !== 'retreat',
				place_text: given.place,
				answer_by: Temporal.PlainDate.from(given.answerBy),
				created_at: tx.now,
			})
			.execute();
		await addOptions(tx, id, given);
		const poll = { title: given.title, bodyName: body, note: given.note, answerBy: given.answerBy };
		for (const person of asked) {
			const voter = newId();
			const token = linkToken('poll', voter);
			const mailed = await askFor(tx, person, poll, { origin, token });
			await tx.db
				.insertInto('council.date_poll_voter')
				.values({
					id: voter,
					poll_id: id,
					person_id: person.personId,
					token_hash: hashToken(token),
					mailed_at: mailed ? tx.now : null,
				})
				.execute();
		}
		tx.touch('council.datePoll', id, { act: 'opened', fields: { title: given.title, asked: asked.length } });
		return id;
	});
}

function checkOptions(ctx: Ctx, { options, answerBy }: NewPoll): void {
	if (options.length < 2) throw new RuleViolation('council.pollOptions', {}, 'options-0-date');
	const starts = options.map(({ date, from }) => `${date} ${from}`);
	if (new Set(starts).size < starts.length) throw new RuleViolation('council.pollTwice', {}, 'options-0-date');
	if (answerBy < ctx.today.toString()) throw new RuleViolation('council.past', {}, 'answerBy');
	const past = options.findIndex(({ date }) => date < ctx.today.toString());
	if (past >= 0) throw new RuleViolation('council.past', {}, `options-${past}-date`);
}

async function addOptions(tx: WriteCtx, pollId: string, { options }: NewPoll): Promise<void> {
	for (const { date, from, until } of options) {
		await tx.db
			.insertInto('council.date_poll_option')
			.values({
				id: newId(),
				poll_id: pollId,
				starts_at: instantOf(tx, date, from),
				ends_at: until ? instantOf(tx, date, until) : null,
			})
			.execute();
	}
}

async function bodyName(tx: WriteCtx, id: string): Promise<string> {
	const row = await tx.db
		.selectFrom('council.council_body as b')
		.innerJoin('registry.organisation as o', 'o.id', 'b.id')
		.select('o.name')
		.where('b.id', '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound('council body');
	return row.name;
}

/**
 * Notes when somebody can come; a later answer replaces the earlier one. By the address in a mail (`token`), or signed in
 * (`pollId`: the actor's own answer).
 * @throws RuleViolation `council.pollOver` when the date is fixed or the day to answer is over, `pollEmpty`; NotFound
 */
export async function answerPoll(
	ctx: Ctx,
	by: { token: string } | { pollId: string },
	given: Record<string, string>,
): Promise<void> {
	if ('pollId' in by) demand(ctx.actor, 'council.members');
	await write(ctx, async (tx) => {
		const voter = await voterFor(tx, by);
		if (voter.state !== 'open' || voter.answerBy < tx.today.toString()) throw new RuleViolation('council.pollOver');
		const answers = voter.options.flatMap((option) => {
			const answer = ANSWERS.find((known) => known === given[option]);
			return answer ? [{ option, answer }] : [];
		});
		if (!answers.length) throw new RuleViolation('council.pollEmpty', {}, `o-${voter.options[0]}`);
		await replaceAnswers(tx, voter.id, answers);
		tx.touch('council.datePoll', voter.pollId, { act: 'answered' });
	});
}

interface Voter {
	id: string;
	pollId: string;
	state: 'open' | 'fixed';
	answerBy: string;
	options: string[];
}

/** The poll is locked as well: nobody answers while it is being fixed. */
async function voterFor(tx: WriteCtx, by: { token: string } | { pollId: string }): Promise<Voter> {
	if ('pollId' in by && !isId(by.pollId)) throw new NotFound('poll');
	const whose =
		'token' in by
			? sql`v.token_hash = ${hashToken(by.token)}`
			: sql`v.poll_id = ${by.pollId} and v.person_id = ${tx.actor.personId}::uuid`;
	const { rows } = await sql<Voter>`
select v.id, v.poll_id as "pollId", p.state, p.answer_by::text as "answerBy", array(select q.id::text from council.date_poll_option q
	where q.body_id = p.body_id and q.poll_id = p.id order by q.starts_at) as options
from council.date_poll_voter v join council.date_poll p on p.body_id = v.body_id and p.id = v.poll_id
where v.body_id = ${tx.body.id} and ${whose} for update of v for share of p`.execute(tx.db);
	if (!rows[0]) throw new NotFound('poll');
	return rows[0];
}

async function replaceAnswers(
	tx: WriteCtx,
	voterId: string,
	answers: { option: string; answer: PollAnswer }[],
): Promise<void> {
	await tx.db.deleteFrom('council.date_poll_answer').where('voter_id', '=', voterId).execute();
	await tx.db
		.insertInto('council.date_poll_answer')
		.values(answers.map(({ option, answer }) => ({ voter_id: voterId, option_id: option, answer })))
		.execute();
	await tx.db.updateTable('council.date_poll_voter').set({ answered_at: tx.now }).where('id', '=', voterId).execute();
}

/**
 * Fixes the date: one act that plans the session, shows it in the calendar and tells everybody who was asked. Doing it
 * twice changes nothing.
 * @returns address of the session @throws RuleViolation `council.pollFixed` for another date than the one fixed already
 */
export async function fixPoll(ctx: Ctx, pollId: string, optionId: string, origin: string): Promise<string> {
	demand(ctx.actor, 'council.edit');
	return write(ctx, async (tx) => {
		const poll = await lockedPoll(tx, pollId);
		demand(tx.actor, 'council.edit', poll.councilBodyId);
		if (poll.state === 'fixed') {
			if (poll.fixedOptionId !== optionId) throw new RuleViolation('council.pollFixed');
			return poll.meetingSlug!;
		}
		if (!isId(optionId)) throw new RuleViolation('council.pollNone');
		const option = poll.options.find(({ id }) => id === optionId);
		if (!option) throw new NotFound('option');
		const startsAt = Temporal.Instant.from(option.startsAt);
		const date = startsAt.toZonedDateTimeISO(tx.body.timeZone).toPlainDate();
		const meeting = await planMeeting(tx, {
			councilBodyId: poll.councilBodyId,
			kind: poll.kind,
			date,
			startsAt,
			endsAt: option.endsAt ? Temporal.Instant.from(option.endsAt) : null,
			place: poll.place,
			public: poll.public,
			published: poll.public,
		});
		await tx.db
			.updateTable('council.date_poll')
			.set({ state: 'fixed', fixed_option_id: optionId, meeting_id: meeting.id })
			.where('id', '=', pollId)
			.execute();
		tx.touch('council.datePoll', pollId, { act: 'fixed', fields: { date: date.toString() } });
		const fixed = { ...meeting, date: date.toString(), startsAt: option.startsAt, endsAt: option.endsAt };
		await tellDate(tx, await pollAddressees(tx, pollId), poll, fixed, { method: 'REQUEST', origin });
		return meeting.slug;
	});
}

type LockedPoll = PollView & { meetingId: string | null; meeting: (FixedDate & { touched: boolean }) | null };

async function lockedPoll(tx: WriteCtx, id: string): Promise<LockedPoll> {
	if (!isId(id)) throw new NotFound('poll');
	await sql`select from council.date_poll where body_id = ${tx.body.id} and id = ${id} for update`.execute(tx.db);
	const { rows } = await sql<LockedPoll>`
select p.id, p.council_body_id as "councilBodyId", o.name as "bodyName", p.title, p.note, p.kind, p.public, p.place_text as place,
	p.answer_by::text as "answerBy", p.state, p.fixed_option_id as "fixedOptionId", m.slug as "meetingSlug", m.id as "meetingId",
	coalesce((select json_agg(json_build_object('id', q.id, 'startsAt', q.starts_at, 'endsAt', q.ends_at) order by q.starts_at)
		from council.date_poll_option q where q.body_id = p.body_id and q.poll_id = p.id), '[]') as options,
	case when m.id is not null then json_build_object('id', m.id, 'slug', m.slug, 'date', m.date, 'startsAt', m.starts_at,
		'endsAt', m.ends_at, 'touched', m.state <> 'planned' or m.cancelled or m.invited_on is not null or exists (
			select from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id)) end as meeting
from council.date_poll p join registry.organisation o on o.body_id = p.body_id and o.id = p.council_body_id
left join council.meeting m on m.body_id = p.body_id and m.id = p.meeting_id
where p.body_id = ${tx.body.id} and p.id = ${id}`.execute(tx.db);
	if (!rows[0]) throw new NotFound('poll');
	return rows[0];
}

/**
 * Takes the fixing back: the planned session goes, everybody is told, answers may change again.
 * @throws RuleViolation `council.pollStuck` once an agenda or an invitation hangs on the session
 */
export async function reopenPoll(ctx: Ctx, pollId: string, origin: string): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const poll = await lockedPoll(tx, pollId);
		demand(tx.actor, 'council.edit', poll.councilBodyId);
		if (!poll.meeting) return;
		if (poll.meeting.touched) throw new RuleViolation('council.pollStuck');
		await tx.db
			.updateTable('council.date_poll')
			.set({ state: 'open', fixed_option_id: null, meeting_id: null })
			.where('id', '=', pollId)
			.execute();
		await tx.db.deleteFrom('council.meeting').where('id', '=', poll.meeting.id).execute();
		tx.touch('council.meeting', poll.meeting.id, { act: 'deleted', deleted: true });
		tx.touch('council.datePoll', pollId, { act: 'reopened' });
		await tellDate(tx, await pollAddressees(tx, pollId), poll, poll.meeting, { method: 'CANCEL', origin });
	});
}

/** Reminds those who have not answered. @returns how many mails went out @throws RuleViolation `council.pollOver` */
export async function remindVoters(ctx: Ctx, pollId: string, origin: string): Promise<number> {
	demand(ctx.actor, 'council.edit');
	return write(ctx, async (tx) => {
		const poll = await lockedPoll(tx, pollId);
		demand(tx.actor, 'council.edit', poll.councilBodyId);
		if (poll.state !== 'open' || poll.answerBy < tx.today.toString()) throw new RuleViolation('council.pollOver');
		let count = 0;
		for (const person of await pollAddressees(tx, pollId)) {
			if (person.answered) continue;
			const token = linkToken('poll', person.voterId);
			if (!(await askFor(tx, person, poll, { origin, token }))) continue;
			count++;
			await tx.db
				.updateTable('council.date_poll_voter')
				.set({ token_hash: hashToken(token), mailed_at: tx.now })
				.where('id', '=', person.voterId)
				.execute();
		}
		tx.touch('council.datePoll', pollId, { act: 'reminded', fields: { count } });
		return count;
	});
}
