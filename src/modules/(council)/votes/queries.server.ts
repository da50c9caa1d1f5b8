import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { insideOf } from '../queries/sight.server.ts';
import { presentVoters } from '../session/presence.server.ts';
import { eligibleForChair } from '../structure/voting.server.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { candidatesOf } from './candidates.server.ts';
import { wordingHash } from './motions.server.ts';
import { votingOrder } from './rules/order.ts';
import type { CandidateView, ElectionView, ItemVotes, MeetingVotes, MotionView, VotingBody } from './view.ts';

/**
 * Motions, votes, elections and bias of one item. Readers outside of the body get those of public items of published sessions, no
 * bias, and names of a roll call only once it is closed. @throws NotFound for an item this reader may not know of
 */
export async function votesOfItem(ctx: Ctx, itemId: string): Promise<ItemVotes> {
	const [found] = await votesWhere(ctx, sql`i.id = ${itemId}`);
	if (!found) throw new NotFound('item');
	return found;
}

/** The same for all items of a session, in the agenda's order: one query, and one more for each election. */
export function votesOfMeeting(ctx: Ctx, meetingId: string): Promise<ItemVotes[]> {
	return votesWhere(ctx, sql`i.meeting_id = ${meetingId}`);
}

/**
 * What the page of a session's votes shows. @throws NotFound for strangers and for sessions this reader may not know of
 */
export async function meetingVotes(ctx: Ctx, slug: string): Promise<MeetingVotes> {
	const body = ctx.body.id;
	const { rows } = await sql<
		Omit<MeetingVotes, 'bodies' | 'items' | 'mayEdit'> & { bodies: { id: string; name: string }[] }
	>`select m.id, m.slug, m.state, m.number, m.kind, m.public, m.date::text as date,
		(select json_agg(json_build_object('id', b.id, 'name', o.name) order by b.id <> m.council_body_id, o.name)
			from council.council_body b join registry.organisation o on o.body_id = ${body} and o.id = b.id
			where b.body_id = ${body} and (b.id = m.council_body_id or b.id in (select mb.council_body_id
				from council.meeting_body mb where mb.body_id = ${body} and mb.meeting_id = m.id))) as bodies,
		coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'voting', a.voting) order by a.position)
			from council.attendance a where a.body_id = ${body} and a.meeting_id = m.id), '[]') as attendance
		from council.meeting m where m.body_id = ${body} and m.slug = ${slug} and ${insideOf(ctx, 'm.council_body_id')}`.execute(
		ctx.db,
	);
	const [meeting] = rows;
	if (!meeting) throw new NotFound('session');
	const day = Temporal.PlainDate.from(meeting.date);
	const bodies: VotingBody[] = [];
	for (const one of meeting.bodies) bodies.push(await votingBody(ctx, meeting.id, one, day));
	return {
		...meeting,
		bodies,
		items: await votesOfMeeting(ctx, meeting.id),
		mayEdit: may(ctx.actor, 'council.edit', meeting.bodies[0]?.id),
	};
}

/** Who votes in a body now, who may be elected, and the rules of the day. */
export async function votingBody(
	ctx: Ctx,
	meetingId: string,
	{ id, name }: { id: string; name: string },
	day: Temporal.PlainDate,
): Promise<VotingBody> {
	const profile = await profileFor(ctx, id, day);
	const voters = await presentVoters(ctx, meetingId, id, ctx.now);
	const eligible = await eligibleForChair(ctx, id, day);
	return {
		id,
		name,
		rules: profile ? { voting: profile.rules.voting, election: profile.rules.election } : null,
		voters: voters.map(({ attendanceId, personId, name, seatNumber, group, substituteFor }) => ({
			attendanceId,
			personId,
			name,
			seatNumber,
			group,
			substituteFor,
		})),
		eligible: eligible.map(({ personId, name, organisation }) => ({ personId, name, organisation })),
	};
}

type Row = Omit<ItemVotes, 'elections' | 'motions'> & {
	motions: Omit<MotionView, 'hash'>[];
	elections: (Omit<ElectionView, 'candidates'> & { names: { id: string; name: string; organisation: string }[] })[];
	inside: boolean;
	date: string;
};

async function votesWhere(ctx: Ctx, which: RawBuilder<unknown>): Promise<ItemVotes[]> {
	const { rows } = await itemSql(ctx, which).execute(ctx.db);
	const items: ItemVotes[] = [];
	for (const { inside, date, ...row } of rows) {
		const elections: ElectionView[] = [];
		for (const { names, ...election } of row.elections)
			elections.push({ ...election, candidates: await candidateViews(ctx, election, names, inside, date) });
		items.push({ ...row, motions: votingOrder(row.motions).map(named), elections });
	}
	return items;
}

const named = (motion: Omit<MotionView, 'hash'>): MotionView => ({ ...motion, hash: wordingHash(motion) });

/** Outside the body a candidate is a name on a ballot; what is missing before somebody may stand is the office's to know. */
async function candidateViews(
	ctx: Ctx,
	election: Omit<ElectionView, 'candidates'>,
	names: { id: string; name: string; organisation: string }[],
	inside: boolean,
	date: string,
): Promise<CandidateView[]> {
	if (inside) return candidatesOf(ctx, election, Temporal.PlainDate.from(date));
	const onBallot = new Set(election.rounds.flatMap(({ votes }) => votes.map(({ candidateId }) => candidateId)));
	return names
		.filter(({ id }) => onBallot.has(id))
		.map(({ id, name, organisation }) => ({
			id,
			name,
			organisation,
			personId: null,
			consent: 'given',
			consentHow: '',
			missing: [],
		}));
}

function ballotSql(body: string, column: 'vote_id' | 'round_id', id: RawBuilder<unknown>) {
	return sql`(select json_build_object('id', sb.id, 'state', sb.state, 'publicKey', sb.public_key,
		'rights', (select count(*) from council.secret_right sr where sr.body_id = ${body} and sr.ballot_id = sb.id),
		'issued', (select count(*) from council.secret_right sr where sr.body_id = ${body} and sr.ballot_id = sb.id and sr.issued),
		'paper', (select count(*) from council.secret_right sr where sr.body_id = ${body} and sr.ballot_id = sb.id and sr.paper),
		'cast', (select count(*) from council.secret_voice sv where sv.body_id = ${body} and sv.ballot_id = sb.id))
		from council.secret_ballot sb where sb.body_id = ${body} and sb.${sql.ref(column)} = ${id})`;
}

function itemSql(ctx: Ctx, which: RawBuilder<unknown>) {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	return sql<Row>`
select i.id as "itemId", i.number, i.title, i.kind, i.public, i.result, ${inside} as inside, m.date::text as date,
	coalesce((select json_agg(json_build_object('id', mo.id, 'kind', mo.kind, 'amendsId', mo.amends_id, 'reach', mo.reach,
		'position', mo.position, 'text', mo.text, 'amendedText', mo.amended_text, 'state', mo.state,
		'mover', coalesce(nullif(mo.mover_name, ''), case when ma.voting or ${inside} then ma.name else ma.function end, ''))
		order by mo.position) from council.motion mo
		left join council.attendance ma on ma.body_id = ${body} and ma.id = mo.mover_attendance_id
		where mo.body_id = ${body} and mo.agenda_item_id = i.id), '[]') as motions,
	coalesce((select json_agg(json_build_object('id', v.id, 'motionId', v.motion_id, 'councilBodyId', v.council_body_id,
		'state', v.state, 'method', v.method, 'text', v.text, 'byMembers', v.by_members, 'yes', v.yes, 'no', v.no,
		'abstain', v.abstain, 'invalid', v.invalid, 'biased', v.biased, 'presentNotVoting', v.present_not_voting,
		'present', v.present, 'unanimous', v.unanimous, 'adopted', v.adopted, 'openedAt', v.opened_at,
		'closedAt', v.closed_at, 'voidReason', v.void_reason, 'warnedReason', v.warned_reason,
		'finding', case when v.finding ? 'inputs' then v.finding end,
		'voices', coalesce((select json_agg(json_build_object('attendanceId', rc.attendance_id, 'name', rc.name,
			'voice', rc.voice, 'enteredBy', rc.entered_by) order by ra.position)
			from council.roll_call_voice rc join council.attendance ra on ra.body_id = ${body} and ra.id = rc.attendance_id
			where rc.body_id = ${body} and rc.vote_id = v.id and (${inside} or v.state = 'closed')), '[]'),
		'ballot', ${ballotSql(body, 'vote_id', sql`v.id`)}) order by v.position)
		from council.vote v where v.body_id = ${body} and v.agenda_item_id = i.id and (${inside} or v.state <> 'void')), '[]') as votes,
	coalesce((select json_agg(json_build_object('id', e.id, 'councilBodyId', e.council_body_id, 'post', e.post,
		'title', e.title, 'method', e.method, 'nobodyObjected', e.nobody_objected, 'ledBy', e.led_by, 'state', e.state,
		'electedId', e.elected_id, 'acceptedAt', e.accepted_at,
		'names', coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name, 'organisation', c.organisation)
			order by c.position) from council.candidate c where c.body_id = ${body} and c.election_id = e.id), '[]'),
		'rounds', coalesce((select json_agg(json_build_object('id', r.id, 'number', r.number, 'state', r.state,
			'present', r.present, 'issued', r.issued, 'returned', r.returned, 'invalid', r.invalid, 'blank', r.blank,
			'against', r.against, 'finding', r.finding, 'lot', r.lot,
			'votes', coalesce((select json_agg(json_build_object('candidateId', rc.candidate_id, 'votes', rc.votes)
				order by rc.votes desc nulls last, rc.candidate_id) from council.round_candidate rc
				where rc.body_id = ${body} and rc.round_id = r.id), '[]'),
			'ballot', ${ballotSql(body, 'round_id', sql`r.id`)}) order by r.number)
			from council.election_round r where r.body_id = ${body} and r.election_id = e.id
			and (${inside} or r.state = 'counted')), '[]')) order by e.position)
		from council.election e where e.body_id = ${body} and e.agenda_item_id = i.id
		and (${inside} or e.state <> 'cancelled')), '[]') as elections,
	case when ${inside} then coalesce((select json_agg(json_build_object('id', b.id, 'attendanceId', b.attendance_id,
		'name', b.name, 'declaredBy', b.declared_by, 'declaredByName', b.declared_by_name, 'ground', b.ground,
		'outcome', b.finding ->> 'outcome', 'decided', b.decided, 'outAt', b.out_at, 'inAt', b.in_at) order by b.declared_at)
		from council.bias b where b.body_id = ${body} and b.agenda_item_id = i.id and b.withdrawn_at is null), '[]')
		else '[]' end as biases
from council.agenda_item i
join council.meeting m on m.body_id = ${body} and m.id = i.meeting_id
where i.body_id = ${body} and ${which} and not i.removed and (${inside} or (m.published and m.public and i.public))
order by i.position`;
}
