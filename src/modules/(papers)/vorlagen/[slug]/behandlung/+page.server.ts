import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { isId } from '#kernel/ids.ts';
import { act } from '../../../statement/act.server.ts';
import { addresseeChoices } from '../../../statement/choices.server.ts';
import { paperHead } from '../../../statement/queries.server.ts';
import { TreatmentStepForm } from '../../../statement/schema.ts';
import { addStep, closeTreatment, mayTrace, removeStep, sendTo } from '../../../statement/treatment/commands.server.ts';
import { treatmentViews } from '../../../statement/treatment/queries.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Received, dealt with, outcome, answer: one page for all, with forms for whoever may enter it. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const paper = await paperHead(ctx, params.slug);
	const treatments = await treatmentViews(ctx, paper.id);
	const { rows } = await sql<{ sender: string; received: string | null; origin: string[] }>`select
		p.sender_name as sender, p.received_on::text as received,
		coalesce((select json_agg(o.organisation_id) from papers.originator o where o.body_id = p.body_id
			and o.paper_id = p.id and o.left_on is null and o.organisation_id is not null), '[]') as origin
		from papers.paper p where p.body_id = ${ctx.body.id} and p.id = ${paper.id}`.execute(ctx.db);
	const { sender, received, origin } = rows[0]!;
	const maySend = paper.filed && mayTrace(ctx.actor, origin);
	const enters = maySend || treatments.some(({ mayEnter }) => mayEnter);
	return {
		paper,
		letter: sender ? { sender, received } : null,
		treatments: new ServerOnly(treatments),
		maySend,
		organisations: enters ? await addresseeChoices(ctx) : [],
		said: url.searchParams.has('gespeichert'),
		today: ctx.today.toString(),
	};
};

function on(
	of: string,
	work: (ctx: RequestEvent['locals']['ctx'], text: (name: string) => string, form: FormData) => Promise<void>,
) {
	return (event: RequestEvent) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.treatment');
		return act(event, of, async (form, text) => {
			await work(ctx, text, form);
			return `/vorlagen/${event.params.slug}/behandlung?gespeichert`;
		});
	};
}

function idIn(text: (name: string) => string): string {
	if (!isId(text('id'))) throw new RuleViolation('papers.statementStep');
	return text('id');
}

export const actions: Actions = {
	schicken: on('schicken', async (ctx, text) => sendTo(ctx, idIn(text), text('organisationId'))),
	eintragen: on('eintragen', async (ctx, _, form) => addStep(ctx, TreatmentStepForm.parse(Object.fromEntries(form)))),
	entfernen: on('entfernen', async (ctx, text) => removeStep(ctx, idIn(text))),
	abschliessen: on('abschliessen', async (ctx, text) => closeTreatment(ctx, idIn(text), text('closedReason'))),
	oeffnen: on('oeffnen', async (ctx, text) => closeTreatment(ctx, idIn(text), null)),
};
