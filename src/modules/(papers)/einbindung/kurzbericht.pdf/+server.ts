import { demand } from '#kernel/access/actor.ts';
import { generated } from '#kernel/http/generated.ts';
import { reportPdf } from '../../involvement/report.server.ts';
import { halfYearOf, readHalfYear } from '../../involvement/rules/half-year.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement.statistic');
	const half = readHalfYear(url.searchParams.get('halbjahr') ?? '') ?? halfYearOf(ctx.today.toString());
	return generated(await reportPdf(ctx, half), 'application/pdf', `kurzbericht-${half.key}.pdf`);
};
