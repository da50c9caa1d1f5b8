import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/i18n/locales.ts';
import { notedItems, saveNotes } from '../../../member/notes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const { meeting, items } = await notedItems(ctx, params.slug);
	const { slug, date, number, kind, public: open } = meeting;
	return { meeting: { slug, date, number, kind, public: open }, items, saved: url.searchParams.has('gespeichert') };
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request }) => {
		const form = await request.formData();
		const given = new Map(
			[...form].flatMap(([name, value]) => (name.startsWith('n-') ? [[name.slice(2), String(value)] as const] : [])),
		);
		await saveNotes(ctx, params.slug, given);
		redirect(303, inLocale(`/sitzungen/${params.slug}/notizen?gespeichert`, ctx.locale));
	},
};
