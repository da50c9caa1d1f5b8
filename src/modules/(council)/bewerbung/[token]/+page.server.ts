import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { confirmLater, withdraw } from '../../entry/applications.server.ts';
import { applicationByToken, entryRules } from '../../entry/queries.server.ts';
import { missingDeclarations, nextStates } from '../../entry/rules.ts';
import { RULE_WORDS } from '../../entry/words.ts';
import { orRefused, typedIn } from '../../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { name, state, receivedOn, confirmed, councilBodyId, bodyName, bodySlug } = await applicationByToken(
		ctx,
		params.token,
	);
	const { declarations } = await entryRules(ctx, councilBodyId);
	return {
		name,
		state,
		receivedOn,
		bodyName,
		bodySlug,
		confirmed: declarations
			.filter(({ key }) => confirmed[key])
			.map(({ key, text }) => ({
				text,
				on: confirmed[key]!,
			})),
		missing: missingDeclarations(declarations, confirmed),
		ended: !nextStates(state).length,
		said: url.searchParams.has('neu') ? 'new' : url.searchParams.has('ergaenzt') ? 'added' : null,
	};
};

export const actions: Actions = {
	bestaetigen: async ({ locals: { ctx }, params, request }) => {
		const { form } = await typedIn(request);
		return orRefused(RULE_WORDS, 'confirmed', {}, async () => {
			await confirmLater(ctx, params.token, form.getAll('confirmed').map(String));
			redirect(303, inLocale(`/bewerbung/${params.token}?ergaenzt`, ctx.locale));
		});
	},
	zurueckziehen: async ({ locals: { ctx }, params }) =>
		orRefused(RULE_WORDS, 'confirmed', {}, async () => {
			await withdraw(ctx, params.token);
			redirect(303, inLocale(`/bewerbung/${params.token}`, ctx.locale));
		}),
};
