import { redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { formChoices } from '../../paper/choices.server.ts';
import { isRefused, orRefused, refused, typedOf } from '../../paper/form.server.ts';
import { beginWithUsualTypes, saveScheme, saveType } from '../../paper/type-commands.server.ts';
import { typesAndSchemes } from '../../paper/type-queries.server.ts';
import { SchemeForm, TypeForm } from '../../paper/type-schema.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demand(ctx.actor, 'papers.types');
	const [found, choices] = await Promise.all([typesAndSchemes(ctx), formChoices(ctx)]);
	return { ...found, bodies: choices.originators };
};

/** One form: read, act, back to what was changed. `id` empty: a new one. */
async function act<S extends z.ZodType>(
	event: RequestEvent,
	kind: 'art' | 'nummer',
	schema: S,
	run: (id: string | null, given: z.output<S>) => Promise<void>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, 'papers.types');
	const form = await event.request.formData();
	const typed = typedOf(form);
	const id = typed.id && isId(typed.id) ? typed.id : null;
	const of = `${kind}-${id ?? 'neu'}`;
	const parsed = schema.safeParse(typed);
	if (!parsed.success) {
		const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
		return refused(
			of,
			fields.map((field) => ({ field, text: m.papers_paper_fault_fill() })),
			form,
		);
	}
	const answer = await orRefused(of, form, () => run(id, parsed.data));
	if (isRefused(answer)) return answer;
	redirect(303, inLocale(`/vorlagen/arten#${id ? of : kind}`, ctx.locale));
}

export const actions: Actions = {
	ueblich: async ({ locals: { ctx } }) => {
		await beginWithUsualTypes(ctx);
		redirect(303, inLocale('/vorlagen/arten', ctx.locale));
	},
	art: (event) => act(event, 'art', TypeForm, (id, given) => saveType(event.locals.ctx, id, given)),
	nummer: (event) => act(event, 'nummer', SchemeForm, (id, given) => saveScheme(event.locals.ctx, id, given)),
};
