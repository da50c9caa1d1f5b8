import { z } from 'zod';
import { PRESETS } from '../../../rules/presets.ts';
import { bodyActions } from '../../../structure/actions.server.ts';
import { bodyToChange } from '../../../structure/bodies.server.ts';
import { constitute } from '../../../structure/constitution.server.ts';
import { profileFor } from '../../../structure/profiles.server.ts';
import { choicesFor } from '../../../structure/queries.server.ts';
import { councilTerms, membershipSpans, plannedWork, termWork } from '../../../structure/term-queries.server.ts';
import { basisOf, beyondTerm } from '../../../structure/rules/membership.ts';
import {
	ConstituteForm,
	DesignateForm,
	DesignateSuccessorForm,
	IdForm,
	SeatForm,
	TermFactsForm,
	TermForm,
} from '../../../structure/schema.ts';
import { termFactsOn } from '../../../structure/term-facts.server.ts';
import {
	addPlannedSeats,
	changeTerm,
	designate,
	designateSuccessor,
	dropPlannedSeat,
	prepareTerm,
	undesignate,
} from '../../../structure/terms.server.ts';
import { undoableSteps, undoStep } from '../../../structure/steps.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const body = await bodyToChange(ctx, params.slug);
	const terms = await termWork(ctx, body.id);
	const prepared = terms.find(({ from }) => from === null) ?? null;
	const running = terms.find(({ from, until }) => from !== null && until === null) ?? null;
	const spans = await membershipSpans(ctx, body.id);
	const facts = await termFactsOn(ctx, body.id, ctx.today);
	const profile = await profileFor(ctx, body.id, ctx.today);
	const planned = prepared ? await plannedWork(ctx, prepared.id) : [];
	const wanted = Number(url.searchParams.get('sitz'));
	return {
		body,
		terms,
		prepared,
		running,
		planned,
		unplaced: prepared
			? spans.filter(
					({ kind, from, membershipId }) =>
						from === null && kind !== 'successor' && !planned.some((seat) => seat.membershipId === membershipId),
				)
			: [],
		successors: spans.filter(({ kind, from }) => kind === 'successor' && from === null),
		tooLong: beyondTerm(
			spans.filter(({ from }) => from !== null),
			facts,
		),
		basis: basisOf(profile, { ...facts, day: ctx.today.toString(), mandateLostOn: null }),
		councilTerms: await councilTerms(ctx),
		presets: PRESETS.filter(({ seats }) => seats.length).map(({ key, name }) => ({ key, name })),
		...(await choicesFor(ctx)),
		open: planned.find(({ number }) => number === wanted) ?? null,
		copy: url.searchParams.get('wie'),
		steps: await undoableSteps(ctx, body.id),
		today: ctx.today.toString(),
	};
};

const inBody = bodyActions('wahlperiode');

export const actions: Actions = {
	vorbereiten: inBody('vorbereiten', TermForm, ({ locals: { ctx } }, id, given) => prepareTerm(ctx, id, given)),
	angaben: inBody('angaben', TermFactsForm, ({ locals: { ctx } }, id, given) => changeTerm(ctx, id, given)),
	sitze: inBody('sitze', SeatForm.omit({ from: true }), ({ locals: { ctx } }, id, given) =>
		addPlannedSeats(ctx, id, given),
	),
	streichen: inBody('streichen', IdForm, ({ locals: { ctx } }, id, given) => dropPlannedSeat(ctx, id, given.id)),
	bestellen: inBody('bestellen', DesignateForm, ({ locals: { ctx } }, id, given) => designate(ctx, id, given)),
	nachruecker: inBody('nachruecker', DesignateSuccessorForm, ({ locals: { ctx } }, id, given) =>
		designateSuccessor(ctx, id, given),
	),
	zurueck: inBody('zurueck', z.object({ membership: z.uuid() }), ({ locals: { ctx } }, id, given) =>
		undesignate(ctx, id, given.membership),
	),
	rueckgaengig: inBody('rueckgaengig', IdForm, ({ locals: { ctx } }, id, given) => undoStep(ctx, id, given.id)),
	konstituieren: inBody('konstituieren', ConstituteForm, ({ locals: { ctx } }, id, given) =>
		constitute(ctx, id, given),
	),
};
