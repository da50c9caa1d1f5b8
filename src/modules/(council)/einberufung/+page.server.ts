import { demand } from '#kernel/access/actor.ts';
import { act } from '../planning/act.server.ts';
import { bodyChoices } from '../planning/choices.server.ts';
import { askToConvene, closeRequest, joinRequest, leaveRequest } from '../planning/convening/commands.server.ts';
import { conveningRows } from '../planning/convening/queries.server.ts';
import { ConveningForm } from '../planning/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => ({
	requests: await conveningRows(ctx),
	bodies: await bodyChoices(ctx, 'council.ask'),
	saved: url.searchParams.has('gespeichert'),
});

export const actions: Actions = {
	beantragen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.ask');
		return act(event, 'beantragen', async (form) => {
			const { councilBodyId, title, text } = ConveningForm.parse(Object.fromEntries(form));
			await askToConvene(ctx, councilBodyId, { subject: title, reason: text });
			return '/einberufung?gespeichert';
		});
	},
	mittragen: (event) => {
		demand(event.locals.ctx.actor, 'council.ask');
		return act(event, 'mittragen', async (form) => {
			await joinRequest(event.locals.ctx, String(form.get('id') ?? ''));
			return '/einberufung?gespeichert';
		});
	},
	zuruecknehmen: (event) => {
		demand(event.locals.ctx.actor, 'council.ask');
		return act(event, 'zuruecknehmen', async (form) => {
			await leaveRequest(event.locals.ctx, String(form.get('id') ?? ''));
			return '/einberufung?gespeichert';
		});
	},
	einberufen: (event) => {
		demand(event.locals.ctx.actor, 'council.convene');
		return act(event, 'einberufen', async (form) => {
			await closeRequest(event.locals.ctx, String(form.get('id') ?? ''));
			return '/einberufung?gespeichert';
		});
	},
};
