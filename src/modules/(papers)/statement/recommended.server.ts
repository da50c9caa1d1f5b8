import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { readable } from '../paper/sight.server.ts';
import type { Recommended } from '../view.ts';

/** The latest published statement on the paper `p` that this reader may read, for lists; null without one. */
export function recommended(ctx: Ctx): RawBuilder<Recommended | null> {
	// `readable` speaks of `p`: here that is the statement's own paper.
	return sql<Recommended | null>`(select json_build_object('recommendation', s.recommendation, 'counter', s.counter)
		from (select p.id, p.body_id) q,
		lateral (select s.recommendation, s.counter_proposal is not null as counter from papers.statement_on o
			join papers.statement s on s.body_id = o.body_id and s.id = o.statement_id and s.state = 'published'
			join papers.paper p on p.body_id = s.body_id and p.id = s.paper_id and p.state <> 'draft'
			where o.body_id = q.body_id and o.paper_id = q.id and ${readable(ctx)}
			order by s.published_on desc, s.id desc limit 1) s)`;
}
