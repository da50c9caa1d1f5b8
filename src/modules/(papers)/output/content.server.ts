import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { may } from '#kernel/access/actor.ts';
import { NotFound } from '#kernel/errors.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { signatory } from '../paper/queries.server.ts';
import { involved, readable } from '../paper/sight.server.ts';
import { wayOf } from '../way/queries.server.ts';
import type { Station } from '../way/types.ts';

/** A paper as its files tell it: only what this reader may know. Days as ISO texts. */
export interface PaperContent {
	slug: string;
	reference: string | null;
	type: string;
	/** What the program does with this type, e.g. 'motion'. */
	code: string;
	title: string;
	longTitle: string;
	state: 'draft' | 'filed' | 'withdrawn';
	public: boolean;
	closedReason: string;
	date: string | null;
	dataDate: string | null;
	reportBy: string | null;
	costs: string;
	department: string | null;
	/** Names of the districts it concerns. */
	districts: string[];
	addressee: string | null;
	signatoryName: string;
	signatoryFunction: string;
	signedOn: string | null;
	modifiedOn: string;
	operative: TextDocument;
	reasons: TextDocument;
	originators: string[];
	supporters: string[];
	/** As the page shows the way to this reader; what does not take place is left out. */
	stations: Station[];
	/** Numbers of papers it answers, amends or names, as far as this reader may know of them. */
	refersTo: string[];
	annexes: { title: string; closed: boolean }[];
	version: { number: number; fixedOn: string } | null;
}

/**
 * Everything that a file of the paper tells this reader. Closed stations and titles of closed annexes are for those who have to do with
 * the paper; names of people without office need their consent outside (rulebook R3-22, R8). Two queries. @throws NotFound
 */
export async function paperContent(ctx: Ctx, slug: string): Promise<PaperContent> {
	const person = ctx.actor.kind === 'person';
	const edit = may(ctx.actor, 'papers.edit');
	const inside = edit ? sql`true` : person ? involved(ctx) : sql`false`;
	const known = person || edit;
	const day = (column: string) => sql`(${sql.ref(column)} at time zone ${ctx.body.timeZone})::date::text`;
	const sides = (kind: 'originator' | 'supporter') => sql`coalesce((select json_agg(
		coalesce(g.name, concat_ws(' ', nullif(q.affix, ''), nullif(q.given_name, ''), q.family_name)) order by o.position, o.id)
		from papers.originator o left join registry.organisation g on g.body_id = o.body_id and g.id = o.organisation_id
		left join registry.person q on q.body_id = o.body_id and q.id = o.person_id
		where o.body_id = p.body_id and o.paper_id = p.id and o.kind = ${kind} and o.left_on is null
			and (g.id is not null or ${known} or q.name_public)), '[]')`;
	const { rows } = await sql<
		Omit<PaperContent, 'stations'> & { id: string }
	>`select p.id, p.slug, p.reference, t.name as type, t.code, p.title,
		p.long_title as "longTitle", p.state, p.public, p.closed_reason as "closedReason", p.date::text as date,
		p.data_date::text as "dataDate", p.report_by::text as "reportBy", p.costs, d.name as department, a.name as addressee,
		${signatory(ctx)} as "signatoryName", p.signatory_function as "signatoryFunction", p.signed_on::text as "signedOn",
		${day('p.modified_at')} as "modifiedOn",
		coalesce((select json_agg(y.name order by y.position, y.name) from papers.paper_district x
			join papers.district y on y.body_id = x.body_id and y.id = x.district_id
			where x.body_id = p.body_id and x.paper_id = p.id), '[]') as districts, p.operative, p.reasons, ${sides('originator')} as originators,
		${sides('supporter')} as supporters,
		coalesce((select json_agg(x.reference order by x.reference) from (
			select coalesce(r2.reference, r.to_reference) as reference from papers.paper_relation r
			left join papers.paper r2 on r2.body_id = r.body_id and r2.id = r.to_paper_id
			where r.body_id = p.body_id and r.from_paper_id = p.id and r.state = 'confirmed'
				and (r2.id is null or exists (select from papers.paper p where p.body_id = r2.body_id and p.id = r2.id
					and ${readable(ctx)}))) x where x.reference <> ''), '[]') as "refersTo",
		coalesce((select json_agg(json_build_object('title', case when f.public or ${inside} then f.title else '' end,
			'closed', not f.public) order by f.position, f.id) from papers.paper_file f
			where f.body_id = p.body_id and f.paper_id = p.id and f.kind = 'annex'), '[]') as annexes,
		(select json_build_object('number', v.number, 'fixedOn', ${day('v.fixed_at')}) from papers.paper_version v
			where v.body_id = p.body_id and v.paper_id = p.id order by v.number desc limit 1) as version
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join registry.organisation d on d.body_id = p.body_id and d.id = p.under_direction_of_id
		left join registry.organisation a on a.body_id = p.body_id and a.id = p.addressee_id
		where p.body_id = ${ctx.body.id} and p.slug = ${slug} and ${readable(ctx)}`.execute(ctx.db);
	const row = rows[0];
	if (!row) throw new NotFound('paper');
	const { id, ...paper } = row;
	const stations = await wayOf(ctx, id);
	return { ...paper, stations: stations.filter(({ state }) => state !== 'skipped') };
}
