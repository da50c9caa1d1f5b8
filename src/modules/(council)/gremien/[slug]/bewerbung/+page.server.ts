import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { inLocale } from '#kernel/i18n/locales.ts';
import { countTry } from '#kernel/identity/limits.ts';
import { apply } from '../../../entry/applications.server.ts';
import { callOpen, entryBody, entryRules } from '../../../entry/queries.server.ts';
import { ApplicationForm } from '../../../entry/schema.ts';
import { RULE_WORDS } from '../../../entry/words.ts';
import { orRefused, refusedBy, typedIn } from '../../../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const body = await entryBody(ctx, params.slug);
	const rules = await entryRules(ctx, body.id);
	return { body, open: callOpen(rules, ctx.today), until: rules.callUntil, declarations: rules.declarations };
};

const WORDS = {
	name: m.council_entry_error_name,
	email: m.council_entry_error_email,
	long: m.council_entry_error_long,
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request, url, getClientAddress }) => {
		const body = await entryBody(ctx, params.slug);
		const { typed, form } = await typedIn(request);
		const confirmed = form.getAll('confirmed').map(String);
		const parsed = ApplicationForm.safeParse(typed);
		if (!parsed.success) return refusedBy(parsed.error.issues, WORDS, { ...typed, confirmed: confirmed.join(' ') });
		const words = { ...RULE_WORDS, 'identity.wait': m.council_entry_error_wait };
		return orRefused(words, 'name', typed, async () => {
			await countTry('feedback/address', getClientAddress());
			const token = await apply(ctx, body, parsed.data, confirmed, url.origin);
			redirect(303, inLocale(`/bewerbung/${token}?neu`, ctx.locale));
		});
	},
};
