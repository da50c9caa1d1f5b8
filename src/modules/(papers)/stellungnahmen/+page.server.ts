import { may } from '#kernel/access/actor.ts';
import { ask, known, together } from '#kernel/db/questions.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { owedRows } from '../statement/list.server.ts';
import { ruleOn } from '../statement/rule.server.ts';
import { treatedRows } from '../statement/treatment/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const mayOwe = may(ctx.actor, 'papers.statement') && ctx.actor.kind === 'person';
	const treated = url.searchParams.has('empfehlungen');
	const only: 'late' | 'all' | 'mine' =
		mayOwe && url.searchParams.has('meine') ? 'mine' : url.searchParams.has('alle') ? 'all' : 'late';
	const rule = await ruleOn(ctx, ctx.today);
	const found = await ask(
		ctx,
		together({
			rows: treated ? known([]) : owedRows(ctx, { only }),
			treated: treated ? treatedRows(ctx) : known([]),
		}),
	);
	return {
		view: treated ? ('treated' as const) : only,
		mayOwe,
		mayRule: may(ctx.actor, 'papers.statementRules'),
		rows: new ServerOnly(found.rows),
		treated: new ServerOnly(found.treated),
		rule: { beforeCommittee: rule.beforeCommittee, countedIn: rule.countedIn, inquiryDays: rule.inquiryDays },
	};
};
