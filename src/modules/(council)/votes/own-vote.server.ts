import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { presentVoters } from '../session/presence.server.ts';
import { barredRows } from './item.server.ts';

/** A vote, or a round of an election, as somebody in the room sees it on their own device. */
export interface OwnVote {
	id: string;
	what: 'vote' | 'round';
	slug: string;
	/** Number and title of the item; German. */
	item: string;
	itemId: string;
	text: string;
	method: 'open' | 'rollCall' | 'secret' | 'written';
	state: 'open' | 'closed' | 'void';
	byMembers: boolean;
	/** The seat the reader holds now; null: no vote here. */
	seat: { number: number | null; substituteFor: string; barred: boolean } | null;
	/** What the reader's seat has said in a roll call. */
	voice: string | null;
	ballot: { id: string; state: 'issuing' | 'casting' | 'closed'; publicKey: string; paper: boolean } | null;
	/** What may stand on a secret ballot, with names for candidates; the empty one is blank. */
	choices: { value: string; name: string }[];
}

/**
 * What a signed-in person sees of a vote: anybody in the house may look, the seat held at this moment decides who may vote.
 * @throws NotFound for strangers, unknown votes, and votes of items this reader may not know of
 */
export async function ownVote(ctx: Ctx, id: string): Promise<OwnVote> {
	demand(ctx.actor, 'council.cast');
	if (!isId(id)) throw new NotFound('vote');
	const row = await rowOf(ctx, id);
	const voters = await presentVoters(ctx, row.meetingId, row.councilBodyId, ctx.now);
	const mine = voters.find(({ personId }) => personId !== null && personId === ctx.actor.personId);
	// Closed items stay with those who sit there, and with the office.
	if (!row.public && !mine && !row.inside) throw new NotFound('vote');
	const barred = mine && (await barredRows(ctx, row.itemId)).has(mine.attendanceId);
	const paper = mine ? row.paperRows.includes(mine.attendanceId) : false;
	const { ballotId, ballotState, publicKey } = row;
	return {
		id,
		what: row.what,
		slug: row.slug,
		item: `${row.number} ${row.title}`.trim(),
		itemId: row.itemId,
		text: row.text,
		method: row.method,
		state: row.state,
		byMembers: row.byMembers,
		seat: mine ? { number: mine.seatNumber, substituteFor: mine.substituteFor, barred: barred === true } : null,
		voice: mine ? (row.voices.find(({ attendanceId }) => attendanceId === mine.attendanceId)?.voice ?? null) : null,
		ballot: ballotId ? { id: ballotId, state: ballotState, publicKey, paper } : null,
		choices: row.choices.map((value) => ({ value, name: row.names[value] ?? '' })),
	};
}

interface Row {
	what: 'vote' | 'round';
	slug: string;
	meetingId: string;
	councilBodyId: string;
	itemId: string;
	number: string;
	title: string;
	public: boolean;
	inside: boolean;
	text: string;
	method: OwnVote['method'];
	state: OwnVote['state'];
	byMembers: boolean;
	voices: { attendanceId: string; voice: string }[];
	ballotId: string | null;
	ballotState: 'issuing' | 'casting' | 'closed';
	publicKey: string;
	choices: string[];
	paperRows: string[];
	names: Record<string, string>;
}

async function rowOf(ctx: Ctx, id: string): Promise<Row> {
	const body = ctx.body.id;
	const inside = ctx.actor.grants.map(({ role, organisationId }) =>
		role === 'account' ? '' : (organisationId ?? 'all'),
	);
	const { rows } = await sql<Row>`
		with it as (
			select 'vote' as what, v.id, v.agenda_item_id, v.council_body_id, v.text, v.method, v.state, v.by_members
				from council.vote v where v.body_id = ${body} and v.id = ${id}
			union all
			select 'round', r.id, e.agenda_item_id, e.council_body_id, e.title, e.method,
				case r.state when 'open' then 'open' else 'closed' end, false
				from council.election_round r join council.election e on e.body_id = r.body_id and e.id = r.election_id
				where r.body_id = ${body} and r.id = ${id}
		)
		select it.what, m.slug, m.id as "meetingId", coalesce(it.council_body_id, m.council_body_id) as "councilBodyId",
			i.id as "itemId", i.number, i.title, (i.public and m.public and m.published) as public,
			m.council_body_id::text = any(${inside}::text[]) or 'all' = any(${inside}::text[]) as inside,
			it.text, it.method, it.state, it.by_members as "byMembers",
			coalesce((select json_agg(json_build_object('attendanceId', rc.attendance_id, 'voice', rc.voice))
				from council.roll_call_voice rc where rc.body_id = ${body} and rc.vote_id = it.id), '[]') as voices,
			b.id as "ballotId", b.state as "ballotState", b.public_key as "publicKey", coalesce(b.choices, '[]') as choices,
			coalesce((select json_agg(sr.attendance_id) from council.secret_right sr
				where sr.body_id = ${body} and sr.ballot_id = b.id and sr.paper), '[]') as "paperRows",
			coalesce((select json_object_agg(c.id, c.name) from council.round_candidate rc
				join council.candidate c on c.body_id = rc.body_id and c.id = rc.candidate_id
				where rc.body_id = ${body} and rc.round_id = it.id), '{}') as names
		from it
		join council.agenda_item i on i.body_id = ${body} and i.id = it.agenda_item_id
		join council.meeting m on m.body_id = ${body} and m.id = i.meeting_id
		left join council.secret_ballot b on b.body_id = ${body} and (b.vote_id = it.id or b.round_id = it.id)`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('vote');
	return rows[0];
}
