import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { knowsRule, ruleWords } from '../../../../votes/fault-words.server.ts';
import { ownVote } from '../../../../votes/own-vote.server.ts';
import { castVoice } from '../../../../votes/roll-call.server.ts';
import { Voice } from '../../../../votes/schema.ts';
import { takePaper } from '../../../../votes/secret.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One vote on the device of somebody who sits in the room. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const vote = await ownVote(ctx, params.vote);
	// A vote has one address, under its own session.
	if (vote.slug !== params.slug) redirect(307, inLocale(`/sitzungen/${vote.slug}/abstimmung/${vote.id}`, ctx.locale));
	return { vote, saved: url.searchParams.has('gespeichert') };
};

export const actions: Actions = {
	stimme: (event) =>
		act(event, async (form) => {
			await castVoice(event.locals.ctx, event.params.vote, Voice.catch('presentNotVoting').parse(form.get('voice')));
		}),
	papier: (event) =>
		act(event, async () => {
			const { ballot } = await ownVote(event.locals.ctx, event.params.vote);
			if (ballot) await takePaper(event.locals.ctx, ballot.id, 'own');
		}),
};

async function act({ locals: { ctx }, request, params }: RequestEvent, work: (form: FormData) => Promise<void>) {
	demand(ctx.actor, 'council.cast');
	try {
		await work(await request.formData());
	} catch (error) {
		if (!(error instanceof RuleViolation) || !knowsRule(error.code)) throw error;
		return fail(422, { refused: ruleWords(error) });
	}
	redirect(303, `${inLocale(`/sitzungen/${params.slug}/abstimmung/${params.vote}`, ctx.locale)}?gespeichert`);
}
