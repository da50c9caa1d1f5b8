import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { toHtml } from '#kernel/text/html.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { readable } from './sight.server.ts';
import type { PaperRow, PaperView } from '../view.ts';

const ORIGINATORS = sql<
	string[]
>`coalesce((select json_agg(coalesce(o.name, concat_ws(' ', nullif(q.given_name, ''), q.family_name))
	order by r.position) from papers.originator r
	left join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
	left join registry.person q on q.body_id = r.body_id and q.id = r.person_id
	where r.body_id = p.body_id and r.paper_id = p.id and r.kind = 'originator' and r.left_on is null), '[]')`;

/** Papers this actor may read, newest first. One query. */
export async function paperRows(ctx: Ctx, { limit = 50 }: { limit?: number } = {}): Promise<PaperRow[]> {
	const { rows } = await sql<PaperRow>`select p.slug, p.reference, p.state, p.title, t.name as type, p.public,
		p.date::text as date, ${ORIGINATORS} as originators
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and ${readable(ctx)}
		order by p.date desc nulls first, p.id desc limit ${limit}`.execute(ctx.db);
	return rows;
}

type Row = Omit<PaperView, 'operativeHtml' | 'reasonsHtml' | 'mayChange'> & {
	operative: TextDocument;
	reasons: TextDocument;
	createdBy: string | null;
};

/** One paper with what its page says of it. One query. @throws NotFound where there is none for this reader */
export async function paperView(ctx: Ctx, slug: string): Promise<PaperView> {
	const { rows } = await sql<Row>`select p.id, p.slug, p.reference, p.state, p.title, p.long_title as "longTitle",
		t.name as type, t.name_plural as "typePlural", t.code, p.public, p.closed_reason as "closedReason", p.date::text as date,
		p.data_date::text as "dataDate", p.report_by::text as "reportBy", p.costs, p.operative, p.reasons,
		p.withdrawn_note as "withdrawnNote", p.integration_relevant as relevant, p.integration_reason as "relevantReason",
		d.name as department, a.name as addressee, p.signatory_name as "signatoryName",
		p.signatory_function as "signatoryFunction", p.created_by as "createdBy", ${ORIGINATORS} as originators
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join registry.organisation d on d.body_id = p.body_id and d.id = p.under_direction_of_id
		left join registry.organisation a on a.body_id = p.body_id and a.id = p.addressee_id
		where p.body_id = ${ctx.body.id} and p.slug = ${slug} and ${readable(ctx)}`.execute(ctx.db);
	const row = rows[0];
	if (!row) throw new NotFound('paper');
	const { operative, reasons, createdBy, ...view } = row;
	const own = createdBy !== null && createdBy === ctx.actor.personId;
	return {
		...view,
		operativeHtml: toHtml(operative, { headingOffset: 2 }),
		reasonsHtml: toHtml(reasons, { headingOffset: 2 }),
		mayChange: may(ctx.actor, 'papers.edit') || (own && view.state === 'draft'),
	};
}
