import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { latestOutcomes, nextPublicMeeting } from '#server/council';
import { navigation } from '../navigation.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	const { contact, sentence } = ctx.body.settings;
	const [next, outcomes] = [await nextPublicMeeting(ctx), await latestOutcomes(ctx)];
	const doors = navigation()
		.filter(({ says, permission }) => says && (!permission || may(ctx.actor, permission)))
		.map(({ path, label, says }) => ({ href: inLocale(path, ctx.locale), label: label(), says: says!() }));
	doors.push({
		href: inLocale('/abonnement', ctx.locale),
		label: m.council_subscribe(),
		says: m.council_member_news_lead(),
	});
	return { next, outcomes, doors, sentence: sentence ?? null, email: contact?.email ?? null };
};
