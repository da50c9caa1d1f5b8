import { demand, may } from '#kernel/access/actor.ts';
import { act } from '../../involvement/act.server.ts';
import {
	deputyChoices,
	endDeputy,
	nameDeputy,
	noteAbsence,
	officeViews,
	removeAbsence,
} from '../../involvement/deputies.server.ts';
import { AwayForm, DeputyForm } from '../../involvement/schema.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement');
	return {
		offices: await officeViews(ctx),
		people: may(ctx.actor, 'papers.involvement.rules') ? await deputyChoices(ctx) : null,
		today: ctx.today.toString(),
		said: url.searchParams.has('gespeichert'),
	};
};

const work =
	(of: string, permission: string, run: (event: RequestEvent, form: FormData) => Promise<void>) =>
	(event: RequestEvent) => {
		demand(event.locals.ctx.actor, permission);
		return act(event, of, async (form) => {
			await run(event, form);
			return '/einbindung/vertretung?gespeichert';
		});
	};

export const actions: Actions = {
	vertretung: work('vertretung', 'papers.involvement.rules', ({ locals }, form) =>
		nameDeputy(locals.ctx, DeputyForm.parse(Object.fromEntries(form))),
	),
	vertretungende: work('vertretungende', 'papers.involvement.rules', ({ locals }, form) =>
		endDeputy(locals.ctx, String(form.get('id') ?? '')),
	),
	abwesend: work('abwesend', 'papers.involvement', ({ locals }, form) =>
		noteAbsence(locals.ctx, AwayForm.parse(Object.fromEntries(form))),
	),
	zurueck: work('zurueck', 'papers.involvement', ({ locals }, form) =>
		removeAbsence(locals.ctx, String(form.get('id') ?? '')),
	),
};
