import { redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { newId } from '#kernel/ids.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { createMeeting } from '../../agenda/commands.server.ts';
import { acted, typedOf } from '../../agenda/forms.server.ts';
import { bodiesToConvene, placeChoices, suggestion } from '../../agenda/queries.server.ts';
import { NewMeeting } from '../../agenda/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** First body and day, then everything that follows from them: it works without script. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const bodies = await bodiesToConvene(ctx);
	const body = url.searchParams.get('gremium') ?? '';
	const date = url.searchParams.get('tag') ?? '';
	const open = url.searchParams.get('oeffentlich');
	const chosen = bodies.some(({ slug }) => slug === body) && DAY.test(date);
	return {
		id: newId(),
		bodies,
		body: body || (bodies[0]?.slug ?? ''),
		date,
		places: await placeChoices(ctx),
		suggested: chosen ? await suggestion(ctx, body, date, open === null ? null : open !== 'nein') : null,
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'council.convene');
		let slug = '';
		const refused = await acted('neu', NewMeeting, typedOf(await request.formData()), async (form) => {
			slug = await createMeeting(ctx, form);
		});
		return refused ?? redirect(303, inLocale(`/sitzungen/${slug}/tagesordnung?gesagt=neu`, ctx.locale));
	},
};
