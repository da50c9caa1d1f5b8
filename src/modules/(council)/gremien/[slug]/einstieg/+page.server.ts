import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand, may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { entryBody, entryRules, onboardingRows } from '../../../entry/queries.server.ts';
import { OFFICE_NOTES, onboard } from '../../../entry/steps.server.ts';
import { RULE_WORDS } from '../../../entry/words.ts';
import { orRefused, refused, typedIn } from '../../../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'council.onboarding');
	const body = await entryBody(ctx, params.slug);
	const office = may(ctx.actor, 'council.edit', body.id);
	const { onboarding } = await entryRules(ctx, body.id);
	return {
		body,
		office,
		steps: onboarding.map((step) => ({ ...step, office: OFFICE_NOTES.includes(step.key) })),
		members: await onboardingRows(ctx, body.id, !office),
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.onboarding');
		const { typed } = await typedIn(request);
		const { mitglied = '', schritt = '', erledigt } = typed;
		if (!isId(mitglied)) return refused('h1', m.council_entry_error_step(), typed);
		return orRefused(RULE_WORDS, `m-${mitglied}`, typed, async () => {
			await onboard(ctx, mitglied, schritt, erledigt === 'ja');
			redirect(303, inLocale(`/gremien/${params.slug}/einstieg#m-${mitglied}`, ctx.locale));
		});
	},
};
