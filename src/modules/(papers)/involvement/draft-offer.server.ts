import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { readable } from '../paper/sight.server.ts';

/** What a paper says of the matter that is to be opened for it. */
export interface DraftOffer {
	slug: string;
	title: string;
	departmentId: string | null;
	typeId: string;
	relevant: 'yes' | 'no' | '';
	reason: string;
	topics: string[];
	/** The matter it has already. */
	matterId: string | null;
}

/** One query. @throws NotFound for a paper that this reader may not know of */
export async function draftOffer(ctx: Ctx, slug: string): Promise<DraftOffer> {
	const { rows } = await sql<DraftOffer>`select p.slug, p.title, p.under_direction_of_id as "departmentId",
		p.type_id as "typeId", case p.integration_relevant when true then 'yes' when false then 'no' else '' end as relevant,
		p.integration_reason as reason, (select m.id from papers.matter m where m.body_id = p.body_id and m.paper_id = p.id)
			as "matterId",
		coalesce((select json_agg(x.topic_id) from papers.paper_topic x where x.body_id = p.body_id and x.paper_id = p.id),
			'[]') as topics
		from papers.paper p where p.body_id = ${ctx.body.id} and p.slug = ${slug} and ${readable(ctx)}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('paper');
	return rows[0];
}
