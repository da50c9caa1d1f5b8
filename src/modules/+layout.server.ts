import { may } from '#kernel/access/actor.ts';
import { beginPage, inLanguage, markWords } from '#kernel/i18n/current.ts';
import { inLocale, splitPath } from '#kernel/i18n/locales.ts';
import { demonstrationIsOn } from '#kernel/identity/accounts.ts';
import { machineMade } from '#kernel/i18n/reviewed.ts';
import { LIFETIME } from '#kernel/identity/lifetimes.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { navigation } from '../navigation.ts';
import type { LayoutServerLoad } from './$types';

/** What every page's frame needs; no query is sent for it. */
export const load: LayoutServerLoad = ({ locals: { ctx }, url }) => {
	// The first of the loads to begin: what the others make for the page is marked with its own words.
	markWords();
	const { path } = splitPath(url.pathname);
	const here = (to: string) => path === to || path.startsWith(`${to}/`);
	return {
		locale: ctx.locale,
		timeZone: ctx.body.timeZone,
		town: ctx.body.shortName,
		council: ctx.body.settings.councilName ?? ctx.body.name,
		accent: ctx.body.settings.accent ?? null,
		demonstration: ctx.body.demonstration,
		/** The demonstration's mails are shown on a page of their own; in production there is none. */
		post: ctx.body.demonstration && demonstrationIsOn(),
		path,
		today: ctx.today.toString(),
		signedIn: ctx.actor.kind === 'person',
		actorName: ctx.actor.name,
		session: sessionEnd(ctx),
		machineMade: machineMade(ctx.locale),
		// The frame is in the reader's language, also round pages of people at work.
		nav: inLanguage(ctx.locale, () => {
			beginPage();
			return navigation()
				.filter((entry) => entry.place !== 'desk' && (!entry.permission || may(ctx.actor, entry.permission)))
				.map(({ path: to, label }) => ({ href: inLocale(to, ctx.locale), label: label(), current: here(to) }));
		}),
		search: url.search,
	};
};

/** When this session ends if nothing more is asked: in a day, or at its fixed end. Seconds, and whether to say so at once. */
function sessionEnd({ actor, now }: Ctx): { at: string; left: number; soon: boolean } | null {
	if (!actor.sessionEnds) return null;
	const fixed = Math.floor((actor.sessionEnds.epochMilliseconds - now.epochMilliseconds) / 1000);
	const left = Math.min(fixed, LIFETIME.idle);
	return { at: now.add({ seconds: left }).toString(), left, soon: fixed < LIFETIME.warning };
}
