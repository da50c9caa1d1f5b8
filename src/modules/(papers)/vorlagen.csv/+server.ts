import { VISITOR } from '#kernel/access/actor.ts';
import { csv } from '#kernel/http/csv.ts';
import { filterOf, paperList } from '../paper/list.server.ts';
import type { RequestHandler } from './$types';

/** Public papers as a table for other programs, narrowed as the list is; the newest ten thousand. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { papers } = await paperList({ ...ctx, actor: VISITOR }, filterOf(url.searchParams), 10_000);
	const rows = papers.map((paper) => ({
		number: paper.reference,
		type: paper.type,
		title: paper.title,
		date: paper.date,
		originators: paper.originators.join('; '),
		districts: (paper.districts ?? []).map(({ name }) => name).join('; '),
		state: paper.state,
		url: `${url.origin}/vorlagen/${paper.slug}`,
	}));
	return csv('vorlagen.csv', rows, ['number', 'type', 'title', 'date', 'originators', 'districts', 'state', 'url']);
};
