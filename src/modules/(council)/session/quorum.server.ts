import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Profile } from '../rules/profile.ts';
import { findQuorum, type QuorumFinding } from '../rules/quorum.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { presentVoters } from './presence.server.ts';
import { mayResolveNow, type FindingInTime, type MayResolve } from './rules/presumption.ts';

export type Occasion = FindingInTime['occasion'];

export interface FindingContext {
	agendaItemId?: string | null;
	voteId?: string | null;
	/** The voting member who doubted it (attendance: their person). */
	challengedBy?: string | null;
	secondConvening?: boolean;
}

/** Counts without storing. Undefined when no profile covers the day of the session. */
export async function countQuorumAt(
	ctx: Pick<Ctx, 'db' | 'body'>,
	meetingId: string,
	councilBodyId: string,
	at: Temporal.Instant,
	secondConvening = false,
): Promise<QuorumFinding | undefined> {
	const meeting = await ctx.db
		.selectFrom('council.meeting')
		.select('date')
		.where('id', '=', meetingId)
		.executeTakeFirst();
	if (!meeting) throw new NotFound('session');
	const profile = await profileFor(ctx, councilBodyId, meeting.date);
	return profile && count(ctx, profile, { meetingId, councilBodyId, at, date: meeting.date, secondConvening });
}

interface Question {
	meetingId: string;
	councilBodyId: string;
	at: Temporal.Instant;
	date: Temporal.PlainDate;
	secondConvening: boolean;
}

async function count(ctx: Pick<Ctx, 'db' | 'body'>, profile: Profile, question: Question): Promise<QuorumFinding> {
	const voters = await presentVoters(ctx, question.meetingId, question.councilBodyId, question.at);
	const seats = await votingSeats(ctx, question.councilBodyId, question.date);
	const substitutes = voters.filter(({ substituteFor }) => substituteFor !== '').length;
	return findQuorum(profile, {
		statutorySeats: seats.statutory,
		filledSeats: seats.filled,
		members: voters.length - substitutes,
		substitutes,
		secondConvening: question.secondConvening,
	});
}

/** Seats with a vote on a day, and how many are filled; a body without seats has as many as voting members. */
async function votingSeats(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	date: Temporal.PlainDate,
): Promise<{ statutory: number; filled: number }> {
	const body = ctx.body.id;
	const { rows } = await sql<{ statutory: number; filled: number; members: number }>`
		select count(*)::int as statutory, count(*) filter (where exists (select from council.seat_filling f
			where f.body_id = ${body} and f.seat_id = s.id and f.from_date <= ${date}::date
			and (f.until_date is null or f.until_date > ${date}::date)))::int as filled,
			(select count(*)::int from registry.membership m where m.body_id = ${body} and m.organisation_id = ${councilBodyId}
				and m.kind = 'member' and m.voting_right and m.from_date <= ${date}::date
				and (m.until_date is null or m.until_date > ${date}::date)) as members
		from council.seat s where s.body_id = ${body} and s.council_body_id = ${councilBodyId} and s.voting
		and s.from_date <= ${date}::date and (s.until_date is null or s.until_date > ${date}::date)`.execute(ctx.db);
	const { statutory, filled, members } = rows[0]!;
	return statutory ? { statutory, filled } : { statutory: members, filled: members };
}

/**
 * Finds the quorum of a body at a moment and keeps the finding with profile, inputs and outcome (rulebook R2-21 to R2-27).
 * @returns the finding, or undefined when no profile covers the day (nothing is stored then)
 */
export async function findQuorumAt(
	tx: WriteCtx,
	meetingId: string,
	councilBodyId: string,
	at: Temporal.Instant,
	occasion: Occasion,
	context: FindingContext = {},
): Promise<QuorumFinding | undefined> {
	const finding = await countQuorumAt(tx, meetingId, councilBodyId, at, context.secondConvening);
	if (!finding) return undefined;
	await tx.db
		.insertInto('council.quorum_finding')
		.values({
			id: newId(),
			meeting_id: meetingId,
			council_body_id: councilBodyId,
			occasion,
			at,
			agenda_item_id: context.agendaItemId ?? null,
			vote_id: context.voteId ?? null,
			challenged_by: context.challengedBy ?? null,
			stated: occasion === 'vote' ? null : finding.outcome.quorate,
			stated_present: occasion === 'vote' ? null : finding.outcome.present,
			stated_at: occasion === 'vote' ? null : at,
			computed: JSON.stringify(finding),
		})
		.execute();
	return finding;
}

/**
 * May the body resolve on this item at this moment (see `mayResolveNow`)? For a joint session ask for each body.
 * @param barred voting members whom the law bars from the item (bias), as the votes room knows them
 * @throws NotFound for an item of another session
 */
export async function mayResolve(
	ctx: Pick<Ctx, 'db' | 'body' | 'now'>,
	meetingId: string,
	itemId: string,
	{ councilBodyId, at = ctx.now, barred = 0 }: { councilBodyId?: string; at?: Temporal.Instant; barred?: number } = {},
): Promise<MayResolve & { finding: QuorumFinding | undefined }> {
	const item = await ctx.db
		.selectFrom('council.agenda_item as i')
		.innerJoin('council.meeting as m', 'm.id', 'i.meeting_id')
		.select(['i.second_convening', 'm.council_body_id'])
		.where('i.id', '=', itemId)
		.where('m.id', '=', meetingId)
		.executeTakeFirst();
	if (!item) throw new NotFound('item');
	const asked = councilBodyId ?? item.council_body_id;
	const finding = await countQuorumAt(ctx, meetingId, asked, at);
	if (!finding) return { may: false, because: 'notStated', finding };
	const findings = await findingsOf(ctx, meetingId, asked, item);
	const { present, base } = finding.outcome;
	const atVote = { secondConvening: item.second_convening, barred, members: base, present };
	return { ...mayResolveNow(finding.rule, findings, atVote, finding.outcome.quorate), finding };
}

async function findingsOf(
	ctx: Pick<Ctx, 'db' | 'body'>,
	meetingId: string,
	councilBodyId: string,
	item: { council_body_id: string; second_convening: boolean },
): Promise<FindingInTime[]> {
	// Quorate in any number is the body for what it was convened for twice, and for nothing else.
	const { rows } = await sql<FindingInTime>`
		select occasion, coalesce(stated, (computed #>> '{outcome,quorate}')::boolean)
			and (${item.second_convening} or computed #>> '{outcome,because}' is distinct from 'secondConvening') as quorate
		from council.quorum_finding where body_id = ${ctx.body.id} and meeting_id = ${meetingId}
		and coalesce(council_body_id, ${item.council_body_id}::uuid) = ${councilBodyId}
		order by at nulls first, id`.execute(ctx.db);
	return rows;
}
