import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { closeFeedback } from '../../feedback/commands.server.ts';
import { feedbackRows } from '../../feedback/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({ rows: await feedbackRows(ctx) });

export const actions: Actions = {
	default: async ({ locals: { ctx }, request }) => {
		await closeFeedback(ctx, String((await request.formData()).get('id') ?? ''));
		redirect(303, inLocale('/barrierefreiheit/rueckmeldungen', ctx.locale));
	},
};
