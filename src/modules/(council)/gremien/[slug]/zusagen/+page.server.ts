import { fail, redirect } from '@sveltejs/kit';
import { demand, may } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { knownOrganisations } from '#server/registry';
import { promisesOf, type PromiseView } from '../../../planning/guests/promises.server.ts';
import {
	addCommitment,
	bodyAt,
	endCommitment,
	MISSED_TO_TELL,
	NewCommitment,
} from '../../../session/commitments.server.ts';
import { refusalWords } from '../../../session/fault-words.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const body = await bodyAt(ctx, params.slug);
	const asked = Number(url.searchParams.get('jahr'));
	const year = Number.isInteger(asked) && asked > 1990 && asked < 2200 ? asked : ctx.today.year;
	const mayEdit = may(ctx.actor, 'council.edit', body.id);
	const organisations = mayEdit ? await knownOrganisations(ctx) : [];
	return {
		body,
		slug: params.slug,
		year,
		mayEdit,
		promises: (await promisesOf(ctx, body.id)).map((one) => ofYear(one, year)),
		tell: MISSED_TO_TELL,
		organisations: organisations.filter(({ id }) => id !== body.id).map(({ id, name }) => ({ value: id, label: name })),
	};
};

function ofYear(promise: PromiseView, year: number): PromiseView & { missed: number } {
	const sessions = promise.sessions.filter(({ date }) => Number(date.slice(0, 4)) === year);
	return { ...promise, sessions, missed: sessions.filter(({ came }) => came === false).length };
}

export const actions: Actions = {
	zusage: async ({ locals: { ctx }, params, request }) => {
		const body = await bodyAt(ctx, params.slug);
		demand(ctx.actor, 'council.edit', body.id);
		const typed = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
		const parsed = NewCommitment.safeParse(typed);
		if (!parsed.success)
			return fail(422, { typed, text: refusalWords({ code: 'kernel_operation_unreadable', params: {} }) });
		try {
			await addCommitment(ctx, body.id, parsed.data);
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
			return fail(422, { typed, text: refusalWords(error) });
		}
		redirect(303, inLocale(`/gremien/${params.slug}/zusagen`, ctx.locale));
	},
	ende: async ({ locals: { ctx }, params, request }) => {
		const body = await bodyAt(ctx, params.slug);
		demand(ctx.actor, 'council.edit', body.id);
		const id = String((await request.formData()).get('id') ?? '');
		if (/^[0-9a-f-]{36}$/.test(id)) await endCommitment(ctx, body.id, id);
		redirect(303, inLocale(`/gremien/${params.slug}/zusagen`, ctx.locale));
	},
};
