import { redirect } from '@sveltejs/kit';
import { demand, may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { formChoices } from '../../../paper/choices.server.ts';
import { changePaper, discardDraft, filePaper } from '../../../paper/commands.server.ts';
import { editable } from '../../../paper/edit.server.ts';
import {
	collided,
	isRefused,
	MOST_ORIGINATORS,
	orRefused,
	readPaperForm,
	refused,
	typedOf,
} from '../../../paper/form.server.ts';
import { withNewTopics } from '../../../paper/topics.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'papers.write');
	const paper = await editable(ctx, params.slug);
	const choices = await formChoices(ctx);
	const told = ['gespeichert', 'zusammen', 'angehaengt'].find((word) => url.searchParams.has(word)) ?? null;
	return { paper, choices, told, mostRows: MOST_ORIGINATORS, office: may(ctx.actor, 'papers.edit') };
};

export const actions: Actions = {
	speichern: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const form = await request.formData();
		const typed = typedOf(form);
		const read = await readPaperForm(ctx, form);
		if ('faults' in read) return refused('paper', read.faults, form);
		const revision = /^\d{1,9}$/.test(typed.revision ?? '') ? Number(typed.revision) : undefined;
		const answer = await orRefused('paper', form, async () =>
			changePaper(
				ctx,
				params.slug,
				await withNewTopics(ctx, read.given, typed.newTopics),
				typed.reason ?? '',
				revision,
			),
		);
		if (isRefused(answer)) return answer;
		const { state } = answer.done;
		if (state === 'collides') return collided(answer.done, typed.base ?? '');
		const told = state === 'merged' ? 'zusammen' : 'gespeichert';
		redirect(303, inLocale(`/vorlagen/${params.slug}/bearbeiten?${told}`, ctx.locale));
	},
	einreichen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const seen = Number((await request.formData()).get('einreichen') ?? 0);
		const answer = await orRefused('einreichen', undefined, () => filePaper(ctx, params.slug, seen));
		if (isRefused(answer)) return answer;
		redirect(303, inLocale(`/vorlagen/${answer.done}?eingereicht`, ctx.locale));
	},
	verwerfen: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const seen = Number((await request.formData()).get('verwerfen') ?? 0);
		const answer = await orRefused('verwerfen', undefined, () => discardDraft(ctx, params.slug, seen));
		if (isRefused(answer)) return answer;
		redirect(303, inLocale('/vorlagen', ctx.locale));
	},
};
