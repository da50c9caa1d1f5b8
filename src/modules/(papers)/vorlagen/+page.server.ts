import { redirect } from '@sveltejs/kit';
import { may } from '#kernel/access/actor.ts';
import { ask, known, together } from '#kernel/db/questions.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { findByNumber } from '../paper/find.server.ts';
import { draftsAsked, filterChoices, filterOf, papersAsked, typedCondition } from '../paper/list.server.ts';
import type { PageServerLoad } from './$types';

/** Papers, newest first; a number leads to its paper, however it was typed. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const filter = filterOf(url.searchParams);
	const numbered = filter.text ? await findByNumber(ctx, filter.text) : [];
	if (numbered.length === 1) redirect(303, inLocale(`/vorlagen/${numbered[0]}`, ctx.locale));
	const chosen = Object.entries(filter).some(([name, value]) => value && name !== 'after');
	const typed = await typedCondition(ctx, filter.text, numbered);
	const { list, choices, drafts } = await ask(
		ctx,
		together({
			list: papersAsked(ctx, filter, { typed, answered: true }),
			choices: filterChoices(ctx),
			drafts: chosen || filter.after ? known([]) : draftsAsked(ctx),
		}),
	);
	return {
		list: new ServerOnly(list),
		choices: new ServerOnly(choices),
		drafts,
		filter,
		chosen,
		mayWrite: may(ctx.actor, 'papers.write'),
		mayTypes: may(ctx.actor, 'papers.types'),
	};
};
