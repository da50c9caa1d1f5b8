import { may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { isId } from '#kernel/ids.ts';
import { dueRows, dutyRows, filterChoices, overdueCount, type List } from '../duties/queries.server.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 50;
const WAYS: Record<string, List> = { kommend: 'coming', berichtet: 'done' };

/** At most four queries, whatever is chosen. */
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
	const rows = all
		? []
		: await dueRows(ctx, list, { ...filter, mine, after: url.searchParams.get('nach'), limit: PER_PAGE + 1 });
	const shown = rows.slice(0, PER_PAGE);
	const last = rows.length > PER_PAGE ? shown.at(-1) : undefined;
	return {
		stand: all ? ('pflichten' as const) : list,
		rows: new ServerOnly(shown),
		duties: new ServerOnly(all ? await dutyRows(ctx, filter) : []),
		overdue: await overdueCount(ctx),
		choices: await filterChoices(ctx),
		...filter,
		mine,
		next: last ? `${last.due}_${last.id}` : null,
		mayManage: may(ctx.actor, 'papers.duties'),
		mayReport: may(ctx.actor, 'papers.report'),
	};
};
