import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, ask, question, type Question } from '#kernel/db/questions.ts';
import { toHtml } from '#kernel/text/html.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import type { StationFacts } from './rules/facts.ts';
import type { Station } from './types.ts';
import type { OutcomeRow } from './work-view.ts';

/** May this actor know of stations that are not public? Approvals inside the house are none of the public's (VOR-13). */
export const seesClosed = (ctx: Pick<Ctx, 'actor'>): boolean =>
	may(ctx.actor, 'papers.members') || may(ctx.actor, 'papers.outcome');

/** Condition on `papers.consultation` under the alias `c`: the strictest of station, item and paper wins (rulebook R3-22). */
export function stationShown(ctx: Pick<Ctx, 'actor'>): RawBuilder<boolean> {
	if (seesClosed(ctx)) return sql<boolean>`true`;
	return sql<boolean>`(c.public and c.role <> 'approval' and not exists (select from council.agenda_item ci
		where ci.body_id = c.body_id and ci.id = c.agenda_item_id and not ci.public))`;
}

/** The session of a station that the reader may know of, as JSON; its alias is `m`, of the item `i`. */
const session = (inside: boolean) => sql`case when i.id is not null and (${inside} or (m.public and m.published))
	then json_build_object('slug', m.slug, 'date', m.date, 'itemId', i.id, 'itemNumber', i.number, 'closed', not i.public) end`;

const BODIES = sql`coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name, 'shortName', o.short_name,
	'councilBody', k.id is not null and k.kind = 'council') order by b.position)
	from papers.consultation_body b join registry.organisation o on o.body_id = b.body_id and o.id = b.organisation_id
	left join council.council_body k on k.body_id = o.body_id and k.id = o.id
	where b.body_id = c.body_id and b.consultation_id = c.id), '[]')`;

/** Title of the mayor's office, for stations that no body holds. */
const MAYOR = sql`(select f.title from registry.office f where f.body_id = c.body_id and f.kind = 'mayor' limit 1)`;

interface Row extends Omit<Station, 'wordingHtml' | 'bodies'> {
	paperId: string;
	wording: TextDocument | null;
	bodies: Station['bodies'];
	mayor: string | null;
}

/** The way of a paper as this actor may see it, in its order. One query; the caller has asked whether the paper may be read. */
export async function wayOf(ctx: Ctx, paperId: string): Promise<Station[]> {
	return (await waysOf(ctx, [paperId])).get(paperId) ?? [];
}

/** The ways of several papers by their ids, still one query; a paper without stations is not in it. */
export async function waysOf(ctx: Ctx, paperIds: readonly string[]): Promise<Map<string, Station[]>> {
	return ask(ctx, waysAsked(ctx, sql`= any (${[...paperIds]}::uuid[])`));
}

/** The way of one paper, to be asked with more. @param paper select of its id */
export function wayAsked(ctx: Ctx, paper: RawBuilder<unknown>): Question<Station[]> {
	return answeredAs(waysAsked(ctx, sql`= ${paper}`), (ways) => [...ways.values()].flat());
}

/** The ways of several, to be asked with more. @param which what is said of `c.paper_id` */
export function waysAsked(ctx: Ctx, which: RawBuilder<unknown>): Question<Map<string, Station[]>> {
	const inside = seesClosed(ctx);
	const select = sql<Row>`select c.paper_id as "paperId", c.id, c.step, c.position, c.role, c.public, c.second_reason as "secondReason",
		-- a day that comes from a session which is not published yet is nobody's business
		case when i.id is not null and not ${inside} and not (m.public and m.published) then null else c.planned_on::text end as "plannedOn",
		c.happened_on::text as "happenedOn", c.state, c.skipped_reason as "skippedReason", c.result, c.result_text as "resultText",
		c.wording, c.votes, c.resubmit_on::text as "resubmitOn", c.repeats_id as "repeatsId", c.follows,
		exists (select from papers.consultation r where r.body_id = c.body_id and r.repeats_id = c.id
			and r.follows is distinct from 'referral') as repeated,
		${BODIES} as bodies, ${session(inside)} as session, ${MAYOR} as mayor
		from papers.consultation c
		left join council.agenda_item i on i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed
		left join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where c.body_id = ${ctx.body.id} and c.paper_id ${which} and ${stationShown(ctx)}
		order by c.step, c.position, c.id`;
	return question(select, (rows) => {
		const ways = Map.groupBy(rows, ({ paperId }) => paperId);
		return new Map([...ways].map(([id, stations]) => [id, stations.map(stationOf)]));
	});
}

function stationOf({ paperId: _, wording, mayor, ...row }: Row): Station {
	return {
		...row,
		bodies: row.bodies.length || !mayor ? row.bodies : [{ id: '', name: mayor, shortName: '', councilBody: false }],
		wordingHtml: wording ? toHtml(wording, { headingOffset: 3 }) : '',
	};
}

/** What the rules want to know of stations. */
export function factsOf(stations: readonly Station[]): StationFacts[] {
	return stations.map(
		({ id, step, role, state, result, plannedOn, happenedOn, repeated, repeatsId, secondReason, bodies }) => ({
			id,
			step,
			role,
			state,
			result,
			plannedOn,
			happenedOn,
			repeated,
			repeatsId,
			secondReason,
			bodies: bodies.map(({ name, shortName, councilBody }) => ({ name: shortName || name, councilBody })),
		}),
	);
}

/** Everything that was ever entered about the stations of a paper, the oldest first. One query; not for strangers. */
export async function outcomeRows(ctx: Ctx, paperId: string): Promise<OutcomeRow[]> {
	const { rows } =
		await sql<OutcomeRow>`select o.consultation_id as "stationId", o.number, o.result, o.result_text as text, o.votes,
		o.source, o.reason, o.at::text, coalesce(concat_ws(' ', nullif(q.given_name, ''), q.family_name), '') as by
		from papers.station_outcome o join papers.consultation c on c.body_id = o.body_id and c.id = o.consultation_id
		left join registry.person q on q.body_id = o.body_id and q.id = o.by_person_id
		where o.body_id = ${ctx.body.id} and c.paper_id = ${paperId} order by o.consultation_id, o.number`.execute(ctx.db);
	return rows;
}

/** Committees of the town that may hold a station, councils of this house first. One query. */
export async function bodyChoices(ctx: Ctx): Promise<{ id: string; name: string; councilBody: boolean }[]> {
	const { rows } = await sql<{
		id: string;
		name: string;
		councilBody: boolean;
	}>`select o.id, o.name, k.id is not null as "councilBody"
		from registry.organisation o left join council.council_body k on k.body_id = o.body_id and k.id = o.id
		where o.body_id = ${ctx.body.id} and (o.organisation_type = 'committee' or k.id is not null) and o.until_date is null
		order by k.id is null, o.name`.execute(ctx.db);
	return rows;
}
