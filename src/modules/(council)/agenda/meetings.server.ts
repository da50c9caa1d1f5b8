import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';

/** What commands of this room need of a session. */
export interface SessionRow {
	id: string;
	slug: string;
	councilBodyId: string;
	bodyName: string;
	bodySlug: string;
	state: 'planned' | 'invited' | 'running' | 'held' | 'minutesSigned' | 'takenOver';
	cancelled: boolean;
	public: boolean;
	published: boolean;
	date: Temporal.PlainDate;
	startsAt: Temporal.Instant | null;
	endsAt: Temporal.Instant | null;
	mode: 'room' | 'hybrid' | 'video';
	number: number | null;
	kind: 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';
	title: string;
	secondConveningOf: string | null;
	invitedAt: Temporal.Instant | null;
	version: number;
	reminderDays: number[];
	urgentReason: string;
}

const COLUMNS = sql`m.id, m.slug, m.council_body_id as "councilBodyId", o.name as "bodyName", cb.slug as "bodySlug", m.state,
	m.cancelled, m.public, m.published, m.date, m.starts_at as "startsAt", m.ends_at as "endsAt", m.mode, m.number, m.kind,
	m.title, m.second_convening_of as "secondConveningOf", m.invited_at as "invitedAt", coalesce(c.version, 1) as version,
	coalesce(c.reminder_days, '{}') as "reminderDays", coalesce(c.urgent_reason, '') as "urgentReason"`;

const from = (body: string) => sql`council.meeting m
	join council.council_body cb on cb.body_id = m.body_id and cb.id = m.council_body_id
	join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
	left join council.convening c on c.body_id = m.body_id and c.meeting_id = m.id
	where m.body_id = ${body}`;

/**
 * A session for whoever convenes its body. @throws NotFound, Forbidden
 */
export async function sessionBySlug(ctx: Pick<Ctx, 'db' | 'body' | 'actor'>, slug: string): Promise<SessionRow> {
	demand(ctx.actor, 'council.convene');
	const { rows } = await sql<SessionRow>`select ${COLUMNS} from ${from(ctx.body.id)} and m.slug = ${slug}`.execute(
		ctx.db,
	);
	if (!rows[0]) throw new NotFound('session');
	demand(ctx.actor, 'council.convene', rows[0].councilBodyId);
	return rows[0];
}

/** A session without a question of rights, for commands that asked already and for jobs. @throws NotFound */
export async function sessionById(ctx: Pick<Ctx, 'db' | 'body'>, id: string): Promise<SessionRow> {
	const { rows } = await sql<SessionRow>`select ${COLUMNS} from ${from(ctx.body.id)} and m.id = ${id}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('session');
	return rows[0];
}

/** The same, locked: whoever changes an agenda or convenes waits for the other one. @throws NotFound, Forbidden */
export async function lockedSession(tx: WriteCtx, by: { slug: string } | { id: string }): Promise<SessionRow> {
	demand(tx.actor, 'council.convene');
	const which = 'slug' in by ? sql`slug = ${by.slug}` : sql`id = ${by.id}`;
	const { rows } = await sql<{ id: string }>`select id from council.meeting
		where body_id = ${tx.body.id} and ${which} for update`.execute(tx.db);
	if (!rows[0]) throw new NotFound('session');
	const session = await sessionById(tx, rows[0].id);
	demand(tx.actor, 'council.convene', session.councilBodyId);
	return session;
}

/** Keeps the row beside the session that holds version and reminders. */
export async function convening(
	tx: WriteCtx,
	meetingId: string,
	set: { reminder_days?: number[]; urgent_reason?: string; version?: number; changed_at?: Temporal.Instant },
): Promise<void> {
	await tx.db
		.insertInto('council.convening')
		.values({ meeting_id: meetingId, ...set })
		.onConflict((conflict) => conflict.columns(['body_id', 'meeting_id']).doUpdateSet(set))
		.execute();
}

/** A clock time of the town on a day; one that the change of clocks leaves out is moved on. */
export function instantOf(ctx: Pick<Ctx, 'body'>, date: Temporal.PlainDate, time: string): Temporal.Instant {
	return date.toZonedDateTime({ timeZone: ctx.body.timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}

/** Beginning and end; an end earlier than the beginning is on the day after (a session over midnight). */
export function spanOf(
	ctx: Pick<Ctx, 'body'>,
	date: Temporal.PlainDate,
	start: string | null,
	end: string | null,
): { startsAt: Temporal.Instant | null; endsAt: Temporal.Instant | null } {
	if (!start) return { startsAt: null, endsAt: null };
	const startsAt = instantOf(ctx, date, start);
	if (!end) return { startsAt, endsAt: null };
	const endsAt = instantOf(ctx, end > start ? date : date.add({ days: 1 }), end);
	return { startsAt, endsAt };
}
