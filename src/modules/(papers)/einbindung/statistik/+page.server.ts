import { demand, may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { act } from '../../involvement/act.server.ts';
import { attachReport, reportPlaces } from '../../involvement/report.server.ts';
import { halfYearOf, readHalfYear, shifted } from '../../involvement/rules/half-year.ts';
import { halfYearView } from '../../involvement/statistic.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement.statistic');
	const now = halfYearOf(ctx.today.toString());
	const half = readHalfYear(url.searchParams.get('halbjahr') ?? '') ?? now;
	const mayReport = may(ctx.actor, 'papers.involvement.report');
	return {
		half,
		before: shifted(half, -1).key,
		after: half.from < now.from ? shifted(half, 1).key : null,
		view: new ServerOnly(await halfYearView(ctx, half)),
		places: mayReport ? await reportPlaces(ctx) : null,
		attached: url.searchParams.get('angehaengt'),
	};
};

export const actions: Actions = {
	anhaengen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.involvement.report');
		return act(event, 'anhaengen', async (form) => {
			const half = readHalfYear(String(form.get('halbjahr') ?? '')) ?? halfYearOf(ctx.today.toString());
			const slug = await attachReport(ctx, half, {
				itemId: String(form.get('itemId') ?? ''),
				public: form.has('public'),
			});
			return `/einbindung/statistik?halbjahr=${half.key}&angehaengt=${slug}`;
		});
	},
};
