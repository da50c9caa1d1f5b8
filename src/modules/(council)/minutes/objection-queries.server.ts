import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { toWriting } from '#kernel/text/writing.ts';
import type { MajorityFinding } from '../votes/rules/majority.ts';
import type { MinutesState } from './rules/states.ts';
import { versionsOf } from './store.server.ts';

export interface ObjectionView {
	id: string;
	itemId: string | null;
	name: string;
	text: string;
	wanted: string;
	filedAt: string;
	late: boolean;
	state: 'open' | 'accepted' | 'rejected' | 'withdrawn';
	decidedOn: string | null;
	note: string;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	/** Why it was accepted or rejected. */
	finding: MajorityFinding | null;
	mine: boolean;
}

/** Earlier minutes that an item of a session confirms, with the objections that the body has to decide. */
export interface ConfirmedMinutes {
	itemId: string;
	slug: string;
	date: string;
	state: MinutesState;
	hasClosed: boolean;
	publicOn: string | null;
	closedOn: string | null;
	objections: ObjectionView[];
}

/** The same with the words that were recorded, by item. */
export type Confirming = ConfirmedMinutes & { texts: Record<string, string> };

/** Objections to minutes, the oldest first. */
export async function objectionsOf(ctx: Ctx, minutesId: string): Promise<ObjectionView[]> {
	const rows = await ctx.db
		.selectFrom('council.minutes_objection')
		.selectAll()
		.where('minutes_id', '=', minutesId)
		.orderBy('filed_at')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		itemId: row.agenda_item_id,
		name: row.name,
		text: row.text,
		wanted: row.wanted,
		filedAt: row.filed_at.toString(),
		late: row.late,
		state: row.state as ObjectionView['state'],
		decidedOn: row.decided_on?.toString() ?? null,
		note: row.decision_note,
		yes: row.yes,
		no: row.no,
		abstain: row.abstain,
		finding: row.finding as MajorityFinding | null,
		mine: row.person_id !== null && row.person_id === ctx.actor.personId,
	}));
}

/** Under an item that confirms earlier minutes: the minutes meant, and the objections that the body has to decide. */
export async function confirmingOf(ctx: Ctx, meetingId: string): Promise<Confirming[]> {
	const { rows } = await sql<{
		itemId: string;
		minutesId: string;
		slug: string;
		date: string;
		state: MinutesState;
		publicOn: string | null;
		closedOn: string | null;
	}>`select i.id as "itemId", r.id as "minutesId", e.slug, e.date::text as date, r.state,
			r.approved_public_on::text as "publicOn", r.approved_closed_on::text as "closedOn"
		from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		join council.meeting e on e.body_id = i.body_id and e.id = coalesce(i.approves_meeting_id,
			(select p.id from council.meeting p where p.body_id = m.body_id and p.council_body_id = m.council_body_id
			and not p.cancelled and p.date < m.date order by p.date desc limit 1))
		join council.minutes_record r on r.body_id = e.body_id and r.meeting_id = e.id
		where i.body_id = ${ctx.body.id} and i.meeting_id = ${meetingId} and i.kind = 'minutesApproval'
		order by i.position`.execute(ctx.db);
	const found: Confirming[] = [];
	for (const { minutesId, ...row } of rows) {
		const [version] = await versionsOf(ctx, minutesId);
		const items = version?.content.items ?? [];
		found.push({
			...row,
			hasClosed: items.some((item) => !item.public),
			objections: await objectionsOf(ctx, minutesId),
			texts: Object.fromEntries(items.map((item) => [item.id, toWriting(normalise(item.text))])),
		});
	}
	return found;
}

/**
 * Objections that are before the body in a session, from the moment they are filed, whether it has begun or not (R2-43, SIT-07).
 * Empty for those outside of the body.
 */
export async function objectionsBefore(
	ctx: Ctx,
	meeting: { id: string; body: { id: string } },
): Promise<ConfirmedMinutes[]> {
	if (!may(ctx.actor, 'council.members', meeting.body.id)) return [];
	return (await confirmingOf(ctx, meeting.id)).map(({ texts: _, ...one }) => one);
}
