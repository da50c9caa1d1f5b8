import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';

/** The matter of a paper, when its last change made somebody's answer outdated today and they are asked anew. One query. */
export async function askedAnew(ctx: Ctx, paperId: string): Promise<string | null> {
	const { rows } = await sql<{ id: string }>`select m.id from papers.matter m where m.body_id = ${ctx.body.id}
		and m.paper_id = ${paperId} and m.state = 'open' and exists (select from papers.sign_request e
			join papers.sign_request r on r.body_id = e.body_id and r.involvement_id = e.involvement_id and r.state = 'open'
			where e.body_id = m.body_id and e.matter_id = m.id and e.state = 'outdated' and e.answer is not null
			and e.outdated_on = ${ctx.today}::date)`.execute(ctx.db);
	return rows[0]?.id ?? null;
}
