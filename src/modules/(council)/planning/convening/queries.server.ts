import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from '../../queries/sight.server.ts';
import type { ConveningFinding } from '../rules.ts';

export interface ConveningRow {
	id: string;
	councilBodyId: string;
	bodyName: string;
	subject: string;
	reason: string;
	askedOn: string;
	state: 'open' | 'reached' | 'convened' | 'withdrawn';
	finding: ConveningFinding | null;
	supporters: string[];
	mine: boolean;
	mayAsk: boolean;
	mayConvene: boolean;
}

/** Requests to convene, for the people of the body; open ones first. One query. */
export async function conveningRows(ctx: Ctx): Promise<ConveningRow[]> {
	demand(ctx.actor, 'council.members');
	const { rows } = await sql<Omit<ConveningRow, 'mayAsk' | 'mayConvene'>>`
select r.id, r.council_body_id as "councilBodyId", o.name as "bodyName", r.subject, r.reason, r.asked_on::text as "askedOn", r.state, r.finding,
	coalesce((select json_agg(concat_ws(' ', nullif(p.given_name, ''), p.family_name) order by s.asked_on, p.family_name)
		from council.convening_supporter s join registry.person p on p.body_id = s.body_id and p.id = s.person_id
		where s.body_id = r.body_id and s.request_id = r.id), '[]') as supporters,
	exists (select from council.convening_supporter s where s.body_id = r.body_id and s.request_id = r.id
		and s.person_id = ${ctx.actor.personId}::uuid) as mine
from council.convening_request r join registry.organisation o on o.body_id = r.body_id and o.id = r.council_body_id
where r.body_id = ${ctx.body.id} and ${insideOf(ctx, 'r.council_body_id')}
order by (r.state in ('open', 'reached')) desc, r.asked_on desc, r.id limit 100`.execute(ctx.db);
	return rows.map((row) => ({
		...row,
		mayAsk: may(ctx.actor, 'council.ask', row.councilBodyId),
		mayConvene: may(ctx.actor, 'council.convene', row.councilBodyId),
	}));
}
