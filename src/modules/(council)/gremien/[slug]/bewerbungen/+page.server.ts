import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { moveApplication, setCall } from '../../../entry/applications.server.ts';
import { applicationRows, callOpen, entryBody, entryRules } from '../../../entry/queries.server.ts';
import { missingDeclarations, nextStates, type ApplicationState } from '../../../entry/rules.ts';
import { CallForm } from '../../../entry/schema.ts';
import { MOVE_WORDS, RULE_WORDS } from '../../../entry/words.ts';
import { orRefused, refused, refusedBy, typedIn } from '../../../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'council.edit');
	const body = await entryBody(ctx, params.slug);
	const rules = await entryRules(ctx, body.id);
	const rows = await applicationRows(ctx, body.id);
	return {
		body,
		call: { from: rules.callFrom, until: rules.callUntil, open: callOpen(rules, ctx.today) },
		applications: rows.map((row) => ({
			...row,
			missing: missingDeclarations(rules.declarations, row.confirmed).map(({ text }) => text),
			moves: nextStates(row.state).filter((state) => MOVE_WORDS[state]),
		})),
	};
};

export const actions: Actions = {
	aufruf: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.edit');
		const body = await entryBody(ctx, params.slug);
		const { typed } = await typedIn(request);
		const parsed = CallForm.safeParse(typed);
		const words = { date: m.council_entry_error_date, order: m.council_entry_error_order };
		if (!parsed.success) return refusedBy(parsed.error.issues, words, typed);
		await setCall(ctx, body.id, parsed.data);
		redirect(303, inLocale(`/gremien/${params.slug}/bewerbungen`, ctx.locale));
	},
	weiter: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.edit');
		const { typed } = await typedIn(request);
		const { id = '', nach = '' } = typed;
		if (!(nach in MOVE_WORDS)) return refused(`b-${id}`, m.council_entry_error_step());
		return orRefused(RULE_WORDS, `b-${id}`, typed, async () => {
			await moveApplication(ctx, id, nach as ApplicationState);
			redirect(303, inLocale(`/gremien/${params.slug}/bewerbungen#b-${id}`, ctx.locale));
		});
	},
};
