import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { entryBody, termSteps } from '../../../entry/queries.server.ts';
import { StepForm } from '../../../entry/schema.ts';
import { addStep, changeStep, planTerm } from '../../../entry/steps.server.ts';
import { refused, refusedBy, typedIn } from '../../../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'council.edit');
	const body = await entryBody(ctx, params.slug);
	return { body, steps: await termSteps(ctx, body.id) };
};

const DAY = /^\d{4}-\d\d-\d\d$/;
const back = (ctx: Ctx, slug: string, anchor = '') =>
	inLocale(`/gremien/${slug}/neue-wahlperiode${anchor}`, ctx.locale);

export const actions: Actions = {
	planen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.edit');
		const { typed } = await typedIn(request);
		if (!DAY.test(typed.gewaehlt ?? '')) return refused('gewaehlt', m.council_entry_error_date(), typed);
		const { id } = await entryBody(ctx, params.slug);
		await planTerm(ctx, id, Temporal.PlainDate.from(typed.gewaehlt!));
		redirect(303, back(ctx, params.slug, '#schritte'));
	},
	schritt: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.edit');
		const { typed } = await typedIn(request);
		const parsed = StepForm.safeParse(typed);
		const words = { date: m.council_entry_error_date, title: m.council_entry_error_title };
		if (!parsed.success) return refusedBy(parsed.error.issues, words, typed);
		const { id } = await entryBody(ctx, params.slug);
		await addStep(ctx, id, parsed.data);
		redirect(303, back(ctx, params.slug, '#schritte'));
	},
	stand: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'council.edit');
		const { typed } = await typedIn(request);
		const { id = '', erledigt, due = '' } = typed;
		if (erledigt === undefined && !DAY.test(due)) return refused(`tag-${id}`, m.council_entry_error_date(), typed);
		await changeStep(ctx, id, erledigt === undefined ? { due } : { done: erledigt === 'ja' });
		redirect(303, back(ctx, params.slug, `#s-${id}`));
	},
};
