import { sql, type RawBuilder } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { missedInARow } from '../rules.ts';

/**
 * What a guest on a session's list (`g`, of the session `m`) said to it: their answer to the invitation, else what the
 * office noted, else what their organisation promised for all sessions.
 */
export function saidBy(ctx: Pick<Ctx, 'body'>): RawBuilder<'open' | 'committed' | 'declined'> {
	const body = ctx.body.id;
	return sql`case
		when exists (select from council.invitation i where i.body_id = ${body} and i.guest_id = g.id and not i.withdrawn
			and i.answer in ('yes', 'late', 'remote')) then 'committed'
		when exists (select from council.invitation i where i.body_id = ${body} and i.guest_id = g.id and not i.withdrawn
			and i.answer = 'no') then 'declined'
		when g.commitment <> 'open' then g.commitment
		when exists (select from council.commitment c where c.body_id = ${body} and c.council_body_id = m.council_body_id
			and c.organisation_id = g.organisation_id and c.from_date <= m.date
			and (c.until_date is null or c.until_date > m.date)) then 'committed'
		else 'open' end`;
}

/** Whether there is a list of attendance, which then says who came. */
export function hasRoll(ctx: Pick<Ctx, 'body'>): RawBuilder<boolean> {
	return sql`exists (select from council.attendance r where r.body_id = ${ctx.body.id} and r.meeting_id = m.id)`;
}

/**
 * Whether a guest (`g`: ids of function, organisation, person, a name) came to the session `m`: the list of attendance says
 * so; where there is none, what somebody noted. Null: nobody knows.
 */
export function cameTo(ctx: Pick<Ctx, 'body'>): RawBuilder<boolean | null> {
	const body = ctx.body.id;
	return sql`case when ${hasRoll(ctx)} then exists (
		select from council.attendance a
		left join registry.organisation go on go.body_id = ${body} and go.id = g.organisation_id
		left join registry.office gf on gf.body_id = ${body} and gf.id = g.office_id
		where a.body_id = ${body} and a.meeting_id = m.id and a.guest and a.status in ('present', 'remote') and (
			a.organisation_id = g.organisation_id or (a.organisation <> '' and a.organisation in (go.name, go.short_name))
			or (a.function <> '' and a.function = gf.title) or a.person_id = g.person_id
			or (a.name <> '' and a.name = g.name)))
		else g.attended end`;
}

export interface PromiseView {
	key: string;
	who: string;
	/** For all sessions: since when, until when, how and where it was said. Null: for the sessions below only. */
	standing: { id: string; wording: string; fromDate: string; untilDate: string | null } | null;
	/** Sessions that it was about, the oldest first. */
	sessions: { slug: string; date: string; came: boolean | null }[];
	/** Days of the latest sessions missed one after the other, newest first. */
	inARow: string[];
}

/**
 * Everybody who promised to come to a body's sessions, for all of them or for one, and whether they came: the one place for
 * the annual report (scenario SIT-30). Two queries.
 * @throws NotFound, Forbidden without `council.members`
 */
export async function promisesOf(ctx: Ctx, councilBodyId: string): Promise<PromiseView[]> {
	demand(ctx.actor, 'council.members', councilBodyId);
	const body = ctx.body.id;
	const { rows: standing } = await sql<{ key: string; who: string } & NonNullable<PromiseView['standing']>>`
		select 'organisation:' || c.organisation_id as key, o.name as who, c.id, c.wording,
			c.from_date::text as "fromDate", c.until_date::text as "untilDate"
		from council.commitment c join registry.organisation o on o.body_id = ${body} and o.id = c.organisation_id
		where c.body_id = ${body} and c.council_body_id = ${councilBodyId} order by who, c.from_date`.execute(ctx.db);
	const { rows: turns } = await sql<{ key: string; who: string } & PromiseView['sessions'][number]>`
		with m as (
			select m.* from council.meeting m where m.body_id = ${body} and m.council_body_id = ${councilBodyId} and not m.cancelled
				and m.date <= ${ctx.today}::date
		), promised as (
			select g.id, m.id as meeting_id, g.office_id, g.organisation_id, g.person_id, g.name, g.label, g.attended
			from council.meeting_guest g join m on m.id = g.meeting_id where g.body_id = ${body} and ${saidBy(ctx)} = 'committed'
			union all
			select c.id, m.id, null, c.organisation_id, null, '', '', null
			from council.commitment c join m on m.date >= c.from_date and (c.until_date is null or m.date < c.until_date)
			where c.body_id = ${body} and c.council_body_id = ${councilBodyId}
		)
		select coalesce('office:' || g.office_id, 'organisation:' || g.organisation_id, 'person:' || g.person_id,
				lower(coalesce(nullif(g.name, ''), g.label))) as key,
			min(coalesce(f.title, o.name,
				nullif(concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name), ''), nullif(g.name, ''), g.label)) as who,
			m.slug, m.date::text as date, bool_or(${cameTo(ctx)}) as came
		from promised g join m on m.id = g.meeting_id
		left join registry.office f on f.body_id = ${body} and f.id = g.office_id
		left join registry.organisation o on o.body_id = ${body} and o.id = g.organisation_id
		left join registry.person p on p.body_id = ${body} and p.id = g.person_id
		where m.state in ('held', 'minutesSigned') or g.attended is not null
		group by 1, m.slug, m.date order by m.date`.execute(ctx.db);
	return joined(standing, turns);
}

function joined(
	standing: readonly ({ key: string; who: string } & NonNullable<PromiseView['standing']>)[],
	turns: readonly ({ key: string; who: string } & PromiseView['sessions'][number])[],
): PromiseView[] {
	const found: PromiseView[] = standing.map(({ key, who, ...said }) => ({
		key: said.id,
		who,
		standing: said,
		sessions: sessionsOf(turns, key).filter(
			({ date }) => date >= said.fromDate && (!said.untilDate || date < said.untilDate),
		),
		inARow: [],
	}));
	// What the promise for all sessions covers stands there, and not a second time.
	const covered = (key: string, date: string) =>
		standing.some((one) => one.key === key && date >= one.fromDate && (!one.untilDate || date < one.untilDate));
	const single = turns.filter(({ key, date }) => !covered(key, date));
	for (const key of new Set(single.map((turn) => turn.key))) {
		const sessions = sessionsOf(single, key);
		found.push({ key, who: single.find((turn) => turn.key === key)!.who, standing: null, sessions, inARow: [] });
	}
	return found.map((one) => ({ ...one, inARow: rowOf(one.sessions) }));
}

function sessionsOf(turns: readonly ({ key: string } & PromiseView['sessions'][number])[], key: string) {
	return turns.filter((turn) => turn.key === key).map(({ slug, date, came }) => ({ slug, date, came }));
}

function rowOf(sessions: PromiseView['sessions']): string[] {
	return missedInARow(sessions.toReversed().map(({ date, came }) => ({ date, committed: true, attended: came })));
}
