import { redirect } from '@sveltejs/kit';
import { may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { myCalendarPath, renewCalendar } from '../member/calendar.server.ts';
import { myAttendance, myMemberships } from '../member/mine.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who was a member finds the own attendance here for good; calendar and seats are for those who are. */
export const load: PageServerLoad = async ({ locals: { ctx }, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const attendance = await myAttendance(ctx);
	const member = may(ctx.actor, 'council.members');
	const path = member ? await myCalendarPath(ctx) : null;
	return {
		member,
		calendar: path && url.origin + path,
		memberships: member ? await myMemberships(ctx) : [],
		attendance,
		renewed: url.searchParams.has('neu'),
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx } }) => {
		await renewCalendar(ctx);
		redirect(303, inLocale('/mitarbeit?neu', ctx.locale));
	},
};
