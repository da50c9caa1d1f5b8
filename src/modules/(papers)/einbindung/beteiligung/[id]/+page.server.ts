import { redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { act } from '../../../involvement/act.server.ts';
import { addParticipants, removeParticipant, roundView, state } from '../../../involvement/participation.server.ts';
import { StatementForm } from '../../../involvement/schema.ts';
import type { Actions, PageServerLoad } from './$types';

/** Mails lead here: strangers are led to the sign-in and back, whether or not there is such a round. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	if (ctx.actor.kind === 'visitor') {
		const back = encodeURIComponent(inLocale(`/einbindung/beteiligung/${params.id}`, ctx.locale));
		redirect(303, `${inLocale('/anmelden', ctx.locale)}?weiter=${back}`);
	}
	return { round: await roundView(ctx, params.id), said: url.searchParams.has('gespeichert') };
};

export const actions: Actions = {
	aufnehmen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.participation');
		return act(event, 'aufnehmen', async (form) => {
			await addParticipants(ctx, event.params.id, form.getAll('person').map(String));
			return `/einbindung/beteiligung/${event.params.id}?gespeichert`;
		});
	},
	entfernen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.participation');
		return act(event, 'entfernen', async (form) => {
			await removeParticipant(ctx, event.params.id, String(form.get('participant') ?? ''));
			return `/einbindung/beteiligung/${event.params.id}?gespeichert`;
		});
	},
	beitrag: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.involvement.answer');
		return act(event, 'beitrag', async (form) => {
			const { statement } = StatementForm.parse(Object.fromEntries(form));
			await state(ctx, event.params.id, statement);
			return `/einbindung/beteiligung/${event.params.id}?gespeichert`;
		});
	},
};
