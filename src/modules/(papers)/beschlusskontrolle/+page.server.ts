import { demand, may } from '#kernel/access/actor.ts';
import { ask, known, together } from '#kernel/db/questions.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { redirect } from '@sveltejs/kit';
import { act } from '../duties/act.server.ts';
import { noteInSession, takeUnderControl } from '../duties/control/commands.server.ts';
import { controlList } from '../duties/control/list.server.ts';
import { controlOffers } from '../duties/control/offers.server.ts';
import { Offered, StandingForm } from '../duties/control/schema.ts';
import { choicesAsked } from '../duties/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const manages = may(ctx.actor, 'papers.duties');
	const { list, offers, choices } = await ask(
		ctx,
		together({
			list: controlList(ctx, url, 'open'),
			offers: manages ? controlOffers(ctx) : known([]),
			choices: manages ? choicesAsked(ctx) : known(null),
		}),
	);
	return {
		list: new ServerOnly(list),
		offers: new ServerOnly(offers),
		departments: new ServerOnly(choices?.departments ?? []),
		mayReadClosed: may(ctx.actor, 'papers.controlClosed'),
		query: url.searchParams.toString(),
		left: url.searchParams.get('weggelassen'),
		said: (['aufgenommen', 'notiert'] as const).find((word) => url.searchParams.has(word)) ?? null,
	};
};

export const actions: Actions = {
	aufnehmen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.duties');
		return act(event, 'aufnehmen', async (typed) => {
			await takeUnderControl(ctx, Offered.parse(typed), StandingForm.parse(typed));
			return '/beschlusskontrolle?aufgenommen';
		});
	},
	weglassen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.duties');
		return act(event, 'weglassen', async (typed) => {
			const id = await takeUnderControl(ctx, Offered.parse(typed), null);
			return `/beschlusskontrolle?weggelassen=${id}`;
		});
	},
	zurkenntnis: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'papers.duties');
		const form = await request.formData();
		await noteInSession(ctx, String(form.get('meetingId') ?? ''), form.getAll('entry').map(String));
		redirect(303, inLocale(`/beschlusskontrolle?notiert&gremium=${String(form.get('gremium') ?? '')}`, ctx.locale));
	},
};
