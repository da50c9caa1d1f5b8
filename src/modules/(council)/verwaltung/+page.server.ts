import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand, may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { saveUnit, unitRows } from '#server/registry';
import { orRefused, refused, typedIn } from '../forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'council.setUp');
	return {
		units: await unitRows(ctx),
		mayEdit: may(ctx.actor, 'registry.edit'),
		saved: url.searchParams.has('gespeichert'),
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'registry.edit');
		const { typed } = await typedIn(request);
		const name = (typed.name ?? '').trim();
		const id = typed.id || null;
		if (!name || name.length > 200) return refused(`name-${id ?? 'neu'}`, m.council_entry_chart_error_name(), typed);
		const words = {
			'registry.unitCircle': ({ name }: Record<string, string | number>) =>
				m.council_entry_chart_circle({ name: String(name) }),
		};
		return orRefused(words, `name-${id ?? 'neu'}`, typed, async () => {
			const unit = await saveUnit(ctx, {
				id,
				name,
				shortName: (typed.shortName ?? '').trim().slice(0, 60),
				classification: (typed.classification ?? '').trim().slice(0, 60),
				parentId: typed.parentId || null,
			});
			redirect(303, inLocale(`/verwaltung?gespeichert#u-${unit}`, ctx.locale));
		});
	},
};
