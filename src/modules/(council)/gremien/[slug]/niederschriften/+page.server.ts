import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { exportTerm, termRows } from '../../../minutes/archive.server.ts';
import { announceResolution, closedResolutions } from '../../../minutes/resolutions.server.ts';
import { GENDERS, STYLES } from '../../../minutes/rules/style.ts';
import { AnnounceForm } from '../../../minutes/schema.ts';
import { styleChoice } from '../../../minutes/style.server.ts';
import { setStyle } from '../../../minutes/writing.server.ts';
import { bodyView } from '../../../queries/bodies.server.ts';
import type { Actions, PageServerLoad, RequestEvent as Event } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'council.edit');
	const { id, name, slug } = await bodyView(ctx, params.slug);
	demand(ctx.actor, 'council.edit', id);
	return {
		body: { name, slug },
		closed: await closedResolutions(ctx, id),
		terms: await termRows(ctx, id),
		style: await styleChoice(ctx, id),
		said: url.searchParams.get('getan'),
	};
};

async function refused(event: Event, act: string, work: () => Promise<void>) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return fail(422, { failed: act, code: error.code, params: error.params, field: error.field ?? '' });
	}
	redirect(303, `${inLocale(`/gremien/${event.params.slug}/niederschriften`, event.locals.ctx.locale)}?getan=${act}`);
}

export const actions: Actions = {
	bekanntgabe: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		const parsed = AnnounceForm.safeParse(Object.fromEntries(await event.request.formData()));
		if (!parsed.success)
			return fail(422, { failed: 'bekanntgabe', code: 'council.minutes.form', params: {}, field: '' });
		const { id, state, item, text, reason } = parsed.data;
		return refused(event, 'bekanntgabe', () =>
			announceResolution(
				ctx,
				id,
				state === 'announced'
					? { state, itemId: item, publicText: text }
					: state === 'withheld'
						? { state, reason }
						: { state },
			),
		);
	},
	stil: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		const form = await event.request.formData();
		const { id } = await bodyView(ctx, event.params.slug);
		const sentences = Object.fromEntries(
			[...form].flatMap(([name, value]) =>
				name.startsWith('satz:') && value !== '' ? [[name.slice(5), String(value).slice(0, 1000)]] : [],
			),
		);
		const style = STYLES.find((one) => one === form.get('style')) ?? 'results';
		const gender = GENDERS.find((one) => one === form.get('gender')) ?? 'star';
		return refused(event, 'stil', () => setStyle(ctx, id, { style, gender, sentences }));
	},
	archiv: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		const form = await event.request.formData();
		const { id } = await bodyView(ctx, event.params.slug);
		return refused(event, 'archiv', async () => {
			await exportTerm(ctx, id, String(form.get('term') ?? ''), event.url.origin);
		});
	},
};
