import { may } from '#kernel/access/actor.ts';
import { ask, known, together } from '#kernel/db/questions.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { isId } from '#kernel/ids.ts';
import { duesAsked, dutiesAsked, filterChoices, overdueCount, type List } from '../duties/queries.server.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 50;
const WAYS: Record<string, List> = { kommend: 'coming', berichtet: 'done' };

/** One query, whatever is chosen. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const asked = url.searchParams.get('stand') ?? '';
	const all = asked === 'pflichten';
	const list = WAYS[asked] ?? 'overdue';
	const id = (name: string) => {
		const value = url.searchParams.get(name);
		return isId(value) ? value : null;
	};
	const filter = { recipientId: id('gremium'), departmentId: id('amt') };
	const mine = url.searchParams.has('meine') && may(ctx.actor, 'papers.report');
	const page = { ...filter, mine, after: url.searchParams.get('nach'), limit: PER_PAGE + 1 };
	const { rows, ...found } = await ask(
		ctx,
		together({
			rows: all ? known([]) : duesAsked(ctx, list, page),
			duties: all ? dutiesAsked(ctx, filter) : known([]),
			overdue: overdueCount(ctx),
			choices: filterChoices(ctx),
		}),
	);
	const shown = rows.slice(0, PER_PAGE);
	const last = rows.length > PER_PAGE ? shown.at(-1) : undefined;
	return {
		stand: all ? ('pflichten' as const) : list,
		rows: new ServerOnly(shown),
		duties: new ServerOnly(found.duties),
		overdue: found.overdue,
		choices: found.choices,
		...filter,
		mine,
		next: last ? `${last.due}_${last.id}` : null,
		mayManage: may(ctx.actor, 'papers.duties'),
		mayReport: may(ctx.actor, 'papers.report'),
	};
};
