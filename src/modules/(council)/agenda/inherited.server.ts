import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { AUTO_TITLES } from './default-template.ts';
import { nextNumber } from './rules/numbering.ts';
import { proposalsFor } from './proposals.server.ts';
import type { Inherited } from './rules/compose.ts';

/**
 * What earlier sessions of a body leave to one on a day: minutes nobody has approved, postponed items that no later agenda
 * took up, closed resolutions that were not announced, open tasks. What another coming session has on its agenda is taken.
 */
export async function inheritedBy(
	ctx: Ctx,
	councilBodyId: string,
	day: Temporal.PlainDate,
	public_: boolean,
): Promise<Inherited> {
	const body = ctx.body.id;
	const before = sql`m.body_id = ${body} and m.council_body_id = ${councilBodyId} and m.date < ${day}::date and not m.cancelled
		and m.state in ('held', 'minutesSigned')`;
	const { rows } = await sql<{
		approvals: { meetingId: string; date: string }[];
		carried: Inherited['carried'];
		toAnnounce: boolean;
		hasOpenTasks: boolean;
		chairLeft: boolean;
	}>`
	select coalesce((select json_agg(json_build_object('meetingId', m.id, 'date', m.date) order by m.date)
		from council.meeting m left join council.minutes_record r on r.body_id = m.body_id and r.meeting_id = m.id
		where ${before} and r.approved_public_on is null and coalesce(r.state, '') not in ('approved', 'archived')
		and not exists (select from council.agenda_item i join council.meeting l on l.body_id = i.body_id and l.id = i.meeting_id
			where i.body_id = ${body} and l.council_body_id = m.council_body_id and i.kind = 'minutesApproval' and not i.removed
			and not l.cancelled and l.date > m.date
			and ((i.approves_meeting_id = m.id and (l.state in ('planned', 'invited', 'running') or i.result in ('confirmed', 'adopted', 'adoptedChanged')))
				or (i.approves_meeting_id is null and l.state in ('held', 'minutesSigned') and i.result = 'confirmed')))), '[]') as approvals,
	coalesce((select json_agg(json_build_object('itemId', i.id, 'kind', i.kind, 'title', i.title, 'public', i.public,
		'closedCode', i.closed_code, 'closedBasis', i.closed_basis, 'neutralTitle', i.neutral_title,
		'reporterOfficeId', i.reporter_office_id, 'reporterText', i.reporter_text,
		'papers', coalesce((select json_agg(p.reference order by p.reference) from council.paper_mention p
			where p.body_id = ${body} and p.agenda_item_id = i.id), '[]')) order by m.date, i.position)
		from council.agenda_item i join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where ${before} and i.result = 'postponed' and i.kind in ('topic', 'report', 'election')
		and m.date >= ${day}::date - 400
		and not exists (select from council.agenda_item n join council.meeting l on l.body_id = n.body_id and l.id = n.meeting_id
			where n.body_id = ${body} and not n.removed and not l.cancelled
			and (n.carried_from_id = i.id
				or (l.council_body_id = m.council_body_id and l.date > m.date and lower(n.title) = lower(i.title))))), '[]') as carried,
	exists (select from council.resolution s join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		left join council.resolution_announcement a on a.body_id = s.body_id and a.resolution_id = s.id
		where ${before} and not i.public and coalesce(a.state, 'open') = 'open') as "toAnnounce",
	exists (select from council.task t join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
		where ${before} and t.state = 'open') as "hasOpenTasks",
	exists (select from council.post_holding h where h.body_id = ${body} and h.council_body_id = ${councilBodyId} and h.post = 'chair'
			and h.until_date <= ${day}::date)
		and not exists (select from council.post_holding h where h.body_id = ${body} and h.council_body_id = ${councilBodyId}
			and h.post = 'chair' and (h.until_date is null or h.until_date > ${day}::date))
		and not exists (select from council.agenda_item i join council.meeting l on l.body_id = i.body_id and l.id = i.meeting_id
			where i.body_id = ${body} and l.council_body_id = ${councilBodyId} and i.kind = 'election' and not i.removed
			and not l.cancelled and l.state in ('planned', 'invited', 'running') and i.title = ${AUTO_TITLES.chairElection}) as "chairLeft"`.execute(
		ctx.db,
	);
	const { approvals, carried, toAnnounce, hasOpenTasks, chairLeft } = rows[0]!;
	return {
		approvals: approvals.map(({ meetingId, date }) => ({
			meetingId,
			title: AUTO_TITLES.approval(formatDay(date, 'long', 'de')),
		})),
		carried,
		// Announced is in public: a closed session has nobody to tell.
		announcement: toAnnounce && public_ ? AUTO_TITLES.announcement : null,
		hasOpenTasks,
		chairElection: chairLeft ? AUTO_TITLES.chairElection : null,
		proposed: await proposalsFor(ctx, { councilBodyId, day }),
	};
}

/** The running number of a new session on a day, per year or per term of the body (SIT-01). */
export async function suggestedNumber(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	day: Temporal.PlainDate,
	numbering: 'year' | 'term',
	isPublic: boolean,
): Promise<number> {
	const { rows } = await sql<{ number: number | null }>`
		select m.number from council.meeting m
		left join council.term t on ${numbering === 'term'} and t.body_id = m.body_id and t.council_body_id = m.council_body_id
			and t.from_date <= ${day}::date and (t.until_date is null or t.until_date > ${day}::date)
		where m.body_id = ${ctx.body.id} and m.council_body_id = ${councilBodyId} and m.public = ${isPublic} and m.number is not null
		and case when t.id is null then extract(year from m.date) = ${day.year}
			else m.date >= t.from_date and (t.until_date is null or m.date < t.until_date) end`.execute(ctx.db);
	return nextNumber(rows.map(({ number }) => number));
}
