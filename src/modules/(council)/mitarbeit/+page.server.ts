import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { myCalendarPath, renewCalendar } from '../member/calendar.server.ts';
import { myAttendance, myMemberships } from '../member/mine.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const path = await myCalendarPath(ctx);
	return {
		calendar: path && url.origin + path,
		memberships: await myMemberships(ctx),
		attendance: await myAttendance(ctx),
		renewed: url.searchParams.has('neu'),
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx } }) => {
		await renewCalendar(ctx);
		redirect(303, inLocale('/mitarbeit?neu', ctx.locale));
	},
};
