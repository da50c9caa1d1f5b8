import { demand } from '#kernel/access/actor.ts';
import { csv } from '#kernel/http/csv.ts';
import { statisticLines } from '../../involvement/csv.server.ts';
import { halfYearOf, readHalfYear } from '../../involvement/rules/half-year.ts';
import { halfYearView } from '../../involvement/statistic.server.ts';
import type { RequestHandler } from './$types';

/** The same figures as on the page, with the same cells left empty. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement.statistic');
	const half = readHalfYear(url.searchParams.get('halbjahr') ?? '') ?? halfYearOf(ctx.today.toString());
	return csv(`einbindung-${half.key}.csv`, statisticLines(half, await halfYearView(ctx, half)));
};
