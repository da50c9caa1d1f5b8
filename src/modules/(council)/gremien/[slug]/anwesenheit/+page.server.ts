import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { judgeAbsence } from '../../../entry/absences.server.ts';
import { absenceRows, bodyStrength, entryBody } from '../../../entry/queries.server.ts';
import { refused, typedIn } from '../../../forms.server.ts';
import { profileFor } from '../../../structure/profiles.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a body without a rule of its own shows. */
const MONTHS = 12;

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'council.edit');
	const body = await entryBody(ctx, params.slug);
	const profile = await profileFor(ctx, body.id, ctx.today);
	const rule = profile?.rules.attendance ?? null;
	return {
		body,
		rule,
		sources: profile?.citations.filter((citation) => citation.rule === 'attendance').map(({ text }) => text) ?? [],
		strength: await bodyStrength(ctx, body.id),
		absences: await absenceRows(ctx, body.id, rule?.withinMonths ?? MONTHS),
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.edit');
		const { typed } = await typedIn(request);
		const { id = '', urteil } = typed;
		if (!isId(id)) return refused('alle', m.council_entry_error_step(), typed);
		await judgeAbsence(ctx, id, urteil === 'unentschuldigt');
		redirect(303, inLocale(`/gremien/${params.slug}/anwesenheit#a-${id}`, ctx.locale));
	},
};
