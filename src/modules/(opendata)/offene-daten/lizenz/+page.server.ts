import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { chooseLicence, chosenLicence } from '../../licence.server.ts';
import { LICENCES } from '../../licence.ts';
import type { Actions, PageServerLoad } from './$types';

/** As the form says "none": no code of the vocabulary. */
const NONE = 'keine';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'opendata.licence');
	return {
		chosen: (await chosenLicence(ctx)) ?? NONE,
		choices: [
			...Object.entries(LICENCES).map(([value, { name }]) => ({
				value,
				label: name,
				lang: 'de',
				hint: value.includes('-by') ? m.opendata_choose_by_hint() : m.opendata_choose_zero_hint(),
			})),
			{ value: NONE, label: m.opendata_choose_none(), hint: m.opendata_choose_none_hint() },
		],
		said: url.searchParams.has('gespeichert'),
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, request }) => {
		const code = String((await request.formData()).get('lizenz') ?? '');
		try {
			await chooseLicence(ctx, code === NONE ? null : code);
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
			return fail(422, { faults: [{ field: 'lizenz', text: m.opendata_choose_error() }] });
		}
		redirect(303, inLocale('/offene-daten/lizenz?gespeichert', ctx.locale));
	},
};
