import { redirect } from '@sveltejs/kit';
import { demand, may } from '#kernel/access/actor.ts';
import { ask, known, together } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { approvePaper, nextApproval } from '../../approvals/section.server.ts';
import { section as amendmentSection } from '../../amendments/section.server.ts';
import { dutySection } from '../../duties/section.server.ts';
import { involvementSection } from '../../involvement/section.server.ts';
import { choicesAsked } from '../../paper/choices.server.ts';
import { isRefused, orRefused, typedOf } from '../../paper/form.server.ts';
import { setPublicity, undoWithdrawal, withdrawPaper } from '../../paper/life.server.ts';
import { movedTo, paperFacts, paperTexts } from '../../paper/queries.server.ts';
import { paperSection } from '../../paper/section.server.ts';
import { signPaper } from '../../paper/sign.server.ts';
import { leave, support } from '../../paper/supporters.server.ts';
import { answersSection } from '../../statement/section.server.ts';
import { waySection } from '../../way/section.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The paper itself, and beside it one section of each room (docs/papers.md), all in one question. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const facts = await paperFacts(ctx, params.slug).catch(async (error: unknown) => {
		const moved = error instanceof NotFound ? await movedTo(ctx, params.slug) : null;
		if (moved) redirect(303, inLocale(`/vorlagen/${moved}`, ctx.locale));
		throw error;
	});
	const { operative: _operative, reasons: _reasons, ...paper } = facts;
	const choosing = may(ctx.actor, 'papers.edit') && paper.state !== 'draft';
	const { texts, involvement, approval, choices, section, ...rooms } = await ask(
		ctx,
		together({
			texts: paperTexts(ctx, facts),
			section: paperSection(ctx, paper),
			answers: answersSection(ctx, paper),
			way: waySection(ctx, facts),
			amendments: amendmentSection(ctx, paper, url.searchParams),
			duties: dutySection(ctx, paper),
			involvement: involvementSection(ctx, paper),
			approval: nextApproval(ctx, paper),
			choices: choosing ? choicesAsked(ctx) : known(null),
		}),
	);
	return {
		paper: new ServerOnly({ ...paper, ...texts }),
		section: new ServerOnly(section),
		answers: new ServerOnly(rooms.answers),
		way: new ServerOnly(rooms.way),
		amendments: new ServerOnly(rooms.amendments),
		duties: new ServerOnly(rooms.duties),
		involvement: new ServerOnly(involvement.shown),
		approval: new ServerOnly(approval && involvement.gate && { stationId: approval, gate: involvement.gate }),
		people: choices?.people ?? [],
		sides: choices?.originators ?? [],
		approvedNow: url.searchParams.has('freigegeben') && may(ctx.actor, 'papers.approve'),
		filedNow: url.searchParams.has('eingereicht') && section.may.write,
		today: ctx.today.toString(),
	};
};

/** One form of the page: act, then back to it. */
async function act(
	event: RequestEvent,
	of: string,
	permission: string,
	run: (typed: Record<string, string>) => Promise<void>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, permission);
	const form = await event.request.formData();
	const answer = await orRefused(of, form, () => run(typedOf(form)));
	if (isRefused(answer)) return answer;
	redirect(303, inLocale(`/vorlagen/${event.params.slug}#${of}`, ctx.locale));
}

export const actions: Actions = {
	zurueckziehen: (event) =>
		act(event, 'zurueckziehen', 'papers.write', ({ note = '', consent = '', sure }) =>
			withdrawPaper(event.locals.ctx, event.params.slug, { note, consent, sure: sure === 'on' }),
		),
	doch: (event) =>
		act(event, 'zurueckziehen', 'papers.edit', () => undoWithdrawal(event.locals.ctx, event.params.slug)),
	unterschreiben: (event) =>
		act(event, 'unterschrift', 'papers.edit', (typed) =>
			signPaper(event.locals.ctx, event.params.slug, {
				personId: typed.personId ?? '',
				name: typed.name ?? '',
				function: typed.function ?? '',
				signedOn: /^\d{4}-\d\d-\d\d$/.test(typed.signedOn ?? '') ? typed.signedOn! : '',
			}),
		),
	freigeben: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.approve');
		const form = await event.request.formData();
		const { station = '', approvalText = '' } = typedOf(form);
		const answer = await orRefused('freigabe', form, () => approvePaper(ctx, event.params.slug, station, approvalText));
		if (isRefused(answer)) return answer;
		redirect(303, inLocale(`/vorlagen/${event.params.slug}?freigegeben`, ctx.locale));
	},
	oeffentlichkeit: (event) =>
		act(event, 'oeffentlichkeit', 'papers.edit', (typed) =>
			setPublicity(event.locals.ctx, event.params.slug, {
				open: typed.public === 'yes',
				reason: typed.closedReason ?? '',
			}),
		),
	unterstuetzen: (event) =>
		act(event, 'unterstuetzung', 'papers.write', ({ side = '' }) => support(event.locals.ctx, event.params.slug, side)),
	austreten: (event) =>
		act(event, 'unterstuetzung', 'papers.write', ({ row = '', undo }) =>
			leave(event.locals.ctx, event.params.slug, row, undo === 'yes'),
		),
};
