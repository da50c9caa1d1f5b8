import { redirect } from '@sveltejs/kit';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Choice } from '#ui/types.ts';
import { OF_ADMINISTRATION } from '../../paper/section.server.ts';
import { draftPaper } from '../../paper/commands.server.ts';
import { formChoices } from '../../paper/choices.server.ts';
import { isRefused, MOST_ORIGINATORS, orRefused, readPaperForm, refused, typedOf } from '../../paper/form.server.ts';
import { ownRoles } from '../../paper/rights.server.ts';
import { mayDraft } from '../../paper/rules/who.ts';
import { withNewTopics } from '../../paper/topics.server.ts';
import { paperTypes, templateOf } from '../../paper/types.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** First the type (`?typ=`), then its form with the town's template filled in. */
export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.write');
	const roles = ownRoles(ctx.actor);
	const types = (await paperTypes(ctx)).filter((type) => !type.retired && mayDraft(type.writtenBy, roles));
	const type = types.find(({ id }) => id === url.searchParams.get('typ')) ?? null;
	if (!type) return { types, type: null };
	const [template, choices] = await Promise.all([templateOf(ctx, type.id), formChoices(ctx)]);
	const base = url.searchParams.get('zu') ?? '';
	const own = beginner(ctx, type.code, choices.people);
	const closed = type.publicByDefault ? '' : 'yes';
	return { types, type, choices, values: { ...template, ...own, base, closed }, mostRows: MOST_ORIGINATORS };
};

/** Who writes mostly brings it in themselves; the office writes for others. */
function beginner({ actor }: Ctx, code: string, people: readonly Choice[]): Record<string, string> {
	if (may(actor, 'papers.edit') || OF_ADMINISTRATION.has(code)) return {};
	const self = people.find(({ value }) => value === actor.personId);
	return self ? { durch1: self.value } : {};
}

export const actions: Actions = {
	speichern: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'papers.write');
		const form = await request.formData();
		const read = await readPaperForm(ctx, form);
		if ('faults' in read) return refused('paper', read.faults, form);
		const answer = await orRefused('paper', form, async () =>
			draftPaper(ctx, await withNewTopics(ctx, read.given, typedOf(form).newTopics)),
		);
		if (isRefused(answer)) return answer;
		redirect(303, inLocale(`/vorlagen/${answer.done}/bearbeiten?gespeichert`, ctx.locale));
	},
};
