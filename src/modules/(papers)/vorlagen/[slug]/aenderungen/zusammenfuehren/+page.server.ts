import { demand } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { act } from '../../../../amendments/form.server.ts';
import { mergeView } from '../../../../amendments/merge-view.server.ts';
import { acceptFree, decideChange, sayOwn, takeOver, undoDecision } from '../../../../amendments/merging.server.ts';
import { AllForm, DecideForm, OwnForm, SeenForm } from '../../../../amendments/schema.ts';
import type { Actions, PageServerLoad } from './$types';

/** Amendments brought together place by place; each decision can be taken back, all stand in a log. */
export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'papers.edit');
	return { merge: new ServerOnly(await mergeView(ctx, params.slug)) };
};

const here = (slug: string, place = '') => `/vorlagen/${slug}/aenderungen/zusammenfuehren${place}`;

export const actions: Actions = {
	entscheiden: async ({ locals: { ctx }, params: { slug }, request }) => {
		demand(ctx.actor, 'papers.edit');
		return act(ctx, await request.formData(), DecideForm, async (given) => {
			await decideChange(ctx, slug, given);
			return here(slug, `#aenderung-${given.change}`);
		});
	},
	alles: async ({ locals: { ctx }, params: { slug }, request }) => {
		demand(ctx.actor, 'papers.edit');
		return act(ctx, await request.formData(), AllForm, async ({ amendment, seen }) => {
			await acceptFree(ctx, slug, amendment, seen);
			return here(slug, '#stellen');
		});
	},
	wortlaut: async ({ locals: { ctx }, params: { slug }, request }) => {
		demand(ctx.actor, 'papers.edit');
		return act(ctx, await request.formData(), OwnForm, async (given) => {
			await sayOwn(ctx, slug, given);
			return here(slug, `#aenderung-${given.change}`);
		});
	},
	zurueck: async ({ locals: { ctx }, params: { slug }, request }) => {
		demand(ctx.actor, 'papers.edit');
		return act(ctx, await request.formData(), SeenForm, async ({ seen }) => {
			await undoDecision(ctx, slug, seen);
			return here(slug, '#protokoll');
		});
	},
	uebernehmen: async ({ locals: { ctx }, params: { slug }, request }) => {
		demand(ctx.actor, 'papers.edit');
		return act(ctx, await request.formData(), SeenForm, async ({ seen }) => {
			await takeOver(ctx, slug, seen);
			return `/vorlagen/${slug}/fassungen`;
		});
	},
};
