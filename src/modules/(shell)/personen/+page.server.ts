import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { write } from '#kernel/write.ts';
import { addPerson, personRows } from '#server/registry';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 50;
const LONGEST_NAME = 200;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const text = (url.searchParams.get('q') ?? '').slice(0, 100);
	const page = Math.max(1, Math.trunc(Number(url.searchParams.get('seite')) || 1));
	const { rows, total } = await personRows(ctx, { text, page, perPage: PER_PAGE });
	return { rows, total, text, page, pages: Math.ceil(total / PER_PAGE), mayAdd: may(ctx.actor, 'registry.edit') };
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, request }) => {
		const name = String((await request.formData()).get('name') ?? '').trim();
		if (!name || name.length > LONGEST_NAME)
			return fail(422, { faults: [{ field: 'name', text: m.shell_people_error_name() }], name });
		const id = await write(ctx, (tx) => addPerson(tx, name));
		redirect(303, inLocale(`/personen/${id}`, ctx.locale));
	},
};
