import { may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { accountOrSignIn } from '../visit.server.ts';
import { navigation } from '../../../navigation.ts';
import { gatherDesk } from './desk.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { ctx } = event.locals;
	const account = await accountOrSignIn(event);
	const { groups, done, missing } = await gatherDesk(ctx);
	const now = ctx.now.toZonedDateTimeISO(ctx.body.timeZone);
	return {
		name: ctx.actor.name ?? account.name,
		/** An account that belongs to nobody in this town sees an explanation instead of an empty desk. */
		known: ctx.actor.kind === 'person',
		hour: now.hour,
		groups,
		done,
		missing: missing.length > 0,
		finished: done.find(({ id }) => id === event.url.searchParams.get('erledigt')) ?? null,
		reopened: event.url.searchParams.has('offen'),
		tools: navigation()
			.filter(({ place, permission }) => place === 'desk' && (!permission || may(ctx.actor, permission)))
			.map(({ path, label }) => ({ href: inLocale(path, ctx.locale), label: label() })),
	};
};
